//! A tree of the beginnings of all phrases over ready tables: a state where beginnings part ways or a part ends, in breadth-first order, so that
//! the children of a state are neighbours.
//!
//! It is entered only where a phrase may begin, which [`heads`] tells by up to ten bytes. An automaton that goes on from every byte took twice as long,
//! and more than a megabyte.

use std::ops::Range;

use super::heads::{self, INNER, OUTER};
use super::packed;
use super::record::Part;

/// Three bytes, little end first.
type Number = [u8; 3];

/// The tables, as `build/words` wrote them. Nothing is built at start-up.
pub struct Trie {
    /// Of each state three numbers in one, as [`packed`] has them: its first child, the first byte of its tail and its first part. The next
    /// state's end them.
    pub states: &'static [[u8; 8]],
    /// The first of the bytes that lead to each state.
    pub labels: &'static [u8],
    /// The others of them.
    pub tails: &'static [u8],
    pub parts: &'static [[u8; Part::SIZE]],
    /// Where each byte leads from the root; 0 for nowhere.
    pub root: &'static [Number],
    /// What parts begin with, as `heads.rs` has it.
    pub heads: &'static [u8; heads::SIZE],
    /// The bytes of ASCII at which a part may begin though no word does.
    pub awake: &'static [u8; heads::AWAKE],
    /// Language, meaning and strength of each phrase.
    pub entries: &'static [[u8; 3]],
}

/// A compiled tree from its files.
macro_rules! trie {
    ($name:literal) => {
        $crate::knowledge::words::trie::Trie {
            states: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".states")).as_chunks().0,
            labels: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".labels")),
            tails: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".tails")),
            parts: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".parts")).as_chunks().0,
            root: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".root")).as_chunks().0,
            heads: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".heads")),
            awake: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".awake")),
            entries: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".entries")).as_chunks().0,
        }
    };
}
pub(in crate::knowledge) use trie;

fn number([a, b, c]: Number) -> usize {
    u32::from_le_bytes([a, b, c, 0]) as usize
}

/// What a state has of the tables.
struct State {
    children: Range<usize>,
    tail: Range<usize>,
    parts: Range<usize>,
}

impl Trie {
    /// Whether a part may begin with the first of `bytes`; `in_word` says that it is in the middle of a word, where most may not.
    #[inline]
    pub fn may_begin(&self, bytes: &[u8], in_word: bool) -> bool {
        heads::has(self.heads, bytes, if in_word { INNER } else { OUTER })
    }

    /// Calls `found` with its length for each part that `bytes` begin with, shortest first. It takes no more steps than the longest part has bytes.
    pub fn parts(&self, bytes: &[u8], mut found: impl FnMut(usize, Part)) {
        let first = bytes.first().and_then(|byte| self.root.get(usize::from(*byte)));
        let Some(mut at) = first.map(|at| number(*at)).filter(|at| *at != 0) else { return };
        let mut length = 1;
        while let Some(state) = self.state(at) {
            let tail = self.tails.get(state.tail).unwrap_or_default();
            let Some(rest) = bytes.get(length..).and_then(|rest| rest.strip_prefix(tail)) else { return };
            length += tail.len();
            for bytes in self.parts.get(state.parts).unwrap_or_default() {
                found(length, Part::from_bytes(*bytes));
            }
            let Some(child) = rest.first().and_then(|byte| self.child(state.children, *byte)) else { return };
            at = child;
            length += 1;
        }
    }

    #[inline]
    fn state(&self, at: usize) -> Option<State> {
        let [child, tail, part] = packed::read(*self.states.get(at)?);
        let [child_end, tail_end, part_end] = packed::read(*self.states.get(at + 1)?);
        Some(State { children: child..child_end, tail: tail..tail_end, parts: part..part_end })
    }

    fn child(&self, children: Range<usize>, byte: u8) -> Option<usize> {
        let labels = self.labels.get(children.clone())?;
        let index = if labels.len() < 8 {
            labels.iter().position(|&label| label == byte)
        } else {
            labels.binary_search(&byte).ok()
        };
        Some(children.start + index?)
    }
}
