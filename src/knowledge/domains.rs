//! Domains: the public suffix list, free mailbox providers, shorteners, social networks, font hosts, disposable domains.

/// The registrable domain of `host` (lower case, no port), by the public suffix list with its private section: `brand.co.uk` of `www.brand.co.uk`.
/// `None` for an address, a single label, a public suffix itself, or an unknown top-level domain.
pub fn registrable(host: &str) -> Option<&str> {
    let _ = host;
    todo!()
}

/// The label before the public suffix: `brand` of `www.brand.co.uk`.
pub fn brand_label(host: &str) -> Option<&str> {
    let _ = host;
    todo!()
}

/// `host` is a free mailbox provider's own host (`outlook.com`; not a subdomain of it).
pub fn is_freemail(host: &str) -> bool {
    let _ = host;
    todo!()
}

/// `host` is a public URL shortener's.
pub fn is_shortener(host: &str) -> bool {
    let _ = host;
    todo!()
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
    let _ = host;
    todo!()
}

/// Reserved for documentation and tests (RFC 2606, RFC 6761): `example.com`, `.test`, `.invalid`, `localhost`.
pub fn is_reserved(host: &str) -> bool {
    let _ = host;
    todo!()
}
