//! What the parts of phrases begin with, as bits of a table: a quick look that says no at most places of a text. Shared with the build, which
//! writes the table.

/// A part may begin here at the start of a word or in the middle of a script without words.
pub const OUTER: u8 = 1;
/// A part may begin here even in the middle of a word.
pub const INNER: u8 = 2;

/// A letter or digit of ASCII at which no part begins in the middle of a word.
pub const IDLE: u8 = 4;

const FIRST: usize = 256;
const SECOND: usize = 1 << 13;
const PAIRS: usize = 1 << 13;
const FOURS: usize = 1 << 14;
const SIXES: usize = 1 << 16;
/// Slots of two bits in a byte.
const PACKED: usize = 4;
/// Bytes of the table: for each first byte, then for the first two of all parts, the first two of short ones, the first four of longer ones and the
/// first six of the others; these by hash.
pub const SIZE: usize = FIRST + (SECOND + PAIRS + FOURS + SIXES) / PACKED;

/// Where the bits of a first byte are.
pub fn first(byte: u8) -> usize {
    usize::from(byte)
}

/// Whether `bit` is noted of the first bytes of `text`: of the first one, of the first two, of as many as the table knows.
#[inline]
pub fn has(table: &[u8; SIZE], text: &[u8], bit: u8) -> bool {
    let [one, two, ..] = *text else { return false };
    if !may_be_first(table, [one, two], bit) {
        return false;
    }
    let [pair, four, six] = slots(text);
    (of(table, pair) | of(table, four) | of(table, six)) & bit != 0
}

/// The bits of a slot, and what stands behind them.
#[inline]
fn of(table: &[u8; SIZE], slot: usize) -> u8 {
    table.get(FIRST + slot / PACKED).map_or(0, |byte| byte >> (slot % PACKED * 2))
}

/// Whether `bit` is noted of the first two bytes.
#[inline]
pub fn may_be_first(table: &[u8; SIZE], [one, two]: [u8; 2], bit: u8) -> bool {
    table.get(first(one)).is_some_and(|bits| bits & bit != 0) && of(table, second(one, two)) & bit != 0
}

/// The slot of the first two bytes of any part.
#[inline]
fn second(first: u8, second: u8) -> usize {
    (usize::from(first) << 5 ^ usize::from(second)) % SECOND
}

/// The slots of a text by its first two bytes, for parts of fewer than four, by its first four, for parts of fewer than six, and by its first six.
#[inline]
fn slots(text: &[u8]) -> [usize; 3] {
    let head = match *text {
        [a, b, c, d, e, f, ..] => [a, b, c, d, e, f],
        _ => {
            let mut head = [0; 6];
            text.iter().zip(&mut head).for_each(|(byte, place)| *place = *byte);
            head
        }
    };
    let [a, b, c, d, e, f] = head;
    let pair = SECOND + (usize::from(a) << 5 ^ usize::from(b)) % PAIRS;
    let four = u32::from_le_bytes([a, b, c, d]).wrapping_mul(0x9E37_79B1);
    let six = (four ^ u32::from_le_bytes([e, f, e, f])).wrapping_mul(0x85EB_CA6B);
    [pair, SECOND + PAIRS + (four >> 18) as usize, SECOND + PAIRS + FOURS + (six >> 16) as usize]
}

/// Notes in `table` that a part begins with `text`, of at least two bytes.
#[allow(dead_code, reason = "only the build writes")]
pub fn note(table: &mut [u8; SIZE], text: &[u8], bits: u8) {
    let [pair, four, six] = slots(text);
    let slot = match text.len() {
        ..4 => pair,
        4 | 5 => four,
        _ => six,
    };
    let [one, two, ..] = *text else { return };
    let packed = |slot: usize| (FIRST + slot / PACKED, bits << (slot % PACKED * 2));
    for (place, bits) in [(first(one), bits), packed(second(one, two)), packed(slot)] {
        if let Some(place) = table.get_mut(place) {
            *place |= bits;
        }
    }
}

/// Marks in `table`, in which all parts are noted, the letters and digits that are passed over inside of words.
#[allow(dead_code, reason = "only the build writes")]
pub fn mark_idle(table: &mut [u8; SIZE]) {
    for byte in (0..=u8::MAX).filter(u8::is_ascii_alphanumeric) {
        if let Some(bits) = table.get_mut(first(byte)).filter(|bits| **bits & INNER == 0) {
            *bits |= IDLE;
        }
    }
}
