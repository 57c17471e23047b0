//! An MX record whose host has no address.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "unresolvable-mx",
    summary: "MX record that leads to no server",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("unresolvable_mx.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let all = domain.mail.exchanges.iter().all(|exchange| exchange.no_address);
    for exchange in domain.mail.exchanges.iter().filter(|exchange| exchange.no_address) {
        let spot = RecordSpot::new(exchange.record, &exchange.span);
        let finding = findings.report(spot, format!("the MX record of `{}` leads to no server", domain.name));
        finding.label(if exchange.is_address {
            "an address, where a name has to stand"
        } else {
            "this name has no address"
        });
        if exchange.is_address {
            finding.because(
                "an MX record names a host; an address in its place is looked up as a name, and not found",
                sources::MX_TARGET,
            );
        } else {
            finding.because("mail to the domain can't be delivered through a host without an address", sources::MX);
        }
        // others take the mail
        finding.help("name a host that has an A or AAAA record, or take the record out").soften_if(!all);
    }
}
