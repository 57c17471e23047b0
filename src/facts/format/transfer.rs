//! Transfer encodings (RFC 2045 §6): whether they are known, and whether the bytes are what they say.

use super::{Facts, charset, named};
use crate::message::tags::{self, Dialect};
use crate::message::transfer::{base64_digits, is_base64_digit, without_comments};
use crate::message::{Header, Part, Spot, TransferEncoding};
use crate::source::{FileSpan, ViewSpan};
use std::ops::Range;

/// Places that are kept of each fault.
const SHOWN: usize = 4;

/// What is wrong with the transfer encoding of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferFault {
    /// Index in `message.parts`.
    pub part: usize,
    /// What.
    pub flaw: TransferFlaw,
    /// The encoding that the header says, where it says one.
    pub said: Option<Spot>,
    /// What to write there instead, where that is sure.
    pub cure: Option<&'static str>,
    /// The first bytes that are not as it says.
    pub places: Vec<FileSpan>,
    /// How many such places there are.
    pub count: usize,
}

/// A flaw of a transfer encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferFlaw {
    /// Nobody knows it.
    Unknown,
    /// Something stands behind its name.
    Trailing,
    /// A multipart can't be encoded as a whole (RFC 2045 §6.4).
    Composite,
    /// Bytes beyond ASCII where only ASCII may be.
    EightBit,
    /// A `=` that begins no code.
    BadEscape,
    /// Characters that base64 does not have.
    NotBase64,
    /// Base64 goes on behind its padding.
    InnerPadding,
    /// The last group of base64 is not whole.
    Unpadded,
}

impl TransferFlaw {
    /// Whether mail programs read it all the same.
    pub fn is_understood(self) -> bool {
        matches!(self, Self::Trailing | Self::Unpadded)
    }
}

pub(super) fn faults(facts: &Facts<'_>) -> Vec<TransferFault> {
    facts.own_parts().filter_map(|(index, part)| fault(facts, index, part)).collect()
}

fn fault(facts: &Facts<'_>, index: usize, part: &Part) -> Option<TransferFault> {
    let header = named(part, "Content-Transfer-Encoding");
    if header.is_some_and(|header| !facts.field_tags(header).is_empty()) {
        return None;
    }
    let text = header.map(|header| facts.message.value(header)).unwrap_or_default();
    let fault = |flaw, cure, places: Vec<FileSpan>, count| {
        let said = header.map(|header| said(header, text));
        Some(TransferFault { part: index, flaw, said, cure, places, count })
    };
    if let Some((flaw, cure)) = named_badly(text) {
        return fault(flaw, cure, Vec::new(), 0);
    }
    let is_multipart = part.content_type.starts_with("multipart/");
    if is_multipart || part.content_type.starts_with("message/") {
        let is_encoded = is_multipart && part.encoding != TransferEncoding::Identity;
        return if is_encoded { fault(TransferFlaw::Composite, Some("7bit"), Vec::new(), 0) } else { None };
    }
    let raw = facts.message.raw_body(index)?;
    let without_comments = without_comments(text);
    let bare = without_comments.trim();
    let (flaw, found) = match part.encoding {
        TransferEncoding::Identity if ["8bit", "binary"].iter().any(|word| bare.eq_ignore_ascii_case(word)) => {
            return None;
        }
        TransferEncoding::Identity => (TransferFlaw::EightBit, beyond_ascii(raw)),
        TransferEncoding::QuotedPrintable => {
            let escapes = bad_escapes(raw);
            if escapes.is_empty() {
                (TransferFlaw::EightBit, beyond_ascii(raw))
            } else {
                (TransferFlaw::BadEscape, escapes)
            }
        }
        TransferEncoding::Base64 => base64(raw)?,
    };
    let found = outside_tags(facts, raw, found, part.encoding);
    // one cause: a text that became UTF-8 while its header still says ASCII
    let is_plain = flaw == TransferFlaw::EightBit && part.encoding == TransferEncoding::Identity;
    if found.is_empty()
        || is_plain
            && charset::examine(facts, index, part).is_some_and(|fault| fault.cure.is_some() || fault.label.is_none())
    {
        return None;
    }
    let places = found.iter().take(SHOWN).map(|range| FileSpan::from(range.clone()).shifted(part.body_span.start));
    let cure = (is_plain && header.is_some() && part.parent.is_none()).then_some("8bit");
    fault(flaw, cure, places.collect(), found.len())
}

/// Whether the base64 of a part is so damaged that what stands behind the damage can't be read: a digit that is lost or changed into something else
/// moves all that follow, and what comes out of them is no text.
pub(super) fn is_unreadable(facts: &Facts<'_>, index: usize, part: &Part) -> bool {
    let body = facts.message.bodies.iter().find(|body| body.part == index);
    let is_odd = |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace();
    let is_no_text = || body.is_some_and(|body| facts.message.view(body.view).text().contains(is_odd));
    let is_damaged = || match facts.message.raw_body(index).and_then(base64) {
        Some((flaw, _)) => matches!(flaw, TransferFlaw::NotBase64 | TransferFlaw::InnerPadding),
        None => false,
    };
    part.encoding == TransferEncoding::Base64 && is_no_text() && is_damaged()
}

/// The name of the encoding in the field's value.
fn said(header: &Header, text: &str) -> Spot {
    let start = text.len() - text.trim_start().len();
    Spot { view: header.value, span: ViewSpan::new(start, start + text.trim().len()) }
}

/// What is wrong with the name of an encoding, and the name that was meant.
fn named_badly(text: &str) -> Option<(TransferFlaw, Option<&'static str>)> {
    const KNOWN: [&str; 5] = ["7bit", "8bit", "binary", "quoted-printable", "base64"];
    // comments are allowed
    let without_comments = without_comments(text);
    let bare = without_comments.trim();
    if text.trim().is_empty() || KNOWN.iter().any(|known| bare.eq_ignore_ascii_case(known)) {
        return None;
    }
    let letters: String = bare.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let meant = KNOWN.into_iter().find(|known| known.replace('-', "") == letters);
    let word = bare.split([';', ' ']).next().unwrap_or_default();
    let is_known = KNOWN.iter().any(|known| word.trim_matches('"').eq_ignore_ascii_case(known));
    Some(match is_known {
        true => {
            (TransferFlaw::Trailing, meant.or_else(|| KNOWN.into_iter().find(|known| word.eq_ignore_ascii_case(known))))
        }
        false => (TransferFlaw::Unknown, meant),
    })
}

/// Places in a part that are counted.
const MOST: usize = 1_000_000;

/// The words that hold bytes beyond ASCII.
fn beyond_ascii(raw: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // asked of all of it at once that costs a tenth of a look at each byte
    if raw.is_ascii() {
        return found;
    }
    let mut at = 0;
    while let Some(first) = raw[at..].iter().position(|byte| !byte.is_ascii()).map(|offset| at + offset) {
        if found.len() == MOST {
            break;
        }
        let length = raw[first..].iter().position(u8::is_ascii).unwrap_or(raw.len() - first);
        found.push(first..first + length);
        at = first + length;
    }
    found
}

/// Each `=` that is followed neither by two digits nor by the end of the line (RFC 2045 §6.7 (1) and (5)).
fn bad_escapes(raw: &[u8]) -> Vec<Range<usize>> {
    let is_bad = |at: &usize| {
        let rest = &raw[at + 1..];
        let is_code = rest.get(..2).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        !is_code && !matches!(rest.get(blanks), None | Some(b'\r' | b'\n'))
    };
    memchr::memchr_iter(b'=', raw).filter(is_bad).map(|at| at..at + 1).take(MOST).collect()
}

/// What of `raw` is not base64 as RFC 2045 §6.8 has it.
fn base64(raw: &[u8]) -> Option<(TransferFlaw, Vec<Range<usize>>)> {
    let (mut junk, mut inner): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    let (mut digits, mut padding) = (0usize, None);
    let mut next = 0;
    while let Some(rest) = raw.get(next..).filter(|rest| !rest.is_empty()) {
        // most of a line is digits, which are counted
        if padding.is_none() {
            let run = base64_digits(rest);
            digits += run;
            next += run;
        }
        let (at, Some(&byte)) = (next, raw.get(next)) else { break };
        next += 1;
        if byte == b'=' {
            padding.get_or_insert(at);
        } else if is_base64_digit(byte) {
            digits += 1;
            if let Some(from) = padding.take() {
                inner.push(from..at);
            }
        } else if !byte.is_ascii_whitespace() {
            let full = junk.len() == MOST;
            match junk.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = at + 1,
                None if full => break,
                None => junk.push(at..at + 1),
            }
        }
    }
    let last = raw.iter().rposition(|&byte| is_base64_digit(byte)).map_or(0, |at| at + 1);
    match () {
        () if !junk.is_empty() => Some((TransferFlaw::NotBase64, junk)),
        () if !inner.is_empty() => Some((TransferFlaw::InnerPadding, inner)),
        () if padding.is_none() && !digits.is_multiple_of(4) => {
            Some((TransferFlaw::Unpadded, std::iter::once(last..last).collect()))
        }
        () => None,
    }
}

/// What does not stand in merge tags: those are filled in before the part is read. Of base64 with tags nothing is known.
fn outside_tags(
    facts: &Facts<'_>,
    raw: &[u8],
    found: Vec<Range<usize>>,
    encoding: TransferEncoding,
) -> Vec<Range<usize>> {
    if facts.is_rendered() || found.is_empty() {
        return found;
    }
    let Ok(text) = std::str::from_utf8(raw) else { return found };
    let tags = tags::scan(text, true, &Dialect::default());
    if encoding == TransferEncoding::Base64 && !tags.is_empty() {
        return Vec::new();
    }
    let is_inside = |range: &Range<usize>| {
        let next = tags.partition_point(|tag| tag.span.end <= range.start);
        tags.get(next).is_some_and(|tag| tag.span.start <= range.start)
    };
    found.into_iter().filter(|range| !is_inside(range)).collect()
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    #[test]
    fn names_of_encodings() {
        for (text, expected) in [
            ("7bit", None),
            (" Base64 (comment)", None),
            ("", None),
            ("8bit (raw)", None),
            ("(x) base64", None),
            ("8-bit", Some((TransferFlaw::Unknown, Some("8bit")))),
            ("quoted printable", Some((TransferFlaw::Unknown, Some("quoted-printable")))),
            ("base64;", Some((TransferFlaw::Trailing, Some("base64")))),
            ("utf-8", Some((TransferFlaw::Unknown, None))),
        ] {
            assert_eq!(named_badly(text), expected, "{text:?}");
        }
    }

    #[test]
    fn escapes_that_are_none() {
        for (raw, expected) in [
            ("a=3Db=c3=\r\nsoft= \nend=", vec![]),
            ("<a href=\"x\">", vec![7..8]),
            ("==3D", vec![0..1]),
            ("=4", vec![0..1]),
        ] {
            assert_eq!(bad_escapes(raw.as_bytes()), expected, "{raw}");
        }
    }

    #[test]
    fn base64_that_is_none() {
        for (raw, expected) in [
            ("aGVs\r\nbG8=\r\n", None),
            ("", None),
            ("aGVsbG8=\n____\nfooter", Some((TransferFlaw::NotBase64, vec![9..13]))),
            ("aGVs-bG8_", Some((TransferFlaw::NotBase64, vec![4..5, 8..9]))),
            ("aGVsbG8=aGVsbG8=", Some((TransferFlaw::InnerPadding, vec![7..8]))),
            ("aGVsbG8", Some((TransferFlaw::Unpadded, vec![7..7]))),
        ] {
            assert_eq!(base64(raw.as_bytes()), expected, "{raw}");
        }
    }
}
