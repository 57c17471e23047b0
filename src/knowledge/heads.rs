//! Where in a text one of many strings may begin, by their first two bytes or four: one look at each place instead of one for each string.

use super::table::Text;

/// The first two bytes of some strings, as a set of bits.
pub(crate) struct Heads([u64; 1024]);

impl Heads {
    /// Those of `strings`. An empty string may begin nowhere.
    pub(crate) const fn of(strings: &[Text]) -> Self {
        let mut heads = Self([0; 1024]);
        heads.add_all(strings);
        heads
    }

    /// Adds those of more strings.
    pub(crate) const fn add_all(&mut self, strings: &[Text]) {
        let mut at = 0;
        while at < strings.len() {
            self.add(strings[at].as_str().as_bytes());
            at += 1;
        }
    }

    /// Adds those of one more string.
    pub(crate) const fn add(&mut self, string: &[u8]) {
        match *string {
            [] => {}
            [first] => {
                let mut second = 0;
                while second < 4 {
                    self.0[first as usize * 4 + second] = u64::MAX;
                    second += 1;
                }
            }
            [first, second, ..] => self.0[first as usize * 4 + second as usize / 64] |= 1 << (second % 64),
        }
    }

    /// Whether none begins with this byte.
    const fn is_idle(&self, first: usize) -> bool {
        self.0[first * 4] | self.0[first * 4 + 1] | self.0[first * 4 + 2] | self.0[first * 4 + 3] == 0
    }

    /// Whether the same bytes follow both first bytes.
    const fn are_alike(&self, one: usize, other: usize) -> bool {
        let mut word = 0;
        while word < 4 {
            if self.0[one * 4 + word] != self.0[other * 4 + word] {
                return false;
            }
            word += 1;
        }
        true
    }

    /// Whether one of the strings may begin with these two bytes.
    #[inline]
    pub(crate) fn begin(&self, first: u8, second: u8) -> bool {
        let word = self.0.get(usize::from(first) * 4 + usize::from(second / 64));
        word.is_some_and(|word| word >> (second % 64) & 1 == 1)
    }

    /// The byte offsets in `text` where one of the strings may begin, in order. The last byte counts as if a NUL followed.
    pub(crate) fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = bytes.get(at..)?;
            let seconds = rest.get(1..).unwrap_or_default();
            let pair = rest.iter().zip(seconds).position(|(first, second)| self.begin(*first, *second));
            let last = || rest.last().filter(|last| self.begin(**last, 0)).map(|_| rest.len() - 1);
            let found = at + pair.or_else(last)?;
            at = found + 1;
            Some(found)
        })
    }
}

/// The first four bytes of some strings, whatever their case: for places where two bytes say too little. Some share a bit.
pub(crate) struct Fours([u64; Self::BITS / 64]);

impl Fours {
    const BITS: usize = 4096;

    /// Those of `strings`.
    ///
    /// # Panics
    /// One of them has fewer than four bytes.
    pub(crate) const fn of(strings: &[Text]) -> Self {
        let mut fours = Self([0; Self::BITS / 64]);
        let mut at = 0;
        while at < strings.len() {
            fours.add(strings[at].as_str().as_bytes());
            at += 1;
        }
        fours
    }

    /// Adds that of one more string, of at least four bytes.
    pub(crate) const fn add(&mut self, string: &[u8]) {
        assert!(string.len() >= 4, "an entry of a list that is looked up by four bytes has fewer");
        let bit = Self::bit([string[0], string[1], string[2], string[3]]);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether one of the strings may begin as `text` does, in any case of ASCII letters.
    #[inline]
    pub(crate) fn begin(&self, text: &[u8]) -> bool {
        let Some(head) = text.first_chunk::<4>() else { return false };
        let bit = Self::bit(*head);
        self.0.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    const fn bit(head: [u8; 4]) -> usize {
        // without the bit in which small and capital letters differ
        ((u32::from_le_bytes(head) | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> 20) as usize % Self::BITS
    }
}

/// [`Heads`] for long texts: what may follow a first byte is a row, and there are few different rows, so that a place costs two looks.
pub(crate) struct Rows {
    /// The row of each first byte, 0 for one with which nothing begins.
    row: [u8; 256],
    /// In which rows a second byte is, a bit for each.
    rows: [u64; 256],
}

impl Rows {
    /// The same, in rows.
    ///
    /// # Panics
    /// More than 63 different rows.
    pub(crate) const fn of(heads: &Heads) -> Self {
        let mut all = Self { row: [0; 256], rows: [0; 256] };
        let mut firsts = [0; 64];
        let mut known = 1;
        let mut first = 0;
        while first < 256 {
            if !heads.is_idle(first) {
                let mut row = 1;
                while row < known && !heads.are_alike(firsts[row], first) {
                    row += 1;
                }
                if row == known {
                    firsts[row] = first;
                    known += 1;
                    let mut second = 0;
                    while second < 256 {
                        all.rows[second] |= (heads.0[first * 4 + second / 64] >> (second % 64) & 1) << row;
                        second += 1;
                    }
                }
                all.row[first] = row as u8;
            }
            first += 1;
        }
        all
    }

    /// The byte offsets in `text` where one of the strings may begin, in order, but for the last byte.
    pub(crate) fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let (mut row, mut at) = (0u8, 0);
        std::iter::from_fn(move || {
            at += self.second(bytes.get(at..)?, &mut row)? + 1;
            at.checked_sub(2)
        })
    }

    /// Where the next second byte is; `row` is that of the byte before `bytes`, then that of the one found. A function of its own, so that nothing
    /// else wants its registers.
    #[inline(never)]
    fn second(&self, bytes: &[u8], row: &mut u8) -> Option<usize> {
        let mut before = *row;
        let begins = |byte: &u8| {
            let begins = self.rows[usize::from(*byte)] >> (before % 64) & 1 == 1;
            before = self.row[usize::from(*byte)];
            begins
        };
        let found = bytes.iter().position(begins);
        *row = before;
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn heads(strings: &[&str]) -> Heads {
        let mut heads = Heads::of(&[]);
        strings.iter().for_each(|string| heads.add(string.as_bytes()));
        heads
    }

    proptest! {
        #[test]
        fn rows_know_the_same_places(text in "[a-d{%é\0]{0,40}") {
            let few = heads(&["ab", "ac", "bb", "bc", "c\0", "é", "{{", "{%"]);
            let all: Vec<usize> = few.places(&text).filter(|at| at + 1 < text.len()).collect();
            prop_assert_eq!(Rows::of(&few).places(&text).collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn places_where_strings_may_begin() {
        let heads = heads(&["ab", "acorn", "é", "x"]);
        let places = |text| heads.places(text).collect::<Vec<_>>();
        assert_eq!(places("abacus éclair x"), [0, 2, 7, 15]);
        assert_eq!(places("a"), Vec::<usize>::new());
        assert_eq!(places(""), Vec::<usize>::new());
        assert_eq!(places("xé"), [0, 1]);
    }
}
