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
    /// Decoded bytes a unit.
    pub decoded: u8,
    /// Encoded bytes a unit.
    pub encoded: u8,
}

/// A piecewise map, sorted by `decoded_start`, from decoded offsets to encoded ones.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    /// The runs, in order; what no run covers was inserted or dropped by the decoder.
    pub runs: Vec<Run>,
}

impl OffsetMap {
    /// The smallest range of whole encoding units that holds the decoded `range`.
    pub fn encoded(&self, range: Range<usize>) -> Range<usize> {
        let _ = range;
        todo!()
    }
}
