//! A message with nothing inside.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "empty-message",
    summary: "message with nothing inside",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("empty_message.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_fragment() || !facts.is_blank() {
        return;
    }
    let body = facts.message.bodies.first().map(|body| facts.part_pointer(body.part)).filter(|span| !span.is_empty());
    findings
        .report(body.map_or(Whereabouts::WholeFile, Whereabouts::File), "the message is empty")
        .label("neither text nor images nor attachments")
        .because("empty messages count against their sender", sources::ASF)
        .help("see whether the content was lost on the way: an export, a merge, a wrong boundary");
}
