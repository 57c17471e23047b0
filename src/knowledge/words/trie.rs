//! A tree of the beginnings of all phrases over ready tables: states in breadth-first order, so that the children of a state are neighbours.
//!
//! It is entered only where a phrase may begin, which [`heads`] tells by four bytes. An automaton that goes on from every byte took twice as long,
//! and half a megabyte more.

use super::heads::{self, IDLE, INNER, OUTER};
use super::record::Part;

/// Three bytes, little end first.
type Number = [u8; 3];

/// The tables, as `build/words` wrote them. Nothing is built at start-up.
pub struct Trie {
    /// First child of each state; the next state's first child ends the list.
    pub children: &'static [Number],
    /// The byte that leads to each state.
    pub labels: &'static [u8],
    /// For each 64 states: a bit for each where a part ends, in eight bytes, and how many had one before, in four.
    pub ends: &'static [[u8; 12]],
    /// For each state where a part ends: its first part. The next number ends the list.
    pub reports: &'static [Number],
    pub parts: &'static [[u8; Part::SIZE]],
    /// Where each byte leads from the root.
    pub root: &'static [Number],
    /// What parts begin with, as `heads.rs` has it.
    pub heads: &'static [u8; heads::SIZE],
    /// Language, meaning and strength of each phrase.
    pub entries: &'static [[u8; 3]],
}

/// A compiled tree from its files.
macro_rules! trie {
    ($name:literal) => {
        $crate::knowledge::words::trie::Trie {
            children: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".children")).as_chunks().0,
            labels: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".labels")),
            ends: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".ends")).as_chunks().0,
            reports: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".reports")).as_chunks().0,
            parts: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".parts")).as_chunks().0,
            root: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".root")).as_chunks().0,
            heads: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".heads")),
            entries: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".entries")).as_chunks().0,
        }
    };
}
pub(in crate::knowledge) use trie;

fn number(table: &[Number], index: usize) -> usize {
    table.get(index).map_or(0, |[a, b, c]| u32::from_le_bytes([*a, *b, *c, 0]) as usize)
}

impl Trie {
    /// Whether a part may begin with the first of `bytes`; `in_word` says that it is in the middle of a word, where most may not.
    #[inline]
    pub fn may_begin(&self, bytes: &[u8], in_word: bool) -> bool {
        let bit = if in_word { INNER } else { OUTER };
        let Some(&first) = bytes.first() else { return false };
        self.heads.get(heads::first(first)).is_some_and(|bits| bits & bit != 0)
            && heads::bits(self.heads, bytes) & bit != 0
    }

    /// How many of `bytes`, in the middle of a word, only go on with it and begin nothing.
    #[inline]
    pub fn idle(&self, bytes: &[u8]) -> usize {
        let is_idle = |byte: &u8| self.heads.get(heads::first(*byte)).is_some_and(|bits| bits & IDLE != 0);
        bytes.iter().position(|byte| !is_idle(byte)).unwrap_or(bytes.len())
    }

    /// Calls `found` for each part that `bytes` begin with, shortest first. It takes no more steps than the longest part has bytes.
    pub fn parts(&self, bytes: &[u8], mut found: impl FnMut(Part)) {
        let Some((&first, rest)) = bytes.split_first() else { return };
        let mut state = number(self.root, usize::from(first));
        let mut rest = rest.iter();
        while state != 0 {
            if let Some(report) = self.report_of(state) {
                let parts = number(self.reports, report)..number(self.reports, report + 1);
                for bytes in self.parts.get(parts).unwrap_or_default() {
                    found(Part::from_bytes(*bytes));
                }
            }
            state = rest.next().and_then(|byte| self.child(state, *byte)).unwrap_or_default();
        }
    }

    fn child(&self, state: usize, byte: u8) -> Option<usize> {
        let first = number(self.children, state);
        let labels = self.labels.get(first..number(self.children, state + 1))?;
        let index = if labels.len() < 8 {
            labels.iter().position(|&label| label == byte)
        } else {
            labels.binary_search(&byte).ok()
        };
        Some(first + index?)
    }

    /// Which report is the state's.
    fn report_of(&self, state: usize) -> Option<usize> {
        let [bits @ .., a, b, c, d] = self.ends.get(state / 64)?;
        let bits = u64::from_le_bytes(*bits);
        let bit = 1 << (state % 64);
        let before = u32::from_le_bytes([*a, *b, *c, *d]) + (bits & (bit - 1)).count_ones();
        (bits & bit != 0).then_some(before as usize)
    }
}
