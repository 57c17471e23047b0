//! A reverse name that does not lead back.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "unconfirmed-reverse-dns",
    summary: "reverse name that does not lead back",
    level: Level::Deny,
    standards: &[Standard::GmailYahoo, Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("unconfirmed_reverse_dns.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for sending in domain.sending.iter().filter(|sending| sending.confirmed == Some(false)) {
        let [first, others @ ..] = &sending.names[..] else { continue };
        let finding = findings
            .report(domain.whole(*first), format!("the reverse name of {} does not lead back to it", sending.address));
        finding.label(format!("this name does not have the address {}", sending.address));
        for other in others.iter().take(4) {
            finding.also(domain.whole(*other), "nor does this one");
        }
        finding
            .because("the reverse name has to lead to the address that the mail comes from", sources::GMAIL)
            .because("valid reverse names are asked for", sources::GUIDELINES)
            .help(format!(
                "add an {} record with {} to the name, or have the PTR record name a host that has it",
                if sending.address.is_ipv4() { "A" } else { "AAAA" },
                sending.address
            ));
    }
}
