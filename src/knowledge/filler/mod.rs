//! Text that stands in a template until somebody writes the real one: lorem ipsum, "insert text here".
//!
//! The phrases are `lints/data/filler.toml`; `build/filler.rs` checks and sorts them.

pub(crate) mod tokens;

use crate::knowledge::heads::{Fours, Heads};
use crate::knowledge::starts::{WordStart, WordStarts};
use crate::knowledge::table::Text;
use std::borrow::Cow;
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

/// What the first words of phrases begin with. Few words of a mail get past it.
static BEGINNINGS: Beginnings = {
    let mut beginnings = Beginnings { long: Fours::of(&[]), short: Heads::of(&[]) };
    let mut at = 0;
    while at < PHRASES.len() {
        let first = PHRASES[at].first.as_str().as_bytes();
        if first.len() < 4 {
            beginnings.short.add(first);
        } else {
            beginnings.long.add(first);
        }
        at += 1;
    }
    beginnings
};

/// The first words of phrases, those that are plain. Half of what [`BEGINNINGS`] lets pass is none of them.
static FIRST_WORDS: PlainWords = {
    let mut words = PlainWords([false; PlainWords::SLOTS]);
    let mut at = 0;
    while at < PHRASES.len() {
        words.0[PlainWords::slot(PHRASES[at].first.as_str().as_bytes())] = true;
        at += 1;
    }
    words
};

/// Words of ASCII letters and digits, whatever their case, by a hash of all of their bytes.
struct PlainWords([bool; Self::SLOTS]);

impl PlainWords {
    const SLOTS: usize = 1 << 12;

    /// Whether the word that `text` begins with may be one of them.
    fn may_have(&self, text: &[u8]) -> bool {
        self.0.get(Self::slot(text)).is_some_and(|has| *has)
    }

    /// The slot of the word that `text` begins with.
    const fn slot(text: &[u8]) -> usize {
        let (mut hash, mut at) = (0u32, 0);
        while at < text.len() && text[at].is_ascii_alphanumeric() {
            hash = (hash ^ text[at].to_ascii_lowercase() as u32).wrapping_mul(0x9E37_79B1);
            hash ^= hash >> 15;
            at += 1;
        }
        hash as usize % Self::SLOTS
    }
}

struct Beginnings {
    long: Fours,
    /// Of words of less than four bytes.
    short: Heads,
}

impl Beginnings {
    /// Whether a phrase may begin with the word of `text` that begins at `start`.
    #[inline]
    fn begin(&self, text: &[u8], start: WordStart) -> bool {
        // of the last word nobody has to be sure
        let Some(four) = text.get(start.at..).and_then(|rest| rest.first_chunk::<4>()) else { return true };
        let [first, second, ..] = four.map(|byte| byte.to_ascii_lowercase());
        !start.plain | if start.short { self.short.begin(first, second) } else { self.long.begin(four) }
    }
}

/// The phrases in `text`, whose words begin at `starts`, in order, the longest at each place, none overlapping. Linear in the text.
pub fn find(text: &str, starts: &WordStarts) -> Vec<Filler> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut number, mut end) = (0, 0);
    while let Some((at, start)) = starts.first(number, |start| BEGINNINGS.begin(bytes, start)) {
        number = at + 1;
        let is_one = || bytes.get(start.at..).is_some_and(|word| FIRST_WORDS.may_have(word));
        if start.plain && (start.at < end || !is_one()) {
            continue;
        }
        // a plain word is one; what is not plain may be several, and may take in what begins behind an apostrophe
        let next = starts.first(number, |_| true).map_or(text.len(), |(_, next)| next.at);
        let is_none = |word| is_one_word(word) && !may_begin(word);
        if !start.plain && start.at >= end && text.get(start.at..next).is_some_and(is_none) {
            continue;
        }
        end = end.max(start.at);
        while let Some(word) = tokens::next(text, end).filter(|word| word.start < next) {
            end = word.end;
            if let Some((phrase, behind)) = longest(text, word.clone()) {
                found.push(Filler { strength: phrase.kind, range: word.start..behind });
                end = behind;
            }
        }
    }
    found
}

/// Whether a word, with what stands behind it, is one to [`tokens`] as well: it has no apostrophe, and nothing that nobody sees parts it.
fn is_one_word(word: &str) -> bool {
    let bytes = word.as_bytes();
    // U+200B to U+200F, U+2060 to U+2064, U+FEFF
    let is_unseen =
        |three: &[u8]| matches!(three, [0xE2, 0x80, 0x8B..=0x8F] | [0xE2, 0x81, 0xA0..=0xA4] | [0xEF, 0xBB, 0xBF]);
    !bytes.contains(&b'\'') && !bytes.windows(3).any(is_unseen)
}

/// Where the phrases of each first byte begin, in [`PHRASES`].
static OF_BYTE: [u16; 257] = {
    let mut of_byte = [PHRASES.len() as u16; 257];
    let mut at = PHRASES.len();
    while at > 0 {
        at -= 1;
        let mut byte = PHRASES[at].first.as_str().as_bytes()[0] as usize + 1;
        // those before begin with this byte or with one before it
        while byte > 0 {
            byte -= 1;
            of_byte[byte] = at as u16;
        }
    }
    of_byte
};

/// The phrases whose first words begin with the first byte of `word`, from `word` on.
fn from(word: &[u8]) -> &'static [Phrase] {
    let Some(first) = word.first().copied().map(usize::from) else { return &[] };
    let range = usize::from(OF_BYTE[first])..usize::from(OF_BYTE[first + 1]);
    let alike = PHRASES.get(range).unwrap_or_default();
    alike.get(alike.partition_point(|phrase| phrase.first.as_bytes() < word)..).unwrap_or_default()
}

/// Bytes of a word that are compared first, at least.
const FIRST_BYTES: usize = 8;

/// Whether a phrase may begin with the word that `text` begins with: a quick look at the word's first letters.
fn may_begin(text: &str) -> bool {
    let length = text.ceil_char_boundary(FIRST_BYTES);
    let first = text.get(..length).unwrap_or(text);
    let letters = first.find(|character: char| character.is_ascii() && !character.is_ascii_alphanumeric());
    let lead = tokens::compared(first.get(..letters.unwrap_or(length)).unwrap_or(first));
    lead.is_empty() || from(lead.as_bytes()).first().is_some_and(|phrase| phrase.first.starts_with(&lead))
}

/// The longest phrase that begins with the word at `first`, and where it ends.
fn longest(text: &str, first: Range<usize>) -> Option<(&'static Phrase, usize)> {
    let mut room = [0; ROOM];
    let word = text.get(first.clone())?;
    let word = match plainly_compared(word, &mut room) {
        Some(word) => Cow::Borrowed(word),
        None => Cow::Owned(tokens::compared(word).into_bytes()),
    };
    let second = second_letter(text.get(first.end..).unwrap_or_default());
    let goes_on = |phrase: &&Phrase| {
        let wanted = phrase.others.as_bytes().first();
        second.is_none() || wanted.is_none() || wanted == second.as_ref()
    };
    let candidates = from(&word).iter().take_while(|phrase| phrase.first.as_bytes() == &*word).filter(goes_on);
    let ends = candidates.filter_map(|phrase| Some((phrase, end(text, &first, phrase)?)));
    ends.max_by_key(|(_, end)| *end)
}

/// Bytes of a word that is compared without being put together.
const ROOM: usize = 24;

/// What [`tokens::compared`] makes of a word of ASCII letters and digits, in `room`.
fn plainly_compared<'r>(word: &str, room: &'r mut [u8; ROOM]) -> Option<&'r [u8]> {
    let room = room.get_mut(..word.len())?;
    for (place, byte) in room.iter_mut().zip(word.bytes()) {
        if !byte.is_ascii_alphanumeric() {
            return None;
        }
        *place = byte.to_ascii_lowercase();
    }
    Some(room)
}

/// The first letter of the word that follows, in lower case; `None` where that is not of ASCII.
fn second_letter(behind: &str) -> Option<u8> {
    let first = behind.bytes().find(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric())?;
    first.is_ascii().then(|| first.to_ascii_lowercase())
}

/// Where `phrase`, whose first word stands at `first`, ends; `None` where the text goes on in another way.
fn end(text: &str, first: &Range<usize>, phrase: &Phrase) -> Option<usize> {
    phrase.others.split_ascii_whitespace().try_fold(first.end, |at, word| {
        let place = tokens::next(text, at)?;
        tokens::is(text.get(place.clone())?, word).then_some(place.end)
    })
}

#[cfg(test)]
mod tests {
    use super::{Filler, PHRASES, Strength, WordStarts, longest, tokens};
    use proptest::prelude::*;

    fn find(text: &str) -> Vec<Filler> {
        super::find(text, &WordStarts::of(text))
    }

    /// Word after word.
    fn plainly(text: &str) -> Vec<Filler> {
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

    proptest! {
        #[test]
        fn a_look_at_beginnings_finds_what_a_look_at_each_word_finds(
            pieces in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), "[ '’a.é\u{ad}\u{2029}ß\u{200b}\u{200c}\u{2060}\u{feff}]{0,3}"), 0..5),
        ) {
            let piece = |(index, upper, between): &(prop::sample::Index, bool, String)| {
                let phrase = &PHRASES[index.index(PHRASES.len())];
                let words = format!("{} {}", phrase.first, phrase.others);
                between.clone() + &if *upper { words.to_uppercase() } else { words }
            };
            let text: String = pieces.iter().map(piece).collect();
            prop_assert_eq!(find(&text), plainly(&text), "{}", text);
        }
    }

    #[test]
    fn phrases_whatever_their_dress() {
        for (text, marked, strength) in [
            ("Lorem ipsum dolor sit amet", "Lorem ipsum dolor", Strength::Certain),
            ("LOREM\n IPSUM, dolor", "LOREM\n IPSUM, dolor", Strength::Certain),
            ("Please [Insert your  text here]", "Insert your  text here", Strength::Alone),
            ("Hier Text einfu\u{308}gen", "Hier Text einfu\u{308}gen", Strength::Certain),
            ("INSÉREZ VOTRE TEXTE ICI !", "INSÉREZ VOTRE TEXTE ICI", Strength::Alone),
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
        assert_eq!(find("Sale\u{200b}Insert text here").len(), 1, "behind what nobody sees");
        assert_eq!(find("add a headline here\u{feff}add a headline here").len(), 2);
        assert_eq!(find("New: sit down with a book and labour less"), []);
        assert_eq!(find(""), []);
    }
}
