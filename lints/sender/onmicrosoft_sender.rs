//! A campaign from the address that a Microsoft 365 tenant has before it has a domain.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "onmicrosoft-sender",
    summary: "campaign from an address at `onmicrosoft.com`",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("onmicrosoft_sender.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(sender) = facts.sender() else { return };
    let Some(host) = sender.host.as_deref().filter(|host| host.ends_with(".onmicrosoft.com")) else { return };
    findings
        .report(sender.domain_spot(), format!("the sender's domain is `{host}`, which is meant for trying out a tenant"))
        .label("not a domain of the sender's own")
        .because("mail from `onmicrosoft.com` to recipients outside of the organisation is limited to 100 recipients a day", sources::ONMICROSOFT)
        .help("add your own domain to the tenant, and send from it");
}
