//! Finds the phrases of a tree in folded text: one pass, and a few steps for each place where a phrase may begin.

use crate::knowledge::eights::{STEP, Step};
use crate::sort;
use std::collections::HashMap;
use std::ops::Range;

use super::record::{AFTER_GAP, AFTER_REST, LAST, Part, UNSPACED, WORD_END, WORD_START};
use super::trie::Trie;

/// Words that `…` in a phrase stands for at most.
const GAP_WORDS: usize = 6;
/// Bytes that it stands for at most where words are not parted by blanks: fifteen CJK characters.
const GAP_BYTES: usize = 45;

/// A phrase in folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub entry: u16,
    pub start: usize,
    pub end: usize,
}

/// The parts of a phrase that were found so far.
#[derive(Clone, Copy)]
struct Begun {
    start: usize,
    end: usize,
    blanks: usize,
}

/// A part that was found, by its place.
struct Place {
    start: usize,
    end: usize,
    part: Part,
}

/// Every phrase in `folded`, by its end.
pub fn phrases(trie: &Trie, folded: &str) -> Vec<Found> {
    told(places(trie, folded), folded)
}

/// The phrases whose parts are at `places`.
fn told(mut places: Vec<Place>, folded: &str) -> Vec<Found> {
    if places.is_empty() {
        return Vec::new();
    }
    // Parts are told where they end, the longest first: a phrase is begun before it goes on.
    sort::by_key(&mut places, |place| (place.end, place.start));
    let mut search = Search { folded, begun: HashMap::new(), found: Vec::new() };
    let (mut counted, mut blanks) = (0, 0);
    for Place { start, end, part } in places {
        blanks += search.blanks(counted..end);
        counted = end;
        search.part(part, start, end, blanks);
    }
    search.found
}

/// Every part of a phrase in `folded` that may begin where it does, by its start.
fn places(trie: &Trie, folded: &str) -> Vec<Place> {
    let mut places = Vec::new();
    any_beginning(trie, folded, |at, in_word| {
        trie.parts(folded.as_bytes().get(at..).unwrap_or_default(), |length, part| {
            if part.rules & WORD_START == 0 || !in_word {
                places.push(Place { start: at, end: at + length, part });
            }
        });
        false
    });
    places
}

/// The same as [`phrases`], by a look at each character.
#[cfg(test)]
pub(super) fn phrases_plainly(trie: &Trie, folded: &str) -> Vec<Found> {
    let mut places = Vec::new();
    let mut in_word = false;
    for (at, character) in folded.char_indices() {
        trie.parts(&folded.as_bytes()[at..], |length, part| {
            if length > 1 && (part.rules & WORD_START == 0 || !in_word) {
                places.push(Place { start: at, end: at + length, part });
            }
        });
        in_word = is_word(character);
    }
    told(places, folded)
}

/// Whether `is_it` says so of one of the places in `folded`, in order, where by its first bytes a part may begin. It is told whether the place is in the
/// middle of a word.
pub(super) fn any_beginning(trie: &Trie, folded: &str, mut is_it: impl FnMut(usize, bool) -> bool) -> bool {
    let bytes = folded.as_bytes();
    let mut room = [0; STEP];
    // whether the last byte is a letter of ASCII, and where the last letter beyond it ends
    let (mut carry, mut letter_end) = (0, None);
    for at in (0..bytes.len()).step_by(STEP) {
        let step = Step::at(bytes, at).unwrap_or_else(|| Step::rest(bytes, at, &mut room));
        let letters = step.letters();
        let behind_letters = letters << 1 | carry;
        carry = letters >> 63;
        let mut asked = letters & !behind_letters | step.leads_or(trie.awake);
        while asked != 0 {
            let bit = asked.trailing_zeros();
            asked &= asked - 1;
            let here = at + bit as usize;
            let Some(rest) = bytes.get(here..) else { break };
            let in_word = behind_letters >> bit & 1 == 1 || letter_end == Some(here);
            if !rest.first().is_some_and(u8::is_ascii)
                && let Some(character) = folded.get(here..).and_then(|rest| rest.chars().next())
                && is_word(character)
            {
                letter_end = Some(here + character.len_utf8());
            }
            if trie.may_begin(rest, in_word) && is_it(here, in_word) {
                return true;
            }
        }
    }
    false
}

struct Search<'t> {
    folded: &'t str,
    begun: HashMap<(u16, u8), Begun>,
    found: Vec<Found>,
}

impl Search<'_> {
    /// A part that begins where it may ends at `end`, with `blanks` blanks in the text before its end.
    fn part(&mut self, part: Part, start: usize, end: usize, blanks: usize) {
        if part.rules & WORD_END != 0 && self.goes_on(end) {
            return;
        }
        let Some(phrase_start) = self.phrase_start(part, start..end, blanks) else { return };
        if part.rules & LAST != 0 {
            self.found.push(Found { entry: part.entry, start: phrase_start, end: self.word_end(part.rules, end) });
        } else {
            self.begun.insert((part.entry, part.index), Begun { start: phrase_start, end, blanks });
        }
    }

    fn phrase_start(&self, part: Part, place: Range<usize>, blanks: usize) -> Option<usize> {
        let Some(before) = part.index.checked_sub(1) else { return Some(place.start) };
        let begun = self.begun.get(&(part.entry, before))?;
        let distance = place.start.checked_sub(begun.end)?;
        let blanks = blanks.checked_sub(self.blanks(place))?.checked_sub(begun.blanks)?;
        let near = if part.rules & UNSPACED != 0 {
            distance <= GAP_BYTES
        } else if part.rules & AFTER_REST != 0 {
            blanks == 1
        } else {
            part.rules & AFTER_GAP != 0 && (1..=GAP_WORDS + 1).contains(&blanks)
        };
        near.then_some(begun.start)
    }

    /// Blanks at a place of the text; none if it ends before it begins.
    fn blanks(&self, place: Range<usize>) -> usize {
        memchr::memchr_iter(b' ', self.folded.as_bytes().get(place).unwrap_or_default()).count()
    }

    /// Whether a word goes on at `end`.
    fn goes_on(&self, end: usize) -> bool {
        self.folded.get(end..).and_then(|text| text.chars().next()).is_some_and(is_word)
    }

    /// A stem takes the rest of its word with it, as far as a long word goes.
    fn word_end(&self, rules: u8, end: usize) -> usize {
        if rules & (WORD_END | UNSPACED) != 0 {
            return end;
        }
        let rest = self.folded.get(end..).unwrap_or_default();
        end + rest.chars().take(24).take_while(|&character| is_word(character)).map(char::len_utf8).sum::<usize>()
    }
}

/// A character of a script that parts words by blanks. "unsubscribe退订" is two words.
fn is_word(character: char) -> bool {
    match character {
        _ if character.is_ascii() => character.is_ascii_alphanumeric(),
        // dashes, quotation marks, breaks between blocks: common, and it takes long to find out that they are no letters
        '\u{2000}'..='\u{206F}' => false,
        '\u{E00}'..='\u{E7F}'
        | '\u{2E80}'..='\u{312F}'
        | '\u{3190}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => false,
        // signs of Indic scripts that Unicode does not count as alphabetic
        '\u{93C}' | '\u{94D}' => true,
        _ => character.is_alphanumeric(),
    }
}
