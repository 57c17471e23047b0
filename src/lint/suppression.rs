//! Applies `presend-allow` comments to what the checks found.

use super::Finding;
use super::findings::Whereabouts;
use crate::diagnostic::Level;
use crate::facts::{Allow, AllowScope, Cover, Facts};
use crate::lint::Registry;
use crate::message::{Spot, ViewId};
use crate::source::ViewSpan;
use std::collections::HashMap;

/// The level that no comment can suppress.
const STRONGEST: Level = Level::Forbid;

/// The comments of one source by the lint that they name.
pub(super) struct Suppressions<'f> {
    by_lint: HashMap<&'static str, Vec<&'f Allow>>,
}

impl<'f> Suppressions<'f> {
    /// Reads the comments; names that no lint has are left to `unknown-lint`.
    pub(super) fn new(facts: &'f Facts<'_>, registry: &Registry) -> Self {
        let mut by_lint: HashMap<&'static str, Vec<&Allow>> = HashMap::new();
        for allow in facts.allows() {
            if let Some((_, lint)) = registry.find(&allow.name) {
                by_lint.entry(lint.name).or_default().push(allow);
            }
        }
        Self { by_lint }
    }

    /// Whether a comment is about the lint called `name` (bare).
    pub(super) fn name(&self, lint: &str) -> bool {
        self.by_lint.contains_key(lint)
    }

    /// Drops the findings that a comment allows, and marks those comments as used.
    pub(super) fn apply(&self, level: Level, mut found: Vec<Finding>) -> Vec<Finding> {
        let Some(allows) = found.first().and_then(|finding| self.by_lint.get(finding.lint)) else { return found };
        if level == STRONGEST {
            return found;
        }
        let allows = || allows.iter().filter(|allow| allow.reason.is_some());
        let places = Places::of(found.iter().filter_map(place));
        for allow in allows() {
            let used = allow.scope == AllowScope::File || allow.element().is_some_and(|element| places.touch(element));
            allow.used.set(allow.used.get() || used);
        }
        let whole = allows().any(|allow| allow.scope == AllowScope::File);
        let elements = Places::of(allows().filter_map(|allow| allow.element()));
        found.retain(|finding| !whole && !place(finding).is_some_and(|place| elements.hold(place)));
        found
    }
}

/// Where a finding is; `None` outside of all views.
fn place(finding: &Finding) -> Option<Spot> {
    match finding.primary {
        Whereabouts::Spot(spot) => Some(spot),
        Whereabouts::File(_) | Whereabouts::Record(_) | Whereabouts::WholeFile => None,
    }
}

/// Places by their view: there may be many comments, and many findings.
#[derive(Default)]
struct Places {
    by_view: HashMap<ViewId, (Cover, Vec<usize>)>,
}

impl Places {
    fn of(places: impl Iterator<Item = Spot>) -> Self {
        let mut spans: HashMap<ViewId, Vec<ViewSpan>> = HashMap::new();
        places.for_each(|place| spans.entry(place.view).or_default().push(place.span));
        let cover = |spans: Vec<ViewSpan>| {
            let mut starts: Vec<_> = spans.iter().filter(|span| span.is_empty()).map(|span| span.start).collect();
            starts.sort_unstable();
            (Cover::of(spans.into_iter().map(ViewSpan::range)), starts)
        };
        Self { by_view: spans.into_iter().map(|(view, spans)| (view, cover(spans))).collect() }
    }

    /// Whether one of them shares a byte with `element`, or is an empty place in it.
    fn touch(&self, element: Spot) -> bool {
        self.by_view.get(&element.view).is_some_and(|(cover, points)| {
            let next = points.partition_point(|point| *point < element.span.start);
            cover.overlaps(element.span.range()) || points.get(next).is_some_and(|point| *point <= element.span.end)
        })
    }

    /// Whether one of them, an element each, shares a byte with `place`, or holds it.
    fn hold(&self, place: Spot) -> bool {
        let (span, range) = (place.span, place.span.range());
        let in_cover = |cover: &Cover| !span.is_empty() && cover.overlaps(range.clone()) || cover.holds(&range);
        self.by_view.get(&place.view).is_some_and(|(cover, _)| in_cover(cover))
    }
}
