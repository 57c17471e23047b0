//! ISO-2022-JP changes its meaning with escape sequences (RFC 1468): what an edit writes has to leave the meaning of what stands around it.

use super::charset::Charset;
use std::ops::Range;

/// Sequences that change what the bytes behind them mean.
const SEQUENCES: [&[u8]; 5] = [b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b$@", b"\x1b$B"];
/// Length of a sequence, in bytes.
const LENGTH: usize = 3;
/// Bytes on either side of an edit that are read again. Even, so that characters of two bytes stay whole.
const CONTEXT: usize = 32;

/// Whether `bytes` hold nothing but sequences and bytes of seven bits.
pub(super) fn are_whole(bytes: &[u8]) -> bool {
    let begins = |at: usize| SEQUENCES.iter().any(|sequence| bytes[at..].starts_with(sequence));
    bytes.is_ascii() && memchr::memchr_iter(b'\x1b', bytes).all(begins)
}

/// Bytes, and where in them a sequence begins: found once, since a body may be edited in many places.
#[derive(Debug)]
pub(super) struct Shifts {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Shifts {
    /// Finds the sequences of `bytes`.
    pub fn new(bytes: Vec<u8>) -> Self {
        let is_sequence = |at: &usize| SEQUENCES.iter().any(|sequence| bytes[*at..].starts_with(sequence));
        let places = memchr::memchr_iter(b'\x1b', &bytes).filter(is_sequence).collect();
        Self { bytes, places }
    }

    /// Whether `new` in place of `range` means itself and leaves the meaning of what stands around it: what is written begins and ends in ASCII, and
    /// the decoder frowns on sequences side by side.
    pub fn admit(&self, charset: Charset, range: &Range<usize>, new: &[u8]) -> bool {
        let Some(old) = self.bytes.get(range.clone()) else { return false };
        let (before, after) = (self.before(range.start), self.after(range.end));
        let decode = |bytes: &[u8]| charset.decode(bytes).0.into_owned();
        let edited = decode(&[&before, new, after].concat());
        let whole = decode(&[&before, old, after].concat());
        let tail = whole.get(decode(&[&before, old].concat()).len()..).unwrap_or_default();
        edited == [&decode(&before), &decode(new), tail].concat()
    }

    /// What says how `at` is read: the last sequence before it, and some bytes.
    fn before(&self, at: usize) -> Vec<u8> {
        let behind = self.places.partition_point(|&place| place < at);
        let last = behind.checked_sub(1).and_then(|index| self.places.get(index)).copied();
        let start = last.map_or(0, |place| (place + LENGTH).min(at));
        let left_out = (at - start).saturating_sub(CONTEXT).next_multiple_of(2).min(at - start);
        let sequence = last.map_or(&[][..], |place| &self.bytes[place..start]);
        [sequence, &self.bytes[start + left_out..at]].concat()
    }

    /// Some bytes behind `at`; no sequence is cut.
    fn after(&self, at: usize) -> &[u8] {
        let end = (at + CONTEXT).min(self.bytes.len());
        let last = self
            .places
            .partition_point(|&place| place < end)
            .checked_sub(1)
            .map_or(0, |last| self.places[last] + LENGTH);
        &self.bytes[at..end.max(last)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `new` can take the place of what stands between the bars.
    fn admitted(text: &str, new: &str) -> bool {
        let [start, end] = [text.find('|'), text.rfind('|')].map(Option::unwrap_or_default);
        let bytes = text.replace('|', "").into_bytes();
        let charset = Charset::labelled("iso-2022-jp").unwrap_or(Charset::UTF_8);
        Shifts::new(bytes).admit(charset, &(start..end - 1), new.as_bytes())
    }

    #[test]
    fn what_means_itself_is_admitted() {
        let far = "a".repeat(100);
        for text in [
            "a |b| c",
            "|b|",
            "\x1b$B%O\x1b(B a |b| \x1b$B%O\x1b(B",
            &format!("\x1b$B%O\x1b(B{far}|b|{far}\x1b$B%O\x1b(B"),
        ] {
            assert!(admitted(text, "x"), "{text:?}");
            assert!(admitted(text, "\x1b$B%m\x1b(B"), "{text:?}");
        }
    }

    #[test]
    fn what_stands_in_another_state_or_beside_a_sequence_is_not() {
        let kana = "%O".repeat(100);
        for text in ["\x1b$B%O||%m\x1b(B", &format!("\x1b$B{kana}||{kana}\x1b(B")] {
            assert!(!admitted(text, "x"), "{text:?}");
            assert!(!admitted(text, "\x1b$B%m\x1b(B"), "{text:?}");
        }
        assert!(!admitted("a |b|\x1b$B%O\x1b(B", "\x1b$B%m\x1b(B"), "two sequences side by side");
    }
}
