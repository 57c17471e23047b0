//! What the mail says about privacy and tracking.

use super::{Facts, Link, LinkRole};
use crate::knowledge::words::{self, Meaning};
use crate::message::Spot;
use crate::message::tags::{Role, Tag};

/// Where the mail says, or points to a page that says, that it tracks; for an included file, where it is included.
#[derive(Debug, Default)]
pub struct Disclosure {
    /// A link to a privacy policy, by its words, its sentence or its URL.
    pub privacy_link: Option<Spot>,
    /// A sentence that tells about tracking.
    pub sentence: Option<Spot>,
}

pub(super) fn of(facts: &Facts<'_>) -> Disclosure {
    let says_privacy = |link: &Link| link.said().iter().any(|hit| hit.meaning == Meaning::Privacy);
    let link = facts.links().iter().find(|link| link.role == LinkRole::Privacy || says_privacy(link));
    let sentence = facts.prose().iter().find_map(|prose| {
        let hit = prose.hits().iter().find(|hit| hit.meaning == Meaning::TrackingDisclosure)?;
        Some(prose.spot(prose.sentence_around(hit.range.start).range))
    });
    let privacy_link = link.map(|link| link.spot).or_else(|| helper(facts));
    let mut disclosure = Disclosure { privacy_link, sentence };
    for included in facts.included() {
        let theirs = included.facts.disclosure();
        disclosure.privacy_link = disclosure.privacy_link.or(theirs.privacy_link.map(|_| included.spot));
        disclosure.sentence = disclosure.sentence.or(theirs.sentence.map(|_| included.spot));
    }
    disclosure
}

/// No call of a helper that makes a link is longer, in bytes.
const LONGEST_CALL: usize = 300;

/// `<%= link_to "Privacy policy", privacy_url %>`: a tag that writes such words, whatever its helper is called.
fn helper(facts: &Facts<'_>) -> Option<Spot> {
    facts.message.bodies.iter().find_map(|body| {
        let text = facts.message.view(body.view).text();
        let says_so = |tag: &&Tag| {
            let call = &text[tag.span.range()];
            let is_call = tag.role == Role::Output && call.len() <= LONGEST_CALL && call.contains(['"', '\'']);
            is_call && words::find(call).iter().any(|hit| hit.meaning == Meaning::Privacy && !hit.weak)
        };
        body.tags.iter().find(says_so).map(|tag| Spot { view: body.view, span: tag.span })
    })
}
