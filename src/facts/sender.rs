//! Who the message is from, and what it says it is about.

use super::Facts;
use crate::knowledge::domains;
use crate::message::address::Mailbox;
use crate::message::tags::{self, Tag};
use crate::message::{Header, Spot};
use crate::source::ViewSpan;

/// The first mailbox of From.
#[derive(Debug)]
pub struct Sender {
    /// The whole value of the field.
    pub spot: Spot,
    /// The mailbox.
    pub mailbox: Mailbox,
    /// Host of the address in lower case; `None` inside a merge tag or where there is none.
    pub host: Option<String>,
    /// Its registrable domain.
    pub domain: Option<String>,
}

/// The Subject field.
#[derive(Debug)]
pub struct Subject {
    /// The whole value.
    pub spot: Spot,
    /// The decoded value, trimmed.
    pub text: String,
    /// A merge tag is in it.
    pub has_tags: bool,
    /// The merge tags in `text`, with what they do.
    pub tags: Vec<Tag>,
    /// Where `text` begins in the value.
    start: usize,
}

impl Subject {
    /// The place of a range of `text`.
    pub fn at(&self, range: std::ops::Range<usize>) -> Spot {
        Spot { view: self.spot.view, span: ViewSpan::from(range).shifted(self.start) }
    }

    /// What it says itself: the text with a blank for each merge tag, byte for byte as long.
    pub fn own_words(&self) -> String {
        let mut words = String::with_capacity(self.text.len());
        for tag in &self.tags {
            words.push_str(&self.text[words.len()..tag.span.start]);
            words.push_str(&" ".repeat(tag.span.len()));
        }
        words.push_str(&self.text[words.len()..]);
        words
    }
}

impl Sender {
    /// The display name, where there is one.
    pub fn name(&self) -> Option<&str> {
        self.mailbox.display_name.as_ref().map(|(name, _)| name.as_str())
    }

    /// The place of the domain in the address.
    pub fn domain_spot(&self) -> Spot {
        Spot { view: self.spot.view, span: self.mailbox.domain }
    }
}

pub(super) fn sender(facts: &Facts<'_>) -> Option<Sender> {
    let field = facts.address_field("From")?;
    let mailbox = field.list.mailboxes.first()?.clone();
    let host = field.host(&mailbox);
    let domain = host.as_deref().and_then(domains::registrable).map(str::to_owned);
    Some(Sender { spot: field.spot, mailbox, host, domain })
}

pub(super) fn subject(facts: &Facts<'_>) -> Option<Subject> {
    let header = facts.message.header("Subject")?;
    let value = facts.message.value(header);
    let text = value.trim().to_owned();
    let tags = tags::scan(&text, false, &facts.message.dialect);
    let start = value.len() - value.trim_start().len();
    Some(Subject { spot: whole(facts, header), has_tags: !tags.is_empty(), tags, start, text })
}

fn whole(facts: &Facts<'_>, header: &Header) -> Spot {
    let length = facts.message.value(header).len();
    Spot { view: header.value, span: ViewSpan::new(0, length) }
}
