//! A name that shows another address or domain than the one that the mail comes from.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Named};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "impersonating-display-name",
    summary: "sender's name that shows another organisation's address or domain",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("impersonating_display_name.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(sender) = facts.sender() else { return };
    let Some(from) = sender.domain.as_deref().or(sender.host.as_deref()) else { return };
    if facts.is_list_traffic() {
        return;
    }
    let foreign = |named: &&Named| !is_senders(facts, &named.domain, from);
    let named = facts.names_in_display_name();
    // An address says more than a domain does.
    let Some(found) = named.iter().filter(foreign).max_by_key(|named| (named.is_address, std::cmp::Reverse(named.spot))) else {
        return;
    };
    let what = if found.is_address { "an address at" } else { "the domain" };
    findings
        .report(found.spot, format!("the sender's name shows {what} `{}`, but the mail comes from `{from}`", found.domain))
        .label("readers take this for where the mail comes from")
        .also(sender.domain_spot(), "it comes from here")
        .because("the From name should reflect who is sending the message", sources::FROM_NAME)
        .because("headers must not deceive", sources::HIGH_VOLUME)
        .help("write the name of the organisation that sends the mail, without an address")
        .help(format!("if the domain is yours as well, say so in presend.toml: own-domains = [\"{}\"]", found.domain))
        .soften_if(!found.is_address);
}

fn is_senders(facts: &Facts<'_>, domain: &str, from: &str) -> bool {
    let is_partner = || facts.settings.partner_domains.iter().any(|partner| partner.eq_ignore_ascii_case(domain));
    facts.are_one_party(domain, from) || facts.is_own_domain(domain) || is_partner()
}
