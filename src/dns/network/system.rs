//! The name servers that the system is set to ask.

use std::net::{IpAddr, SocketAddr};

/// Where name servers listen (RFC 1035 §4.2).
const PORT: u16 = 53;

/// The system's name servers, in its order; at least one.
///
/// # Errors
/// None is named, or what names them can't be read: why.
pub(super) fn servers() -> Result<Vec<SocketAddr>, String> {
    match addresses()? {
        none if none.is_empty() => Err("it names none".to_owned()),
        addresses => Ok(addresses.into_iter().map(|address| SocketAddr::new(address, PORT)).collect()),
    }
}

/// What `/etc/resolv.conf` names. What else it holds (search list, timeouts) is for names that people abbreviate.
#[cfg(unix)]
fn addresses() -> Result<Vec<IpAddr>, String> {
    const FILE: &str = "/etc/resolv.conf";
    let bytes = std::fs::read(FILE).map_err(|error| format!("can't read `{FILE}`: {error}"))?;
    Ok(named_in(&bytes))
}

/// Lines that can't be read are passed over, as the system's own resolver does.
#[cfg(unix)]
fn named_in(bytes: &[u8]) -> Vec<IpAddr> {
    let (config, _) = resolv_conf::Config::parse_with_errors(bytes);
    config.nameservers.iter().map(IpAddr::from).collect()
}

/// What the adapters that are up were given. Not tried on Windows.
#[cfg(windows)]
fn addresses() -> Result<Vec<IpAddr>, String> {
    let adapters = ipconfig::get_adapters().map_err(|error| error.to_string())?;
    let up = adapters.iter().filter(|adapter| adapter.oper_status() == ipconfig::OperStatus::IfOperStatusUp);
    Ok(up.flat_map(|adapter| adapter.dns_servers()).copied().filter(|address| !is_placeholder(*address)).collect())
}

/// `fec0:0:0:ffff::1` to `::3` stand on adapters without a server (RFC 3879 retired them).
#[cfg(windows)]
fn is_placeholder(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(six) if matches!(six.segments(), [0xfec0, 0, 0, 0xffff, 0, 0, 0, 1..=3]))
}

/// Nobody knows where other systems keep them.
#[cfg(not(any(unix, windows)))]
fn addresses() -> Result<Vec<IpAddr>, String> {
    Err("presend does not know where this system names them".to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn servers_come_in_their_order_and_what_is_broken_is_passed_over() {
        let text = "# a comment\nsearch a.example b.example\nnameserver 192.0.2.1\nnameserver 1.2.3\nnonsense\n\
            nameserver 2001:db8::1\nnameserver fe80::1%eth0\noptions edns0 timeout:1\n";
        let expected = ["192.0.2.1", "2001:db8::1", "fe80::1"].map(|address| address.parse::<IpAddr>().unwrap());
        assert_eq!(named_in(text.as_bytes()), expected);
        assert!(named_in(b"\xff\xfe\n").is_empty());
    }
}
