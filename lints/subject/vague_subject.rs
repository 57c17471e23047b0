//! A subject of one generic word.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::words;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "vague-subject",
    summary: "subject that is one generic word or phrase",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("vague_subject.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    let is_allowed = |allowed: &String| allowed.trim().to_lowercase() == subject.text.to_lowercase();
    if subject.has_tags || !words::is_vague_subject(&subject.text) || facts.settings.allowed_subjects.iter().any(is_allowed) {
        return;
    }
    findings
        .report(subject.at(0..subject.text.len()), format!("the subject `{}` does not say what the message is about", subject.text))
        .label("fits any message")
        .because("the Subject should be a brief summary of what the message is about", sources::FROM_NAME)
        .help("say what is new or offered, as `Updated catalog for the Christmas season!` does")
        .help("if your readers know this subject, allow it in presend.toml: allowed-subjects = [\"SUBJECT\"]");
}
