//! An allow comment that allows nothing.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::REGISTRY;

const NONE: &[Standard] = &[];

pub static LINT: Lint = Lint {
    name: "unused-allow",
    summary: "`presend-allow` comment or `[[allow]]` that keeps nothing from being reported",
    level: Level::Warn,
    standards: NONE,
    since: "0.1.0",
    page: include_str!("unused_allow.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if let Some(why) = facts.unread() {
        return findings.silent(why);
    }
    for allow in facts.allows().iter().filter(|allow| !allow.used.get()) {
        let Some((_, lint)) = REGISTRY.find(&allow.name) else { continue };
        // that one runs behind this
        if lint.name == "analysis-limit" && allow.reason.is_some() {
            continue;
        }
        let finding = match &allow.reason {
            None => findings.report(allow.name_spot, format!("this allow of `{}` has no reason, so it allows nothing", lint.name)),
            Some(_) => findings.report(allow.name_spot, format!("this allow of `{}` allows nothing", lint.name)),
        };
        match &allow.reason {
            None => finding.label("a colon and a reason are missing behind it").help(format!("write `presend-allow {}: why it is fine here`", lint.name)),
            Some(_) => finding.label("nothing is reported here").help("remove it, or put it right before the element that it is about"),
        };
    }
}
