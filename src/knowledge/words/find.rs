//! Finds the phrases of an automaton in folded text: one pass, constant work for each part that is found.

use std::collections::HashMap;

use super::automaton::Automaton;
use super::record::{AFTER_GAP, AFTER_REST, LAST, Part, UNSPACED, WORD_END, WORD_START};

/// Words that `…` in a phrase stands for at most.
const GAP_WORDS: usize = 6;
/// Bytes that it stands for at most where words are not parted by blanks: fifteen CJK characters.
const GAP_BYTES: usize = 45;

/// A phrase in folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub entry: u32,
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

/// Every phrase in `folded`, by its end.
pub fn phrases(automaton: &Automaton, folded: &str) -> Vec<Found> {
    let mut search = Search { folded, begun: HashMap::new(), found: Vec::new() };
    let (mut state, mut blanks) = (0, 0);
    for (at, byte) in folded.bytes().enumerate() {
        blanks += usize::from(byte == b' ');
        state = automaton.step(state, byte);
        automaton.parts_at(state, |part| search.part(part, at + 1, blanks));
    }
    search.found
}

struct Search<'t> {
    folded: &'t str,
    begun: HashMap<(u32, u8), Begun>,
    found: Vec<Found>,
}

impl Search<'_> {
    /// A part ends at `end`, with `blanks` blanks in the text before its end.
    fn part(&mut self, part: Part, end: usize, blanks: usize) {
        let Some(start) = end.checked_sub(usize::from(part.length)) else { return };
        if !self.stands_alone(part.rules, start, end) {
            return;
        }
        let Some(phrase_start) = self.phrase_start(part, start, blanks) else { return };
        if part.rules & LAST != 0 {
            self.found.push(Found { entry: part.entry, start: phrase_start, end: self.word_end(part.rules, end) });
        } else {
            self.begun.insert((part.entry, part.index), Begun { start: phrase_start, end, blanks });
        }
    }

    fn phrase_start(&self, part: Part, start: usize, blanks: usize) -> Option<usize> {
        let Some(before) = part.index.checked_sub(1) else { return Some(start) };
        let begun = self.begun.get(&(part.entry, before))?;
        let distance = start.checked_sub(begun.end)?;
        let blanks = blanks.checked_sub(usize::from(part.blanks))?.checked_sub(begun.blanks)?;
        let near = if part.rules & UNSPACED != 0 {
            distance <= GAP_BYTES
        } else if part.rules & AFTER_REST != 0 {
            blanks == 1
        } else {
            part.rules & AFTER_GAP != 0 && (1..=GAP_WORDS + 1).contains(&blanks)
        };
        near.then_some(begun.start)
    }

    fn stands_alone(&self, rules: u8, start: usize, end: usize) -> bool {
        let before = || self.folded.get(..start).and_then(|text| text.chars().next_back());
        let behind = || self.folded.get(end..).and_then(|text| text.chars().next());
        (rules & WORD_START == 0 || !before().is_some_and(is_word))
            && (rules & WORD_END == 0 || !behind().is_some_and(is_word))
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
