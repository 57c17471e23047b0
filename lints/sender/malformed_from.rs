//! A From field that mail servers can't read.

use crate::sort;
use crate::diagnostic::{Level, Standard};
use crate::facts::{AddressField, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::address::Oddity;
use crate::source::{FileSpan, ViewSpan};

pub static LINT: Lint = Lint {
    name: "malformed-from",
    summary: "From field that holds no address, or more than an address",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.2.0",
    page: include_str!("malformed_from.md"),
    check,
};

/// As many faults of one field as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(field) = facts.address_field("From") else { return };
    let faults = faults(facts, field);
    let finding = if field.text.trim().is_empty() {
        let Some(header) = facts.message.header("From") else { return };
        let span = FileSpan::new(header.name_span.start, header.raw_span.end.max(header.name_span.end));
        findings.report(span, "the From field is empty").label("nobody stands here")
    } else {
        let Some((place, what)) = faults.first() else { return };
        let finding = findings.report(field.at(*place), "the From field is not written as a mail address is");
        finding.label(*what);
        for (place, what) in faults.iter().take(SHOWN).skip(1) {
            finding.also(field.at(*place), *what);
        }
        finding
    };
    finding
        .because("a From field is a name and an address in angle brackets, or a bare address", sources::FROM_FORMAT)
        .because("a message without a valid From address is refused with 550 5.7.512", sources::NDR)
        .help("write `\"YOUR ORGANISATION\" <news@YOUR-DOMAIN>`");
}

fn faults(facts: &Facts<'_>, field: &AddressField) -> Vec<(ViewSpan, &'static str)> {
    let is_known = field.tags.is_empty();
    let oddities = field.list.oddities.iter().filter_map(|(oddity, span)| {
        let what = describe(*oddity)?;
        // What a tag brings may mend the field; and a draft's `from` may be a mere name, with the address kept elsewhere.
        let is_certain = is_known && (facts.message.is_mail() || *oddity != Oddity::MissingAddress);
        (is_certain || *oddity == Oddity::EmptyAddress).then_some((*span, what))
    });
    let addresses = field.list.mailboxes.iter().filter_map(|mailbox| field.fault(mailbox)).filter(|_| is_known);
    let mut faults: Vec<_> = oddities.chain(addresses).collect();
    sort::by_key(&mut faults, |(span, _)| *span);
    faults.dedup_by_key(|(span, _)| *span);
    faults
}

fn describe(oddity: Oddity) -> Option<&'static str> {
    Some(match oddity {
        Oddity::EmptyAddress => "no address between the angle brackets",
        Oddity::MissingAddress => "words, but no address",
        Oddity::MissingDomain => "no domain behind an `@`",
        Oddity::MissingBrackets => "an address beside a name needs angle brackets",
        Oddity::SeveralBrackets => "more than one pair of angle brackets",
        Oddity::TextAfterAddress => "nothing may follow the address",
        Oddity::OpenBracket => "the angle bracket is never closed",
        Oddity::OpenQuote => "the quotation mark is never closed",
        Oddity::OpenComment => "the parenthesis is never closed",
        Oddity::EncodedWordInAddress => "an address can't be written as an encoded word",
        // unquoted-display-name and the lints on the format say so
        Oddity::UnquotedSpecial | Oddity::MissingBlank | Oddity::EncodedWordInQuotes => return None,
    })
}
