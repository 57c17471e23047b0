//! A sender that nobody can answer.

use crate::diagnostic::{Level, Standard};
use crate::facts::{AddressField, Facts};
use crate::knowledge::senders;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::address::Mailbox;

pub static LINT: Lint = Lint {
    name: "noreply-sender",
    summary: "campaign from an address where nobody reads replies",
    level: Level::Warn,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("noreply_sender.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let (Some(sender), Some(field)) = (facts.sender(), facts.address_field("From")) else { return };
    if !facts.purpose().may_be_bulk() || facts.is_list_traffic() || !is_noreply(field, &sender.mailbox) {
        return;
    }
    let replies = facts.address_field("Reply-To").filter(|field| !field.list.mailboxes.is_empty());
    let is_read = |field: &&AddressField| field.list.mailboxes.iter().any(|mailbox| !is_noreply(field, mailbox));
    if replies.is_some_and(|field| is_read(&field)) {
        return;
    }
    if facts.unread_header().is_some() {
        return findings.silent("not all of the header was read");
    }
    let local = field.slice(sender.mailbox.local);
    let place = if senders::is_noreply(local) { sender.mailbox.local } else { sender.mailbox.domain };
    let finding = findings.report(field.at(place), format!("nobody reads replies to `{}`", field.slice(sender.mailbox.address)));
    finding.label("says that replies are not welcome");
    if let Some(replies) = replies {
        finding.also(replies.spot, "nor does anybody here");
    }
    finding
        .because("the From or Reply-To address should reflect the true sending domain and be able to receive replies", sources::HIGH_VOLUME)
        .help("send from an address that somebody reads, or name one in Reply-To");
}

/// An address that is inside a merge tag is unknown, and taken for one that is read.
fn is_noreply(field: &AddressField, mailbox: &Mailbox) -> bool {
    let Some(host) = field.host(mailbox) else { return false };
    senders::is_noreply(field.slice(mailbox.local)) || senders::is_noreply_host(&host)
}
