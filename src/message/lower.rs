//! Edits of a view's text, said in the bytes of the file.

use super::TransferEncoding;
use super::charset::Charset;
use super::encoded_word::{self, EncodedWord};
use super::header;
use super::transfer::{self, LINE};
use super::view::{BodyText, FieldText, Origin, View};
use crate::diagnostic::FileEdit;
use crate::source::{FileSpan, OffsetMap, ViewSpan};
use std::ops::Range;

/// See [`View::lower`].
pub(super) fn lower(view: &View<'_>, span: ViewSpan, replacement: &str) -> Option<FileEdit> {
    view.text().get(span.range())?;
    match view.origin() {
        Origin::Given(_) => None,
        Origin::Body(body) => lower_body(body, view.text(), span, replacement),
        Origin::Field(field) => lower_field(field, view.text(), span, replacement),
    }
}

/// The line end that the file uses, by its first line.
fn line_end(bytes: &[u8]) -> &'static [u8] {
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\n' => b"\n",
        Some(at) if bytes.get(at + 1) != Some(&b'\n') => b"\r",
        _ => b"\r\n",
    }
}

/// `range` rounded out to whole units of `map` on its decoded side, and on its encoded side.
fn widened(map: Option<&OffsetMap>, range: Range<usize>) -> (Range<usize>, Range<usize>) {
    match map {
        Some(map) => {
            let unit = map.widened(range);
            (unit.decoded, unit.encoded)
        }
        None => (range.clone(), range),
    }
}

fn lower_body(body: &BodyText<'_>, text: &str, span: ViewSpan, replacement: &str) -> Option<FileEdit> {
    let file = body.medium.bytes();
    let maps = body.maps();
    if !maps.is_regular {
        return None;
    }
    let (whole, bytes) = widened(maps.charset.as_ref(), span.range());
    // a character that was cut off would take bytes of what is written behind it, and its own bytes are not told for certain
    let cut_off = char::REPLACEMENT_CHARACTER;
    if text.get(..whole.start)?.ends_with(cut_off) || text.get(whole.end..)?.starts_with(cut_off) {
        return None;
    }
    let replacement = match replacement.contains('\n') {
        true => with_line_ends(replacement, text_line_end(text, file)),
        false => replacement.to_owned(),
    };
    let text = [text.get(whole.start..span.start)?, &replacement, text.get(span.end..whole.end)?].concat();
    if text.contains(char::REPLACEMENT_CHARACTER) || !body.medium.is_file() {
        return None;
    }
    let new = body.charset.encode(&text)?;
    let bytes = bytes.start + body.mark..bytes.end + body.mark;
    if body.charset.is_stateful() && !body.shifts().admit(body.charset, &bytes, &new) {
        return None;
    }
    let edit = match body.encoding {
        TransferEncoding::Identity if !new.is_ascii() && !body.eight_bit => return None,
        TransferEncoding::Identity => (bytes, new),
        TransferEncoding::QuotedPrintable => lower_quoted_printable(body, maps.transfer.as_ref()?, bytes, &new)?,
        TransferEncoding::Base64 => lower_base64(body, maps.transfer.as_ref()?, bytes, &new)?,
    };
    let (range, replacement) = edit;
    Some(FileEdit { span: FileSpan::from(range).shifted(body.range.start), replacement })
}

fn with_line_ends(text: &str, end: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', end)
}

fn text_line_end(text: &str, file: &[u8]) -> &'static str {
    let sample = if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() { text.as_bytes() } else { file };
    match line_end(sample) {
        b"\n" => "\n",
        b"\r" => "\r",
        _ => "\r\n",
    }
}

/// Writes encoded bytes so that no line grows beyond what the encoding allows.
struct Lines {
    out: Vec<u8>,
    column: usize,
    end: &'static [u8],
}

impl Lines {
    /// Begins at `at` of `file`.
    fn at(file: &[u8], at: usize) -> Self {
        let start = memchr::memrchr2(b'\n', b'\r', &file[..at]).map_or(0, |end| end + 1);
        Self { out: Vec::new(), column: at - start, end: line_end(file) }
    }

    /// Writes `unit`; breaks the line with `mark` first if it and `reserve` more would not fit.
    fn write(&mut self, unit: &[u8], mark: &[u8], reserve: usize) {
        if self.column > 0 && self.column + unit.len() + reserve > LINE {
            self.break_line(mark);
        }
        self.out.extend_from_slice(unit);
        self.column += unit.len();
    }

    fn break_line(&mut self, mark: &[u8]) {
        self.out.extend_from_slice(mark);
        self.out.extend_from_slice(self.end);
        self.column = 0;
    }
}

/// Length of the rest of the line at `at`.
fn line_rest(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())
}

/// Whether `before` ends with a `=` that is no code, or with one and a digit or blanks: what is written behind it could make it a code, or a soft
/// line break.
fn is_open_code(before: &[u8]) -> bool {
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let digits = usize::from(blanks == 0 && before.last().is_some_and(u8::is_ascii_hexdigit));
    before.len().checked_sub(blanks + digits + 1).and_then(|at| before.get(at)) == Some(&b'=')
}

fn lower_quoted_printable(
    body: &BodyText<'_>,
    map: &OffsetMap,
    bytes: Range<usize>,
    new: &[u8],
) -> Option<(Range<usize>, Vec<u8>)> {
    let behind = bytes.start.checked_sub(1).map_or(0, |last| map.encoded(last..bytes.start).end);
    let replaced = bytes.len();
    let mut encoded = map.encoded(bytes);
    let file = body.medium.bytes();
    let before = file.get(body.range.start..body.range.start + encoded.start)?;
    if is_open_code(before) {
        return None;
    }
    // blanks that were dropped at the end of a line would be there with something behind them
    let unread = before.get(behind..).unwrap_or_default();
    encoded.start -= unread.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let end = body.range.start + encoded.end;
    let rest = line_rest(&file[..body.range.end], end);
    // a blank that comes to stand at the end of a line, or before blanks that are dropped there, has to be written as a code
    let is_last = file.get(end..end + rest).is_some_and(|rest| rest.iter().all(|byte| matches!(byte, b' ' | b'\t')));
    let ends_line = new.first().map_or(is_last, |byte| matches!(byte, b'\r' | b'\n'));
    let blank =
        before.get(..encoded.start).and_then(<[u8]>::last).filter(|byte| ends_line && matches!(byte, b' ' | b'\t'));
    encoded.start -= usize::from(blank.is_some());
    let mut lines = Lines::at(file, body.range.start + encoded.start);
    if let Some(blank) = blank {
        lines.write(&transfer::escape(*blank), b"=", 1);
    }
    let mut at = 0;
    while let Some(&byte) = new.get(at) {
        let hard = if new[at..].starts_with(b"\r\n") { 2 } else { usize::from(byte == b'\n') };
        if hard > 0 && body.charset.holds_ascii() {
            lines.break_line(b"");
            at += hard;
            continue;
        }
        at += 1;
        let at_line_end = new.get(at).is_none_or(|next| matches!(next, b'\r' | b'\n')) && (at < new.len() || is_last);
        let literal = match byte {
            b'=' => false,
            b' ' | b'\t' => !at_line_end,
            // a line that begins so could be taken for a boundary or for the end of the message
            b'-' | b'.' => lines.column > 0,
            _ => byte.is_ascii_graphic(),
        };
        if literal {
            lines.write(&[byte], b"=", 1);
        } else {
            lines.write(&transfer::escape(byte), b"=", 1);
        }
    }
    if rest > 0 && lines.column > 0 && lines.column + rest > LINE {
        lines.break_line(b"=");
    }
    says_so(body.encoded(), &encoded, &lines.out, replaced, new).then_some((encoded, lines.out))
}

/// Longer lines are not read again, in bytes: many edits in one would cost its length each.
const READ_AGAIN: usize = 16 << 10;

/// Whether the lines around `range` say `new` where they said `replaced` bytes of something else, and the rest as before: what is no code, and blanks at
/// the end of a line, mean another thing beside other bytes.
fn says_so(raw: &[u8], range: &Range<usize>, written: &[u8], replaced: usize, new: &[u8]) -> bool {
    let start = memchr::memrchr(b'\n', &raw[..range.start]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &raw[range.end..]).map_or(raw.len(), |at| range.end + at + 1);
    // new lines end as those of the file do, whatever was encoded
    if end - start > READ_AGAIN || new.contains(&b'\n') {
        return true;
    }
    let decode = |raw: &[u8]| TransferEncoding::QuotedPrintable.decode(raw).into_owned();
    let before = decode(&raw[start..end]);
    let after = decode(&[&raw[start..range.start], written, &raw[range.end..end]].concat());
    if after.len() + replaced != before.len() + new.len() {
        return false;
    }
    let alike = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let alike_behind = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count();
    let first = before.len().saturating_sub(replaced + alike_behind);
    (first..=alike).any(|at| after.get(at..).is_some_and(|rest| rest.starts_with(new)))
}

/// `None` where padding kept what follows from being read, a footer of a mailing list say, and the new text would leave none.
fn lower_base64(
    body: &BodyText<'_>,
    map: &OffsetMap,
    bytes: Range<usize>,
    new: &[u8],
) -> Option<(Range<usize>, Vec<u8>)> {
    let end = map.decoded_len();
    // behind a padded last group nothing can follow: it is written anew
    let at_padding = bytes.is_empty() && bytes.start == end && !end.is_multiple_of(3);
    let mut groups = map.widened(if at_padding { end - 1..end } else { bytes.clone() });
    let length = groups.decoded.len() - bytes.len() + new.len();
    if !length.is_multiple_of(3) && groups.decoded.end < end {
        groups = map.widened(groups.decoded.start..end);
    }
    let raw = body.encoded();
    let old = transfer::base64(&raw[groups.encoded.clone()], None);
    let before = &old[..bytes.start.saturating_sub(groups.decoded.start).min(old.len())];
    let after = &old[bytes.end.saturating_sub(groups.decoded.start).min(old.len())..];
    let encoded = transfer::to_base64(&[before, new, after].concat());
    if groups.decoded.end == end && !encoded.ends_with(b"=") && transfer::has_digits(&raw[groups.encoded.end..]) {
        return None;
    }
    let is_last = groups.decoded.end == end;
    let end = body.range.start + groups.encoded.end;
    let mut lines = Lines::at(body.medium.bytes(), body.range.start + groups.encoded.start);
    for group in encoded.chunks(4) {
        lines.write(group, b"", 0);
    }
    // behind padding nothing is read, unless it is a line of its own
    let rest = line_rest(&body.medium.bytes()[..body.range.end], end);
    if rest > 0 && !is_last && lines.column > 0 && lines.column + rest > LINE {
        lines.break_line(b"");
    }
    Some((groups.encoded, lines.out))
}

/// A header value: what stands there raw is replaced raw if it can be; encoded words are written anew as a whole, in their own charset and encoding. The
/// edited field is read again; if it does not say what it should, there is no edit.
fn lower_field(field: &FieldText<'_>, text: &str, span: ViewSpan, replacement: &str) -> Option<FileEdit> {
    if !field.medium.is_file() || replacement.contains(['\r', '\n']) || field.map.runs.is_empty() {
        return None;
    }
    let raw = &field.medium.bytes()[field.range.clone()];
    let wanted = [text.get(..span.start)?, replacement, text.get(span.end..)?].concat();
    let edit = raw_edit(field, raw, span, replacement).or_else(|| word_edit(field, raw, text, span, replacement))?;
    let (range, new) = edit;
    let edited = [&raw[..range.start], &new, &raw[range.end..]].concat();
    if !is_one_field(&edited) || header::decode_value(&edited).text != wanted.trim() {
        return None;
    }
    Some(FileEdit { span: FileSpan::from(range).shifted(field.range.start), replacement: new })
}

/// Whether a field body is read as one field: no line of it begins without a blank.
fn is_one_field(raw: &[u8]) -> bool {
    let line = [b"X:", raw].concat();
    let block = header::read_block(&line, 0..line.len(), usize::MAX);
    block.fields.len() == 1 && block.fields[0].body.end == line.len()
}

type RawEdit = (Range<usize>, Vec<u8>);

fn raw_edit(field: &FieldText<'_>, raw: &[u8], span: ViewSpan, replacement: &str) -> Option<RawEdit> {
    let range = field.map.encoded(span.range());
    let in_word = count_words(raw).any(|word| {
        if range.is_empty() {
            word.range.start < range.start && range.start < word.range.end
        } else {
            word.range.start < range.end && range.start < word.range.end
        }
    });
    let fits = replacement.is_ascii() || (!raw.is_ascii() && std::str::from_utf8(raw).is_ok());
    (!in_word && fits).then(|| (range, replacement.as_bytes().to_vec()))
}

fn count_words(raw: &[u8]) -> impl Iterator<Item = EncodedWord> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = memchr::memmem::find(&raw[at..], b"=?").map(|offset| at + offset) {
            match EncodedWord::at(raw, found) {
                Some(word) => {
                    at = word.range.end;
                    return Some(word);
                }
                None => at = found + 2,
            }
        }
        None
    })
}

fn word_edit(field: &FieldText<'_>, raw: &[u8], text: &str, span: ViewSpan, replacement: &str) -> Option<RawEdit> {
    let touched = field.map.encoded(span.range());
    let words: Vec<EncodedWord> =
        count_words(raw).filter(|word| word.range.start <= touched.end && touched.start <= word.range.end).collect();
    let (first, last) = (words.first()?, words.last()?);
    let range = first.range.start.min(touched.start)..last.range.end.max(touched.end);
    let covered = text_of(&field.map, &range);
    let new = [
        text.get(covered.start.min(span.start)..span.start)?,
        replacement,
        text.get(span.end..covered.end.max(span.end))?,
    ]
    .concat();
    let label = first.label(raw);
    let file = field.medium.bytes();
    let start = field.range.start + range.start;
    let mut lines = Lines::at(file, start);
    let room = LINE.saturating_sub(lines.column);
    for word in encoded_word::encode(&new, Charset::labelled(label)?, label, first.base64, room)? {
        if !lines.out.is_empty() {
            lines.break_line(b"");
            lines.out.push(b' ');
        }
        lines.out.extend(word);
    }
    Some((range, lines.out))
}

/// The text whose bytes begin in `raw`.
fn text_of(map: &OffsetMap, raw: &Range<usize>) -> Range<usize> {
    let mut inside = map
        .units()
        .filter(|unit| raw.start <= unit.encoded.start && unit.encoded.start < raw.end)
        .map(|unit| unit.decoded);
    match inside.next() {
        Some(first) => first.start..inside.last().map_or(first.end, |last| last.end),
        None => 0..0,
    }
}
