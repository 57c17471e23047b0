//! A name in From that has to be quoted.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{AddressField, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::address::{Mailbox, Oddity};
use crate::source::ViewSpan;

pub static LINT: Lint = Lint {
    name: "unquoted-display-name",
    summary: "sender's name that breaks the From field because it is not quoted",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.2.0",
    page: include_str!("unquoted_display_name.md"),
    check,
};

/// As many senders are looked at; of more, `multiple-from` tells.
const MOST: usize = 8;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(field) = facts.address_field("From") else { return };
    for mailbox in field.list.mailboxes.iter().take(MOST) {
        let Some((name, span)) = &mailbox.display_name else { continue };
        let belongs = |place: ViewSpan| span.start <= place.start && place.start <= mailbox.address.start;
        let places = |oddity| field.list.oddities.iter().filter(move |(found, place)| *found == oddity && belongs(*place)).map(|(_, place)| *place);
        // A dot alone is forgiven everywhere (RFC 5322 §4.1).
        let special = places(Oddity::UnquotedSpecial).find(|place| field.slice(*place) != ".");
        let blank = places(Oddity::MissingBlank).next();
        if let Some(special) = special {
            report_special(field, mailbox, name, *span, special, blank.is_some(), findings);
        } else if let Some(blank) = blank {
            report_blank(field, blank, findings);
        }
    }
}

fn report_special(
    field: &AddressField,
    mailbox: &Mailbox,
    name: &str,
    span: ViewSpan,
    special: ViewSpan,
    lacks_blank: bool,
    findings: &mut Findings,
) {
    let sign = field.slice(special);
    let quoted = format!("\"{}\"{}", name.replace('\\', "\\\\").replace('"', "\\\""), if lacks_blank { " " } else { "" });
    let finding = findings.report(field.at(special), format!("the sender's name holds a `{sign}` and is not quoted"));
    finding
        .label(meaning(sign))
        .because("names with such characters stand in quotation marks; otherwise the field can be read in another way", sources::FROM_FORMAT)
        .because("in a name, special characters need a quoted string", sources::ADDRESSES);
    // In an encoded word quotation marks would be read as text.
    if name.is_ascii() && !field.is_tagged(span) && !mailbox.tagged {
        finding.suggest("quote the name", Applicability::MachineApplicable, field.at(span), quoted);
    } else {
        finding.help("put the name into quotation marks; your mail library does it when you hand it name and address apart");
    }
}

fn report_blank(field: &AddressField, place: ViewSpan, findings: &mut Findings) {
    let bracket = ViewSpan::new(place.start, (place.start + 1).min(field.text.len()));
    findings
        .report(field.at(bracket), "no blank parts the sender's name from the address")
        .label("a blank belongs before this bracket")
        .because("a blank stands between the name and the angle bracket", sources::FROM_FORMAT)
        .suggest("add the blank", Applicability::MachineApplicable, field.at(place), " ");
}

/// What mail servers read in the character.
fn meaning(sign: &str) -> &'static str {
    match sign {
        "," => "read as the end of one sender and the beginning of another",
        ";" | ":" => "read as the mark of a group of addresses",
        "@" => "read as a part of an address",
        _ => "not allowed here without quotation marks",
    }
}
