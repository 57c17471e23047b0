//! The hop at which Microsoft took the message in from outside, and what stood in front of it.

use super::{Facts, addresses};
use crate::knowledge::{domains, mail_hosts};
use crate::message::trace::{Hop, Trace};
use std::net::IpAddr;

/// The hop at which Microsoft took the message in from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Border {
    /// Its index in the trace's hops.
    pub hop: usize,
    /// Which field of the message it is.
    pub header: usize,
}

impl Border {
    /// The address that Microsoft saw.
    pub fn address(&self, trace: &Trace) -> Option<IpAddr> {
        Some(trace.hops.get(self.hop)?.address?.ip.to_canonical())
    }
}

/// The newest hop into a server that takes mail in. A message can come in twice: at the sender's own organisation, and at the recipient's.
pub(super) fn find(trace: &Trace) -> Option<Border> {
    let at = trace.hops.iter().position(is_border)?;
    Some(Border { hop: at, header: trace.hops[at].header })
}

fn is_border(hop: &Hop) -> bool {
    let by_border = hop.by.as_ref().is_some_and(|by| mail_hosts::is_border(&by.text));
    // From one of the service's own machines to the next; anybody can call themselves so, but not come from such an address.
    let is_inside = hop.address.is_some_and(|address| addresses::is_private(&address.ip) || is_front(&address.ip));
    by_border && hop.from.is_some() && !is_inside
}

/// Microsoft's network of front ends: at Outlook.com they hand mail on to a second server of the same name. What Microsoft sends to the
/// outside comes from others (2a01:111:f400::/48, 2a01:111:f403::/48).
fn is_front(address: &IpAddr) -> bool {
    matches!(address, IpAddr::V6(ip) if matches!(ip.segments(), [0x2a01, 0x111, third, ..] if third & 0xff00 == 0xe400))
}

/// Addresses that Microsoft's fields name as that of the sender: where a known service stands in front (enhanced filtering for connectors), the
/// connecting one is looked through.
pub(super) fn named_addresses(facts: &Facts<'_>, trace: &Trace) -> Vec<IpAddr> {
    let fields =
        ["X-Sender-IP", "X-MS-Exchange-ExternalOriginalInternetSender", "X-MS-Exchange-SkipListedInternetSender"];
    let named = fields.iter().filter_map(|name| facts.message.header(name)).filter_map(|header| {
        let value = facts.message.value(header);
        let value = value.strip_prefix("ip=").unwrap_or(value);
        addresses::address(value.split(';').next().unwrap_or_default())
    });
    let judged = trace.results.iter().filter(|results| results.server.is_none()).filter_map(|results| {
        let comment = results.method("spf")?.comment.as_deref()?;
        addresses::address(comment.strip_prefix("sender IP is")?)
    });
    named.chain(judged).collect()
}

/// Why the server that Microsoft got the message from is not the sender's, in words; then SPF judged a server in between.
pub(super) fn go_between(facts: &Facts<'_>, trace: &Trace, border: &Border) -> Option<String> {
    if facts.message.header("X-MS-Exchange-SkipListedInternetSender").is_some() {
        return None;
    }
    let hop = trace.hops.get(border.hop)?;
    let host = &hop.from.as_ref()?.text;
    if ["X-Forwarded-To", "Resent-From"].iter().any(|name| facts.message.header(name).is_some()) {
        return Some(format!("the message was forwarded: `{host}` handed it on"));
    }
    if mail_hosts::is_gateway(host) && !mail_hosts::is_microsoft(host) {
        return Some(format!("the filtering service behind `{host}` handed it on"));
    }
    let own = domains::registrable(host)?;
    let is_recipient_s = recipients(facts).iter().any(|recipient| domains::registrable(recipient) == Some(own));
    let is_sender_s = facts.sender().and_then(|sender| sender.domain.as_deref()) == Some(own);
    (is_recipient_s && !is_sender_s).then(|| format!("`{host}`, a server of the recipient's own, handed it on"))
}

fn recipients(facts: &Facts<'_>) -> Vec<String> {
    let Some(field) = facts.address_field("To") else { return Vec::new() };
    field.list.mailboxes.iter().filter_map(|mailbox| field.host(mailbox)).take(20).collect()
}
