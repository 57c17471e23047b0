//! A domain that nobody can answer to.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "missing-mx",
    summary: "sender's domain that takes no mail",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("missing_mx.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let mail = &domain.mail;
    let exists = domain.existence == crate::domain::Existence::Exists;
    if !exists || !mail.known || mail.null.is_some() || !mail.exchanges.is_empty() || !mail.no_address {
        return;
    }
    findings
        .report(Whereabouts::WholeFile, format!("nobody can answer mail from `{}`", domain.name))
        .label("there is neither an MX record nor an address")
        .because("the From domain has to be able to receive replies", sources::HIGH_VOLUME)
        .because("mail to a domain without MX and address records can't be delivered", sources::MX)
        .help("publish an MX record that names a server for replies and bounces");
}
