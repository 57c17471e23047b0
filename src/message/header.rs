//! The header of a message or part: its fields (RFC 5322 §2.2), where they stand, and their decoded values.

use super::charset::{self, Charset};
use super::encoded_word::EncodedWord;
use crate::source::OffsetMap;
use std::ops::Range;

/// One field of a header block; ranges are offsets in the bytes that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub name: Range<usize>,
    /// All lines behind the colon, without the final line end.
    pub body: Range<usize>,
}

/// A header block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub fields: Vec<Field>,
    /// Where a further field would be inserted: behind the line end of the last one.
    pub end: usize,
    /// First byte of the body.
    pub body: usize,
    /// It was longer than what is read; the fields beyond are left out.
    pub cut: bool,
}

/// Reads the header block at the start of `range`. It ends at an empty line, at the end of the range, or before a line that neither is a field nor has
/// one behind it (someone forgot the empty line). Of a block of more than `longest` bytes the first fields are read.
pub(crate) fn read_block(bytes: &[u8], range: Range<usize>, longest: usize) -> Block {
    let bytes = &bytes[..range.end];
    let mut block = Block { fields: Vec::new(), end: range.start, body: range.end, cut: false };
    let lines = Lines::new(bytes, range.start);
    let mut at = range.start;
    let mut continues = false;
    while at < bytes.len() {
        let line = lines.at(at);
        if line.content.is_empty() {
            block.body = line.next;
            break;
        }
        if continues && matches!(bytes[at], b' ' | b'\t') {
            if let Some(field) = block.fields.last_mut().filter(|_| !block.cut) {
                field.body.end = line.content.end;
            }
            block.end = line.next;
        } else if let Some(name) = field_name(bytes, &line.content) {
            continues = true;
            block.cut |= line.next - range.start > longest;
            if !block.cut {
                block.fields.push(Field { body: line.content.start + name.1..line.content.end, name: name.0 });
            }
            block.end = line.next;
        } else if is_field(&lines, line.next) {
            continues = false;
        } else {
            block.body = at;
            break;
        }
        at = line.next;
    }
    if let Some(last) = block.fields.last_mut()
        && last.body.end - range.start > longest.saturating_mul(2)
    {
        last.body.end = last.body.start.max(range.start + longest);
        block.cut = true;
    }
    block
}

/// A line: its content without the line end, and where the next begins.
struct Line {
    content: Range<usize>,
    next: usize,
}

/// Lines end at LF or CRLF, or at CR in text that has no LF.
struct Lines<'b> {
    bytes: &'b [u8],
    end: u8,
}

impl<'b> Lines<'b> {
    fn new(bytes: &'b [u8], start: usize) -> Self {
        let has_feed = memchr::memchr(b'\n', &bytes[start..]).is_some();
        Self { bytes, end: if has_feed { b'\n' } else { b'\r' } }
    }

    fn at(&self, start: usize) -> Line {
        let end = memchr::memchr(self.end, &self.bytes[start..]).map_or(self.bytes.len(), |at| start + at);
        let mut content_end = end;
        while content_end > start && self.bytes[content_end - 1] == b'\r' {
            content_end -= 1;
        }
        Line { content: start..content_end, next: (end + 1).min(self.bytes.len()) }
    }
}

/// The name of the field that a line begins, and the length up to and with its colon. Blanks before the colon are an old habit (RFC 5322 §4.5).
fn field_name(bytes: &[u8], line: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let text = &bytes[line.clone()];
    let colon = memchr::memchr(b':', &text[..text.len().min(1000)])?;
    let name = text[..colon].trim_ascii_end();
    let is_name = !name.is_empty()
        && name.iter().all(|&byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'{'));
    is_name.then(|| (line.start..line.start + name.len(), colon + 1))
}

fn is_field(lines: &Lines<'_>, at: usize) -> bool {
    at < lines.bytes.len() && field_name(lines.bytes, &lines.at(at).content).is_some()
}

/// The decoded value of a field body.
#[derive(Debug, Default)]
pub(crate) struct Value {
    /// Unfolded, encoded words decoded, blanks at both ends trimmed.
    pub text: String,
    /// From the text to the raw field body.
    pub map: OffsetMap,
    /// What of the text was written as encoded words.
    pub words: Vec<Range<usize>>,
    /// The charset that was undone.
    pub charset: Option<Charset>,
}

/// Decodes a raw field body (RFC 5322 §2.2.3, RFC 2047). Blanks between two encoded words do not count (RFC 2047 §6.2). Raw bytes beyond ASCII are
/// UTF-8 if they are valid, else windows-1252.
pub(crate) fn decode_value(raw: &[u8]) -> Value {
    let mut writer = Writer::new(raw);
    let mut plain_start = 0;
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&raw[at..], b"=?").map(|offset| at + offset) {
        let Some(word) = EncodedWord::at(raw, found) else {
            at = found + 2;
            continue;
        };
        writer.plain(plain_start..found);
        at = word.range.end;
        plain_start = at;
        writer.word(word);
    }
    writer.plain(plain_start..raw.len());
    writer.finish()
}

/// What stands in the text, piece by piece: length in the text and range in the raw field body.
struct Piece {
    text: Range<usize>,
    raw: Range<usize>,
    encoded: bool,
}

struct Writer<'r> {
    raw: &'r [u8],
    eight_bit: Charset,
    text: String,
    pieces: Vec<Piece>,
    /// Encoded words that follow one another in one charset: a character may be split between them.
    words: Vec<EncodedWord>,
    /// Blanks behind the last encoded word.
    gap: Range<usize>,
    charset: Option<Charset>,
}

impl<'r> Writer<'r> {
    fn new(raw: &'r [u8]) -> Self {
        let eight_bit = charset::decode(raw, None).charset;
        let undone = (!raw.is_ascii()).then_some(eight_bit);
        Self { raw, eight_bit, text: String::new(), pieces: Vec::new(), words: Vec::new(), gap: 0..0, charset: undone }
    }

    fn plain(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if !self.words.is_empty() && self.raw[range.clone()].trim_ascii().is_empty() {
            self.gap = range;
            return;
        }
        self.flush_words();
        self.copy(range);
    }

    fn word(&mut self, word: EncodedWord) {
        let joins = self.words.last().is_some_and(|last| {
            last.label(self.raw).eq_ignore_ascii_case(word.label(self.raw))
                && !Charset::labelled(word.label(self.raw)).is_some_and(Charset::is_stateful)
        });
        if !joins {
            self.flush_words();
        }
        self.gap = word.range.end..word.range.end;
        self.words.push(word);
    }

    /// Raw text, unfolded.
    fn copy(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for line in self.raw[range].split_inclusive(|byte| matches!(byte, b'\r' | b'\n')) {
            let content = line.strip_suffix(b"\r").or_else(|| line.strip_suffix(b"\n")).unwrap_or(line);
            match std::str::from_utf8(content).ok().filter(|content| content.is_ascii()) {
                Some(content) => self.ascii(content, start),
                None => self.units(content, self.eight_bit, |units| start + units.start..start + units.end, false),
            }
            start += line.len();
        }
    }

    /// Text that is the same in every charset here, as it stands at `start`. What may be trimmed at its ends are pieces of their own.
    fn ascii(&mut self, content: &str, start: usize) {
        let blank_before = content.len() - content.trim_start().len();
        let blank_behind = content.trim_end().len().max(blank_before);
        let base = self.text.len();
        for range in [0..blank_before, blank_before..blank_behind, blank_behind..content.len()] {
            if !range.is_empty() {
                let text = base + range.start..base + range.end;
                self.pieces.push(Piece { text, raw: start + range.start..start + range.end, encoded: false });
            }
        }
        self.text.push_str(content);
    }

    fn flush_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let Some(first) = words.first() else { return };
        let (mut bytes, mut map) = (Vec::new(), OffsetMap::default());
        for word in &words {
            let (decoded, runs) = word.decode(self.raw);
            bytes.extend(decoded);
            for run in runs.runs {
                map.push_units(
                    run.units as usize,
                    run.decoded as usize,
                    run.encoded_start as usize,
                    run.encoded as usize,
                );
            }
        }
        let charset = charset::decode(&bytes, Some(first.label(self.raw))).charset;
        self.charset = Some(charset);
        self.units(&bytes, charset, |range| map.encoded(range), true);
    }

    fn units(&mut self, bytes: &[u8], charset: Charset, raw: impl Fn(Range<usize>) -> Range<usize>, encoded: bool) {
        let text = charset.decode(bytes).0;
        let base = self.text.len();
        let map = charset.map(bytes);
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let range = at..at + character.len_utf8();
            let (decoded, bytes) = match &map {
                Some(map) => {
                    let unit = map.widened(range);
                    (unit.decoded, unit.encoded)
                }
                None => (range.clone(), range),
            };
            at = decoded.end.max(at + character.len_utf8());
            self.pieces.push(Piece { text: base + decoded.start..base + at, raw: raw(bytes), encoded });
        }
        self.text.push_str(&text);
    }

    fn finish(mut self) -> Value {
        if !self.words.is_empty() {
            self.flush_words();
        }
        let is_blank = |piece: &Piece| self.text[piece.text.clone()].trim().is_empty();
        let first = self.pieces.iter().position(|piece| !is_blank(piece)).unwrap_or(self.pieces.len());
        let end = self.pieces.iter().rposition(|piece| !is_blank(piece)).map_or(first, |last| last + 1);
        let mut value = Value { charset: self.charset, ..Value::default() };
        for piece in &self.pieces[first..end] {
            let start = value.text.len();
            value.text.push_str(&self.text[piece.text.clone()]);
            push_piece(&mut value.map, piece);
            if piece.encoded {
                match value.words.last_mut().filter(|last| last.end == start) {
                    Some(last) => last.end = value.text.len(),
                    None => value.words.push(start..value.text.len()),
                }
            }
        }
        value
    }
}

/// A character of several bytes that stand in the file as they are is no unit of its own: the map stays in bytes.
fn push_piece(map: &mut OffsetMap, piece: &Piece) {
    if !piece.encoded && piece.raw.len() == piece.text.len() {
        map.push_units(piece.text.len(), 1, piece.raw.start, 1);
    } else {
        map.push(piece.text.len(), piece.raw.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST_BLOCK: usize = 64 << 10;

    fn value(raw: &str) -> String {
        decode_value(raw.as_bytes()).text
    }

    #[test]
    fn values_are_unfolded_and_decoded() {
        for (raw, text) in [
            (" plain ", "plain"),
            (" folded\r\n line", "folded line"),
            (" =?utf-8?Q?caf=C3=A9?= au lait", "café au lait"),
            (" =?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
            (" =?utf-8?Q?a?=\r\n =?iso-8859-1?Q?=E9?=", "aé"),
            (" =?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
            (" =?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"),
            (" =?utf-8?Q?open and =?utf-8?Q?closed?=", "=?utf-8?Q?open and closed"),
            (" =?utf-8?Q?_?= ", ""),
            (" =?iso-2022-jp?B?GyRCJU8bKEI=?= =?iso-2022-jp?B?GyRCJW0bKEI=?=", "ハロ"),
            (" caf\u{e9} utf-8", "café utf-8"),
            ("", ""),
        ] {
            assert_eq!(value(raw), text, "{raw:?}");
        }
        assert_eq!(decode_value(b" caf\xe9").text, "café");
    }

    #[test]
    fn each_character_leads_to_its_bytes() {
        let raw = " caf\u{e9}\r\n =?utf-8?Q?x=C3=A9?=\t=?utf-8?B?YWJj?=".as_bytes();
        let value = decode_value(raw);
        assert_eq!(value.text, "café xéabc");
        let raw_of = |needle: &str| {
            let at = value.text.rfind(needle).unwrap_or_default();
            String::from_utf8_lossy(&raw[value.map.encoded(at..at + needle.len())]).into_owned()
        };
        assert_eq!([raw_of("café"), raw_of("xé"), raw_of("é"), raw_of("b")], ["café", "x=C3=A9", "=C3=A9", "YWJj"]);
        assert_eq!((value.words.len(), value.words.first()), (1, Some(&(6..12))));
    }

    #[test]
    fn fields_are_found_with_their_places() {
        let bytes = b"A: 1\r\nB : 2\r\n 3\r\n\r\nbody";
        let block = read_block(bytes, 0..bytes.len(), LONGEST_BLOCK);
        let fields: Vec<_> =
            block.fields.iter().map(|field| (&bytes[field.name.clone()], &bytes[field.body.clone()])).collect();
        assert_eq!(fields, [(&b"A"[..], &b" 1"[..]), (b"B", b" 2\r\n 3")]);
        assert_eq!((block.end, block.body, block.cut), (17, 19, false));
    }

    #[test]
    fn a_header_ends_where_people_end_it() {
        for (text, fields, body) in [
            ("A: 1\n\nb: c", 1, "b: c"),
            ("A: 1\njunk\nB: 2\n\nx", 2, "x"),
            ("A: 1\n<p>no empty line</p>\n", 1, "<p>no empty line</p>\n"),
            ("A: 1", 1, ""),
            ("A: 1\r\rbody", 1, "body"),
            ("A: 1\n \n\nbody", 1, "body"),
            ("\nbody", 0, "body"),
            ("no header at all", 0, "no header at all"),
            ("", 0, ""),
        ] {
            let block = read_block(text.as_bytes(), 0..text.len(), LONGEST_BLOCK);
            assert_eq!((block.fields.len(), &text[block.body..]), (fields, body), "{text:?}");
        }
    }

    #[test]
    fn a_header_beyond_measure_is_cut() {
        let text = format!("{}\nbody", "A: 1\n".repeat(LONGEST_BLOCK));
        let block = read_block(text.as_bytes(), 0..text.len(), LONGEST_BLOCK);
        assert!(block.cut && block.fields.len() < LONGEST_BLOCK / 4);
        assert_eq!(&text[block.body..], "body");
    }
}
