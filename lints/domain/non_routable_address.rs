//! Addresses that nobody outside can reach.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::spf::What;
use crate::domain::{Domain, RecordSpot, Role};
use crate::facts::Facts;
use crate::knowledge::address_space;
use crate::lint::{Finding, Findings, Lint};

pub static LINT: Lint = Lint {
    name: "non-routable-address",
    summary: "address of a private network in public DNS",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("non_routable_address.md"),
    check,
};

/// Terms of SPF that are told.
const TOLD: usize = 8;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let mut seen: Vec<usize> = Vec::new();
    for exchange in &domain.mail.exchanges {
        for record in exchange.addresses.iter().filter(|record| is_private(domain, **record)) {
            seen.push(*record);
            let finding = report(findings, domain.whole(*record), &format!("the mail server of `{}` has", domain.name));
            finding.also(domain.whole(exchange.record), "mail is sent there");
        }
    }
    let link = domain.wanted.role == Role::Link;
    if link || domain.mail.exchanges.is_empty() {
        for record in
            domain.mail.addresses.iter().filter(|record| is_private(domain, **record) && !seen.contains(record))
        {
            report(findings, domain.whole(*record), &format!("`{}` has", domain.name));
        }
    }
    spf(domain, findings);
}

/// A private network in SPF matches no sender: it costs nothing and helps nobody.
fn spf(domain: &Domain, findings: &mut Findings) {
    let Some(walk) = &domain.spf.walk else { return };
    let mut told = 0;
    for term in &walk.root.policy.terms {
        let private = match term.what {
            // wider ones are another lint's
            What::Ip4(address, 8..) => address_space::is_reserved(&address.into()),
            What::Ip6(address, 7..) => address_space::is_reserved(&address.into()),
            _ => false,
        };
        if private && told < TOLD {
            told += 1;
            report(
                findings,
                RecordSpot::new(walk.root.record, &term.span),
                &format!("the SPF record of `{}` lists", domain.name),
            )
            .soften_if(true);
        }
    }
}

fn is_private(domain: &Domain, record: usize) -> bool {
    domain.text(record).parse().is_ok_and(|address| address_space::is_reserved(&address))
}

fn report<'f>(findings: &'f mut Findings, spot: RecordSpot, who: &str) -> &'f mut Finding {
    findings
        .report(spot, format!("{who} an address that can't be reached from outside"))
        .label("of a private or reserved network")
        .because("senders that show a non-routable address may not be accepted", sources::ROUTABLE)
        .help("publish the public address, or take the record out")
}
