//! More than one DMARC record at one name.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "several-dmarc-records",
    summary: "sender's domain with more than one DMARC record",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("several_dmarc_records.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let ([first, second, others @ ..], Some(at)) = (&domain.dmarc.records[..], &domain.dmarc.at) else { return };
    let count = domain.dmarc.records.len();
    let finding = findings.report(domain.whole(*second), format!("`{at}` has {count} DMARC records"));
    finding.label("one more than there may be").also(domain.whole(*first), "the first one");
    for other in others {
        finding.also(domain.whole(*other), "and another");
    }
    finding
        .because("where there is more than one, receivers use none of them", sources::DMARC_ONE)
        .help("keep one record; several report addresses stand in one `rua=`, with commas between them");
}
