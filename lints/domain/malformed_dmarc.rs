//! A DMARC record against the standard.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "malformed-dmarc",
    summary: "DMARC record with mistakes",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("malformed_dmarc.md"),
    check,
};

/// Further faults that are told.
const TOLD: usize = 8;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let (Some(policy), [record]) = (&domain.dmarc.policy, &domain.dmarc.records[..]) else { return };
    let mut faults = policy.faults.iter();
    let at = domain.dmarc.at.as_ref().unwrap_or(&domain.name);
    if let Some((span, what)) = faults.next() {
        let finding =
            findings.report(RecordSpot::new(*record, span), format!("the DMARC record of `{at}` has a mistake"));
        finding.label(what.as_str());
        for (span, what) in faults.take(TOLD) {
            finding.also(RecordSpot::new(*record, span), what.as_str());
        }
        finding
            .because(
                "receivers ignore what they can't read; where that is the policy, they ask for nothing",
                sources::DMARC_RECORD,
            )
            .help("correct it; a record is `v=DMARC1; p=…; rua=mailto:…`")
            // the policy holds, only the rest is lost
            .soften_if(policy.request.is_some());
    } else if policy.request.is_none() {
        let end = domain.text(*record).len();
        findings
            .report(
                RecordSpot { record: *record, start: end, end },
                format!("the DMARC record of `{at}` has no policy"),
            )
            .label("`p=` is missing")
            .because(
                "without it, receivers take `p=none` at best, and older ones ignore the record",
                sources::DMARC_RECORD,
            )
            .help("add `p=none`, `p=quarantine` or `p=reject`");
    }
}
