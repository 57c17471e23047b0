//! Where in a text one of many strings may begin, by their first two bytes: one look at each place instead of one for each string.

/// The first two bytes of some strings, as a set of bits.
pub(crate) struct Heads([u64; 1024]);

impl Heads {
    /// Those of `strings`. An empty string may begin nowhere.
    pub(crate) const fn of(strings: &[&str]) -> Self {
        let mut heads = Self([0; 1024]);
        heads.add_all(strings);
        heads
    }

    /// Adds those of more strings.
    pub(crate) const fn add_all(&mut self, strings: &[&str]) {
        let mut at = 0;
        while at < strings.len() {
            self.add(strings[at].as_bytes());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_where_strings_may_begin() {
        let heads = Heads::of(&["ab", "acorn", "é", "x"]);
        let places = |text| heads.places(text).collect::<Vec<_>>();
        assert_eq!(places("abacus éclair x"), [0, 2, 7, 15]);
        assert_eq!(places("a"), Vec::<usize>::new());
        assert_eq!(places(""), Vec::<usize>::new());
        assert_eq!(places("xé"), [0, 1]);
    }
}
