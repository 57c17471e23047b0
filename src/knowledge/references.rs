//! Named character references (HTML §13.5): which one a text begins with, and what it stands for.
//!
//! The list is `lints/data/character_references.toml`; `build/references.rs` puts its names together.

include!(concat!(env!("OUT_DIR"), "/references.rs"));

/// A reference without its `&`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The length of its name in bytes, with the semicolon where it has one.
    pub len: usize,
    /// What it stands for: one character or two.
    pub characters: [Option<char>; 2],
}

/// The reference with the longest name that `text`, which stands behind a `&`, begins with.
pub fn longest(text: &str) -> Option<Reference> {
    frequent(text.as_bytes()).or_else(|| listed(text))
}

/// Those that nearly all are, where no longer name begins so.
fn frequent(text: &[u8]) -> Option<Reference> {
    let (len, character) = match text {
        [b'a', b'm', b'p', b';', ..] => (4, '&'),
        [b'n', b'b', b's', b'p', b';', ..] => (5, '\u{a0}'),
        [b'l', b't', b';', ..] => (3, '<'),
        [b'g', b't', b';', ..] => (3, '>'),
        [b'q', b'u', b'o', b't', b';', ..] => (5, '"'),
        _ => return None,
    };
    Some(Reference { len, characters: [Some(character), None] })
}

fn listed(text: &str) -> Option<Reference> {
    let (mut low, mut high) = (0, CHARACTERS.len());
    let mut found = None;
    // The names that begin as the text does stand together; there are fewer with each byte.
    for (at, byte) in text.bytes().enumerate() {
        let next = |index: usize| name(index).get(at).copied();
        let from = low + partition(low, high, |index| next(index) < Some(byte));
        high = from + partition(from, high, |index| next(index) <= Some(byte));
        low = from;
        if low == high {
            break;
        }
        // of names with one beginning, the beginning itself is the first
        if name(low).len() == at + 1 {
            found = Some((low, at + 1));
        }
    }
    let (index, len) = found?;
    let &(first, second) = CHARACTERS.get(index)?;
    let second = char::from_u32(u32::from(second)).filter(|second| *second != '\0');
    Some(Reference { len, characters: [char::from_u32(first), second] })
}

/// How many of the indices from `low` to `high` are before the place that a binary search is for.
fn partition(low: usize, high: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (low, high);
    while from < to {
        let middle = from.midpoint(to);
        if before(middle) { from = middle + 1 } else { to = middle }
    }
    from - low
}

fn name(index: usize) -> &'static [u8] {
    let start = |index: usize| STARTS.get(index).map_or(NAMES.len(), |start| usize::from(*start));
    NAMES.as_bytes().get(start(index)..start(index + 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::data::NAMED_ENTITIES;

    #[test]
    fn the_list_is_that_of_html5ever() {
        // there, what a name begins with stands for nothing
        let theirs = NAMED_ENTITIES.entries().filter(|(_, (first, _))| *first != 0);
        let mut count = 0;
        for (name, (first, second)) in theirs {
            let characters = [char::from_u32(*first), char::from_u32(*second).filter(|second| *second != '\0')];
            let reference = Some(Reference { len: name.len(), characters });
            assert_eq!((longest(name), listed(name)), (reference, reference), "{name}");
            count += 1;
        }
        assert_eq!(count, CHARACTERS.len());
    }

    #[test]
    fn the_longest_name_counts() {
        let len = |text: &str| longest(text).map(|found| found.len);
        let cases = [
            ("notit;", Some(3)),
            ("notin;x", Some(6)),
            ("amp", Some(3)),
            ("am", None),
            ("", None),
            ("é", None),
            ("zzz;", None),
        ];
        for (text, expected) in cases {
            assert_eq!(len(text), expected, "{text}");
        }
    }
}
