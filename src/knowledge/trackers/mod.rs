//! Open-tracking pixels and click redirectors, by the shape of their URLs.
//!
//! The shapes stand in `lints/data/providers/*.toml` and `trackers.toml`; the receivers' rewriters in `link_rewriters.toml`.
//! `build/trackers.rs` checks them and writes the tables; a shape is filed under its host or, where senders use hosts of their own, tried on all.

mod rewriters;
pub(crate) mod shape;
pub(crate) mod url;

pub use rewriters::{destination, destination_parameter, unwrap_receiver};

use super::providers::TagMeaning;
use rewriters::{Method, Receiver};
use shape::{Atom, Host, Parameter, Segment, Set, Shape, host_is_under};
use url::{Parts, by_suffix, split, suffixes};

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

/// A URL taken apart.
struct Target<'u> {
    parts: Parts<'u>,
    /// In lower case.
    host: String,
    /// Of the path.
    segments: usize,
}

impl<'u> Target<'u> {
    fn of(url: &'u str) -> Option<Self> {
        let parts = split(url)?;
        Some(Self { parts, host: parts.host.to_ascii_lowercase(), segments: shape::segments(parts.path) })
    }
}

/// The shapes of one kind.
struct Table {
    /// By a host and all below it, sorted by host.
    under: &'static [(&'static str, &'static [Shape])],
    /// On hosts with a number in them, or on any.
    anywhere: &'static [Shape],
}

impl Table {
    /// The surest shape that a URL has; those of a known host first.
    fn find(&self, target: &Target<'_>) -> Option<&'static Shape> {
        let filed = suffixes(&target.host).filter_map(|suffix| {
            let at = self.under.binary_search_by_key(&suffix, |(host, _)| host).ok()?;
            self.under.get(at).map(|(_, shapes)| shapes.iter())
        });
        let mut best: Option<&Shape> = None;
        for shape in filed.flatten().chain(self.anywhere) {
            if best.is_none_or(|best| best.certainty < shape.certainty)
                && shape.may_match(&target.parts, target.segments)
                && shape.matches(&target.parts)
            {
                best = Some(shape);
            }
        }
        best
    }

    fn tracker(&self, url: &str) -> Option<Tracker> {
        let shape = self.find(&Target::of(url)?)?;
        let (id, name, family) = OWNERS.get(usize::from(shape.owner))?;
        Some(Tracker { id, name, family, certainty: shape.certainty })
    }
}

/// The tracker behind an image's URL. `url` is decoded (entities) and absolute.
pub fn open(url: &str) -> Option<Tracker> {
    OPEN.tracker(url)
}

/// The click redirector behind a link's URL. A provider's own page for managing the subscription, or its web version, is none.
pub fn click(url: &str) -> Option<Tracker> {
    let found = CLICK.tracker(url)?;
    management(url).is_none().then_some(found)
}

/// What a link to a provider's own page is for, by the shape of its URL: `Unsubscribe`, `Preferences` or `WebVersion`.
pub fn management(url: &str) -> Option<TagMeaning> {
    let kinds = [
        (&UNSUBSCRIBE, TagMeaning::Unsubscribe),
        (&PREFERENCES, TagMeaning::Preferences),
        (&WEB_VERSION, TagMeaning::WebVersion),
    ];
    let target = Target::of(url)?;
    kinds.into_iter().find(|(table, _)| table.find(&target).is_some()).map(|(_, meaning)| meaning)
}

/// The tracker or provider family that owns `host`: two hosts of one family are one party.
pub fn family_of_host(host: &str) -> Option<&'static str> {
    let host = host.trim().trim_end_matches('.');
    by_suffix(&FAMILIES, host)
        .or_else(|| FAMILY_SHAPES.iter().find(|(labels, _)| host_is_under(labels, host)).map(|(_, family)| family))
        .copied()
}

#[cfg(test)]
mod tests;
