//! Open-tracking pixels and click redirectors, by the shape of their URLs.
//!
//! The shapes stand in `lints/data/providers/*.toml` and `trackers.toml`; the receivers' rewriters in `link_rewriters.toml`.
//! `build/trackers.rs` checks them and writes the tables; a shape is filed under its host or, where senders use hosts of their own, under the first
//! segment of its path.

mod look;
mod rewriters;
pub(crate) mod shape;
pub(crate) mod url;

pub use rewriters::{destination, destination_parameter, is_receiver, unwrap_receiver};

use super::providers::TagMeaning;
use crate::knowledge::table::{List, Listed, Text};
use look::Look;
use look::Number;
use rewriters::{Method, Receiver};
use shape::{Atom, Host, Kind, Parameter, Segment, Set, Shape, host_is_under};
use url::by_suffix;

include!(concat!(env!("OUT_DIR"), "/trackers.rs"));

/// A tracker that a URL belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracker {
    /// Short id, often that of a provider.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Trackers of one family are one party.
    pub family: &'static str,
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

fn tracker(shape: &Shape) -> Option<Tracker> {
    let (id, name, family) = OWNERS.get(usize::from(shape.owner))?;
    Some(Tracker { id: id.as_str(), name: name.as_str(), family: family.as_str(), certainty: shape.certainty })
}

/// The tracker behind an image's URL. `url` is decoded (entities) and absolute.
pub fn open(url: &str) -> Option<Tracker> {
    tracker(Look::at_image(url)?.of(Kind::Open)?)
}

/// What a link's URL is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// The click redirector behind it. A provider's own page for managing the subscription, or its web version, is none.
    pub click: Option<Tracker>,
    /// What the provider's own page is for: `Unsubscribe`, `Preferences` or `WebVersion`.
    pub management: Option<TagMeaning>,
}

/// What a link's URL is, by its shape. `url` is decoded (entities) and absolute.
pub fn link(url: &str) -> Seen {
    let Some(look) = Look::at_link(url) else { return Seen::default() };
    let management = managed(&look);
    let click = look.of(Kind::Click).filter(|_| management.is_none()).and_then(tracker);
    Seen { click, management }
}

fn managed(look: &Look) -> Option<TagMeaning> {
    let kinds = [
        (Kind::Unsubscribe, TagMeaning::Unsubscribe),
        (Kind::Preferences, TagMeaning::Preferences),
        (Kind::WebVersion, TagMeaning::WebVersion),
    ];
    kinds.into_iter().find(|(kind, _)| look.of(*kind).is_some()).map(|(_, meaning)| meaning)
}

/// The tracker or provider family that owns `host`: two hosts of one family are one party.
pub fn family_of_host(host: &str) -> Option<&'static str> {
    let host = host.trim().trim_end_matches('.');
    by_suffix(&FAMILIES, host)
        .or_else(|| FAMILY_SHAPES.iter().find(|(labels, _)| host_is_under(labels, host)).map(|(_, family)| family))
        .copied()
        .map(|text| text.as_str())
}

#[cfg(test)]
mod tests;
