//! What an SPF record says of one address: RFC 7208 §4.6 without macros, the reverse name and the limits.

use super::{Leads, Node, Qualifier, Term, What};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

impl Node {
    /// What the record says of mail from `address`; `None` where that hangs on what nobody knows.
    pub fn result(&self, address: IpAddr) -> Option<Qualifier> {
        match self.matching(address) {
            Verdict::Is(qualifier) => Some(qualifier),
            // RFC 7208 §4.7: where nothing matches the result is neutral
            Verdict::NoMatch => Some(Qualifier::Neutral),
            Verdict::Unknown => None,
        }
    }

    fn matching(&self, address: IpAddr) -> Verdict {
        for (at, (term, leads)) in self.policy.terms.iter().zip(&self.leads).enumerate() {
            if matches!(term.what, What::Redirect(_)) || !self.policy.is_live(at) {
                continue;
            }
            match matches(term, leads, address) {
                Some(true) => return Verdict::Is(term.qualifier),
                Some(false) => {}
                None => return Verdict::Unknown,
            }
        }
        let redirect = self.policy.terms.iter().position(|term| matches!(term.what, What::Redirect(_)));
        match redirect.filter(|at| self.policy.is_live(*at)).and_then(|at| self.leads.get(at)) {
            Some(Leads::Record(node)) => node.matching(address),
            Some(_) => Verdict::Unknown,
            None => Verdict::NoMatch,
        }
    }
}

enum Verdict {
    Is(Qualifier),
    NoMatch,
    Unknown,
}

/// Whether a mechanism matches; `None` if nobody knows.
fn matches(term: &Term, leads: &Leads, address: IpAddr) -> Option<bool> {
    match (&term.what, leads) {
        (What::All, _) => Some(true),
        (What::Ip4(network, length), _) => {
            Some(as_v4(address).is_some_and(|address| is_in_v4(address, *network, *length)))
        }
        (What::Ip6(network, length), _) => {
            Some(as_v6(address).is_some_and(|address| is_in_v6(address, *network, *length)))
        }
        (What::A(_, lengths) | What::Mx(_, lengths), Leads::Addresses(addresses)) => {
            Some(addresses.iter().any(|network| is_in(address, *network, *lengths)))
        }
        (What::Exists(_), Leads::Addresses(addresses)) => Some(!addresses.is_empty()),
        (What::Include(_), Leads::Record(node)) => match node.matching(address) {
            Verdict::Is(qualifier) => Some(qualifier == Qualifier::Pass),
            Verdict::NoMatch => Some(false),
            Verdict::Unknown => None,
        },
        (What::Exp | What::Other | What::Redirect(_), _) => Some(false),
        _ => None,
    }
}

/// An IPv4 address, also inside of IPv6 (`::ffff:…`).
fn as_v4(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(v4) => Some(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped(),
    }
}

fn as_v6(address: IpAddr) -> Option<Ipv6Addr> {
    match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => Some(v6),
        _ => None,
    }
}

fn is_in(address: IpAddr, network: IpAddr, (four, six): (u8, u8)) -> bool {
    match (as_v4(address), network) {
        (Some(address), IpAddr::V4(network)) => is_in_v4(address, network, four),
        (None, IpAddr::V6(network)) => as_v6(address).is_some_and(|address| is_in_v6(address, network, six)),
        _ => false,
    }
}

fn is_in_v4(address: Ipv4Addr, network: Ipv4Addr, length: u8) -> bool {
    let differing = address.to_bits() ^ network.to_bits();
    differing.leading_zeros() >= u32::from(length)
}

fn is_in_v6(address: Ipv6Addr, network: Ipv6Addr, length: u8) -> bool {
    let differing = address.to_bits() ^ network.to_bits();
    differing.leading_zeros() >= u32::from(length)
}
