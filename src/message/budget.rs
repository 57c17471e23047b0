//! How much of a message is still read: what all of its bodies share.

use crate::config::limits::{Limit, Limits, Reached};
use std::collections::BTreeSet;

/// What was read, and which limits were reached by it.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    /// What holds.
    pub limits: Limits,
    /// Tags, comments and texts that were read.
    pub nodes: usize,
    /// Conditional comments that were read.
    pub conditionals: usize,
    /// Which limits were reached.
    pub reached: BTreeSet<Reached>,
    merge_tags: usize,
}

impl Budget {
    /// No more than `nodes` is read yet.
    pub fn new(limits: Limits, nodes: usize) -> Self {
        Self { limits, nodes, ..Self::default() }
    }

    /// Notes that a limit was reached.
    pub fn reach(&mut self, limit: Limit) {
        self.reached.insert(self.limits.reached(limit));
    }

    /// How many merge tags may still be found.
    pub fn merge_tags(&self) -> usize {
        self.limits.of(Limit::MergeTags).saturating_sub(self.merge_tags)
    }

    /// Counts merge tags that were found; `surplus` says that there are more.
    pub fn take_merge_tags(&mut self, found: usize, surplus: bool) {
        self.merge_tags += found;
        if surplus {
            self.reach(Limit::MergeTags);
        }
    }
}
