//! Lookups in an SPF record that find nothing.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "void-spf-lookups",
    summary: "SPF record with lookups that find nothing",
    level: Level::Warn,
    standards: &[Standard::Rfc, Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("void_spf_lookups.md"),
    check,
};

/// Void lookups that receivers make.
const MOST: usize = 2;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    let void: Vec<_> = walk.steps.iter().filter(|step| step.void).collect();
    let Some(over) = void.get(MOST) else { return };
    let message = format!(
        "{} lookups of the SPF record of `{}` find nothing, and receivers stop after 2",
        void.len(),
        domain.name
    );
    let finding = findings.report(over.spot, message);
    finding.label("the third that finds nothing");
    for step in void.iter().filter(|step| step.spot != over.spot) {
        finding.also(step.spot, "finds nothing");
    }
    finding
        .because("receivers should allow two lookups without an answer, and then give `permerror`", sources::SPF_LIMITS)
        .help("take out the terms whose names have no such record any more");
}
