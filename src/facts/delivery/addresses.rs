//! The addresses that Microsoft's fields name.

use crate::knowledge::address_space;
use std::net::IpAddr;

/// The address that a field names, with or without brackets; not `255.255.255.255`, which stands for none.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let bare = text.strip_prefix("IPv6:").or_else(|| text.strip_prefix("ipv6:")).unwrap_or(text);
    let address: IpAddr = bare.split('%').next().unwrap_or_default().parse().ok()?;
    let address = address.to_canonical();
    (address != IpAddr::from([255, 255, 255, 255])).then_some(address)
}

/// An address that no server on the internet can come from.
pub(super) fn is_private(address: &IpAddr) -> bool {
    address_space::is_private(address)
}
