//! Header fields that are not ASCII.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "raw-8bit-header",
    summary: "header field with bytes beyond ASCII",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("raw_8bit_header.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    let fields = facts.eight_bit_fields();
    let Some(first) = fields.first() else { return };
    let mut seen: HashSet<&str> = HashSet::new();
    let first_of_name = fields.iter().map(|field| field.header.name.as_str()).filter(|name| seen.insert(name));
    let names: Vec<String> = first_of_name.map(|name| format!("`{name}`")).collect();
    let message = match names.as_slice() {
        [name] => format!("{name} has bytes beyond ASCII that are not encoded"),
        names => format!("{} have bytes beyond ASCII that are not encoded", listed(names)),
    };
    let finding = findings.report(first.span, message);
    finding.label("not ASCII");
    for field in fields.iter().skip(1).take(4) {
        finding.also(field.span, format!("nor is this in `{}`", field.header.name));
    }
    finding
        .because("a header field is ASCII; other characters are written as encoded words", sources::HEADER_FIELDS)
        .because("raw UTF-8 is only for servers that all support SMTPUTF8; the others guess the charset or refuse the message", "RFC 6532 §3")
        .help("let a library for mail encode the header");
    for field in &fields {
        let Some((span, words)) = &field.encoded else { continue };
        if let Some(spot) = facts.message.raw_spot(*span) {
            finding.suggest(
                format!("encode the words in `{}`", field.header.name),
                Applicability::MachineApplicable,
                spot,
                words.as_str(),
            );
        }
    }
}

/// `a, b and c`; of many the first few.
fn listed(names: &[String]) -> String {
    match names {
        [start @ .., last] if names.len() <= 4 => format!("{} and {last}", start.join(", ")),
        _ => format!("{} and {} more fields", names[..3.min(names.len())].join(", "), names.len().saturating_sub(3)),
    }
}
