//! A domain without a DMARC record.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "missing-dmarc",
    summary: "sender's domain without a DMARC record",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("missing_dmarc.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let dmarc = &domain.dmarc;
    if !dmarc.known || dmarc.at.is_some() || domain.existence == crate::domain::Existence::Missing {
        return;
    }
    let near_miss = dmarc.near_misses.first().map(|record| domain.whole(*record));
    let place = near_miss.map_or(Whereabouts::WholeFile, Whereabouts::Record);
    findings
        .report(place, format!("`{}` has no DMARC record", domain.name))
        .label(match near_miss {
            Some(_) => "receivers don't take this for one: it has to begin with `v=DMARC1`".to_owned(),
            None => format!("there is no TXT record at `_dmarc.{}` that begins with `v=DMARC1`, nor above it", domain.name),
        })
        .because("DMARC of at least `p=none` is required of who sends more than 5,000 messages a day", sources::HIGH_VOLUME)
        .because("bulk senders need a DMARC record for their From domain", sources::GMAIL)
        .help(format!("publish at `_dmarc.{0}`: `v=DMARC1; p=none; rua=mailto:dmarc@{0}`, read the reports, and go on to `p=quarantine`", domain.name));
}
