//! What the parts of phrases begin with, as bits of a table: a quick look that says no at most places of a text. Shared with the build, which
//! writes the table.

/// A part may begin here at the start of a word or in the middle of a script without words.
pub const OUTER: u8 = 1;
/// A part may begin here even in the middle of a word.
pub const INNER: u8 = 2;

const FIRST: usize = 256;
const PAIRS: usize = 1 << 11;
const FOURS: usize = 1 << 14;
/// Bytes of the table: for each first byte, then for the first two of short parts, then for the first four of others; by hash.
pub const SIZE: usize = FIRST + PAIRS + FOURS;

/// Where the bits of a first byte are.
pub fn first(byte: u8) -> usize {
    usize::from(byte)
}

/// Where the bits of a text are by its first two bytes, for parts of fewer than four, and by its first four.
#[inline]
pub fn places(text: &[u8]) -> [usize; 2] {
    let head = match *text {
        [a, b, c, d, ..] => [a, b, c, d],
        [a, b, c] => [a, b, c, 0],
        [a, b] => [a, b, 0, 0],
        [a] => [a, 0, 0, 0],
        [] => [0; 4],
    };
    let [a, b, ..] = head;
    let pair = (usize::from(a) << 5 ^ usize::from(b)) % PAIRS;
    let four = (u32::from_le_bytes(head).wrapping_mul(0x9E37_79B1) >> 18) as usize % FOURS;
    [FIRST + pair, FIRST + PAIRS + four]
}

/// Notes in `table` that a part begins with `text`, of at least two bytes.
#[allow(dead_code, reason = "only the build writes")]
pub fn note(table: &mut [u8; SIZE], text: &[u8], bits: u8) {
    let [pair, four] = places(text);
    let head = if text.len() < 4 { pair } else { four };
    let first = text.first().map_or(0, |byte| first(*byte));
    for place in [first, head] {
        if let Some(place) = table.get_mut(place) {
            *place |= bits;
        }
    }
}
