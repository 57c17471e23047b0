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
pub(crate) struct Fours([bool; Self::SLOTS]);

impl Fours {
    const SLOTS: usize = 1 << 13;

    /// Those of `strings`.
    ///
    /// # Panics
    /// One of them has fewer than four bytes.
    pub(crate) const fn of(strings: &[Text]) -> Self {
        let mut fours = Self([false; Self::SLOTS]);
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
        self.0[Self::slot(u32::from_le_bytes([string[0], string[1], string[2], string[3]]))] = true;
    }

    /// Whether one of the strings may begin as `text` does, in any case of ASCII letters.
    #[inline]
    pub(crate) fn begin(&self, text: &[u8]) -> bool {
        let Some(head) = text.first_chunk::<4>() else { return false };
        self.has(u32::from_le_bytes(*head))
    }

    /// The even byte offsets in `text` where one of the strings may begin, in order.
    pub(crate) fn even_places(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = at + self.even(text.get(at..)?)?;
            at = found + 2;
            Some(found)
        })
    }

    /// The first of them. A function of its own, so that nothing else wants its registers.
    #[inline(never)]
    fn even(&self, text: &[u8]) -> Option<usize> {
        let mut at = 0;
        // eight bytes hold three places
        while let Some(eight) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let eight = u64::from_le_bytes(*eight);
            let has = |place: u32| self.has((eight >> (place * 8)) as u32);
            let places = [has(0), has(2), has(4)];
            if places[0] | places[1] | places[2] {
                return places.iter().position(|has| *has).map(|place| at + place * 2);
            }
            at += 6;
        }
        let rest = text.get(at..)?;
        (0..rest.len())
            .step_by(2)
            .find(|place| rest.get(*place..).is_some_and(|rest| self.begin(rest)))
            .map(|place| at + place)
    }

    #[inline]
    fn has(&self, head: u32) -> bool {
        self.0.get(Self::slot(head)).is_some_and(|has| *has)
    }

    const fn slot(head: u32) -> usize {
        // without the bit in which small and capital letters differ
        ((head | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> 19) as usize % Self::SLOTS
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
        fn even_places_are_all_even_ones(text in "[a-cA-C]{0,40}") {
            let mut fours = Fours::of(&[]);
            ["abca", "bcab", "aaaa"].iter().for_each(|string| fours.add(string.as_bytes()));
            let all = (0..text.len()).step_by(2).filter(|at| fours.begin(&text.as_bytes()[*at..]));
            prop_assert_eq!(fours.even_places(text.as_bytes()).collect::<Vec<_>>(), all.collect::<Vec<_>>());
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
