//! Encoded words that readers see as code.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::{LONGEST_WORD, WordFlaw};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "malformed-encoded-word",
    summary: "encoded word in a header that mail programs can't read",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("malformed_encoded_word.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    for fault in facts.word_faults() {
        let Some(&first) = fault.words.first() else { continue };
        let name = &fault.header.name;
        let (what, label) = said(&fault.flaw);
        let finding = findings.report(first, format!("an encoded word in `{name}` {what}"));
        finding.label(label).because(reason(&fault.flaw), sources::ENCODED_WORDS).soften_if(fault.flaw.is_understood());
        for word in fault.words.iter().skip(1).take(3) {
            finding.also(*word, "this one, too");
        }
        let spot = facts.message.raw_spot(first);
        match fault.fix.zip(spot) {
            Some((fix, spot)) => finding.suggest("write blanks as `_`", Applicability::MachineApplicable, spot, fix),
            None => finding.help(help(&fault.flaw)),
        };
    }
}

/// What is wrong, and the label of the word.
fn said(flaw: &WordFlaw) -> (String, String) {
    let (what, label) = match flaw {
        WordFlaw::Open => ("never ends", "`?=` is missing".to_owned()),
        WordFlaw::UnknownEncoding(letter) => ("has an encoding that does not exist", format!("`{letter}` is neither `B` nor `Q`")),
        WordFlaw::UnknownCharset(label) => ("has a charset that nobody knows", format!("what is `{label}`?")),
        WordFlaw::Blank => ("has a blank inside", "blanks are written `_` in the `Q` encoding".to_owned()),
        WordFlaw::BadCode("base64") => ("is not the base64 that it says it is", "not base64".to_owned()),
        WordFlaw::BadCode(_) => ("has a `=` that is no code", "`=` is followed by two hexadecimal digits".to_owned()),
        WordFlaw::BadBytes(label) => ("is not in the charset that it says", format!("these bytes are no `{label}`")),
        WordFlaw::SplitCharacter => ("ends in the middle of a character", "the rest of the character is in the next word".to_owned()),
        WordFlaw::Quoted => ("stands inside quotes", "inside quotes it is no encoded word".to_owned()),
        WordFlaw::Glued => ("is not apart from what stands beside it", "blanks on both sides make it an encoded word".to_owned()),
        WordFlaw::TooLong(length) => ("is too long", format!("{length} characters; {LONGEST_WORD} are allowed")),
    };
    (what.to_owned(), label)
}

fn reason(flaw: &WordFlaw) -> &'static str {
    match flaw {
        WordFlaw::SplitCharacter => "each encoded word holds whole characters; where one is divided, readers see `�`",
        WordFlaw::TooLong(_) => "an encoded word has no more than 75 characters",
        WordFlaw::Quoted => "an encoded word must not stand inside quotes; some programs show it as it is written",
        WordFlaw::Glued => "an encoded word is divided by blanks from what is around it; some programs show it as it is written",
        _ => "an encoded word is `=?charset?B or Q?text?=` without blanks; what is not, readers see as it is written",
    }
}

fn help(flaw: &WordFlaw) -> &'static str {
    match flaw {
        WordFlaw::Quoted => "leave the quotes out: an encoded word needs none",
        WordFlaw::TooLong(_) | WordFlaw::SplitCharacter => "write several encoded words, each of whole characters; a library for mail does that",
        _ => "let a library for mail encode the header",
    }
}
