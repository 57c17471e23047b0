//! Domains: the public suffix list, free mailbox providers, shorteners, social networks, font hosts, reserved names.
//!
//! The lists are `lints/data/{freemail,shorteners,common_hosts,reserved}.toml`; `build/domains.rs` checks and sorts them.

use super::trackers::url::{by_suffix, suffixes};

include!(concat!(env!("OUT_DIR"), "/domains.rs"));

/// The registrable domain of `host` (lower case, no port), by the public suffix list with its private section: `brand.co.uk` of `www.brand.co.uk`.
/// `None` for an address, a single label, a public suffix itself, or an unknown top-level domain.
pub fn registrable(host: &str) -> Option<&str> {
    let host = name(host)?;
    let domain = psl::domain(host.as_bytes())?;
    // an unknown top-level domain falls under the list's `*`
    domain.suffix().is_known().then_some(())?;
    std::str::from_utf8(domain.as_bytes()).ok()
}

/// The label before the public suffix: `brand` of `www.brand.co.uk`.
pub fn brand_label(host: &str) -> Option<&str> {
    registrable(host)?.split('.').next()
}

/// The host without a dot at its end, if it is a name and not an address: the last label of a name is never a number.
fn name(host: &str) -> Option<&str> {
    let host = host.trim();
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next()?;
    let empty_label = host.split('.').any(str::is_empty);
    (!empty_label && !last.bytes().all(|byte| byte.is_ascii_digit()) && !host.contains([':', '[', '/', '@', ' ']))
        .then_some(host)
}

/// `host` is a free mailbox provider's own host (`outlook.com`; not a subdomain of it).
pub fn is_freemail(host: &str) -> bool {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    FREEMAIL.binary_search(&host.as_str()).is_ok()
}

/// `host` is a public URL shortener's, or below one.
pub fn is_shortener(host: &str) -> bool {
    is_under(&SHORTENERS, host) && !is_under(&NO_SHORTENERS, host)
}

/// Hosts that any campaign may link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CommonHost {
    Social,
    AppStore,
    Map,
    Calendar,
    Video,
    Font,
    Badge,
}

/// What common host `host` is, by suffix.
pub fn common(host: &str) -> Option<CommonHost> {
    by_suffix(&COMMON, host.trim().trim_end_matches('.')).copied()
}

/// Reserved for documentation and tests (RFC 2606, RFC 6761): `example.com`, `.test`, `.invalid`, `localhost`.
pub fn is_reserved(host: &str) -> bool {
    is_under(&RESERVED, host)
}

fn is_under(sorted: &[&str], host: &str) -> bool {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    suffixes(&host).any(|suffix| sorted.binary_search(&suffix).is_ok())
}

#[cfg(test)]
mod tests;
