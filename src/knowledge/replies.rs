//! What the replies of mail servers mean: Microsoft's by code and text, everybody's by text, enhanced code and digits.
//!
//! The data is `lints/data/replies/`; `build/replies.rs` checks and compiles it, its texts into a tree of beginnings.

use super::words::trie::{Trie, trie};
use super::words::{find, folded};
use crate::knowledge::table::{List, Listed, Text};
use std::collections::BTreeMap;

include!(concat!(env!("OUT_DIR"), "/replies.rs"));

static TEXTS: Trie = trie!("replies");

/// Why something was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Its name, as reports and JSON write it: `no-such-address`.
    pub name: Text,
    /// For people: `the address does not exist`.
    pub title: Text,
    /// Its place in the order of urgency, from 0.
    pub urgency: usize,
}

/// A name and the words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As JSON writes it.
    pub name: Text,
    /// For people.
    pub words: Text,
}

/// Whether the address is to be mailed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppress {
    /// The address is not to blame.
    No,
    /// After it has failed several times.
    Repeated,
    /// Never again.
    Now,
}

impl Suppress {
    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Repeated => "after-repeats",
            Self::Now => "yes",
        }
    }
}

/// The codes that an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// A reply code of RFC 5321.
    Basic(u16),
    /// Enhanced status codes (RFC 3463) with these first numbers, and a third from `first` to `last`.
    Enhanced {
        /// 4 or 5.
        class: u16,
        /// The second number.
        subject: u16,
        /// The smallest third number.
        first: u16,
        /// The largest third number.
        last: u16,
    },
}

/// An enhanced status code: class, subject, detail (RFC 3463 §2).
pub type Enhanced = (u16, u16, u16);

impl Codes {
    /// How many codes it holds, where `code` is one of them: the fewer, the nearer.
    pub fn holds(self, code: Enhanced) -> Option<u16> {
        match self {
            Self::Enhanced { class, subject, first, last } => {
                ((class, subject) == (code.0, code.1) && (first..=last).contains(&code.2)).then(|| last - first)
            }
            Self::Basic(_) => None,
        }
    }
}

impl std::fmt::Display for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Basic(code) => write!(f, "{code}"),
            Self::Enhanced { class, subject, first, last } if first == last => write!(f, "{class}.{subject}.{first}"),
            Self::Enhanced { class, subject, first, last } => write!(f, "{class}.{subject}.{first}-{last}"),
        }
    }
}

/// One meaning of a reply.
#[derive(Debug)]
pub struct Meaning {
    /// The codes that it is for; `None` where only the text tells.
    pub codes: Option<Codes>,
    /// Parts of the text that tell it, as the data has them.
    pub texts: List<Text>,
    /// Why.
    pub cause: Cause,
    /// What happened, in words.
    pub says: Text,
    /// Whose fault it is.
    pub fault: Word,
    /// What to do, in this order.
    pub advice: List<Word>,
    /// Whether to mail the address again, if the reply is permanent.
    pub suppress: Suppress,
    /// It counts only where nothing else says more.
    pub weak: bool,
    /// Only who sends through a Microsoft 365 account of their own gets it.
    pub submission: bool,
    /// It is Microsoft's own.
    pub microsoft: bool,
    /// What else is worth knowing; may be empty.
    pub note: Text,
    /// Who says so.
    pub sources: List<Text>,
}

/// All meanings: Microsoft's, then those of everybody, in the order in which texts win.
pub fn all() -> &'static [Meaning] {
    &MEANINGS
}

/// All causes, the most urgent first.
pub fn causes() -> &'static [Cause] {
    &CAUSES
}

/// The cause of what does not say why.
pub fn unknown() -> &'static Cause {
    &CAUSES[UNKNOWN]
}

/// The cause of that name.
pub fn cause(name: &str) -> Option<&'static Cause> {
    CAUSES.iter().find(|cause| cause.name == name)
}

/// The meanings of which a text occurs in `text`, in the order of [`all`], each once, with the length of the longest such
/// text in bytes. Linear in the text.
pub fn told_by(text: &str) -> Vec<(&'static Meaning, usize)> {
    let mut longest: BTreeMap<u16, usize> = BTreeMap::new();
    for found in find::phrases(&TEXTS, &folded(text)) {
        let owner = OWNERS.get(usize::from(found.entry));
        if let Some(&owner) = owner {
            let length = longest.entry(owner).or_default();
            *length = (*length).max(found.end.saturating_sub(found.start));
        }
    }
    let told = |(owner, length): (u16, usize)| Some((MEANINGS.get(usize::from(owner))?, length));
    longest.into_iter().filter_map(told).collect()
}
