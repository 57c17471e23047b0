//! A domain that DNS does not know.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::{Existence, Role};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "nonexistent-domain",
    summary: "domain that does not exist",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("nonexistent_domain.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    if domain.existence != Existence::Missing {
        return;
    }
    let finding = findings.report(Whereabouts::WholeFile, format!("the domain `{}` does not exist", domain.name));
    finding.label("DNS has no such name");
    match domain.wanted.role {
        Role::Sender => finding
            .because("the From domain has to be the true one and able to receive replies", sources::HIGH_VOLUME)
            .help("look for a slip in the name, or register the domain before you send from it"),
        Role::Link => finding
            .because("where a name does not exist, nothing below it does, and the link leads nowhere", sources::NAMES)
            .help("look for a slip in the name, or add the host to the zone"),
    };
}
