//! Header fields as they stand in the file: repeated ones, bytes beyond ASCII, the size of the header (RFC 5322 §2.2, §3.6).

use super::{Facts, whole};
use crate::message::charset::Charset;
use crate::message::{Header, address};
use crate::message::{encoded_word, transfer};
use crate::sort;
use crate::source::FileSpan;
use std::ops::Range;

/// Fields that a message or part may have once: RFC 5322 §3.6, RFC 2045 §3, RFC 2183 §2.
const ONCE: &[&str] = &[
    "Date",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-ID",
    "Content-Description",
    "Content-Disposition",
];
/// RFC 2369 §3, RFC 2919 §3, RFC 8058 §3.1.
const ONCE_IN_LISTS: &[&str] = &[
    "List-Help",
    "List-Unsubscribe",
    "List-Subscribe",
    "List-Post",
    "List-Owner",
    "List-Archive",
    "List-Id",
    "List-Unsubscribe-Post",
];

/// A field that occurs more than once.
#[derive(Debug)]
pub struct Repeated<'m> {
    /// All of them, in order; at least two.
    pub fields: Vec<&'m Header>,
    /// It is one of the fields of mailing lists.
    pub of_lists: bool,
    /// Lines of later ones that say the same as the first, byte for byte, with their line ends.
    pub exact: Vec<FileSpan>,
}

pub(super) fn repeated<'m>(facts: &Facts<'m>) -> Vec<Repeated<'m>> {
    let mut found = Vec::new();
    for (_, part) in facts.own_parts() {
        for &name in ONCE.iter().chain(ONCE_IN_LISTS) {
            let fields: Vec<_> = part.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name)).collect();
            let [first, rest @ ..] = fields.as_slice() else { continue };
            if rest.is_empty() {
                continue;
            }
            let same = rest.iter().filter(|other| facts.raw_field(other) == facts.raw_field(first));
            let exact = same.map(|other| with_line_end(facts, whole(other))).collect();
            found.push(Repeated { of_lists: ONCE_IN_LISTS.contains(&name), exact, fields });
        }
    }
    sort::by_key(&mut found, |repeated| repeated.fields[1].name_span.start);
    found
}

fn with_line_end(facts: &Facts<'_>, span: FileSpan) -> FileSpan {
    let behind = facts.message.source.bytes.get(span.end..).unwrap_or_default();
    let blanks = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let end = match behind.get(blanks..).unwrap_or_default() {
        [b'\r', b'\n', ..] => blanks + 2,
        [b'\r' | b'\n', ..] => blanks + 1,
        _ => 0,
    };
    FileSpan::new(span.start, span.end + end)
}

/// A field with bytes beyond ASCII.
#[derive(Debug)]
pub struct EightBit<'m> {
    /// The field.
    pub header: &'m Header,
    /// From the first of the words that hold such bytes to the last.
    pub span: FileSpan,
    /// The same as encoded words, and what they replace, where that is sure.
    pub encoded: Option<(FileSpan, String)>,
}

pub(super) fn eight_bit<'m>(facts: &Facts<'m>) -> Vec<EightBit<'m>> {
    let fields = facts.own_parts().flat_map(|(_, part)| &part.headers);
    fields.filter_map(|header| eight_bit_field(facts, header)).collect()
}

fn eight_bit_field<'m>(facts: &Facts<'m>, header: &'m Header) -> Option<EightBit<'m>> {
    let raw = facts.raw_field(header);
    let first = raw.iter().position(|byte| !byte.is_ascii())?;
    let last = raw.iter().rposition(|byte| !byte.is_ascii())?;
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let start = raw[..first].iter().rposition(is_blank).map_or(0, |blank| blank + 1);
    let end = raw[last..].iter().position(is_blank).map_or(raw.len(), |blank| last + blank);
    let span = FileSpan::new(start, end).shifted(header.raw_span.start);
    let tags = facts.field_tags(header);
    if !tags.is_empty() && is_inside_tags(facts, header) {
        return None;
    }
    let sure = tags.is_empty() && memchr::memmem::find(raw, b"=?").is_none();
    let encoded = sure.then(|| encoded(facts, header, raw, start..end)).flatten();
    Some(EightBit { header, span, encoded })
}

/// Whether all bytes beyond ASCII stand in merge tags.
fn is_inside_tags(facts: &Facts<'_>, header: &Header) -> bool {
    let tags = facts.field_tags(header);
    let text = facts.message.value(header);
    let mut beyond = text.char_indices().filter(|(_, character)| !character.is_ascii());
    beyond.all(|(at, _)| tags.iter().any(|tag| tag.span.range().contains(&at)))
}

/// What would stand there in ASCII: encoded words for the words of an unstructured field, or for a display name (RFC 2047 §5).
fn encoded(facts: &Facts<'_>, header: &Header, raw: &[u8], words: Range<usize>) -> Option<(FileSpan, String)> {
    let is = |names: &[&str]| names.iter().any(|name| header.name.eq_ignore_ascii_case(name));
    let range = if is(&["Subject", "Comments", "Content-Description"]) {
        words
    } else if is(&["From", "Sender", "Reply-To", "To", "Cc"]) {
        display_name(facts, header, raw)?
    } else {
        return None;
    };
    let quoted = raw.get(range.clone())?;
    let text =
        std::str::from_utf8(quoted.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(quoted));
    let text = text.ok().filter(|text| !text.contains(['\r', '\n', '\\', '"']))?;
    let beyond = text.chars().filter(|character| !character.is_ascii()).count();
    let base64 = beyond * 3 > text.chars().count();
    let column = range.start + header.name.len() + 1;
    let room = transfer::LINE.saturating_sub(column);
    let words = encoded_word::encode(text, Charset::UTF_8, "utf-8", base64, room)?;
    let words: Vec<_> = words.into_iter().filter_map(|word| String::from_utf8(word).ok()).collect();
    Some((FileSpan::from(range).shifted(header.raw_span.start), words.join("\n ")))
}

/// The one display name that holds all bytes beyond ASCII, with its quotes, as a range of the raw field body.
fn display_name(facts: &Facts<'_>, header: &Header, raw: &[u8]) -> Option<Range<usize>> {
    let view = facts.message.view(header.value);
    let list = address::parse(view, &[]);
    let beyond = |name: &&(String, crate::source::ViewSpan)| !name.0.is_ascii();
    let mut names = list.mailboxes.iter().filter_map(|mailbox| mailbox.display_name.as_ref()).filter(beyond);
    let (Some((_, span)), None) = (names.next(), names.next()) else { return None };
    let span = view.file_span(*span);
    let base = header.raw_span.start;
    let mut range = span.start.checked_sub(base)?..span.end.checked_sub(base)?;
    if raw.get(range.end) == Some(&b'"') && range.start.checked_sub(1).and_then(|at| raw.get(at)) == Some(&b'"') {
        range = range.start - 1..range.end + 1;
    }
    let outside = raw.get(..range.start)?.is_ascii() && raw.get(range.end..)?.is_ascii();
    outside.then_some(range)
}

/// The size of a header block.
#[derive(Debug)]
pub struct HeaderSize<'m> {
    /// In bytes.
    pub bytes: usize,
    /// The largest field that was read, and its size in bytes.
    pub largest: (&'m Header, usize),
}

pub(super) fn size<'m>(facts: &Facts<'m>) -> Option<HeaderSize<'m>> {
    let end = facts.message.header_end?;
    let headers = &facts.message.headers;
    let start = headers.first()?.name_span.start;
    let ends = headers.iter().skip(1).map(|next| next.name_span.start).chain([end]);
    let sized = headers.iter().zip(ends).map(|(header, end)| (header, end.saturating_sub(header.name_span.start)));
    Some(HeaderSize { bytes: end.saturating_sub(start), largest: sized.max_by_key(|(_, size)| *size)? })
}
