//! A sender's domain with a null MX.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "null-mx",
    summary: "sender's domain that says it takes no mail",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("null_mx.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(null) = domain.mail.null else { return };
    let finding = findings.report(domain.whole(null), format!("`{}` says that it takes no mail", domain.name));
    finding
        .label("a null MX")
        .because(
            "mail from a domain that takes none is refused by some servers, since it can't be answered or returned",
            sources::NULL_MX,
        )
        .because("the From domain has to be able to receive replies", sources::HIGH_VOLUME)
        .help("send from a domain with a mailbox for replies, or name a server in the MX record");
    for exchange in &domain.mail.exchanges {
        finding.also(domain.whole(exchange.record), "and yet this server takes mail");
    }
}
