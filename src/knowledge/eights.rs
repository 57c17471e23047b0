//! Text in steps of 64 bytes: what each byte is, as a bit, without a branch for any of them.

/// So many bytes are looked at together.
pub(crate) const STEP: usize = 64;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// The letters and digits of ASCII in `bytes`, a bit for each, the first one lowest; for bytes beyond ASCII any bit.
#[inline]
pub(crate) fn letters(bytes: &[u8; STEP]) -> u64 {
    bits(bytes, |low, _| within(low | (0x20 * ONES), b'a', b'z') | within(low, b'0', b'9'))
}

/// The apostrophes of ASCII in `bytes`, and all bytes beyond it.
#[inline]
pub(crate) fn apostrophes_and_beyond(bytes: &[u8; STEP]) -> u64 {
    bits(bytes, |low, eight| within(low, b'\'', b'\'') | eight)
}

/// The highest bits that `sort` sets; it is given eight bytes, once with seven bits of each, so that no sum reaches the next byte.
#[inline]
fn bits(bytes: &[u8; STEP], sort: impl Fn(u64, u64) -> u64) -> u64 {
    bytes.as_chunks::<8>().0.iter().enumerate().fold(0, |bits, (number, eight)| {
        let eight = u64::from_le_bytes(*eight);
        bits | (gathered(sort(eight & !HIGH, eight) & HIGH) << (number * 8))
    })
}

/// The highest bit of each byte of seven bits that lies in a range.
#[inline]
const fn within(low: u64, first: u8, last: u8) -> u64 {
    let from_first = low + (0x80 - first as u64) * ONES;
    let behind_last = low + (0x7F - last as u64) * ONES;
    from_first & !behind_last & HIGH
}

/// The highest bits of eight bytes, in one byte.
#[inline]
const fn gathered(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_bit_is_what_its_byte_is(bytes: [[u8; 32]; 2]) {
            let bytes: [u8; STEP] = std::array::from_fn(|at| bytes[at / 32][at % 32]);
            let (letters, others) = (letters(&bytes), apostrophes_and_beyond(&bytes));
            for (at, byte) in bytes.into_iter().enumerate() {
                prop_assert_eq!(others >> at & 1 == 1, !byte.is_ascii() || byte == b'\'');
                prop_assert!(!byte.is_ascii() || (letters >> at & 1 == 1) == byte.is_ascii_alphanumeric());
            }
        }
    }
}
