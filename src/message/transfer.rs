//! Content-Transfer-Encoding undone and done (RFC 2045 §6), with the map from the decoded bytes to the encoded ones.
//!
//! Decoding never fails: what is no code stands for itself (quoted-printable) or for nothing (base64), as mail clients take it.

use super::TransferEncoding;
use crate::source::OffsetMap;
use std::borrow::Cow;
use std::ops::Range;

/// Longest line of an encoded body, without its line end (RFC 2045 §6.7 and §6.8).
pub(crate) const LINE: usize = 76;

impl TransferEncoding {
    /// The encoding called `name` in a Content-Transfer-Encoding field; blanks, comments and a stray `;` around it do not count.
    pub(crate) fn named(field_body: &str) -> Self {
        let word = without_comments(field_body);
        let word = word.split(';').next().unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || c == '"');
        if word.eq_ignore_ascii_case("base64") {
            Self::Base64
        } else if word.eq_ignore_ascii_case("quoted-printable") {
            Self::QuotedPrintable
        } else {
            Self::Identity
        }
    }

    /// The word for reports; `None` for identity.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::QuotedPrintable => Some("quoted-printable"),
            Self::Base64 => Some("base64"),
        }
    }

    /// The decoded bytes.
    pub(crate) fn decode(self, encoded: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Identity => Cow::Borrowed(encoded),
            Self::QuotedPrintable => Cow::Owned(quoted_printable(encoded, None)),
            Self::Base64 => Cow::Owned(base64(encoded, None)),
        }
    }

    /// The way from the decoded bytes to the encoded ones; `None` where they are the same.
    pub(crate) fn map(self, encoded: &[u8]) -> Option<OffsetMap> {
        let mut map = OffsetMap::default();
        let mut output = Output { bytes: None, map: Some(&mut map) };
        match self {
            Self::Identity => return None,
            Self::QuotedPrintable => read_quoted_printable(encoded, &mut output),
            Self::Base64 => read_base64(encoded, &mut output),
        }
        Some(map)
    }

    /// Both in one: where the charset needs a map, too, it needs the decoded bytes.
    pub(crate) fn decode_and_map(self, encoded: &[u8]) -> (Cow<'_, [u8]>, Option<OffsetMap>) {
        let mut map = OffsetMap::default();
        let decoded = match self {
            Self::Identity => return (Cow::Borrowed(encoded), None),
            Self::QuotedPrintable => quoted_printable(encoded, Some(&mut map)),
            Self::Base64 => base64(encoded, Some(&mut map)),
        };
        (Cow::Owned(decoded), Some(map))
    }
}

/// A field body without its comments (RFC 5322 §3.2.2).
pub(crate) fn without_comments(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    kept
}

/// Groups of base64 that are decoded before they are written: a line mostly has 19.
const BATCH: usize = 19;

/// Decoded bytes and their map, each where it is asked for.
struct Output<'m> {
    bytes: Option<Vec<u8>>,
    map: Option<&'m mut OffsetMap>,
}

impl Output<'_> {
    fn copy(&mut self, encoded: &[u8], range: Range<usize>) {
        if let Some(map) = &mut self.map {
            map.push_units(range.len(), 1, range.start, 1);
        }
        self.write(&encoded[range]);
    }

    fn write(&mut self, decoded: &[u8]) {
        if let Some(bytes) = &mut self.bytes {
            bytes.extend_from_slice(decoded);
        }
    }

    /// Decodes the whole groups of base64 that follow one another from `start` on, up to the end of a line, and tells how many bytes they are: nearly all
    /// of a part, at a fraction of what each digit for itself costs.
    fn groups(&mut self, encoded: &[u8], start: usize) -> usize {
        let rest = encoded.get(start..).unwrap_or_default();
        let units = match &mut self.bytes {
            Some(bytes) => decode_groups(rest, bytes),
            None => base64_digits(rest) / 4,
        };
        if let Some(map) = &mut self.map {
            map.push_units(units, 3, start, 4);
        }
        units * 4
    }

    fn unit(&mut self, bytes: &[u8], range: Range<usize>) {
        if let Some(map) = &mut self.map {
            map.push(bytes.len(), range);
        }
        self.write(bytes);
    }
}

/// Decodes the whole groups of base64 that `encoded` begins with behind `bytes`, and tells how many they are.
fn decode_groups(encoded: &[u8], bytes: &mut Vec<u8>) -> usize {
    let (groups, _) = encoded.as_chunks::<4>();
    let mut units = 0;
    for batch in groups.chunks(BATCH) {
        let mut decoded = [[0; 3]; BATCH];
        let mut whole = 0;
        for (three, group) in decoded.iter_mut().zip(batch) {
            let bits = |at: usize| PLACED[at][usize::from(group[at])];
            let bits = bits(0) | bits(1) | bits(2) | bits(3);
            if bits >= NO_DIGIT {
                break;
            }
            let [a, b, c, _] = bits.to_le_bytes();
            *three = [a, b, c];
            whole += 1;
        }
        bytes.extend_from_slice(decoded.as_flattened().get(..whole * 3).unwrap_or_default());
        units += whole;
        if whole < batch.len() {
            break;
        }
    }
    units
}

/// Undoes quoted-printable (RFC 2045 §6.7): escapes, soft line breaks, blanks before a line end dropped.
pub(crate) fn quoted_printable(encoded: &[u8], map: Option<&mut OffsetMap>) -> Vec<u8> {
    decoded(encoded.len(), map, |output| read_quoted_printable(encoded, output))
}

/// What `read` puts out, about `length` bytes.
fn decoded<'m>(length: usize, map: Option<&'m mut OffsetMap>, read: impl FnOnce(&mut Output<'m>)) -> Vec<u8> {
    let mut output = Output { bytes: Some(Vec::with_capacity(length)), map };
    read(&mut output);
    output.bytes.unwrap_or_default()
}

fn read_quoted_printable(encoded: &[u8], output: &mut Output<'_>) {
    let mut start = 0;
    while start < encoded.len() {
        let feed = memchr::memchr(b'\n', &encoded[start..]).map_or(encoded.len(), |at| start + at);
        let mut end = feed;
        if feed < encoded.len() && end > start && encoded[end - 1] == b'\r' {
            end -= 1;
        }
        let mut content_end = end;
        while content_end > start && matches!(encoded[content_end - 1], b' ' | b'\t') {
            content_end -= 1;
        }
        let soft = content_end > start && encoded[content_end - 1] == b'=';
        escapes(encoded, start..content_end - usize::from(soft), b'=', output);
        let next = (feed + 1).min(encoded.len());
        if !soft {
            output.copy(encoded, end..next);
        }
        start = next;
    }
}

/// Undoes the `Q` encoding of encoded words (RFC 2047 §4.2).
pub(crate) fn q_word(encoded: &[u8], map: Option<&mut OffsetMap>) -> Vec<u8> {
    decoded(encoded.len(), map, |output| {
        let mut start = 0;
        for at in memchr::memchr_iter(b'_', encoded) {
            escapes(encoded, start..at, b'=', output);
            output.unit(b" ", at..at + 1);
            start = at + 1;
        }
        escapes(encoded, start..encoded.len(), b'=', output);
    })
}

fn escapes(encoded: &[u8], range: Range<usize>, mark: u8, output: &mut Output<'_>) {
    let mut start = range.start;
    let mut at = start;
    while let Some(found) = memchr::memchr(mark, &encoded[at..range.end]).map(|offset| at + offset) {
        let code = encoded[found + 1..range.end.min(found + 3)]
            .iter()
            .try_fold(0u8, |value, &digit| (digit as char).to_digit(16).map(|digit| (value << 4) | digit as u8));
        at = found + 1;
        if let (Some(byte), true) = (code, found + 3 <= range.end) {
            output.copy(encoded, start..found);
            output.unit(&[byte], found..found + 3);
            start = found + 3;
            at = start;
        }
    }
    output.copy(encoded, start..range.end);
}

/// Undoes base64 (RFC 2045 §6.8): bytes outside of its alphabet are skipped, a tail without padding counts. Behind padding it reads on only where the
/// next line is base64 again, so that a footer which a mailing list appended is not taken for content.
pub(crate) fn base64(encoded: &[u8], map: Option<&mut OffsetMap>) -> Vec<u8> {
    decoded(encoded.len() / 4 * 3, map, |output| read_base64(encoded, output))
}

fn read_base64(encoded: &[u8], output: &mut Output<'_>) {
    let (mut bits, mut digits, mut group_start) = (0u32, 0usize, 0usize);
    let mut last = 0;
    let mut at = 0;
    while let Some(&byte) = encoded.get(at) {
        if digits == 0 {
            let plain = output.groups(encoded, at);
            at += plain;
            if plain > 0 {
                continue;
            }
        }
        at += 1;
        if let Some(value) = DIGITS[byte as usize] {
            if digits == 0 {
                group_start = at - 1;
            }
            bits = (bits << 6) | u32::from(value);
            digits += 1;
            last = at;
            if digits == 4 {
                output.unit(&bits.to_be_bytes()[1..], group_start..at);
                (bits, digits) = (0, 0);
            }
        } else if byte == b'=' && digits >= 2 {
            at += padding_len(&encoded[at..]);
            tail(bits, digits, group_start..at, output);
            (bits, digits) = (0, 0);
            if !goes_on(&encoded[at..]) {
                break;
            }
        }
    }
    tail(bits, digits, group_start..last, output);
}

fn tail(bits: u32, digits: usize, range: Range<usize>, output: &mut Output<'_>) {
    match digits {
        2 => output.unit(&[(bits >> 4) as u8], range),
        3 => output.unit(&[(bits >> 10) as u8, (bits >> 2) as u8], range),
        _ => {}
    }
}

/// Length of the padding that goes on at the start of `rest`, over line ends if need be.
fn padding_len(rest: &[u8]) -> usize {
    let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let pads = rest[blanks..].iter().take_while(|&&byte| byte == b'=').count();
    if pads > 0 { blanks + pads } else { 0 }
}

fn goes_on(rest: &[u8]) -> bool {
    if !rest.first().is_some_and(u8::is_ascii_whitespace) {
        return false;
    }
    let line = rest.trim_ascii_start();
    let line = memchr::memchr2(b'\r', b'\n', line).map_or(line, |end| &line[..end]).trim_ascii_end();
    line.len() >= 4 && line.len().is_multiple_of(4) && line.iter().all(|&byte| is_base64_digit(byte) || byte == b'=')
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Whether `byte` is a digit of base64.
#[inline]
pub(crate) fn is_base64_digit(byte: u8) -> bool {
    DIGITS[usize::from(byte)].is_some()
}

/// What each byte adds to its group, as the first, second, third or fourth of it: the three bytes of the group are the lower three of the sum.
static PLACED: [[u32; 256]; 4] = {
    let mut placed = [[NO_DIGIT; 256]; 4];
    let mut place = 0;
    while place < 4 {
        let mut value = 0;
        while value < ALPHABET.len() {
            let [_, a, b, c] = ((value as u32) << (18 - 6 * place)).to_be_bytes();
            placed[place][ALPHABET[value] as usize] = u32::from_le_bytes([a, b, c, 0]);
            value += 1;
        }
        place += 1;
    }
    placed
};

/// What a byte adds that is no digit: more than any digits do.
const NO_DIGIT: u32 = 1 << 24;

static DIGITS: [Option<u8>; 256] = {
    let mut digits = [None; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        digits[ALPHABET[value] as usize] = Some(value as u8);
        value += 1;
    }
    digits
};

/// How many digits of base64 `text` begins with: nearly all of a line, so many of them are looked at together.
pub(crate) fn base64_digits(text: &[u8]) -> usize {
    // without a branch for any of them, so that the compiler looks at sixteen or more in one go
    let are_digits = |many: &&[u8; 32]| {
        let is_digit =
            |byte: u8| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'/') < 11) | (byte == b'+');
        many.iter().fold(0, |others, byte| others | u8::from(!is_digit(*byte))) == 0
    };
    let is_group = |[a, b, c, d]: &&[u8; 4]| {
        let bits = |place: usize, byte: u8| PLACED[place][usize::from(byte)];
        bits(0, *a) | bits(1, *b) | bits(2, *c) | bits(3, *d) < NO_DIGIT
    };
    let (many, _) = text.as_chunks();
    let at = 32 * many.iter().take_while(are_digits).count();
    let (groups, _) = text.get(at..).unwrap_or_default().as_chunks();
    let at = at + 4 * groups.iter().take_while(is_group).count();
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_base64_digit(**byte)).count()
}

/// Whether something in `encoded` would be read as base64 if nothing ended it before.
pub(crate) fn has_digits(encoded: &[u8]) -> bool {
    encoded.iter().any(|&byte| is_base64_digit(byte))
}

/// Whether a line of quoted-printable ends otherwise than by a soft line break.
pub(crate) fn has_hard_line_end(encoded: &[u8]) -> bool {
    memchr::memchr2_iter(b'\r', b'\n', encoded).any(|at| {
        let before = encoded.get(..at).unwrap_or_default();
        let before =
            if encoded.get(at) == Some(&b'\n') { before.strip_suffix(b"\r").unwrap_or(before) } else { before };
        !before.ends_with(b"=")
    })
}

/// Whether base64 is written as it should be: digits in lines, and padding at the end alone.
pub(crate) fn is_whole_groups(encoded: &[u8]) -> bool {
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let padding = encoded.iter().rev().take_while(|byte| **byte == b'=' || is_blank(**byte)).count();
    let mut rest = encoded.get(..encoded.len() - padding).unwrap_or_default();
    loop {
        rest = rest.get(base64_digits(rest)..).unwrap_or_default();
        match rest.split_first() {
            None => return true,
            Some((byte, behind)) if is_blank(*byte) => rest = behind,
            Some(_) => return false,
        }
    }
}

/// The base64 of `bytes`, padded, without line breaks.
pub(crate) fn to_base64(bytes: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for digit in 0..4 {
            encoded.push(if digit <= group.len() { ALPHABET[(bits >> (18 - 6 * digit)) as usize & 63] } else { b'=' });
        }
    }
    encoded
}

/// `=XX`.
pub(crate) fn escape(byte: u8) -> [u8; 3] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    [b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_read_as_clients_read_it() {
        for (encoded, decoded) in [
            ("a=3Db", "a=b"),
            ("caf=c3=A9", "café"),
            ("soft=\r\nbreak", "softbreak"),
            ("soft= \t\nbreak", "softbreak"),
            ("<b>foo=", "<b>foo"),
            ("=", ""),
            ("a==b", "a==b"),
            ("a=G1", "a=G1"),
            ("a=4", "a=4"),
            ("blank \t\r\nline ", "blank\r\nline"),
            ("", ""),
        ] {
            assert_eq!(quoted_printable(encoded.as_bytes(), None), decoded.as_bytes(), "{encoded:?}");
        }
    }

    #[test]
    fn base64_is_read_as_clients_read_it() {
        for (encoded, decoded) in [
            ("aGVsbG8=", "hello"),
            ("aGVsbG8", "hello"),
            ("aGVs\r\nbG8=\r\n", "hello"),
            ("aGV\r\nsbG8=", "hello"),
            ("aGVsbG8=\r\n____________\r\nTo unsubscribe, write to us", "hello"),
            ("aGVsbG8=\r\naGVsbG8=\r\n", "hellohello"),
            ("a", ""),
            ("====", ""),
            ("", ""),
        ] {
            assert_eq!(base64(encoded.as_bytes(), None), decoded.as_bytes(), "{encoded:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whole_groups_are_what_their_digits_are(
            pieces in proptest::collection::vec(proptest::sample::select(vec!["aGVs", "QU", "J", "/+9", "\r\n", "\n", " ", "é"]), 0..24),
        ) {
            let text = pieces.concat();
            // a mark that is no digit behind each keeps groups from being read whole
            let apart: String = text.chars().flat_map(|digit| [digit, '!']).collect();
            let (mut map, mut slow) = (OffsetMap::default(), OffsetMap::default());
            let bytes = base64(text.as_bytes(), Some(&mut map));
            proptest::prop_assert_eq!(&bytes, &base64(apart.as_bytes(), Some(&mut slow)));
            proptest::prop_assert_eq!((map.decoded_len(), slow.decoded_len()), (bytes.len(), bytes.len()));
            // each unit is of four digits, or of what is left at the end
            let digits = |range: Range<usize>| text[range].bytes().filter(|byte| DIGITS[usize::from(*byte)].is_some()).count();
            let counts: Vec<usize> = map.units().map(|unit| digits(unit.encoded)).collect();
            proptest::prop_assert!(counts.iter().rev().skip(1).all(|count| *count == 4), "{:?}", counts);
            proptest::prop_assert_eq!(map.units().count(), slow.units().count());
        }
    }

    proptest::proptest! {
        #[test]
        fn a_map_is_the_same_with_and_without_the_bytes(
            pieces in proptest::collection::vec(proptest::sample::select(vec!["aGVs", "QU", "=3D", "=", "=\r\n", "\r\n", "\n", " ", "é", "=="]), 0..40),
        ) {
            let text = pieces.concat();
            for encoding in [TransferEncoding::Base64, TransferEncoding::QuotedPrintable] {
                let (bytes, map) = encoding.decode_and_map(text.as_bytes());
                proptest::prop_assert_eq!(encoding.map(text.as_bytes()), map);
                proptest::prop_assert_eq!(encoding.decode(text.as_bytes()), bytes);
            }
        }
    }

    #[test]
    fn digits_are_counted_up_to_the_first_other_byte() {
        let line: String = ALPHABET.iter().cycle().take(200).map(|byte| char::from(*byte)).collect();
        for length in 0..line.len() {
            for other in ["", "\r\n", "=", "-", "."] {
                assert_eq!(base64_digits(format!("{}{other}", &line[..length]).as_bytes()), length, "{other}");
            }
        }
    }

    #[test]
    fn the_map_leads_to_the_escape_and_to_the_group() {
        let map = TransferEncoding::QuotedPrintable.map(b"a=3Db=\nc").unwrap_or_default();
        assert_eq!((map.encoded(1..2), map.encoded(2..4)), (1..4, 4..8));
        let map = TransferEncoding::Base64.map(b"aGVs\nbG8=").unwrap_or_default();
        assert_eq!((map.encoded(0..1), map.encoded(4..5)), (0..4, 5..9));
    }

    #[test]
    fn an_encoding_is_known_with_comments_and_semicolons() {
        for field_body in [" base64;", "BASE64", "(x) base64 (y (z))", "base64; charset=x", "\"base64\""] {
            assert_eq!(TransferEncoding::named(field_body), TransferEncoding::Base64, "{field_body:?}");
        }
        assert_eq!(TransferEncoding::named("x-uuencode"), TransferEncoding::Identity);
    }
}
