//! A DMARC record without report addresses.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "missing-dmarc-reports",
    summary: "DMARC record that asks for no reports",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("missing_dmarc_reports.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let (Some(policy), [record]) = (&domain.dmarc.policy, &domain.dmarc.records[..]) else { return };
    if !policy.reports.is_empty() || !policy.faults.is_empty() {
        return;
    }
    let end = domain.text(*record).len();
    let at = domain.dmarc.at.as_ref().unwrap_or(&domain.name);
    findings
        .report(
            RecordSpot { record: *record, start: end, end },
            format!("the DMARC record of `{at}` asks for no reports"),
        )
        .label("`rua=` is missing")
        .because("reports tell which mail of the domain fails, and who forges it", sources::DMARC_RECORD)
        .help(format!("add `rua=mailto:dmarc@{at}`, or the address that a reporting service gives you"));
}
