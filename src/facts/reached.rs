//! Limits that were reached: what nobody has looked at.

use super::Facts;
use crate::config::limits::{Limit, Reached};

/// Said of style sheets with too many rules for too many elements.
const UNTRIED: &str = "more than 2,000,000 trials of style rules: the others were not applied";

impl Facts<'_> {
    /// As many of the findings of one lint as are told, of those that are softened and of the others: what is worst is told in any case.
    pub(crate) fn told<T>(&self, found: Vec<T>, is_softened: impl Fn(&T) -> bool) -> Vec<T> {
        let most = self.settings.limits.of(Limit::Diagnostics);
        if found.len() <= most {
            return found;
        }
        let (mut counts, all) = ([0; 2], found.len());
        let mut told = found;
        told.retain(|finding| {
            let count = &mut counts[usize::from(is_softened(finding))];
            *count += 1;
            *count <= most
        });
        self.untold.set(self.untold.get() || told.len() < all);
        told
    }

    /// The limits that were reached while the message was read, and the files that it includes.
    pub fn reached(&self) -> Vec<Reached> {
        let links = self.surplus_links().then(|| self.settings.limits.reached(Limit::Links));
        let surplus = self.missing.iter().any(|missing| missing.surplus);
        let surplus = surplus.then(|| self.settings.limits.reached(Limit::Includes));
        let untold = self.untold.get().then(|| self.settings.limits.reached(Limit::Diagnostics));
        let untried = self.html_bodies().any(|(_, _, document)| document.has_untried_rules());
        let untried = untried.then(|| Reached::fixed_for_looks(UNTRIED));
        let more = links.into_iter().chain(surplus).chain(untold).chain(untried);
        let mut all: Vec<_> = self.message.reached.iter().cloned().chain(more).collect();
        all.extend(self.included().iter().flat_map(|included| included.facts.reached()));
        all.sort();
        all.dedup();
        all
    }

    /// Why something that is missing may be there for all that: not all of the message was read.
    pub fn unread(&self) -> Option<String> {
        self.reached().iter().find(|reached| reached.hides()).map(Reached::in_words)
    }

    /// Not all attributes of all tags were read.
    pub fn lacks_attributes(&self) -> bool {
        self.message.reached.iter().any(|reached| reached.limit == Some(Limit::Attributes))
    }

    /// Why a header field that is not there may be there for all that: not all of the header was read.
    pub fn unread_header(&self) -> Option<String> {
        let of_header = |reached: &&Reached| match reached.limit {
            Some(limit) => matches!(limit, Limit::Header | Limit::Fields),
            None => reached.in_words().contains("header"),
        };
        self.message.reached.iter().find(of_header).map(Reached::in_words)
    }
}
