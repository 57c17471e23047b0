//! The ways out of the mailing: links, mail addresses, sentences that tell how.

use super::{Facts, Link, LinkKind, LinkRole};
use crate::knowledge::providers::{self, TagMeaning};
use crate::knowledge::words::Meaning;
use crate::message::Spot;

/// How a way out works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptOutWay {
    /// A page to open.
    Web,
    /// A mail to send, by a `mailto:` link.
    Mail,
    /// A mail to send, told in words: "reply with STOP".
    MailSentence,
    /// A merge tag brings it, link and all.
    Tag,
}

/// A way out of the mailing.
#[derive(Debug)]
pub struct OptOut {
    /// How it works.
    pub way: OptOutWay,
    /// Index in `message.bodies`.
    pub body: usize,
    /// The link's start tag, the tag, or the sentence.
    pub spot: Spot,
    /// Index in `facts.links()`, where it is a link.
    pub link: Option<usize>,
    /// CSS hides it.
    pub hidden: bool,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<OptOut> {
    let mut found: Vec<_> =
        facts.links().iter().enumerate().filter_map(|(index, link)| of_link(facts, index, link)).collect();
    for (body, prose) in facts.prose().iter().enumerate() {
        for hit in prose.hits().iter().filter(|hit| hit.meaning == Meaning::MailOptOut && !hit.weak) {
            found.push(OptOut {
                way: OptOutWay::MailSentence,
                body,
                spot: prose.spot(prose.sentence_around(hit.range.start).range),
                link: None,
                hidden: prose.is_hidden(hit.range.start),
            });
        }
    }
    found
}

fn of_link(facts: &Facts<'_>, index: usize, link: &Link) -> Option<OptOut> {
    let way = match link.kind {
        LinkKind::RenderedByTag => {
            let view = facts.message.view(link.spot.view);
            let meaning =
                providers::tag_meaning(&view.text()[link.spot.span.range()], facts.settings.provider.as_deref());
            (meaning == Some(TagMeaning::Unsubscribe)).then_some(OptOutWay::Tag)?
        }
        _ if link.role != LinkRole::Unsubscribe => return None,
        LinkKind::Form => return None,
        _ if link.is_mail() => OptOutWay::Mail,
        _ => OptOutWay::Web,
    };
    Some(OptOut { way, body: link.body, spot: link.spot, link: Some(index), hidden: link.hidden })
}
