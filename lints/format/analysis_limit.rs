//! What was not checked because the message is beyond measure.

use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "analysis-limit",
    summary: "message that is too large or too deep to be checked as a whole",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("analysis_limit.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let documents = facts.html_bodies().flat_map(|(_, _, document)| document.limits());
    let mut limits: Vec<&str> = Vec::new();
    for limit in facts.message.limits.iter().chain(documents) {
        if !limits.contains(&limit.as_str()) {
            limits.push(limit);
        }
    }
    if limits.is_empty() {
        return;
    }
    findings
        .report(facts.first_line(), format!("not all of it was checked: {}", limits.join("; ")))
        .note("the lints see what was read until then, and say nothing of the rest")
        .help("mail programs have limits, too: no campaign needs as much");
}
