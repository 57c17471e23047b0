//! The records of the compiled tables, as bytes. Shared with the build, which writes them.

/// A piece of a phrase that is looked for. Most phrases have one; `…` and `*` inside a phrase part it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Number of the phrase.
    pub entry: u16,
    /// Place in its phrase, from 0.
    pub index: u8,
    /// What must be true around it.
    pub rules: u8,
}

/// A word must begin here.
pub const WORD_START: u8 = 1;
/// A word must end here.
pub const WORD_END: u8 = 2;
/// Up to six words may stand before it, behind the part before.
pub const AFTER_GAP: u8 = 4;
/// Only the rest of a word may stand before it, behind the part before.
pub const AFTER_REST: u8 = 8;
/// The phrase ends with it.
pub const LAST: u8 = 16;
/// A language without blanks: a gap is measured in bytes.
pub const UNSPACED: u8 = 32;

impl Part {
    /// Bytes of a part in the table.
    pub const SIZE: usize = 4;

    /// As it stands in the table.
    #[allow(dead_code, reason = "only the build writes")]
    pub fn to_bytes(self) -> [u8; Part::SIZE] {
        let [a, b] = self.entry.to_le_bytes();
        [a, b, self.index, self.rules]
    }

    /// Read back.
    pub fn from_bytes(bytes: [u8; Part::SIZE]) -> Part {
        let [a, b, index, rules] = bytes;
        Part { entry: u16::from_le_bytes([a, b]), index, rules }
    }
}
