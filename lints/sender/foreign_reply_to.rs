//! Replies that go to somebody else.

use crate::diagnostic::{Level, Standard};
use crate::facts::{AddressField, Facts};
use crate::knowledge::{domains, providers, senders, trackers};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::address::Mailbox;

pub static LINT: Lint = Lint {
    name: "foreign-reply-to",
    summary: "replies that go to a free mailbox instead of the sender's own domain",
    level: Level::Warn,
    standards: &[Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("foreign_reply_to.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(replies) = facts.address_field("Reply-To").filter(|_| !facts.is_list_traffic()) else { return };
    let Some(sender) = facts.sender() else { return };
    let Some(from) = sender.domain.as_deref().or(sender.host.as_deref()) else {
        findings.silent("a merge tag brings the sender's domain");
        return;
    };
    for mailbox in &replies.list.mailboxes {
        let Some(host) = replies.host(mailbox) else { continue };
        let domain = domains::registrable(&host).unwrap_or(&host);
        let is_partner = facts.settings.partner_domains.iter().any(|partner| partner.eq_ignore_ascii_case(domain));
        if facts.is_own_domain(&host) || is_partner || facts.are_one_party(domain, from) {
            continue;
        }
        if domains::is_freemail(&host) {
            report(replies, mailbox, findings, format!("replies go to a mailbox at `{host}`, where anyone can have one"), false);
        } else if !takes_replies_for_others(&host) {
            report(replies, mailbox, findings, format!("replies go to `{domain}`, but the mail comes from `{from}`"), true);
        } else {
            continue;
        }
        return;
    }
}

fn report(replies: &AddressField, mailbox: &Mailbox, findings: &mut Findings, message: String, soften: bool) {
    findings
        .report(replies.at(mailbox.domain), message)
        .label("not the sender's own domain")
        .because("the From or Reply-To address should reflect the true sending domain", sources::HIGH_VOLUME)
        .help("let replies go to an address at the domain that you send from")
        .help("if the address is yours, name its domain in presend.toml: own-domains = [\"YOUR-DOMAIN\"]")
        .soften_if(soften);
}

/// Providers and help desks take replies in for their customers.
fn takes_replies_for_others(host: &str) -> bool {
    senders::is_reply_host(host) || providers::owner_of_host(host).is_some() || trackers::family_of_host(host).is_some()
}
