//! Applies `presend-allow` comments to what the checks found.

use super::Finding;
use super::findings::Whereabouts;
use crate::diagnostic::Level;
use crate::facts::{Allow, Facts};
use crate::lint::Registry;

/// The level that no comment can suppress.
const STRONGEST: Level = Level::Forbid;

/// Drops the findings that a comment allows, and marks those comments as used.
pub(super) fn apply(facts: &Facts<'_>, registry: &Registry, level: Level, found: Vec<Finding>) -> Vec<Finding> {
    if level == STRONGEST {
        return found;
    }
    found.into_iter().filter(|finding| !is_allowed(facts, registry, finding)).collect()
}

fn is_allowed(facts: &Facts<'_>, registry: &Registry, finding: &Finding) -> bool {
    let place = match finding.primary {
        Whereabouts::Spot(spot) => Some(spot),
        Whereabouts::File(_) | Whereabouts::WholeFile => None,
    };
    let mut allowed = false;
    for allow in facts.allows().iter().filter(|allow| names(allow, registry, finding.lint)) {
        if allow.reason.is_some() && allow.reaches(place) {
            allow.used.set(true);
            allowed = true;
        }
    }
    allowed
}

/// Whether a comment is about the lint called `name` (bare).
pub(super) fn names(allow: &Allow, registry: &Registry, name: &str) -> bool {
    registry.find(&allow.name).is_some_and(|(_, lint)| lint.name == name)
}
