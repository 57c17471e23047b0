//! What is not here: content that a tag, a partial or an include brings in when the mail is made.

use super::Facts;
use crate::message::Spot;
use crate::message::tags::Role;

/// The places where content is missing that nobody can see from here.
#[derive(Debug, Default)]
pub struct Unknown {
    /// Tags that bring in content: includes, layout bodies, content blocks. In a rendered mail there are none: what
    /// looks like one is a leftover.
    pub includes: Vec<Spot>,
    /// Links whose words and target both come from tags: each may be anything.
    pub links: Vec<Spot>,
}

impl Unknown {
    /// The first place that could hold something that is missing.
    pub fn first(&self) -> Option<Spot> {
        self.includes.iter().chain(&self.links).copied().min()
    }
}

pub(super) fn of(facts: &Facts<'_>) -> Unknown {
    if facts.is_rendered() {
        return Unknown::default();
    }
    let mut unknown = Unknown::default();
    for body in &facts.message.bodies {
        let includes = body.tags.iter().filter(|tag| tag.role == Role::Include);
        unknown.includes.extend(includes.map(|tag| Spot { view: body.view, span: tag.span }));
    }
    unknown.links.extend(facts.links().iter().filter(|link| link.is_opaque()).map(|link| link.spot));
    unknown
}
