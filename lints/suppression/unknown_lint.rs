//! An allow comment that names no lint.

use crate::config::similar::did_you_mean;
use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::REGISTRY;

const NONE: &[Standard] = &[];

pub static LINT: Lint = Lint {
    name: "unknown-lint",
    summary: "`presend-allow` comment that names no lint",
    level: Level::Warn,
    standards: NONE,
    since: "0.1.0",
    page: include_str!("unknown_lint.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for allow in facts.allows().iter().filter(|allow| REGISTRY.find(&allow.name).is_none()) {
        let finding = findings.report(allow.name_spot, format!("there is no lint called `{}`", allow.name));
        finding.label("unknown").help("`presend lints` lists them all");
        if let Some(name) = did_you_mean(&allow.name, REGISTRY.lints().map(|(_, lint)| lint.name)) {
            finding.suggest(format!("did you mean `{name}`?"), Applicability::MaybeIncorrect, allow.name_spot, name);
        }
    }
}
