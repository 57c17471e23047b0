//! The ways out of the mailing: links, mail addresses, sentences that tell how.

mod dead;
mod gate;
mod sight;
mod token;
mod told;

pub use dead::Dead;
pub use sight::Unseen;

use super::{Facts, Link, LinkKind, LinkRole, included, purpose};
use crate::knowledge::providers::{Adds, TagMeaning};
use crate::message::{BodyContent, Spot};

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
    /// It stands in a file that the message includes, which says how it works.
    Included,
    /// First a login, a call or a letter: told in words, or by a link that leads there.
    Gated,
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
    let told = told::all(facts, &found);
    found.extend(told);
    found.extend(token::all(facts));
    found.extend(included::optouts(facts));
    found
}

fn of_link(facts: &Facts<'_>, index: usize, link: &Link) -> Option<OptOut> {
    let way = match link.kind {
        LinkKind::RenderedByTag => {
            let view = facts.message.view(link.spot.view);
            let meaning = facts.tag_meaning(&view.text()[link.spot.span.range()]);
            (meaning == Some(TagMeaning::Unsubscribe)).then_some(OptOutWay::Tag)?
        }
        _ if link.role != LinkRole::Unsubscribe => return None,
        _ if link.is_mail() => OptOutWay::Mail,
        _ if gate::is_gated(facts, link) => OptOutWay::Gated,
        _ => OptOutWay::Web,
    };
    Some(OptOut { way, body: link.body, spot: link.spot, link: Some(index), hidden: link.hidden })
}

impl Facts<'_> {
    /// Why readers do not see a way out of an HTML body; `None` where they do, or nobody can know.
    pub fn unseen(&self, optout: &OptOut) -> Option<Unseen> {
        match &self.message.bodies.get(optout.body)?.content {
            // Its own file says.
            _ if optout.way == OptOutWay::Included => None,
            BodyContent::Html(document) => sight::unseen(self, document, optout),
            BodyContent::Plain => None,
        }
    }

    /// Why a way out leads nowhere; `None` where it leads somewhere, or will.
    pub fn dead(&self, optout: &OptOut) -> Option<Dead> {
        dead::dead(self, optout)
    }

    /// Where a way out may be that can't be seen from here, in words: in a part that is not here, or added by the provider.
    pub fn optout_elsewhere(&self) -> Option<String> {
        if self.is_fragment() {
            return Some("it is a fragment: the rest of the mail may hold the opt-out".to_owned());
        }
        if self.is_signup_page() {
            return Some("it is a page with a form, no mail".to_owned());
        }
        if purpose::is_discussion(self) {
            return Some("it comes from a discussion list, whose members know the way out".to_owned());
        }
        if self.unknown().first().is_some() {
            return Some(self.unknown().may_hold("the opt-out"));
        }
        if let Some(why) = self.unreadable().or_else(|| self.unknown_language()) {
            return Some(why);
        }
        let provider = self.provider().provider.filter(|provider| provider.adds.contains(&Adds::Unsubscribe));
        let provider = provider.filter(|_| !self.is_rendered())?;
        Some(format!("{} adds an opt-out when it sends", provider.name))
    }
}
