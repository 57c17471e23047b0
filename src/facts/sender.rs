//! Who the message is from, and what it says it is about.

use super::Facts;
use crate::knowledge::domains;
use crate::message::address::Mailbox;
use crate::message::from;
use crate::message::tags::{self, Dialect};
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
    let header = facts.message.header("From")?;
    let view = facts.message.view(header.value);
    let mailbox = from::first_mailbox(view)?;
    let host = from::host(view, &mailbox);
    let domain = host.as_deref().and_then(domains::registrable).map(str::to_owned);
    Some(Sender { spot: whole(facts, header), mailbox, host, domain })
}

pub(super) fn subject(facts: &Facts<'_>) -> Option<Subject> {
    let header = facts.message.header("Subject")?;
    let text = facts.message.value(header).trim().to_owned();
    Some(Subject { spot: whole(facts, header), has_tags: has_tag(&text), text })
}

fn whole(facts: &Facts<'_>, header: &Header) -> Spot {
    let length = facts.message.value(header).len();
    Spot { view: header.value, span: ViewSpan::new(0, length) }
}

fn has_tag(text: &str) -> bool {
    !tags::scan(text, false, &Dialect::default()).is_empty()
}
