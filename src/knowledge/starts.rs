//! Where the words of a text begin, found once for all lists that are looked up by the first letters of a word.
//!
//! To walk a text word by word costs two guesses of the processor at each; what looks words up goes through the list instead.

use super::eights::{STEP, Step, below};
use crate::knowledge::filler::tokens::is_general_punctuation;
use unicode_normalization::char::is_combining_mark;

/// Where words begin, in order. Behind an apostrophe, which to some is inside of a word, one begins as well; behind what nobody sees, which to some is
/// outside, none does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordStarts(Vec<u32>);

/// The beginning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStart {
    /// Where, in bytes.
    pub at: usize,
    /// It is a word of ASCII letters and digits, and nothing that may be inside of a word stands behind it.
    pub plain: bool,
    /// It has less than four bytes.
    pub short: bool,
}

impl WordStart {
    #[inline]
    fn of(start: u32) -> Self {
        Self { at: (start & PLACE) as usize, plain: start & MIXED == 0, short: start & SHORT != 0 }
    }
}

/// Set where a word is not plain.
const MIXED: u32 = 1 << 31;
/// Set where it is short.
const SHORT: u32 = 1 << 30;
/// Where it begins.
const PLACE: u32 = SHORT - 1;

impl WordStarts {
    /// Those of `text`. Words behind its first GiB are not told.
    pub fn of(text: &str) -> Self {
        // a word has five letters and a blank
        let mut starts = Vec::with_capacity(text.len() / 6);
        let mut known = Known::default();
        let mut at = plain_words(text, 0, &mut known, &mut starts);
        while let Some(start) = next(text, at) {
            let (end, is_plain) = end(text, start);
            let Some(place) = u32::try_from(start).ok().filter(|start| *start <= PLACE) else { break };
            let mixed = if is_plain { 0 } else { MIXED };
            let short = if end - start < 4 { SHORT } else { 0 };
            starts.push(place | mixed | short);
            at = plain_words(text, end, &mut known, &mut starts);
        }
        Self(starts)
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = WordStart> {
        self.0.iter().map(|start| WordStart::of(*start))
    }

    /// The first of them from number `from` on that `is_it` says so of, and its number.
    #[inline]
    pub fn first(&self, from: usize, is_it: impl Fn(WordStart) -> bool) -> Option<(usize, WordStart)> {
        let starts = self.0.get(from..)?;
        let at = starts.iter().position(|start| is_it(WordStart::of(*start)))?;
        Some((from + at, WordStart::of(*starts.get(at)?)))
    }
}

/// The step of a text that was looked at last.
#[derive(Default)]
struct Known {
    at: usize,
    /// Bytes of it; 0 if there is none yet.
    length: u32,
    letters: u64,
    /// What may be inside of a word without being a letter of ASCII.
    others: u64,
}

impl Known {
    /// Less than so many known bytes may hold no whole word.
    const FEW: u32 = 24;

    /// Letters and others from `at` on, and of how many bytes they are.
    #[inline]
    fn from(&mut self, text: &[u8], at: usize) -> Option<(u64, u64, u32)> {
        let behind = (at - self.at) as u32;
        if self.length < behind + Self::FEW {
            let step = Step::at(text, at)?;
            *self = Self { at, length: u64::BITS, letters: step.letters(), others: step.all(b'\'') | step.beyond() };
            return Some((self.letters, self.others, self.length));
        }
        Some((self.letters >> behind, self.others >> behind, self.length - behind))
    }
}

/// Adds the plain words that follow from `from` on, which is in none, for as long as steps of them do; says where the last one ends.
fn plain_words(text: &str, from: usize, known: &mut Known, starts: &mut Vec<u32>) -> usize {
    let mut at = from;
    while let Some((letters, others, length)) = known.from(text.as_bytes(), at)
        && let Some(place) = u32::try_from(at).ok().filter(|at| *at < PLACE - STEP as u32)
    {
        let known = below(others.trailing_zeros().min(length));
        let letters = letters & known;
        let Some(last) = (letters << 1 & !letters & known).checked_ilog2() else { break };
        let long = letters & letters >> 1 & letters >> 2 & letters >> 3;
        let mut begin = letters & !(letters << 1) & below(last);
        while begin != 0 {
            let bit = begin.trailing_zeros();
            let short = if long >> bit & 1 == 1 { 0 } else { SHORT };
            starts.push((place + bit) | short);
            begin &= begin - 1;
        }
        at += last as usize;
    }
    at
}

/// Where from `from` on the first letter or digit stands.
fn next(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(|byte| SORTS[usize::from(*byte)] != OUTSIDE)?;
        if text.as_bytes().get(at)?.is_ascii() {
            return Some(at);
        }
        let character = text.get(at..)?.chars().next()?;
        if !is_general_punctuation(character) && character.is_alphanumeric() {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

/// Where the word that begins at `start` ends, and whether it is plain.
fn end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut is_plain) = (start, true);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| SORTS[usize::from(*byte)] != LETTER).unwrap_or(rest.len());
        match bytes.get(at) {
            Some(b'\'') => return (at, false),
            Some(byte) if !byte.is_ascii() => {}
            _ => return (at, is_plain),
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { return (at, is_plain) };
        if !is_inside(character) {
            return (at, is_plain);
        }
        is_plain = false;
        at += character.len_utf8();
    }
}

/// Whether a word may go on with `character`, beyond ASCII: a letter, an accent, an apostrophe, or what nobody sees.
fn is_inside(character: char) -> bool {
    match character {
        '’' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        _ if is_general_punctuation(character) => false,
        _ => character.is_alphanumeric() || is_combining_mark(character),
    }
}

const OUTSIDE: u8 = 0;
const LETTER: u8 = 1;
const BEYOND: u8 = 2;

/// What each byte is: a letter or digit of ASCII, of a character beyond ASCII, or neither.
const SORTS: [u8; 256] = {
    let mut sorts = [BEYOND; 256];
    let mut at = 0;
    while at < 128 {
        sorts[at] = if (at as u8).is_ascii_alphanumeric() { LETTER } else { OUTSIDE };
        at += 1;
    }
    sorts
};

#[cfg(test)]
mod tests {
    use super::{MIXED, SHORT, WordStarts, end, next};
    use proptest::prelude::*;

    /// Word after word.
    fn plainly(text: &str) -> WordStarts {
        let (mut starts, mut at) = (Vec::new(), 0);
        while let Some(start) = next(text, at) {
            let (behind, is_plain) = end(text, start);
            let flags = if is_plain { 0 } else { MIXED } | if behind - start < 4 { SHORT } else { 0 };
            starts.push(start as u32 | flags);
            at = behind;
        }
        WordStarts(starts)
    }

    proptest! {
        #[test]
        fn steps_find_what_a_look_at_each_word_finds(pieces in prop::collection::vec("[a-z0-9]{0,9}[ .,]{0,2}|don't|[é’\u{ad}Яab ]{1,3}|[a-z]{70}| {70}", 0..40)) {
            let text = pieces.concat();
            prop_assert_eq!(WordStarts::of(&text), plainly(&text));
        }
    }

    #[test]
    fn words_and_what_is_in_them() {
        let starts = |text| WordStarts::of(text).iter().map(|start| (start.at, start.plain)).collect::<Vec<_>>();
        assert_eq!(starts("a bc, d"), [(0, true), (2, true), (6, true)]);
        assert_eq!(starts("don't"), [(0, false), (4, true)]);
        assert_eq!(starts("– für\u{2029}x"), [(4, false), (11, true)]);
        assert_eq!(starts("re\u{ad}ply\u{a0}x"), [(0, false), (9, true)]);
        assert_eq!(starts("ОТ w"), [(0, false), (5, true)]);
        assert_eq!(starts(" …"), []);
    }
}
