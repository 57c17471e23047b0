//! What the small print tells readers: why they got the mail, and where its sender can be found.

use super::Facts;
use super::prose::Prose;
use crate::knowledge::postal;
use crate::knowledge::providers::TagMeaning;
use crate::knowledge::words::Meaning;
use crate::message::Spot;
use std::ops::Range;

/// The notices of a mail, in any of its bodies.
#[derive(Debug, Default)]
pub struct Notices {
    /// Says to whom or why the mail was sent.
    pub recipient: Option<Spot>,
    /// A postal address, or a tag for one.
    pub postal_address: Option<Spot>,
}

pub(super) fn of(facts: &Facts<'_>) -> Notices {
    let mut notices = Notices::default();
    let addresses = recipients(facts);
    for (body, prose) in facts.prose().iter().enumerate() {
        let tag = |meaning| tag_in_text(facts, body, prose, meaning);
        let sentence = || {
            let hit = prose.hits().iter().find(|hit| hit.meaning == Meaning::ReceivingBecause)?;
            Some(prose.spot(hit.range.clone()))
        };
        let address = || {
            let lower = prose.text.to_ascii_lowercase();
            let (at, found) = addresses.iter().find_map(|address| Some((lower.find(address.as_str())?, address)))?;
            Some(prose.spot(at..at + found.len()))
        };
        notices.recipient = notices.recipient.or_else(sentence).or_else(|| tag(TagMeaning::Recipient)).or_else(address);
        notices.postal_address =
            notices.postal_address.or_else(|| tag(TagMeaning::PostalAddress)).or_else(|| address_in_text(prose));
    }
    notices
}

/// The addresses in To, in lower case.
fn recipients(facts: &Facts<'_>) -> Vec<String> {
    let Some(field) = facts.address_field("To") else { return Vec::new() };
    let whole = field.list.mailboxes.iter().filter(|mailbox| !mailbox.tagged && !mailbox.domain.is_empty());
    whole.take(3).map(|mailbox| field.slice(mailbox.address).to_ascii_lowercase()).collect()
}

/// A tag with this meaning that leaves something to read; in the target of a link it says nothing.
fn tag_in_text(facts: &Facts<'_>, body: usize, prose: &Prose, meaning: TagMeaning) -> Option<Spot> {
    let text = facts.message.view(prose.view).text();
    let tags = facts.message.bodies[body].tags.iter();
    let mut meant = tags.filter(|tag| facts.tag_meaning(&text[tag.span.range()]) == Some(meaning));
    meant.find(|tag| !prose.range_of(tag.span).is_empty()).map(|tag| Spot { view: prose.view, span: tag.span })
}

/// The last one: it stands in the footer, so most of the text need not be looked at.
fn address_in_text(prose: &Prose) -> Option<Spot> {
    let is_address = |block: &Range<usize>| {
        let text = &prose.text[block.clone()];
        postal::may_be_address(text) && postal::is_address(text)
    };
    prose.blocks().rfind(is_address).map(|address| prose.spot(address))
}
