//! What the files that a message includes have: they count where something would be missing without them.

use super::{Facts, LinkRole, OptOut, OptOutWay};
use crate::message::{Message, Spot};

/// A file that the message includes.
#[derive(Debug)]
pub struct Included<'m> {
    /// The place in the message through which it comes.
    pub spot: Spot,
    /// Its own facts; what it includes itself is not among them, but stands beside it.
    pub facts: Facts<'m>,
}

impl<'m> Included<'m> {
    /// The facts of `message`, which comes through `spot`, for the same sender.
    pub fn new(spot: Spot, message: &'m Message<'m>, settings: &'m crate::config::Settings) -> Self {
        Self { spot, facts: Facts::with_included(message, settings, Vec::new(), Vec::new()) }
    }
}

impl<'m> Facts<'m> {
    /// The files that it includes, also those that these include.
    pub fn included(&self) -> &[Included<'m>] {
        &self.included
    }

    /// Whether there is a link of this role, here or in an included file.
    pub fn has_link(&self, role: LinkRole) -> bool {
        let here = self.links().iter().any(|link| link.role == role);
        here || self.included.iter().any(|included| included.facts.has_link(role))
    }
}

/// The ways out that stand in included files.
pub(super) fn optouts(facts: &Facts<'_>) -> impl Iterator<Item = OptOut> {
    let ways = |facts: &Facts<'_>| {
        let mut ways = facts.optouts().iter().map(|optout| optout.way);
        let first = ways.next()?;
        // One that needs no login makes up for one that does.
        Some(ways.fold(first, |way, other| if way == OptOutWay::Gated { other } else { way }))
    };
    facts.included.iter().filter_map(move |included| {
        let way = match ways(&included.facts)? {
            OptOutWay::Gated => OptOutWay::Gated,
            _ => OptOutWay::Included,
        };
        let body = facts.message.bodies.iter().position(|body| body.view == included.spot.view)?;
        Some(OptOut { way, body, spot: included.spot, link: None, hidden: false })
    })
}
