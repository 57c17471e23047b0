//! A domain without an SPF record.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::dkim::PublicKey;
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "missing-spf",
    summary: "sender's domain without an SPF record",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("missing_spf.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    if !domain.spf.known || !domain.spf.records.is_empty() {
        return;
    }
    let has_key = domain.dkim.iter().any(|selector| matches!(&selector.key, Some(Ok(key)) if key.key != PublicKey::Revoked));
    let near_miss = domain.spf.near_misses.first().map(|record| domain.whole(*record));
    let place = near_miss.map_or(Whereabouts::WholeFile, Whereabouts::Record);
    let finding = findings.report(place, format!("`{}` has no SPF record", domain.name));
    finding
        .label(if near_miss.is_some() {
            "receivers don't take this for one"
        } else {
            "no TXT record begins with `v=spf1`"
        })
        .because("SPF must pass for the domain that sends more than 5,000 messages a day", sources::HIGH_VOLUME)
        .help("publish one TXT record that names your provider, such as `v=spf1 include:spf.provider.example ~all`")
        // a provider's own bounce address passes SPF in its place
        .soften_if(has_key && near_miss.is_none());
    if has_key {
        finding
            .note("if a provider takes the bounces at a domain of its own, SPF is judged there, and DKIM has to align");
    }
}
