//! The names of a sending address, and whether they lead back to it.

use super::found::{Sending, Spf};
use super::{Inquiry, Kind, Name};
use std::net::IpAddr;

/// Names of an address that are looked at (RFC 7208 §4.6.4 has the same limit).
const MOST: usize = 10;
/// Words in the names that networks give to their customers' lines.
const OF_CUSTOMERS: &[&str] = &[
    "dyn",
    "dynamic",
    "dynip",
    "dhcp",
    "pool",
    "pools",
    "ppp",
    "pppoe",
    "dsl",
    "adsl",
    "vdsl",
    "dial",
    "dialup",
    "cable",
    "client",
    "cust",
    "customer",
    "broadband",
    "fttx",
    "wireless",
    "catv",
];

/// `7.113.0.203.in-addr.arpa`, or 32 digits below `ip6.arpa`.
pub(super) fn name(address: IpAddr) -> Option<Name> {
    let text = match address {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(v6) => {
            let digits = v6.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            digits.map(|digit| format!("{digit:x}.")).collect::<String>() + "ip6.arpa"
        }
    };
    Name::new(&text)
}

/// Asks for the names of an address, and for the addresses of its names.
pub(super) fn of(address: IpAddr, spf: &Spf, inquiry: &mut Inquiry<'_>) -> Sending {
    let reverse = name(address).unwrap_or_else(Name::root);
    let reply = inquiry.ask(&reverse, Kind::Ptr);
    let names = reply.records().to_vec();
    let hosts: Vec<(usize, Name)> =
        names.iter().take(MOST).filter_map(|at| Some((*at, inquiry.records.get(*at)?.target()?))).collect();
    let kind = if address.is_ipv4() { Kind::A } else { Kind::Aaaa };
    inquiry.prepare(hosts.iter().map(|(_, host)| (host.clone(), kind)));
    let mut confirmed = Some(false);
    for (_, host) in &hosts {
        let reply = inquiry.ask(host, kind);
        let is_it = |at: &usize| inquiry.records.get(*at).is_some_and(|record| record.text.parse() == Ok(address));
        if reply.records().iter().any(is_it) {
            confirmed = Some(true);
            break;
        }
        confirmed = confirmed.filter(|_| !reply.is_unknown());
    }
    let generic = hosts.iter().find(|(_, host)| is_generic(host, address)).map(|(at, _)| *at);
    let spf = spf.walk.as_ref().and_then(|walk| walk.root.result(address));
    Sending { address, reverse, known: !reply.is_unknown(), names, confirmed, generic, spf }
}

/// All four numbers of the address are in the name, and a word for a customer's line.
fn is_generic(host: &Name, address: IpAddr) -> bool {
    let IpAddr::V4(v4) = address else { return false };
    let pieces: Vec<&str> =
        host.as_str().split(|c: char| !c.is_ascii_digit()).filter(|piece| !piece.is_empty()).collect();
    let has = |octet: u8| pieces.iter().any(|piece| piece.parse() == Ok(u32::from(octet)));
    let words = host.as_str().split(|c: char| !c.is_ascii_alphabetic());
    v4.octets().into_iter().all(has) && words.into_iter().any(|word| OF_CUSTOMERS.contains(&word))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Name, is_generic, name};

    #[test]
    fn reverse_names() {
        assert_eq!(name("203.0.113.7".parse().unwrap()).unwrap().as_str(), "7.113.0.203.in-addr.arpa");
        let six = name("2001:db8::25".parse().unwrap()).unwrap();
        assert_eq!(six.as_str(), "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    }

    #[test]
    fn names_of_customers_lines() {
        let address = "203.0.113.7".parse().unwrap();
        for (host, generic) in [
            ("203-0-113-7.dynamic.example.net", true),
            ("p7.113.0.203.dsl.example.net", true),
            ("mail-203-0-113-7.brand.com", false),
            ("mail.dynamic.example.net", false),
            ("mta1.brand.com", false),
        ] {
            assert_eq!(is_generic(&Name::new(host).unwrap(), address), generic, "{host}");
        }
    }
}
