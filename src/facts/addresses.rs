//! The address fields of a message: who stands in From, Sender, Reply-To, To, Cc and Bcc, and how it is written.

use super::Facts;
use crate::message::Spot;
use crate::message::address::{self, AddressList, Mailbox};
use crate::message::from;
use crate::message::tags::{self, Dialect};
use crate::source::ViewSpan;

/// The fields that hold addresses (RFC 5322 §3.6.2 and §3.6.3).
const FIELDS: [&str; 6] = ["From", "Sender", "Reply-To", "To", "Cc", "Bcc"];

/// One address field.
#[derive(Debug)]
pub struct AddressField {
    /// Its name, in the spelling of the standard.
    pub name: &'static str,
    /// The whole value.
    pub spot: Spot,
    /// The decoded value.
    pub text: String,
    /// Its mailboxes, and what is odd.
    pub list: AddressList,
    /// Its merge tags.
    pub tags: Vec<ViewSpan>,
}

impl AddressField {
    /// A piece of the value.
    pub fn at(&self, span: ViewSpan) -> Spot {
        Spot { view: self.spot.view, span }
    }

    /// The text of a piece.
    pub fn slice(&self, span: ViewSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The host of an address in lower case and in ASCII; `None` inside a merge tag or where there is none.
    pub fn host(&self, mailbox: &Mailbox) -> Option<String> {
        from::host(&self.text, mailbox)
    }

    /// What makes an address that is there one that nobody can send to: blanks in it, an empty label, a second `@`.
    pub fn fault(&self, mailbox: &Mailbox) -> Option<(ViewSpan, &'static str)> {
        let address = self.slice(mailbox.address);
        if mailbox.tagged || mailbox.domain.is_empty() || address.contains('"') {
            return None;
        }
        let is_padded = self.text[..mailbox.address.start].ends_with(|before: char| before.is_whitespace())
            && self.text[..mailbox.address.start].trim_end().ends_with('<')
            || self.text[mailbox.address.end..].starts_with(|behind: char| behind.is_whitespace())
                && self.text[mailbox.address.end..].trim_start().starts_with('>');
        if is_padded || address.contains(char::is_whitespace) {
            return Some((mailbox.address, "no blanks inside of the angle brackets"));
        }
        if mailbox.local.is_empty() {
            return Some((mailbox.address, "nobody before the `@`"));
        }
        if self.slice(mailbox.local).contains('@') {
            return Some((mailbox.address, "more than one `@`"));
        }
        let has_empty_label = self.slice(mailbox.domain).trim_end_matches('.').split('.').any(str::is_empty);
        has_empty_label.then_some((mailbox.domain, "a dot too many in the domain"))
    }

    /// A merge tag overlaps `span`: what it says is unknown.
    pub fn is_tagged(&self, span: ViewSpan) -> bool {
        let next = self.tags.partition_point(|tag| tag.end <= span.start);
        self.tags.get(next).is_some_and(|tag| tag.overlaps(span))
    }
}

impl Facts<'_> {
    /// The first field called `name` (From, Sender, Reply-To, To, Cc or Bcc).
    pub fn address_field(&self, name: &str) -> Option<&AddressField> {
        self.address_fields().iter().find(|field| field.name == name)
    }

    /// A member of a discussion list wrote it, or the list on the member's behalf.
    pub fn is_list_traffic(&self) -> bool {
        let has = |name: &str| self.message.header(name).is_some();
        let software =
            ["List-Post", "List-Subscribe", "X-Original-From", "X-Mailing-List", "X-BeenThere", "Mailing-List"];
        software.into_iter().any(has) || has("List-Id") && has("In-Reply-To")
    }
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<AddressField> {
    let fields = facts.message.headers.iter().filter_map(|header| {
        let name = FIELDS.into_iter().find(|name| header.name.eq_ignore_ascii_case(name))?;
        let view = facts.message.view(header.value);
        let tags = tags::scan(view.text(), false, &Dialect::default());
        Some(AddressField {
            name,
            spot: Spot { view: header.value, span: ViewSpan::new(0, view.text().len()) },
            text: view.text().to_owned(),
            list: address::parse(view, &tags),
            tags: tags.into_iter().map(|tag| tag.span).collect(),
        })
    });
    fields.collect()
}
