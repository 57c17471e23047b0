//! A subject that the body does not take up.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Topic};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "unrelated-body",
    summary: "body that begins with nothing of what the subject says",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("unrelated_body.md"),
    check,
};

/// As many words as are named.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    match facts.topic() {
        Topic::Related => {}
        Topic::Unknown => findings.silent("a merge tag brings a part of the subject or of the first words"),
        Topic::Unrelated(words) => {
            let named: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
            let finding = findings.report(
                subject.at(0..subject.text.len()),
                "the message does not begin with what the subject says",
            );
            if !named.is_empty() {
                finding.note(format!("looked for {}, among others", named.join(", ")));
            }
            finding
                .label("no word of this in the headings, the first 100 words and the texts of the images")
                .because("the message body should clearly and succinctly indicate what the offering, service, or product is about", sources::FROM_NAME)
                .help("let the first heading take up the subject, or let the subject say what the message is about");
        }
    }
}
