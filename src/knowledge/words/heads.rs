//! What the parts of phrases begin with, as bits of a table: a quick look that says no at most places of a text. Shared with the build, which
//! writes the table.

/// A part may begin here at the start of a word or in the middle of a script without words.
pub const OUTER: u8 = 1;
/// A part may begin here even in the middle of a word.
pub const INNER: u8 = 2;

/// A letter or digit of ASCII at which no part begins in the middle of a word.
pub const IDLE: u8 = 4;

const FIRST: usize = 256;

/// Tables of slots behind that, by the hash of some first bytes: of all parts, then of the parts that have so many and no more than the next table
/// asks for. The first two say no at most places.
const SECOND: usize = FIRST * PACKED;
const FOURTH: usize = SECOND + (1 << 13);
const PAIRS: usize = FOURTH + (1 << 14);
const FOURS: usize = PAIRS + (1 << 13);
const SIXES: usize = FOURS + (1 << 14);
const TENS: usize = SIXES + (1 << 16);
const SLOTS: usize = TENS + (1 << 16);

/// Slots of two bits in a byte.
const PACKED: usize = 4;
/// Bytes of the table.
pub const SIZE: usize = SLOTS / PACKED;

/// Where the bits of a first byte are.
pub fn first(byte: u8) -> usize {
    usize::from(byte)
}

/// Whether `bit` is noted of the first bytes of `text`: of the first two, of four, of as many as the table knows.
#[inline]
pub fn has(table: &[u8; SIZE], text: &[u8], bit: u8) -> bool {
    let [one, two, ..] = *text else { return false };
    table.get(first(one)).is_some_and(|bits| bits & bit != 0)
        && of(table, pair(SECOND, one, two)) & bit != 0
        && has_more(table, text, [one, two], bit)
}

/// The same, where it is noted of the first two. Called seldom, so it stands for itself.
fn has_more(table: &[u8; SIZE], text: &[u8], [one, two]: [u8; 2], bit: u8) -> bool {
    let is_noted = |slot: usize| of(table, slot) & bit != 0;
    if is_noted(pair(PAIRS, one, two)) {
        return true;
    }
    let Some(four) = hash_of_four(text) else { return false };
    is_noted(FOURTH + (four >> 18) as usize)
        && (is_noted(FOURS + (four >> 18) as usize)
            || hash_of_six(text, four).is_some_and(|six| is_noted(SIXES + (six >> 16) as usize))
            || hash_of_ten(text, four).is_some_and(|ten| is_noted(TENS + (ten >> 16) as usize)))
}

/// The bits of a slot, and what stands behind them.
#[inline]
fn of(table: &[u8; SIZE], slot: usize) -> u8 {
    table.get(slot / PACKED).map_or(0, |byte| byte >> (slot % PACKED * 2))
}

/// The slot of two bytes in a table of 8,192.
#[inline]
fn pair(table: usize, first: u8, second: u8) -> usize {
    table + (usize::from(first) << 5 ^ usize::from(second)) % (1 << 13)
}

#[inline]
fn hash_of_four(text: &[u8]) -> Option<u32> {
    text.first_chunk().map(|four| u32::from_le_bytes(*four).wrapping_mul(0x9E37_79B1))
}

/// `four` is the hash of the first ones.
#[inline]
fn hash_of_six(text: &[u8], four: u32) -> Option<u32> {
    let [.., e, f] = *text.first_chunk::<6>()?;
    Some((four ^ u32::from_le_bytes([e, f, e, f])).wrapping_mul(0x85EB_CA6B))
}

#[inline]
fn hash_of_ten(text: &[u8], four: u32) -> Option<u32> {
    let [.., e, f, g, h, i, j] = *text.first_chunk::<10>()?;
    let rest = u32::from_le_bytes([e, f, g, h]).wrapping_mul(0xC2B2_AE35) ^ u32::from_le_bytes([i, j, i, j]);
    Some((four ^ rest).wrapping_mul(0x85EB_CA6B))
}

/// Notes in `table` that a part begins with `text`, of at least two bytes.
#[allow(dead_code, reason = "only the build writes")]
pub fn note(table: &mut [u8; SIZE], text: &[u8], bits: u8) {
    let [one, two, ..] = *text else { return };
    let mut slots = vec![pair(SECOND, one, two)];
    if let Some(four) = hash_of_four(text) {
        let place = match (hash_of_six(text, four), hash_of_ten(text, four)) {
            (_, Some(ten)) => TENS + (ten >> 16) as usize,
            (Some(six), None) => SIXES + (six >> 16) as usize,
            (None, None) => FOURS + (four >> 18) as usize,
        };
        slots.extend([FOURTH + (four >> 18) as usize, place]);
    } else {
        slots.push(pair(PAIRS, one, two));
    }
    let places = slots.into_iter().map(|slot| (slot / PACKED, bits << (slot % PACKED * 2)));
    for (place, bits) in places.chain([(first(one), bits)]) {
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
