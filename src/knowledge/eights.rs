//! Text in steps of 64 bytes: what each byte is, as a bit, without a branch for any of them.

/// So many bytes are looked at together.
pub(crate) const STEP: usize = 64;

/// The bytes of a step. What is asked of them is answered by a bit for each byte, the first one lowest.
#[derive(Clone, Copy)]
pub(crate) struct Step<'b>(&'b [u8; STEP]);

impl<'b> Step<'b> {
    /// The next step of `text`; `None` if fewer bytes are left.
    #[inline]
    pub(crate) fn at(text: &'b [u8], at: usize) -> Option<Self> {
        text.get(at..)?.first_chunk().map(Self)
    }

    /// What is left of `text`, less than a step, with blanks behind it that are put into `room`.
    #[inline]
    pub(crate) fn rest(text: &[u8], at: usize, room: &'b mut [u8; STEP]) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        room.fill(b' ');
        if let Some(room) = room.get_mut(..rest.len()) {
            room.copy_from_slice(rest);
        }
        Self(room)
    }

    /// The letters and digits of ASCII.
    #[inline]
    pub(crate) fn letters(self) -> u64 {
        self.bits(|byte| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10))
    }

    /// The white space of ASCII, the vertical tab too.
    #[inline]
    pub(crate) fn blanks(self) -> u64 {
        self.bits(|byte| (byte.wrapping_sub(b'\t') < 5) | (byte == b' '))
    }

    /// The bytes beyond ASCII.
    #[inline]
    pub(crate) fn beyond(self) -> u64 {
        self.bits(|byte| byte >= 0x80)
    }

    /// The first bytes of characters beyond ASCII, and the bytes that are one of `bytes`.
    #[inline]
    pub(crate) fn leads_or<const N: usize>(self, bytes: &[u8; N]) -> u64 {
        self.bits(|byte| bytes.iter().fold(byte >= 0xC0, |is, other| is | (byte == *other)))
    }

    /// The bytes that are `byte`.
    #[inline]
    pub(crate) fn all(self, byte: u8) -> u64 {
        self.bits(|other| other == byte)
    }

    /// The capital letters of ASCII right behind small ones; `is_behind_small` says that of the first byte.
    #[inline]
    pub(crate) fn humps(self, is_behind_small: bool) -> u64 {
        let small = self.bits(|byte| byte.wrapping_sub(b'a') < 26);
        (small << 1 | u64::from(is_behind_small)) & self.bits(|byte| byte.wrapping_sub(b'A') < 26)
    }

    /// What is asked of it to count words.
    #[inline]
    pub(crate) fn sorts(self) -> Sorts {
        Sorts { letters: self.letters(), blanks: self.blanks(), beyond: self.beyond(), left: u64::BITS }
    }

    /// Written so that the compiler looks at sixteen bytes or more in one go.
    #[inline]
    fn bits(self, sort: impl Fn(u8) -> bool) -> u64 {
        let mut is = [0; STEP];
        for (is, byte) in is.iter_mut().zip(self.0) {
            *is = u8::from(sort(*byte));
        }
        let eights = is.as_chunks::<8>().0.iter().enumerate();
        eights.fold(0, |bits, (number, eight)| bits | gathered(u64::from_le_bytes(*eight)) << (number * 8))
    }
}

/// The lowest bits of eight bytes, in one byte.
#[inline]
const fn gathered(eight: u64) -> u64 {
    eight.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The letters, blanks, and bytes beyond ASCII of a step, or of what is left of it.
#[derive(Clone, Copy)]
pub(crate) struct Sorts {
    letters: u64,
    blanks: u64,
    beyond: u64,
    /// Bytes that are left.
    left: u32,
}

impl Sorts {
    /// How many bytes of ASCII it begins with.
    #[inline]
    pub(crate) fn ascii(self) -> u32 {
        self.beyond.trailing_zeros().min(self.left)
    }

    /// How many words end at a blank before byte `until`, and whether one goes on there; `in_word` says that one goes on at the first byte. A word
    /// is what has a letter or digit in it and no blank.
    #[inline]
    pub(crate) fn words(self, until: u32, in_word: bool) -> (usize, bool) {
        let asked = below(until);
        let (letters, blanks) = (self.letters & asked, self.blanks & asked);
        // to what lies between blanks, all ones, its letters are added: if there are any, the sum reaches the blank behind it, and no further
        let (sum, goes_on) = (asked & !blanks).overflowing_add(letters);
        let (sum, still_goes_on) = sum.overflowing_add(u64::from(in_word));
        let in_word = if until < u64::BITS { sum >> until & 1 == 1 } else { goes_on | still_goes_on };
        ((sum & blanks).count_ones() as usize, in_word)
    }

    /// What is left behind so many bytes; `None` if nothing is.
    #[inline]
    pub(crate) fn behind(self, bytes: u32) -> Option<Self> {
        let left = self.left.checked_sub(bytes).filter(|left| *left > 0)?;
        Some(Self { letters: self.letters >> bytes, blanks: self.blanks >> bytes, beyond: self.beyond >> bytes, left })
    }
}

/// The bits below `bit`.
#[inline]
pub(crate) fn below(bit: u32) -> u64 {
    1u64.checked_shl(bit).map_or(u64::MAX, |bit| bit - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_bit_is_what_its_byte_is(bytes: [[u8; 32]; 2]) {
            let bytes: [u8; STEP] = std::array::from_fn(|at| bytes[at / 32][at % 32]);
            let step = Step::at(&bytes, 0).expect("a whole step");
            let sorts =
                [step.letters(), step.blanks(), step.beyond(), step.leads_or(b"%\""), step.all(b'x'), step.humps(true)];
            for (at, byte) in bytes.into_iter().enumerate() {
                let is_behind_small = at == 0 || bytes[at - 1].is_ascii_lowercase();
                let expected = [
                    byte.is_ascii_alphanumeric(),
                    matches!(byte, b'\t'..=b'\r' | b' '),
                    !byte.is_ascii(),
                    byte >= 0xC0 || b"%\"".contains(&byte),
                    byte == b'x',
                    byte.is_ascii_uppercase() && is_behind_small,
                ];
                prop_assert_eq!(sorts.map(|bits| bits >> at & 1 == 1), expected, "{}", byte);
            }
        }
    }

    #[test]
    fn blanks_stand_behind_the_rest() {
        let mut room = [0; STEP];
        let step = Step::rest(b"a bc", 2, &mut room);
        assert_eq!((step.letters(), step.blanks()), (0b11, !0b11));
    }
}
