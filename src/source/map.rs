//! From the offsets of decoded text back to the bytes that it was decoded from.

use std::ops::Range;

/// `units` equal steps, each of `decoded` bytes made from `encoded` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First decoded byte.
    pub decoded_start: u32,
    /// First encoded byte.
    pub encoded_start: u32,
    /// How many units follow one another.
    pub units: u32,
    /// Decoded bytes a unit; never 0.
    pub decoded: u32,
    /// Encoded bytes a unit.
    pub encoded: u32,
}

impl Run {
    fn decoded_end(&self) -> usize {
        self.decoded_start as usize + self.units as usize * self.decoded as usize
    }

    fn encoded_end(&self) -> usize {
        self.encoded_start as usize + self.units as usize * self.encoded as usize
    }

    /// The unit that holds decoded byte `at`, which must not lie before the run; the last unit for what lies behind it.
    fn unit(&self, at: usize) -> Unit {
        let (decoded, encoded) = (self.decoded as usize, self.encoded as usize);
        let number = ((at - self.decoded_start as usize) / decoded).min(self.units as usize - 1);
        let decoded_start = self.decoded_start as usize + number * decoded;
        let encoded_start = self.encoded_start as usize + number * encoded;
        Unit { decoded: decoded_start..decoded_start + decoded, encoded: encoded_start..encoded_start + encoded }
    }
}

/// One encoding unit, on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub decoded: Range<usize>,
    pub encoded: Range<usize>,
}

/// A piecewise map, sorted by `decoded_start`, from decoded offsets to encoded ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// The runs, in order; what no run covers was inserted or dropped by the decoder. The encoded side never goes backwards, but two units may share
    /// encoded bytes (two characters in one base64 group).
    pub runs: Vec<Run>,
}

impl OffsetMap {
    /// Appends a unit: the next `decoded` decoded bytes were made from the bytes `encoded`. A unit that decodes to nothing is left out.
    pub(crate) fn push(&mut self, decoded: usize, encoded: Range<usize>) {
        self.push_units(1, decoded, encoded.start, encoded.len());
    }

    /// Appends `units` steps, each of `decoded` bytes made from `encoded` bytes, the first of them at `encoded_start`. Merges with the run before.
    pub(crate) fn push_units(&mut self, units: usize, decoded: usize, encoded_start: usize, encoded: usize) {
        if units == 0 || decoded == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && (last.decoded as usize, last.encoded as usize) == (decoded, encoded)
            && last.encoded_end() == encoded_start
        {
            last.units += units as u32;
            return;
        }
        self.runs.push(Run {
            decoded_start: self.decoded_len() as u32,
            encoded_start: encoded_start as u32,
            units: units as u32,
            decoded: decoded as u32,
            encoded: encoded as u32,
        });
    }

    /// Length of the decoded text in bytes.
    pub(crate) fn decoded_len(&self) -> usize {
        self.runs.last().map_or(0, Run::decoded_end)
    }

    /// The smallest range of whole encoding units that holds the decoded `range`. An empty range between two units is the empty range before the second
    /// of them; inside a unit it is that unit. What lies behind the end is taken to be the end.
    pub fn encoded(&self, range: Range<usize>) -> Range<usize> {
        self.widened(range).encoded
    }

    /// The decoded `range`, rounded out to whole units, with its encoded bytes.
    pub(crate) fn widened(&self, range: Range<usize>) -> Unit {
        let end = self.decoded_len();
        let (from, to) = (range.start.min(end), range.end.min(end));
        let Some(first) = self.unit(from) else {
            return Unit { decoded: 0..0, encoded: 0..0 };
        };
        if to > from {
            let last = self.unit(to - 1).unwrap_or_else(|| first.clone());
            return Unit {
                decoded: first.decoded.start..last.decoded.end,
                encoded: first.encoded.start..last.encoded.end,
            };
        }
        if from == first.decoded.start {
            Unit { decoded: from..from, encoded: first.encoded.start..first.encoded.start }
        } else if from >= first.decoded.end {
            Unit { decoded: from..from, encoded: first.encoded.end..first.encoded.end }
        } else {
            first
        }
    }

    /// All units in order.
    pub(crate) fn units(&self) -> impl Iterator<Item = Unit> {
        self.runs.iter().flat_map(|run| {
            (0..run.units as usize).map(|n| run.unit(run.decoded_start as usize + n * run.decoded as usize))
        })
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        let behind = self.runs.partition_point(|run| run.decoded_start as usize <= at);
        behind.checked_sub(1).and_then(|index| self.runs.get(index)).map(|run| run.unit(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ab=C3=A9c`, soft break, `de`: a quoted-printable line.
    fn quoted_printable() -> OffsetMap {
        let mut map = OffsetMap::default();
        map.push_units(2, 1, 0, 1);
        map.push(1, 2..5);
        map.push(1, 5..8);
        map.push(1, 8..9);
        map.push_units(2, 1, 12, 1);
        map
    }

    #[test]
    fn neighbours_of_one_shape_are_one_run() {
        assert_eq!(quoted_printable().runs.len(), 4);
        assert_eq!(quoted_printable().decoded_len(), 7);
    }

    #[test]
    fn a_range_rounds_out_to_whole_units() {
        let map = quoted_printable();
        assert_eq!(map.encoded(0..2), 0..2);
        assert_eq!(map.encoded(1..3), 1..5);
        assert_eq!(map.encoded(2..4), 2..8);
        assert_eq!(map.encoded(4..6), 8..13);
    }

    #[test]
    fn an_insertion_point_stays_empty_between_units() {
        let map = quoted_printable();
        assert_eq!(map.encoded(0..0), 0..0);
        assert_eq!(map.encoded(3..3), 5..5);
        assert_eq!(map.encoded(5..5), 12..12);
        assert_eq!(map.encoded(7..7), 14..14);
        assert_eq!(map.encoded(99..99), 14..14);
    }

    #[test]
    fn an_insertion_point_inside_a_unit_is_the_unit() {
        let mut base64 = OffsetMap::default();
        base64.push_units(2, 3, 0, 4);
        assert_eq!(base64.encoded(3..3), 4..4);
        assert_eq!(base64.encoded(4..4), 4..8);
    }

    #[test]
    fn nothing_maps_to_nothing() {
        assert_eq!(OffsetMap::default().encoded(3..5), 0..0);
    }
}
