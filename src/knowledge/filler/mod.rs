//! Text that stands in a template until somebody writes the real one: lorem ipsum, "insert text here".
//!
//! The phrases are `lints/data/filler.toml`; `build/filler.rs` checks and sorts them.

mod tokens;

use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/filler.rs"));

/// Words in a row that are filler.
#[derive(Debug)]
struct Phrase {
    words: &'static [&'static str],
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

/// A set of bits: the hashes of the phrases' first words. Few words of a mail get past it.
static FIRST_WORDS: [u64; 1024] = {
    let mut set = [0; 1024];
    let mut at = 0;
    while at < PHRASES.len() {
        let hash = hash(PHRASES[at].words[0].as_bytes());
        set[hash / 64] |= 1 << (hash % 64);
        at += 1;
    }
    set
};

/// Sixteen bits of the FNV-1a hash of a word, whatever its case.
const fn hash(word: &[u8]) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < word.len() {
        hash = (hash ^ word[at].to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    ((hash ^ hash >> 16) & 0xffff) as usize
}

/// The phrases in `text`, in order, the longest at each place, none overlapping. Linear in the text.
pub fn find(text: &str) -> Vec<Filler> {
    let words: Vec<Range<usize>> = tokens::places(text).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest(text, &words[at..]) {
            Some(phrase) => {
                let range = words[at].start..words[at + phrase.words.len() - 1].end;
                found.push(Filler { strength: phrase.kind, range });
                at += phrase.words.len();
            }
            None => at += 1,
        }
    }
    found
}

/// The longest phrase that `words` begin with.
fn longest(text: &str, words: &[Range<usize>]) -> Option<&'static Phrase> {
    let first = text.get(words.first()?.clone()).filter(|word| may_begin(word))?;
    let first = tokens::compared(first);
    let from = PHRASES.partition_point(|phrase| phrase.words[0] < first.as_str());
    let candidates = PHRASES[from..].iter().take_while(|phrase| phrase.words[0] == first);
    let fits = |phrase: &&Phrase| {
        phrase.words.len() <= words.len()
            && phrase
                .words
                .iter()
                .zip(words)
                .skip(1)
                .all(|(word, place)| *word == tokens::compared(&text[place.clone()]))
    };
    candidates.filter(fits).max_by_key(|phrase| phrase.words.len())
}

/// Whether a word may be the first of a phrase: one of ASCII letters is compared as it is but for its case.
fn may_begin(word: &str) -> bool {
    let hash = hash(word.as_bytes());
    let is_known = FIRST_WORDS.get(hash / 64).is_some_and(|bits| bits >> (hash % 64) & 1 == 1);
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
