//! Applies `presend-allow` comments to what the checks found.

use super::Finding;
use super::findings::Whereabouts;
use crate::diagnostic::Level;
use crate::facts::{Allow, Facts};
use crate::lint::Registry;
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
        if level != STRONGEST {
            found.retain(|finding| !self.allow(finding));
        }
        found
    }

    fn allow(&self, finding: &Finding) -> bool {
        let place = match finding.primary {
            Whereabouts::Spot(spot) => Some(spot),
            Whereabouts::File(_) | Whereabouts::Record(_) | Whereabouts::WholeFile => None,
        };
        let mut allowed = false;
        for allow in self.by_lint.get(finding.lint).into_iter().flatten() {
            if allow.reason.is_some() && allow.reaches(place) {
                allow.used.set(true);
                allowed = true;
            }
        }
        allowed
    }
}
