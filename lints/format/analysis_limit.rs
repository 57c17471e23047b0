//! What was not checked because the message is beyond measure.

use crate::config::limits::Reached;
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
    let reached = facts.reached();
    if reached.is_empty() {
        return;
    }
    let words: Vec<_> = reached.iter().map(Reached::in_words).collect();
    let mut keys: Vec<_> = reached.iter().filter_map(|reached| reached.limit).map(|limit| format!("`{}`", limit.key())).collect();
    keys.dedup();
    let finding = findings.report(facts.first_line(), format!("not all of it was checked: {}", words.join("; ")));
    finding
        .first()
        .note("the lints see what was read until then, and say nothing of the rest: nothing is called missing that may be there")
        .help("mail programs have limits, too: no campaign needs as much");
    if !keys.is_empty() {
        let are = if keys.len() == 1 { "raises it" } else { "raise them" };
        finding.help(format!("{} under `[limits]` in `presend.toml` {are}", keys.join(", ")));
    }
}
