//! Numeric addresses in hosts, and which of them nobody outside of a network can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address that `host` is, as the WHATWG URL standard writes it: dotted decimal, or IPv6 in brackets.
pub fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(v6) => v6.parse().ok().map(IpAddr::V6),
        None => host.parse().ok().map(IpAddr::V4),
    }
}

/// Loopback, link-local, of a private network (RFC 1918, RFC 6598, RFC 4193) or of none.
pub fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(*v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_private_v6(*v6), is_private_v4),
    }
}

/// Private, or reserved for documentation, tests, multicast or later: nobody's server is there.
pub fn is_reserved(address: &IpAddr) -> bool {
    is_private(address)
        || match address {
            IpAddr::V4(v4) => is_reserved_v4(*v4),
            IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_reserved_v6(v6), is_reserved_v4),
        }
}

/// RFC 5737, RFC 2544 (198.18.0.0/15), RFC 1112 and RFC 5771 (224.0.0.0 and above).
fn is_reserved_v4(v4: Ipv4Addr) -> bool {
    let [first, second, ..] = v4.octets();
    v4.is_documentation() || first == 198 && second & 0xfe == 18 || first >= 224
}

/// RFC 3849, and multicast (RFC 4291 §2.7).
fn is_reserved_v6(v6: &Ipv6Addr) -> bool {
    let [first, second, ..] = v6.segments();
    v6.is_multicast() || first == 0x2001 && second == 0x0db8
}

fn is_private_v4(v4: Ipv4Addr) -> bool {
    let [first, second, ..] = v4.octets();
    // 172.16.0.0/12 is in `is_private`; the article prints /11. 100.64.0.0/10: shared by a provider's customers (RFC 6598).
    v4.is_private() || v4.is_loopback() || v4.is_link_local() || first == 0 || first == 100 && second & 0xc0 == 64
}

fn is_private_v6(v6: Ipv6Addr) -> bool {
    let [first, ..] = v6.segments();
    // fc00::/7 and fe80::/10
    v6.is_loopback() || v6.is_unspecified() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
}

#[cfg(test)]
mod tests {
    use super::{address, is_private, is_reserved};

    #[test]
    fn what_only_a_network_of_ones_own_reaches() {
        let private = |host: &str| address(host).map(|address| is_private(&address));
        for host in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "127.0.0.1",
            "0.0.0.0",
            "169.254.1.1",
            "100.64.0.1",
            "100.127.0.1",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
        ] {
            assert_eq!(private(host), Some(true), "{host}");
        }
        for host in ["172.32.0.1", "172.15.0.1", "100.128.0.1", "192.0.2.1", "8.8.8.8", "[2001:db8::1]"] {
            assert_eq!(private(host), Some(false), "{host}");
        }
        assert_eq!(private("brand.com"), None);
    }

    #[test]
    fn what_is_reserved() {
        let reserved = |host: &str| address(host).map(|address| is_reserved(&address));
        for host in [
            "10.0.0.1",
            "192.0.2.1",
            "203.0.113.9",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[2001:db8::1]",
            "[ff02::1]",
        ] {
            assert_eq!(reserved(host), Some(true), "{host}");
        }
        for host in ["8.8.8.8", "198.20.0.1", "223.255.255.1", "[2a00:1450::1]"] {
            assert_eq!(reserved(host), Some(false), "{host}");
        }
    }
}
