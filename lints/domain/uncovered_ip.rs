//! A sending address that SPF does not let send.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::spf::Qualifier;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "uncovered-ip",
    summary: "sending address that SPF does not list",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("uncovered_ip.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    if !walk.root.policy.faults.is_empty() {
        return;
    }
    for sending in &domain.sending {
        let what = match sending.spf {
            Some(Qualifier::Fail) => "forbids",
            Some(Qualifier::SoftFail) => "advises against",
            Some(Qualifier::Neutral) => "says nothing of",
            Some(Qualifier::Pass) | None => continue,
        };
        findings
            .report(
                domain.whole(walk.root.record),
                format!("the SPF record of `{}` {what} mail from {}", domain.name, sending.address),
            )
            .label("no term that passes matches this address")
            .because("SPF must pass for the domain that sends more than 5,000 messages a day", sources::HIGH_VOLUME)
            .because(
                "new addresses that the domain's SPF record covers inherit part of its reputation",
                sources::NEW_ADDRESSES,
            )
            .help(format!(
                "add `{}:{}`, or the `include:` that your provider names",
                if sending.address.is_ipv4() { "ip4" } else { "ip6" },
                sending.address
            ));
    }
}
