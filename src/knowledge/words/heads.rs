//! What the parts of phrases begin with, as bits of a table: a quick look that says no at most places of a text. Shared with the build, which
//! writes the table.

/// A part may begin here at the start of a word or in the middle of a script without words.
pub const OUTER: u8 = 1;
/// A part may begin here even in the middle of a word.
pub const INNER: u8 = 2;

/// So many bytes of ASCII may begin a part where no word begins, at most.
pub const AWAKE: usize = 5;

/// Tables of slots, by the hash of some first bytes: of parts of less than four bytes by two; of all others by four; and of these once more, by as
/// many as each has and the table asks for.
const PAIRS: usize = 0;
const FOURTH: usize = PAIRS + (1 << 13);
const FOURS: usize = FOURTH + (1 << 15);
const SIXES: usize = FOURS + (1 << 14);
const TENS: usize = SIXES + (1 << 16);
const SLOTS: usize = TENS + (1 << 16);

/// Slots of two bits in a byte.
const PACKED: usize = 4;
/// Bytes of the table.
pub const SIZE: usize = SLOTS / PACKED;

/// Whether `bit` is noted of the first bytes of `text`: of the first two, or of four and of as many as the table knows. Nearly always one look at two
/// slots says no: where words begin is asked so often that each branch before it would cost more than it spares.
#[inline]
pub fn has(table: &[u8; SIZE], text: &[u8], bit: u8) -> bool {
    let [one, two, ..] = *text else { return false };
    let short = of(table, pair(one, two));
    let Some(four) = hash_of_four(text) else { return short & bit != 0 };
    let fourth = of(table, fourth(four));
    (short | fourth) & bit != 0 && has_more(table, text, bit, four)
}

/// The same, where one of the two is noted. Called seldom, so it stands for itself.
#[inline(never)]
fn has_more(table: &[u8; SIZE], text: &[u8], bit: u8, four: u32) -> bool {
    let is_noted = |slot: usize| of(table, slot) & bit != 0;
    let is_short = || matches!(*text, [one, two, ..] if is_noted(pair(one, two)));
    is_short()
        || is_noted(FOURS + (four >> 18) as usize)
        || hash_of_six(text, four).is_some_and(|six| is_noted(SIXES + (six >> 16) as usize))
        || hash_of_ten(text, four).is_some_and(|ten| is_noted(TENS + (ten >> 16) as usize))
}

/// The bits of a slot, and what stands behind them.
#[inline]
fn of(table: &[u8; SIZE], slot: usize) -> u8 {
    table.get(slot / PACKED).map_or(0, |byte| byte >> (slot % PACKED * 2))
}

/// The slot of two bytes.
#[inline]
fn pair(first: u8, second: u8) -> usize {
    PAIRS + (usize::from(first) << 5 ^ usize::from(second)) % (1 << 13)
}

/// The slot of four bytes, by their hash.
#[inline]
fn fourth(four: u32) -> usize {
    FOURTH + (four >> 17) as usize
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
    let slots = match hash_of_four(text) {
        Some(four) => {
            let place = match (hash_of_six(text, four), hash_of_ten(text, four)) {
                (_, Some(ten)) => TENS + (ten >> 16) as usize,
                (Some(six), None) => SIXES + (six >> 16) as usize,
                (None, None) => FOURS + (four >> 18) as usize,
            };
            vec![fourth(four), place]
        }
        None => vec![pair(one, two)],
    };
    for slot in slots {
        if let Some(place) = table.get_mut(slot / PACKED) {
            *place |= bits << (slot % PACKED * 2);
        }
    }
}
