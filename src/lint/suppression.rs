//! Applies `presend-allow` comments to what the checks found.

use super::Finding;
use super::findings::Whereabouts;
use crate::diagnostic::Level;
use crate::facts::{Allow, AllowScope, Facts};
use crate::lint::Registry;
use crate::message::{Spot, ViewId};
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

    /// Drops the findings of one lint that a comment allows, and marks those comments as used. Takes n log n time: a source may have
    /// a hundred thousand of both.
    pub(super) fn apply(&self, level: Level, mut found: Vec<Finding>) -> Vec<Finding> {
        let allows = found.first().and_then(|finding| self.by_lint.get(finding.lint));
        let Some(allows) = allows.filter(|_| level != STRONGEST) else { return found };
        let with_reason = || allows.iter().filter(|allow| allow.reason.is_some());
        let places = Reaches::new(found.iter().filter_map(spot).map(|spot| (spot.view, reached_from(spot).reversed())));
        let mut whole_file = false;
        for allow in with_reason() {
            let is_used = match allow.scope {
                AllowScope::File => {
                    whole_file = true;
                    true
                }
                AllowScope::Element(element) => places.hold(element.view, extent(element).reversed()),
                AllowScope::Nothing => false,
            };
            if is_used {
                allow.used.set(true);
            }
        }
        let elements = Reaches::new(with_reason().filter_map(|allow| match allow.scope {
            AllowScope::Element(element) => Some((element.view, extent(element))),
            _ => None,
        }));
        found.retain(|finding| {
            !whole_file && spot(finding).is_none_or(|spot| !elements.hold(spot.view, reached_from(spot)))
        });
        found
    }
}

fn spot(finding: &Finding) -> Option<Spot> {
    match finding.primary {
        Whereabouts::Spot(spot) => Some(spot),
        Whereabouts::File(_) | Whereabouts::Record(_) | Whereabouts::WholeFile => None,
    }
}

/// Two ends in a view. Of a place: at or before which an element has to begin, and at or behind which it has to end, to reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ends {
    start: usize,
    end: usize,
}

impl Ends {
    /// Seen from the other side: who reaches becomes what is reached.
    fn reversed(self) -> Self {
        Self { start: usize::MAX - self.start, end: usize::MAX - self.end }
    }
}

fn extent(element: Spot) -> Ends {
    Ends { start: element.span.start, end: element.span.end }
}

/// Elements that share a byte with a place reach it; where it has none, those around it and those that end there.
fn reached_from(place: Spot) -> Ends {
    match place.span.is_empty() {
        true => extent(place),
        false => Ends { start: place.span.end - 1, end: place.span.start + 1 },
    }
}

/// Ends in order of their starts, each with the furthest end up to there.
#[derive(Debug, Default)]
struct Reaches {
    by_view: HashMap<ViewId, Vec<Ends>>,
}

impl Reaches {
    fn new(ends: impl Iterator<Item = (ViewId, Ends)>) -> Self {
        let mut by_view: HashMap<ViewId, Vec<Ends>> = HashMap::new();
        for (view, ends) in ends {
            by_view.entry(view).or_default().push(ends);
        }
        for all in by_view.values_mut() {
            all.sort_unstable();
            let mut furthest = 0;
            for ends in all {
                furthest = furthest.max(ends.end);
                ends.end = furthest;
            }
        }
        Self { by_view }
    }

    /// Whether one of them starts at or before `wanted.start` and ends at or behind `wanted.end`.
    fn hold(&self, view: ViewId, wanted: Ends) -> bool {
        let Some(all) = self.by_view.get(&view) else { return false };
        let behind = all.partition_point(|ends| ends.start <= wanted.start);
        behind.checked_sub(1).and_then(|last| all.get(last)).is_some_and(|ends| ends.end >= wanted.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ViewSpan;

    fn spots() -> Vec<Spot> {
        let spans = (0..6).flat_map(|start| (start..6).map(move |end| ViewSpan::new(start, end)));
        spans.map(|span| Spot { view: ViewId::new(0), span }).collect()
    }

    #[test]
    fn an_element_reaches_what_it_overlaps_or_contains() {
        for element in spots() {
            let elements = Reaches::new(std::iter::once((element.view, extent(element))));
            for place in spots() {
                let reaches = element.span.overlaps(place.span) || element.span.contains(place.span);
                assert_eq!(elements.hold(place.view, reached_from(place)), reaches, "{element:?} {place:?}");
                let places = Reaches::new(std::iter::once((place.view, reached_from(place).reversed())));
                assert_eq!(places.hold(element.view, extent(element).reversed()), reaches, "{element:?} {place:?}");
            }
        }
    }

    #[test]
    fn one_of_many_elements_is_enough() {
        let all = spots();
        for two in all.windows(2) {
            let elements = Reaches::new(two.iter().map(|element| (element.view, extent(*element))));
            for place in &all {
                let one = |element: &Spot| element.span.overlaps(place.span) || element.span.contains(place.span);
                assert_eq!(elements.hold(place.view, reached_from(*place)), two.iter().any(one), "{two:?} {place:?}");
            }
        }
    }
}
