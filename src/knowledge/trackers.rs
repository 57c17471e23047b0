//! Open-tracking pixels and click redirectors, by the shape of their URLs.

/// A tracker that a URL belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracker {
    /// Short id, often that of a provider.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// How sure the shape is.
    pub certainty: Certainty,
}

/// How sure the shape of a URL is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Certainty {
    Low,
    Medium,
    High,
}

/// The tracker behind an image's URL. `url` is decoded (entities) and absolute.
pub fn open(url: &str) -> Option<Tracker> {
    let _ = url;
    todo!()
}

/// The click redirector behind a link's URL.
pub fn click(url: &str) -> Option<Tracker> {
    let _ = url;
    todo!()
}

/// The tracker or provider family that owns `host`: two hosts of one family are one party.
pub fn family_of_host(host: &str) -> Option<&'static str> {
    let _ = host;
    todo!()
}

/// The link as it was before a receiver's filter rewrote it: Safe Links, urldefense (v1, v2, v3), Mimecast and the like. `None` if it was not.
pub fn unwrap_receiver(url: &str) -> Option<String> {
    let _ = url;
    todo!()
}

/// The plain-text destination inside a redirector's query (`url=`, `redirect=`, …): its value, decoded.
pub fn destination(url: &str) -> Option<String> {
    let _ = url;
    todo!()
}
