//! A message without a subject.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::source::FileSpan;

pub static LINT: Lint = Lint {
    name: "missing-subject",
    summary: "message without a subject, or with an empty one",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("missing_subject.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // A draft without headers gets its subject somewhere else.
    if !facts.message.is_mail() {
        return;
    }
    let finding = match facts.message.header("Subject") {
        None if facts.unread_header().is_some() => return findings.silent("not all of the header was read"),
        None => {
            let end = facts.message.header_end.unwrap_or(0);
            findings.report(FileSpan::at(end), "the message has no subject").label("no Subject field above this line")
        }
        Some(header) if is_blank(facts.message.value(header)) => {
            let span = FileSpan::new(header.name_span.start, header.raw_span.end.max(header.name_span.end));
            findings.report(span, "the subject is empty").label("nothing to read here")
        }
        Some(_) => return,
    };
    finding
        .because("the Subject should be a brief summary of what the message is about", sources::FROM_NAME)
        .help("say in a few words what the reader finds inside, as `Updated catalog for the Christmas season!` does");
}

/// Nothing that can be seen: blanks, zero-width characters, soft hyphens.
fn is_blank(value: &str) -> bool {
    let invisible = |character: char| matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{034F}');
    value.chars().all(|character| character.is_whitespace() || character.is_control() || invisible(character))
}
