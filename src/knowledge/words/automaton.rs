//! An Aho–Corasick automaton over ready tables: states in breadth-first order, so that the children of a state are neighbours.

use super::record::Part;

/// Three bytes, little end first.
type Number = [u8; 3];

/// The tables, as `build/words` wrote them. Nothing is built at start-up.
pub struct Automaton {
    /// First child of each state; the next state's first child ends the list.
    pub children: &'static [Number],
    /// The byte that leads to each state.
    pub labels: &'static [u8],
    /// The state of the longest suffix that is a state.
    pub fails: &'static [Number],
    /// For each 64 states: a bit for each that has a report, in eight bytes, and how many had one before, in four.
    pub ends: &'static [[u8; 12]],
    /// For each state where a part ends, or a suffix of it that is one: its first part, and the nearest suffix state where parts end, 0 for none.
    /// The next report's first part ends the list.
    pub reports: &'static [[u8; 6]],
    pub parts: &'static [[u8; Part::SIZE]],
    /// Where each byte leads from the root.
    pub root: &'static [Number],
    /// Language, meaning and strength of each phrase.
    pub entries: &'static [[u8; 3]],
}

/// A compiled automaton from its files.
macro_rules! automaton {
    ($name:literal) => {
        $crate::knowledge::words::automaton::Automaton {
            children: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".children")).as_chunks().0,
            labels: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".labels")),
            fails: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".fails")).as_chunks().0,
            ends: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".ends")).as_chunks().0,
            reports: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".reports")).as_chunks().0,
            parts: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".parts")).as_chunks().0,
            root: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".root")).as_chunks().0,
            entries: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".entries")).as_chunks().0,
        }
    };
}
pub(in crate::knowledge) use automaton;

fn number(table: &[Number], index: usize) -> usize {
    table.get(index).map_or(0, |[a, b, c]| u32::from_le_bytes([*a, *b, *c, 0]) as usize)
}

impl Automaton {
    /// The state after one more byte. Over a whole text linear: each failure undoes an earlier step.
    pub fn step(&self, mut state: usize, byte: u8) -> usize {
        while state != 0 {
            if let Some(child) = self.child(state, byte) {
                return child;
            }
            state = number(self.fails, state);
        }
        number(self.root, usize::from(byte))
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

    /// Calls `found` for each part that ends at `state`, longest first.
    pub fn parts_at(&self, mut state: usize, mut found: impl FnMut(Part)) {
        while let Some(at) = self.report_of(state) {
            let (first, link) = self.report(at);
            let (end, _) = self.report(at + 1);
            for bytes in self.parts.get(first..end).unwrap_or_default() {
                found(Part::from_bytes(*bytes));
            }
            state = link;
        }
    }

    /// Which report is the state's. The root has none.
    fn report_of(&self, state: usize) -> Option<usize> {
        let [bits @ .., a, b, c, d] = self.ends.get(state / 64)?;
        let bits = u64::from_le_bytes(*bits);
        let bit = 1 << (state % 64);
        let before = u32::from_le_bytes([*a, *b, *c, *d]) + (bits & (bit - 1)).count_ones();
        (bits & bit != 0).then_some(before as usize)
    }

    /// First part and link of a report.
    fn report(&self, at: usize) -> (usize, usize) {
        let [a, b, c, d, e, f] = self.reports.get(at).copied().unwrap_or_default();
        (u32::from_le_bytes([a, b, c, 0]) as usize, u32::from_le_bytes([d, e, f, 0]) as usize)
    }
}
