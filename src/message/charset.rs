//! Charsets: which one a label means, text out of bytes and back, and the map from the text to the bytes.

mod multi_byte;

use crate::source::OffsetMap;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;
use std::borrow::Cow;

/// A way to turn bytes into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// One that encoding_rs knows.
    Standard(&'static Encoding),
    /// Code page 850, which only mail-parser knows.
    Ibm850,
    /// RFC 2152, which only mail-parser knows.
    Utf7,
}

/// Text out of bytes.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// What it was decoded with.
    pub charset: Charset,
    /// Length of the byte order mark that was left out.
    pub mark: usize,
}

/// Decodes `bytes` that are labelled `label`. A byte order mark wins over the label. A label that is absent, unknown, or contradicted by the bytes is
/// replaced: by UTF-8 where they are valid UTF-8, else by windows-1252.
pub(crate) fn decode<'b>(bytes: &'b [u8], label: Option<&str>) -> Decoded<'b> {
    let labelled = label.and_then(Charset::labelled);
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && (encoding == UTF_8 || labelled.is_none_or(Charset::is_wide))
    {
        let charset = Charset::Standard(encoding);
        return Decoded { text: charset.decode(&bytes[mark..]).0, charset, mark };
    }
    let charset = labelled.filter(|charset| !is_contradicted(*charset, label, bytes)).unwrap_or_else(|| guess(bytes));
    Decoded { text: charset.decode(bytes).0, charset, mark: 0 }
}

fn is_contradicted(charset: Charset, label: Option<&str>, bytes: &[u8]) -> bool {
    if bytes.is_ascii() && !charset.is_wide() {
        return false;
    }
    if charset == Charset::Standard(UTF_8) {
        return !is_mostly_utf8(bytes);
    }
    let ascii = label.is_some_and(|label| label.to_ascii_lowercase().contains("ascii"));
    (ascii || charset.decode(bytes).1) && std::str::from_utf8(bytes).is_ok()
}

/// Whether more characters beyond ASCII are valid UTF-8 than are not: then the broken ones are accidents, not another charset.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut valid, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || valid > broken
}

fn guess(bytes: &[u8]) -> Charset {
    Charset::Standard(if is_mostly_utf8(bytes) { UTF_8 } else { WINDOWS_1252 })
}

impl Charset {
    /// UTF-8.
    pub const UTF_8: Self = Self::Standard(UTF_8);

    /// The charset that a label means, if anyone knows it (WHATWG Encoding §4.2, and what mail-parser knows beyond).
    pub fn labelled(label: &str) -> Option<Self> {
        let label = label.trim().trim_matches(['"', '\'', ';']).to_ascii_lowercase();
        if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes())
            .or_else(|| Encoding::for_label_no_replacement(label.replace('_', "-").as_bytes()))
        {
            return Some(Self::Standard(encoding));
        }
        match label.as_str() {
            "850" | "cp850" | "ibm850" | "cspc850multilingual" => Some(Self::Ibm850),
            "utf-7" | "utf7" | "csutf7" | "unicode-1-1-utf-7" => Some(Self::Utf7),
            "cp936" | "ms936" | "windows-936" => Some(Self::Standard(encoding_rs::GBK)),
            _ => None,
        }
    }

    /// The name for reports; `None` for UTF-8, which needs no words.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Standard(encoding) => (encoding != UTF_8).then(|| encoding.name()),
            Self::Ibm850 => Some("IBM850"),
            Self::Utf7 => Some("UTF-7"),
        }
    }

    /// Whether ASCII text is the same bytes in it wherever it stands.
    pub fn holds_ascii(self) -> bool {
        match self {
            Self::Standard(encoding) => encoding.is_ascii_compatible(),
            Self::Ibm850 => true,
            Self::Utf7 => false,
        }
    }

    /// Whether each byte is a character.
    pub fn is_single_byte(self) -> bool {
        match self {
            Self::Standard(encoding) => encoding.is_single_byte(),
            Self::Ibm850 => true,
            Self::Utf7 => false,
        }
    }

    /// Whether what a byte means depends on escape sequences before it.
    pub fn is_stateful(self) -> bool {
        self == Self::Standard(ISO_2022_JP) || self == Self::Utf7
    }

    /// Whether characters are made of units of two bytes.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Standard(encoding) if encoding == UTF_16LE || encoding == UTF_16BE)
    }

    /// The text, and whether some bytes were no code of it.
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self {
            Self::Standard(encoding) => encoding.decode_without_bom_handling(bytes),
            Self::Ibm850 | Self::Utf7 => (Cow::Owned(self.decode_rare(bytes)), false),
        }
    }

    fn decode_rare(self, bytes: &[u8]) -> String {
        let label: &[u8] = if self == Self::Ibm850 { b"ibm850" } else { b"utf-7" };
        match charset_decoder(label) {
            Some(decoder) if self == Self::Ibm850 => decoder(bytes),
            Some(decoder) => utf7_pieces(bytes).map(|piece| utf7_text(decoder, piece)).collect(),
            None => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// `text` as bytes; `None` where it can't be written so that it is read back the same.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::Standard(encoding) if encoding == UTF_16LE => {
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
            Self::Standard(encoding) if encoding == UTF_16BE => {
                text.encode_utf16().flat_map(u16::to_be_bytes).collect()
            }
            Self::Standard(encoding) => encoding.encode(text).0.into_owned(),
            Self::Ibm850 => text.chars().map(|character| self.byte_of(character)).collect::<Option<_>>()?,
            Self::Utf7 => return None,
        };
        let (back, broken) = self.decode(&bytes);
        (!broken && back == text).then_some(bytes)
    }

    fn byte_of(self, character: char) -> Option<u8> {
        (0..=255u8).find(|&byte| self.decode_rare(&[byte]).chars().eq([character]))
    }

    /// The way from the text of `bytes` to them; `None` where they are the same.
    pub fn map(self, bytes: &[u8]) -> Option<OffsetMap> {
        if bytes.is_ascii() && self.holds_ascii() && !self.is_stateful() {
            return None;
        }
        let mut map = OffsetMap::default();
        match self {
            Self::Standard(encoding) if encoding == UTF_8 => {
                if std::str::from_utf8(bytes).is_ok() {
                    return None;
                }
                map_utf8(bytes, &mut map);
            }
            Self::Standard(encoding) if encoding.is_single_byte() => self.map_single_bytes(bytes, &mut map),
            Self::Ibm850 => self.map_single_bytes(bytes, &mut map),
            Self::Standard(encoding) if encoding == UTF_16LE => map_utf16(bytes, u16::from_le_bytes, &mut map),
            Self::Standard(encoding) if encoding == UTF_16BE => map_utf16(bytes, u16::from_be_bytes, &mut map),
            Self::Standard(encoding) => map = multi_byte::map(encoding, bytes),
            Self::Utf7 => map_utf7(bytes, &mut map),
        }
        Some(map)
    }

    fn map_single_bytes(self, bytes: &[u8], map: &mut OffsetMap) {
        let all: Vec<u8> = (0..=255).collect();
        let lengths: Vec<usize> = self.decode(&all).0.chars().map(char::len_utf8).collect();
        let mut at = 0;
        while let Some((&first, _)) = bytes.get(at..).and_then(<[u8]>::split_first) {
            let plain = Encoding::ascii_valid_up_to(&bytes[at..]);
            let units = plain.max(1);
            map.push_units(units, if plain > 0 { 1 } else { lengths[usize::from(first)] }, at, 1);
            at += units;
        }
    }
}

fn map_utf8(bytes: &[u8], map: &mut OffsetMap) {
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        map.push_units(chunk.valid().len(), 1, at, 1);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            map.push(char::REPLACEMENT_CHARACTER.len_utf8(), at..at + chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
}

/// Unit by unit: a pair of surrogates is one character, half of one stands for itself (WHATWG Encoding §14.2). A decoder would tell of half a pair
/// when it has read what follows.
fn map_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, map: &mut OffsetMap) {
    let broken = char::REPLACEMENT_CHARACTER.len_utf8();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let units = rest.as_chunks().0;
        let two = units.iter().take(2).map(|bytes| unit(*bytes));
        let (decoded, encoded) = match char::decode_utf16(two).next() {
            Some(Ok(character)) => (character.len_utf8(), 2 * character.len_utf16()),
            // at the end the first half of a pair and half a unit are one error
            Some(Err(half)) if rest.len() == 3 && half.unpaired_surrogate() < 0xDC00 => (broken, 3),
            Some(Err(_)) => (broken, 2),
            None => (broken, 1),
        };
        map.push(decoded, at..at + encoded);
        at += encoded;
    }
}

/// Plain stretches and `+…-` blocks of UTF-7.
fn utf7_pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let length = match rest.first()? {
            b'+' => {
                match rest[1..].iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'/')) {
                    Some(end) if rest[1 + end] == b'-' => end + 2,
                    Some(end) => end + 1,
                    None => rest.len(),
                }
            }
            _ => memchr::memchr(b'+', rest).unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some(piece)
    })
}

fn utf7_text(decoder: fn(&[u8]) -> String, piece: &[u8]) -> String {
    match piece {
        b"+-" => "+".to_owned(),
        [b'+', block @ .., b'-'] | [b'+', block @ ..] => decoder(&[b"+", block, b"-"].concat()),
        _ => String::from_utf8_lossy(piece).into_owned(),
    }
}

fn map_utf7(bytes: &[u8], map: &mut OffsetMap) {
    let mut at = 0;
    for piece in utf7_pieces(bytes) {
        if piece.starts_with(b"+") || !piece.is_ascii() {
            map.push(Charset::Utf7.decode_rare(piece).len(), at..at + piece.len());
        } else {
            map.push_units(piece.len(), 1, at, 1);
        }
        at += piece.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: &[u8], label: Option<&str>) -> String {
        decode(bytes, label).text.into_owned()
    }

    #[test]
    fn labels_mean_what_mail_clients_take_them_for() {
        assert_eq!(text(b"\x80", Some("iso-8859-1")), "€");
        assert_eq!(text(b"\x80", Some("us-ascii")), "€");
        assert_eq!(text(b"\x84", Some("cp850")), "ä");
        assert_eq!(text(b"Hi Mom -+Jjo--!", Some("utf-7")), "Hi Mom -☺-!");
        assert_eq!(text(b"\xcf\xf0", Some(" \"Windows-1251\";")), "Пр");
    }

    #[test]
    fn a_wrong_label_gives_way_to_the_bytes() {
        assert_eq!(text("café".as_bytes(), Some("no-such-charset")), "café");
        assert_eq!(text(b"caf\xe9", Some("no-such-charset")), "café");
        assert_eq!(text("café".as_bytes(), Some("us-ascii")), "café");
        assert_eq!(text(b"caf\xe9", Some("utf-8")), "café");
        assert_eq!(text(b"caf\xe9", None), "café");
        assert_eq!(text("日本".as_bytes(), Some("iso-2022-jp")), "日本");
    }

    #[test]
    fn one_broken_character_does_not_spoil_utf8() {
        assert_eq!(text(b"\xc3\xa9t\xc3\xa9 \xe9t", Some("utf-8")), "été \u{fffd}t");
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let decoded = decode(b"\xef\xbb\xbfa", Some("iso-8859-1"));
        assert_eq!((decoded.text.as_ref(), decoded.mark), ("a", 3));
        assert_eq!(text(b"\xfe\xff\0a", Some("utf-16")), "a");
    }

    #[test]
    fn a_shifted_stretch_is_one_unit() {
        let bytes = b"a\x1b$B%O%m\x1b(Bb";
        let map = Charset::Standard(ISO_2022_JP).map(bytes).unwrap_or_default();
        assert_eq!((map.encoded(0..1), map.encoded(4..7), map.encoded(7..8)), (0..1, 1..11, 11..12));
    }

    #[test]
    fn what_a_charset_can_not_write_is_not_written() {
        assert_eq!(Charset::labelled("windows-1252").and_then(|charset| charset.encode("п")), None);
        assert_eq!(Charset::labelled("cp850").and_then(|charset| charset.encode("ä")), Some(vec![0x84]));
    }

    const LABELS: &[&str] = &[
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "windows-1258",
        "koi8-r",
        "macintosh",
        "shift_jis",
        "gb18030",
        "gbk",
        "big5",
        "euc-jp",
        "euc-kr",
        "iso-2022-jp",
        "cp850",
        "utf-7",
        "x-user-defined",
    ];

    proptest! {
        #[test]
        fn the_map_covers_all_of_the_text(label in proptest::sample::select(LABELS), bytes: Vec<u8>) {
            let charset = Charset::labelled(label).unwrap_or(Charset::UTF_8);
            let text = charset.decode(&bytes).0;
            if let Some(map) = charset.map(&bytes) {
                prop_assert_eq!(map.decoded_len(), text.len());
                prop_assert!(map.encoded(0..text.len()).end <= bytes.len());
            } else {
                prop_assert_eq!(text.as_bytes(), &bytes[..]);
            }
        }
    }
}
