//! Text that stands in a template until somebody writes the real one: lorem ipsum, "insert text here".
//!
//! The phrases are `lints/data/filler.toml`; `build/filler.rs` checks and sorts them.

mod tokens;

use crate::knowledge::table::Text;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/filler.rs"));

/// Words in a row that are filler.
#[derive(Debug)]
struct Phrase {
    first: Text,
    /// The other words, with a blank between each.
    others: Text,
    kind: Strength,
}

/// Where a phrase is filler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Wherever it stands.
    Certain,
    /// Where it is a sentence of its own, or stands in brackets.
    Alone,
    /// In brackets, in a mail that is finished: `[Your Name]`.
    Named,
    /// In a plain text part, in place of the message: "your client can't display HTML".
    Stub,
}

/// A phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    /// Where it counts.
    pub strength: Strength,
    /// Bytes of the text that was given, from the first word to the last.
    pub range: Range<usize>,
}

/// A set of bits: what the phrases' first words begin with, by hash. Few words of a mail get past it.
static BEGINNINGS: [u64; 256] = {
    let mut set = [0; 256];
    let mut at = 0;
    while at < PHRASES.len() {
        let hash = beginning(PHRASES[at].first.as_str().as_bytes());
        set[hash / 64] |= 1 << (hash % 64);
        at += 1;
    }
    set
};

/// Fourteen bits of a hash of the first four bytes of a word and its length. Case makes no difference to ASCII letters.
const fn beginning(word: &[u8]) -> usize {
    let head = match *word {
        [a, b, c, d, ..] => [a, b, c, d],
        [a, b, c] => [a, b, c, 0],
        [a, b] => [a, b, 0, 0],
        [a] => [a, 0, 0, 0],
        [] => [0; 4],
    };
    // without the bit in which small and capital letters differ
    let head = (u32::from_le_bytes(head) | 0x2020_2020) ^ (word.len() as u32) << 16;
    (head.wrapping_mul(0x9E37_79B1) >> 18) as usize
}

/// The phrases in `text`, in order, the longest at each place, none overlapping. Linear in the text.
pub fn find(text: &str) -> Vec<Filler> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = tokens::next(text, at) {
        at = word.end;
        if let Some((phrase, end)) = longest(text, word.clone()) {
            found.push(Filler { strength: phrase.kind, range: word.start..end });
            at = end;
        }
    }
    found
}

/// The longest phrase that begins with the word at `first`, and where it ends.
fn longest(text: &str, first: Range<usize>) -> Option<(&'static Phrase, usize)> {
    let word = text.get(first.clone()).filter(|word| may_begin(word))?;
    let word = tokens::compared(word);
    let from = PHRASES.partition_point(|phrase| phrase.first.as_str() < word.as_str());
    let candidates = PHRASES[from..].iter().take_while(|phrase| phrase.first.as_str() == word);
    let ends = candidates.filter_map(|phrase| Some((phrase, end(text, &first, phrase)?)));
    ends.max_by_key(|(_, end)| *end)
}

/// Where `phrase`, whose first word stands at `first`, ends; `None` where the text goes on in another way.
fn end(text: &str, first: &Range<usize>, phrase: &Phrase) -> Option<usize> {
    phrase.others.split_ascii_whitespace().try_fold(first.end, |at, word| {
        let place = tokens::next(text, at)?;
        tokens::is(text.get(place.clone())?, word).then_some(place.end)
    })
}

/// Whether a word may be the first of a phrase: one of ASCII letters is compared as it is but for its case.
fn may_begin(word: &str) -> bool {
    let hash = beginning(word.as_bytes());
    let is_known = BEGINNINGS.get(hash / 64).is_some_and(|bits| bits >> (hash % 64) & 1 == 1);
    is_known || !word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{Strength, find};

    #[test]
    fn phrases_whatever_their_dress() {
        for (text, marked, strength) in [
            ("Lorem ipsum dolor sit amet", "Lorem ipsum dolor", Strength::Certain),
            ("LOREM\n IPSUM, dolor", "LOREM\n IPSUM, dolor", Strength::Certain),
            ("Please [Insert your  text here]", "Insert your  text here", Strength::Certain),
            ("Hier Text einfu\u{308}gen", "Hier Text einfu\u{308}gen", Strength::Certain),
            ("INSÉREZ VOTRE TEXTE ICI !", "INSÉREZ VOTRE TEXTE ICI", Strength::Certain),
            ("Your text here", "Your text here", Strength::Alone),
            ("Dear [Your Name],", "Your Name", Strength::Named),
            (
                "Use this area to offer a short preview of your email’s content.",
                "Use this area to offer a short preview of your email’s content",
                Strength::Certain,
            ),
        ] {
            let found = find(text);
            assert_eq!(&text[found[0].range.clone()], marked);
            assert_eq!(found[0].strength, strength, "{text}");
        }
        assert_eq!(find("New: sit down with a book and labour less"), []);
        assert_eq!(find(""), []);
    }
}
