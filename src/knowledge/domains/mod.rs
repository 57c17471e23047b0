//! Domains: the public suffix list, free mailbox providers, shorteners, social networks, font hosts, reserved names.
//!
//! The lists are `lints/data/{freemail,shorteners,common_hosts,reserved,private_hosts,placeholder_hosts}.toml`; `build/domains.rs` checks and sorts them.

use super::trackers::url::{by_suffix, lower, suffixes};
use crate::knowledge::table::{Text, holds};

use std::borrow::Cow;

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

/// Whether the registrable domain of `host` is one that a registry gives out, not a customer's name at a service: `lena.wordpress.com`.
pub fn is_of_registry(host: &str) -> bool {
    let domain = name(host).and_then(|host| psl::domain(host.as_bytes()));
    domain.is_some_and(|domain| domain.suffix().typ() == Some(psl::Type::Icann))
}

/// As [`registrable`], but an unknown top-level domain counts as a public suffix, as the list's `*` has it: what DMARC takes for the
/// organisation's domain.
pub fn organisational(host: &str) -> Option<&str> {
    std::str::from_utf8(psl::domain(name(host)?.as_bytes())?.as_bytes()).ok()
}

/// The label before the public suffix: `brand` of `www.brand.co.uk`.
pub fn brand_label(host: &str) -> Option<&str> {
    registrable(host)?.split('.').next()
}

/// The host without a dot at its end, if it is a name and not an address: the last label of a name is never a number.
fn name(host: &str) -> Option<&str> {
    let host = host.trim();
    let host = host.strip_suffix('.').unwrap_or(host);
    // in one pass: it is asked of every link, many times
    let (mut length, mut is_number) = (0usize, true);
    for byte in host.bytes() {
        match byte {
            b'.' if length == 0 => return None,
            b'.' => (length, is_number) = (0, true),
            b':' | b'[' | b'/' | b'@' | b' ' => return None,
            _ => (length, is_number) = (length + 1, is_number && byte.is_ascii_digit()),
        }
    }
    (length > 0 && !is_number).then_some(host)
}

/// `host` is a free mailbox provider's own host (`outlook.com`; not a subdomain of it).
pub fn is_freemail(host: &str) -> bool {
    holds(&FREEMAIL, &plain(host))
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

/// Leads nowhere outside of the sender's own network: `.local`, `.lan`, `.internal`, `localhost` and the like.
pub fn is_private_name(host: &str) -> bool {
    is_under(&PRIVATE, host)
}

/// Stands for a host that is still to be put in: `example.com`, `yourdomain.com`.
pub fn is_placeholder(host: &str) -> bool {
    let host = plain(host);
    let label = brand_label(&host).unwrap_or(&host);
    is_under(&PLACEHOLDERS, &host) || holds(&PLACEHOLDER_LABELS, label)
}

/// Where a site is tried out before readers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialHost {
    /// `staging.brand.com`, `www-stg.brand.com`: nothing else is called so.
    Staging,
    /// `dev.brand.com`, `test.brand.com`: sometimes a site for developers.
    Development,
}

/// Whether the labels of `host` before its registrable domain say that a site is tried out there.
pub fn trial(host: &str) -> Option<TrialHost> {
    let host = plain(host);
    let labels = host.strip_suffix(registrable(&host)?)?.trim_end_matches('.');
    if labels.split(['.', '-']).any(|word| holds(&STAGING, word)) {
        return Some(TrialHost::Staging);
    }
    labels.split('.').any(|word| holds(&DEVELOPMENT, word)).then_some(TrialHost::Development)
}

/// `host` as lists have it: lower case, without blanks around it and dots at its end.
fn plain(host: &str) -> Cow<'_, str> {
    lower(host.trim().trim_end_matches('.'))
}

fn is_under(sorted: &[Text], host: &str) -> bool {
    let host = plain(host);
    suffixes(&host).any(|suffix| holds(sorted, suffix))
}

#[cfg(test)]
mod tests;
