//! E-mail service providers and template engines: their merge tags, pseudo-elements, attributes, and how to know them.
//!
//! The data is `lints/data/providers/*.toml`, `engines.toml` and `tag_words.toml`; `build/providers.rs` checks it and writes the tables.

mod evidence;
mod fold;
mod known;
mod tags;

pub use evidence::{Evidence, evidence_in_header, evidence_in_text, may_have_loose_tag, owner_of_host};
pub use known::is_known_tag;
pub use tags::{
    attribute_with_meaning, element_meaning, is_pseudo_element, owners_of_tag, shares_delimiter, tag_meaning,
};

use crate::knowledge::table::{List, Listed, Text};
use evidence::{HeaderSign, Needle, Owner};
use tags::ElementSign;

use super::trackers::shape::Segment;

include!(concat!(env!("OUT_DIR"), "/providers.rs"));

/// A provider or a template engine.
#[derive(Debug)]
pub struct Provider {
    /// Short id, `mailchimp`.
    pub id: Text,
    /// Name for people, `Mailchimp`.
    pub name: Text,
    /// A template engine only (Liquid, ERB, …), no sender of mail.
    pub engine: bool,
    /// What it adds by itself when it sends.
    pub adds: &'static [Adds],
    /// Literal tokens and prefixes with their meaning.
    pub tokens: List<Token>,
    /// Strings that identify it.
    pub signs: List<Text>,
    /// Registrable domains or host suffixes that belong to it (links, trackers, images). Hosts with a number in them (`cmail20.com`) are known to
    /// [`owner_of_host`] only.
    pub hosts: List<Text>,
    /// A footer with an opt-out in its own dialect, to suggest.
    pub footer: Option<Text>,
}

/// What a provider adds by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Adds {
    Unsubscribe,
    Address,
    Pixel,
    Headers,
}

/// A merge tag, pseudo-element or attribute that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The literal text, folded: lower case, no blanks just inside the delimiters.
    pub text: Text,
    /// `text` is only the beginning (`{{contact.first_name`) …
    pub prefix: bool,
    /// … and the tag ends with this (`}}`); empty for a whole tag.
    pub end: Text,
    /// The delimiters are loose (`%NAME%`, `[name]`, `{name}`): recognised only for a detected or configured provider.
    pub loose: bool,
    /// What it means.
    pub meaning: TagMeaning,
}

/// What a merge tag stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TagMeaning {
    Unsubscribe,
    Preferences,
    WebVersion,
    PostalAddress,
    OpenPixel,
    Subject,
    From,
    Recipient,
}

/// All of them, by id.
pub fn all() -> &'static [Provider] {
    &PROVIDERS
}

/// The one called `id`.
pub fn by_id(id: &str) -> Option<&'static Provider> {
    PROVIDERS.binary_search_by_key(&id, |provider| provider.id.as_str()).ok().and_then(|at| PROVIDERS.get(at))
}

impl Token {
    /// Whether `folded`, a whole tag in its folded form, is this token.
    #[inline]
    fn is(&self, folded: &str) -> bool {
        if self.prefix { spans(folded, &self.text, &self.end) } else { self.text == *folded }
    }
}

/// Whether `text` begins and ends so, without overlap.
#[inline]
fn spans(text: &str, start: &str, end: &str) -> bool {
    // nearly all differ in the last byte of the start already, and are not looked at further
    let last = start.len().checked_sub(1);
    last.is_none_or(|last| text.as_bytes().get(last) == start.as_bytes().last())
        && text.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
}

#[cfg(test)]
mod tests;
