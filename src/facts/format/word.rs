//! Encoded words as they stand in the file (RFC 2047): which of them mail programs can't read, or only some can.

use super::Facts;
use crate::message::Header;
use crate::message::charset::Charset;
use crate::message::encoded_word::EncodedWord;
use crate::source::FileSpan;
use std::ops::Range;

/// Longest encoded word, in bytes (RFC 2047 §2).
pub const LONGEST_WORD: usize = 75;

/// Fields that are shown to people.
const SHOWN: &[&str] = &["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Comments", "List-Id"];

/// What is wrong with the encoded words of a field.
#[derive(Debug)]
pub struct WordFault<'m> {
    /// The field.
    pub header: &'m Header,
    /// What, the worst first.
    pub flaw: WordFlaw,
    /// The words that it is wrong with.
    pub words: Vec<FileSpan>,
    /// What should stand in the place of the first, where that is sure.
    pub fix: Option<String>,
}

/// A flaw of an encoded word; those that are worse come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordFlaw {
    /// It has no `?=`.
    Open,
    /// An encoding that is neither `B` nor `Q`.
    UnknownEncoding(String),
    /// A charset that nobody knows.
    UnknownCharset(String),
    /// A blank inside.
    Blank,
    /// Not the code that it says: `base64` or `quoted-printable`.
    BadCode(&'static str),
    /// Bytes that are none of its charset.
    BadBytes(String),
    /// A character is divided between two of them.
    SplitCharacter,
    /// Inside a quoted string, where it is not one.
    Quoted,
    /// No blank between it and what stands beside it.
    Glued,
    /// So many bytes.
    TooLong(usize),
}

impl WordFlaw {
    /// Whether most mail programs read it all the same.
    pub fn is_understood(&self) -> bool {
        matches!(self, Self::Quoted | Self::Glued | Self::TooLong(_))
    }
}

pub(super) fn faults<'m>(facts: &Facts<'m>) -> Vec<WordFault<'m>> {
    let is_shown = |header: &&Header| SHOWN.iter().any(|name| header.name.eq_ignore_ascii_case(name));
    let fields = facts.own_parts().flat_map(|(_, part)| &part.headers).filter(is_shown);
    fields.filter(|header| facts.field_tags(header).is_empty()).filter_map(|header| fault(facts, header)).collect()
}

fn fault<'m>(facts: &Facts<'m>, header: &'m Header) -> Option<WordFault<'m>> {
    let raw = facts.raw_field(header);
    let unstructured = header.name.eq_ignore_ascii_case("Subject") || header.name.eq_ignore_ascii_case("Comments");
    let mut found = flaws(raw, unstructured);
    let worst = found.iter().map(|(_, flaw)| flaw).min()?.clone();
    found.retain(|(_, flaw)| std::mem::discriminant(flaw) == std::mem::discriminant(&worst));
    let fix = found.first().and_then(|(range, flaw)| fix(&raw[range.clone()], flaw));
    let place = |range: Range<usize>| FileSpan::from(range).shifted(header.raw_span.start);
    Some(WordFault { header, flaw: worst, words: found.into_iter().map(|(range, _)| place(range)).collect(), fix })
}

/// In the `Q` encoding `_` stands for a blank (RFC 2047 §4.2 (2)).
fn fix(word: &[u8], flaw: &WordFlaw) -> Option<String> {
    let text = std::str::from_utf8(word).ok()?;
    let is_q = EncodedWord::at(word, 0).is_some_and(|word| !word.base64);
    (*flaw == WordFlaw::Blank && is_q && !text.contains(['\r', '\n', '\t'])).then(|| text.replace(' ', "_"))
}

/// The flaws of the words in a raw field body, in order.
fn flaws(raw: &[u8], unstructured: bool) -> Vec<(Range<usize>, WordFlaw)> {
    let mut found = Vec::new();
    let mut before: Option<EncodedWord> = None;
    let mut quotes = Quotes::new(raw, unstructured);
    let mut at = 0;
    while let Some(start) = memchr::memmem::find(&raw[at..], b"=?").map(|offset| at + offset) {
        let Some(word) = EncodedWord::at(raw, start) else {
            found.extend(intended(raw, start));
            at = start + 2;
            continue;
        };
        let joins = before.as_ref().is_some_and(|before| joins(raw, before, &word));
        let flaw = unreadable(raw, &word, before.as_ref().filter(|_| joins)).or_else(|| {
            let odd = quotes.at(start).then_some(WordFlaw::Quoted);
            odd.or_else(|| (unstructured && is_glued(raw, &word.range)).then_some(WordFlaw::Glued))
                .or_else(|| (word.range.len() > LONGEST_WORD).then(|| WordFlaw::TooLong(word.range.len())))
        });
        // its other half was reported
        let again = joins
            && flaw == Some(WordFlaw::SplitCharacter)
            && found.last().is_some_and(|(_, last)| *last == WordFlaw::SplitCharacter);
        found.extend(flaw.filter(|_| !again).map(|flaw| (word.range.clone(), flaw)));
        at = word.range.end;
        before = Some(word);
    }
    found
}

/// Whether a word goes on where the last one ended: in the same charset, with nothing but blanks between.
fn joins(raw: &[u8], before: &EncodedWord, word: &EncodedWord) -> bool {
    raw[before.range.end..word.range.start].trim_ascii().is_empty()
        && before.label(raw).eq_ignore_ascii_case(word.label(raw))
}

/// What looks like the beginning of an encoded word, but is none.
fn intended(raw: &[u8], start: usize) -> Option<(Range<usize>, WordFlaw)> {
    let rest = &raw[start + 2..];
    let charset = &rest[..memchr::memchr(b'?', &rest[..rest.len().min(60)])?];
    std::str::from_utf8(charset).ok().and_then(Charset::labelled)?;
    let encoding = rest.get(charset.len() + 1..)?;
    let encoding = &encoding[..memchr::memchr(b'?', &encoding[..encoding.len().min(20)])?];
    if !encoding.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let text = start + 2 + charset.len() + 1 + encoding.len() + 1;
    let next = memchr::memmem::find(&raw[text..], b"=?").map_or(raw.len(), |at| text + at);
    let closed = memchr::memmem::find(&raw[text..next], b"?=").map(|at| text + at + 2);
    let range = start..closed.unwrap_or(start + raw[start..next].trim_ascii_end().len());
    let flaw = match (encoding, closed) {
        ([b'b' | b'B' | b'q' | b'Q'], None) => WordFlaw::Open,
        ([b'b' | b'B'], Some(_)) => WordFlaw::BadCode("base64"),
        ([b'q' | b'Q'], Some(_)) => return None,
        _ => WordFlaw::UnknownEncoding(String::from_utf8_lossy(encoding).into_owned()),
    };
    Some((range, flaw))
}

/// Why a word can't be read as it is meant. `before` is the word that it goes on from.
fn unreadable(raw: &[u8], word: &EncodedWord, before: Option<&EncodedWord>) -> Option<WordFlaw> {
    let label = word.label(raw);
    let Some(charset) = Charset::labelled(label) else {
        return Some(WordFlaw::UnknownCharset(label.to_owned()));
    };
    let text = &raw[word.text.clone()];
    if text.iter().any(u8::is_ascii_whitespace) {
        return Some(WordFlaw::Blank);
    }
    if !word.base64 && has_bad_escape(text) {
        return Some(WordFlaw::BadCode("quoted-printable"));
    }
    if word.base64 && !is_whole_base64(text) {
        return Some(WordFlaw::BadCode("base64"));
    }
    let bytes = word.decode(raw).0;
    if !charset.decode(&bytes).1 {
        return None;
    }
    let joined = before.map(|before| [before.decode(raw).0, bytes.clone()].concat());
    let is_split = |bytes: Vec<u8>| !charset.decode(&bytes).1;
    let next = next_word(raw, word).map(|next| [bytes, next.decode(raw).0].concat());
    Some(match joined.into_iter().chain(next).any(is_split) {
        true => WordFlaw::SplitCharacter,
        false => WordFlaw::BadBytes(label.to_owned()),
    })
}

/// The word that goes on from `word`.
fn next_word(raw: &[u8], word: &EncodedWord) -> Option<EncodedWord> {
    let behind = &raw[word.range.end..];
    let start = word.range.end + (behind.len() - behind.trim_ascii_start().len());
    EncodedWord::at(raw, start).filter(|next| joins(raw, word, next))
}

fn has_bad_escape(text: &[u8]) -> bool {
    memchr::memchr_iter(b'=', text)
        .any(|at| !text.get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit)))
}

/// Whole groups with padding only at the end; some writers leave the padding out, and all readers know.
fn is_whole_base64(text: &[u8]) -> bool {
    let end = text.iter().position(|&byte| byte == b'=').unwrap_or(text.len());
    text[end..].iter().all(|&byte| byte == b'=') && end % 4 != 1
}

/// Whether something other than a blank stands beside it (RFC 2047 §5 (1)).
fn is_glued(raw: &[u8], word: &Range<usize>) -> bool {
    let before = word.start.checked_sub(1).map(|at| raw[at]);
    let beside = before.into_iter().chain(raw.get(word.end).copied());
    beside.into_iter().any(|byte| !byte.is_ascii_whitespace())
}

/// Where quoted strings are, read from left to right.
struct Quotes<'r> {
    raw: &'r [u8],
    at: usize,
    open: bool,
    unstructured: bool,
}

impl<'r> Quotes<'r> {
    fn new(raw: &'r [u8], unstructured: bool) -> Self {
        Self { raw, at: 0, open: false, unstructured }
    }

    /// Whether `place`, behind all places asked for before, is inside of one.
    fn at(&mut self, place: usize) -> bool {
        while self.at < place && !self.unstructured {
            match self.raw[self.at] {
                b'\\' if self.open => self.at += 1,
                b'"' => self.open = !self.open,
                _ => {}
            }
            self.at += 1;
        }
        self.open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_well() {
        for raw in [
            " =?utf-8?Q?caf=C3=A9?= =?UTF-8?B?Y2Fmw6k=?=",
            " =?utf-8?B?Y2Fmw6k?=",
            " Is a =? b ?= c",
            " =?iso-2022-jp?B?GyRCJU8bKEI=?=",
            " plain",
        ] {
            assert_eq!(flaws(raw.as_bytes(), true), [], "{raw}");
        }
    }

    #[test]
    fn flaws_of_words() {
        for (raw, marked, flaw) in [
            (" a =?utf-8?Q?caf=C3=A9", "=?utf-8?Q?caf=C3=A9", WordFlaw::Open),
            (" =?utf-8?Q?open =?utf-8?Q?closed?=", "=?utf-8?Q?open", WordFlaw::Open),
            (" =?utf-8?X?abc?= d", "=?utf-8?X?abc?=", WordFlaw::UnknownEncoding("X".to_owned())),
            (" =?utf-9?Q?abc?=", "=?utf-9?Q?abc?=", WordFlaw::UnknownCharset("utf-9".to_owned())),
            (" =?utf-8?Q?two words?=", "=?utf-8?Q?two words?=", WordFlaw::Blank),
            (" =?utf-8?Q?a=G1?=", "=?utf-8?Q?a=G1?=", WordFlaw::BadCode("quoted-printable")),
            (" =?utf-8?B?no*base64?=", "=?utf-8?B?no*base64?=", WordFlaw::BadCode("base64")),
            (" =?utf-8?Q?caf=E9?=", "=?utf-8?Q?caf=E9?=", WordFlaw::BadBytes("utf-8".to_owned())),
            (" =?utf-8?Q?caf=C3?=\r\n =?utf-8?Q?=A9?=", "=?utf-8?Q?caf=C3?=", WordFlaw::SplitCharacter),
            (" x=?utf-8?Q?a?=", "=?utf-8?Q?a?=", WordFlaw::Glued),
        ] {
            let found = flaws(raw.as_bytes(), true);
            let found: Vec<_> = found.iter().map(|(range, flaw)| (&raw[range.clone()], flaw.clone())).collect();
            assert_eq!(found, [(marked, flaw)], "{raw}");
        }
        let raw = b" \"=?utf-8?Q?a?=\" <a@b.example>";
        assert_eq!(flaws(raw, false), [(2..15, WordFlaw::Quoted)]);
        let long = format!(" =?utf-8?Q?{}?=", "a".repeat(70));
        assert_eq!(flaws(long.as_bytes(), true), [(1..83, WordFlaw::TooLong(82))]);
    }
}
