//! More than one SPF record at one name.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "several-spf-records",
    summary: "sender's domain with more than one SPF record",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("several_spf_records.md"),
    check,
};

/// Records that are shown beside the first two.
const SHOWN: usize = 20;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let [_, second, others @ ..] = &domain.spf.records[..] else { return };
    let count = domain.spf.records.len();
    let finding = findings.report(domain.whole(*second), format!("`{}` has {count} SPF records", domain.name));
    finding.label("one more than there may be");
    finding.also(domain.whole(domain.spf.records[0]), "the first one");
    for other in others.iter().take(SHOWN) {
        finding.also(domain.whole(*other), "and another");
    }
    finding
        .because(
            "where a domain has more than one, receivers stop with `permerror` and use none of them",
            sources::SPF_ONE,
        )
        .help("merge their terms into one record with one `v=spf1` and one `all`, and delete the others");
}
