//! How much of a source is read: every limit that a sender may meet, in one place, so that a file that was written to cost costs little.

use std::borrow::Cow;

/// What has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Bytes of a source; a larger one is not read at all.
    Source,
    /// Bytes of all bodies together, encoded as they are.
    Text,
    /// Bytes of the header of a message or a part.
    Header,
    /// Header fields of all parts together.
    Fields,
    /// Parts of a message.
    Parts,
    /// How deep parts lie inside one another.
    PartDepth,
    /// Parts that are shown as bodies.
    Bodies,
    /// Tags, comments and texts of all HTML together.
    Nodes,
    /// Elements that are open at a time.
    Depth,
    /// Attributes of a tag.
    Attributes,
    /// Conditional comments whose inside is read.
    Conditionals,
    /// Merge tags of all bodies together.
    MergeTags,
    /// Links of all bodies together.
    Links,
    /// Files that a source includes.
    Includes,
    /// Diagnostics of one lint in one source.
    Diagnostics,
}

/// How many limits there are.
const COUNT: usize = 15;

/// One limit, and what there is to know of it.
struct Entry {
    limit: Limit,
    key: &'static str,
    default: u64,
    most: u64,
    /// What there is more of than the limit allows, and what follows from it.
    words: (&'static str, &'static str),
}

const MIB: u64 = 1 << 20;

/// In the order of [`Limit`].
static ENTRIES: [Entry; COUNT] = [
    // places are kept as 32 bit numbers, and decoding may treble a text
    entry(Limit::Source, "source", 64 * MIB, 1024 * MIB, ("of source", "it was not read")),
    entry(Limit::Text, "text", 16 * MIB, 1024 * MIB, ("of bodies", "what follows was not read")),
    entry(Limit::Header, "header", 64 << 10, 4 * MIB, ("in a header", "its further fields were not read")),
    entry(Limit::Fields, "fields", 20_000, 1_000_000, ("header fields", "the others were not read")),
    entry(Limit::Parts, "parts", 10_000, 1_000_000, ("parts", "the others were not read")),
    entry(Limit::PartDepth, "part-depth", 50, 1_000, ("parts inside one another", "deeper ones were not read")),
    entry(Limit::Bodies, "bodies", 200, 100_000, ("parts shown as text", "the others were not read")),
    entry(Limit::Nodes, "nodes", 500_000, 50_000_000, ("tags, comments and texts", "what follows was not read")),
    entry(Limit::Depth, "depth", 800, 10_000, ("elements open at a time", "deeper ones were left out")),
    entry(Limit::Attributes, "attributes", 500, 10_000, ("attributes in a tag", "the others were left out")),
    entry(
        Limit::Conditionals,
        "conditionals",
        1_000,
        1_000_000,
        ("conditional comments", "the inside of the others was not read"),
    ),
    entry(Limit::MergeTags, "merge-tags", 200_000, 10_000_000, ("merge tags", "what follows was not read")),
    entry(Limit::Links, "links", 50_000, 10_000_000, ("links", "the others were not looked at")),
    entry(Limit::Includes, "includes", 64, 10_000, ("included files", "the others were not read")),
    entry(Limit::Diagnostics, "diagnostics", 1_000, 10_000_000, ("diagnostics of one lint", "the others are not told")),
];

const fn entry(limit: Limit, key: &'static str, default: u64, most: u64, words: (&'static str, &'static str)) -> Entry {
    Entry { limit, key, default, most, words }
}

impl Limit {
    fn entry(self) -> &'static Entry {
        let entry = &ENTRIES[self as usize];
        debug_assert!(entry.limit == self, "the table stands in the order of the names");
        entry
    }

    /// Its key under `[limits]` of `presend.toml`.
    pub fn key(self) -> &'static str {
        self.entry().key
    }

    /// What it can be set to: from 1 to this.
    pub fn most(self) -> u64 {
        self.entry().most
    }

    /// What it is if nobody says anything.
    pub fn default(self) -> u64 {
        self.entry().default
    }

    /// `value` of it as people write it: `10,000`, `64 KiB`.
    pub fn shown(self, value: u64) -> String {
        if self.is_size() { super::size::show(value) } else { grouped(value) }
    }

    /// It counts bytes.
    pub fn is_size(self) -> bool {
        matches!(self, Self::Source | Self::Text | Self::Header)
    }
}

/// The limits that hold for a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits([u64; COUNT]);

impl Default for Limits {
    fn default() -> Self {
        Self(std::array::from_fn(|at| ENTRIES[at].default))
    }
}

impl Limits {
    /// These, with one of them set to `value`.
    #[must_use]
    pub fn with(mut self, limit: Limit, value: u64) -> Self {
        self.0[limit as usize] = value.min(limit.most());
        self
    }

    /// A limit that counts bytes, or any other.
    pub fn bytes(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// A limit as a number of things in memory.
    pub fn of(&self, limit: Limit) -> usize {
        usize::try_from(self.bytes(limit)).unwrap_or(usize::MAX)
    }

    /// That this limit was reached.
    pub fn reached(&self, limit: Limit) -> Reached {
        Reached { limit: Some(limit), value: self.bytes(limit), words: Cow::Borrowed(""), looks: false }
    }
}

/// A limit that was reached: something was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// Which; `None` for one that can't be changed.
    pub limit: Option<Limit>,
    /// What it was.
    pub value: u64,
    /// The words for one that can't be changed.
    words: Cow<'static, str>,
    /// What was left out only says how something looks.
    looks: bool,
}

impl Reached {
    /// A limit that can't be changed: `words` says what there was too much of, and what was left out.
    pub fn fixed(words: impl Into<Cow<'static, str>>) -> Self {
        Self { limit: None, value: 0, words: words.into(), looks: false }
    }

    /// The same, of what only says how something looks: all that is there has been read.
    pub fn fixed_for_looks(words: &'static str) -> Self {
        Self { looks: true, ..Self::fixed(words) }
    }

    /// `more than 10,000 parts: the others were not read`.
    pub fn in_words(&self) -> String {
        let Some(limit) = self.limit else { return self.words.clone().into_owned() };
        let (what, then) = limit.entry().words;
        format!("more than {} {what}: {then}", limit.shown(self.value))
    }

    /// Something may be there that nobody has looked at: nothing can be said to be missing.
    pub fn hides(&self) -> bool {
        self.limit != Some(Limit::Diagnostics) && !self.looks
    }
}

/// `10,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_names() {
        for (at, entry) in ENTRIES.iter().enumerate() {
            assert_eq!(entry.limit as usize, at, "{}", entry.key);
            assert!((1..=entry.most).contains(&entry.default), "{}", entry.key);
        }
    }

    #[test]
    fn a_limit_is_told_with_its_value() {
        let limits = Limits::default().with(Limit::Parts, 1_234_567).with(Limit::Header, 4096);
        assert_eq!(limits.reached(Limit::Parts).in_words(), "more than 1,000,000 parts: the others were not read");
        assert_eq!(
            limits.reached(Limit::Header).in_words(),
            "more than 4 KiB in a header: its further fields were not read"
        );
        assert_eq!(grouped(0) + &grouped(999) + &grouped(1000), "09991,000");
    }
}
