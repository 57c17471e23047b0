//! Mailboxes: an mbox file, which holds messages one after the other (RFC 4155), and a Maildir, which holds them as files.

use super::read::{ReadError, Reason};
use super::{Kind, Source, read};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// How much of a line is looked at, in bytes; a separator is shorter.
const LINE: u64 = 4096;

/// One message of an mbox file: where it lies, without the separator before it and the empty line behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Its first byte in the file.
    pub start: u64,
    /// The byte behind its last.
    pub end: u64,
    /// Lines of the file before it.
    pub lines: usize,
    /// Which of the messages it is, from 1.
    pub number: usize,
}

/// Whether a file called `name` is an mbox file.
pub fn is_mbox(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mbox"))
}

/// Whether `folder` is one of the two of a Maildir that hold messages: `cur` or `new`, with the others beside it.
pub(super) fn is_maildir(folder: &Path) -> bool {
    let Ok(place) = folder.canonicalize() else { return false };
    let holds = place.file_name().is_some_and(|name| name == "cur" || name == "new");
    holds && ["cur", "new", "tmp"].iter().all(|beside| place.with_file_name(beside).is_dir())
}

/// Where the messages of the mbox file at `path` lie. Only a few bytes of it are in memory at a time.
///
/// # Errors
/// It can't be read.
pub fn messages_in(path: &Path) -> Result<Vec<Slice>, ReadError> {
    let failed = |error: io::Error| ReadError::io(path, &error);
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(ReadError::new(path, Reason::Other("a mailbox has to be a file".to_owned())));
    }
    let file = File::open(path).map_err(failed)?;
    slices(BufReader::with_capacity(1 << 16, file)).map_err(failed)
}

/// Reads one message of the mbox file at `path`, of at most `max_bytes` bytes.
///
/// # Errors
/// It is too large, or the file can't be read.
pub fn read_slice(path: &Path, slice: Slice, max_bytes: u64, kind: Option<Kind>) -> Result<Source, ReadError> {
    let failed = |error: io::Error| ReadError::io(path, &error);
    let mut file = File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(slice.start)).map_err(failed)?;
    let length = slice.end.saturating_sub(slice.start);
    let bytes = read::read_limited(file.take(length), length, max_bytes);
    let bytes = bytes.map_err(|reason| {
        let reason = Reason::Other(format!("message {}: {reason}", slice.number));
        ReadError::new(path, reason)
    })?;
    let kind = kind.unwrap_or(Kind::Message);
    Ok(Source::new(&read::display_name(path), Some(path.to_path_buf()), bytes, Some(kind)))
}

fn slices(mut input: impl BufRead) -> io::Result<Vec<Slice>> {
    let mut slices: Vec<Slice> = Vec::new();
    let mut cut = Cut { blank: Some(0), ..Cut::default() };
    let mut piece = Vec::new();
    loop {
        piece.clear();
        let read = input.by_ref().take(LINE).read_until(b'\n', &mut piece)? as u64;
        if read == 0 || (cut.begins && cut.blank.is_some() && is_separator(&piece)) {
            let end = cut.blank.filter(|_| read > 0).unwrap_or(cut.at);
            if end > cut.start && !cut.empty {
                slices.push(Slice { start: cut.start, end, lines: cut.lines, number: slices.len() + 1 });
            }
            if read == 0 {
                return Ok(slices);
            }
            cut.count(&piece);
            while !piece.ends_with(b"\n") {
                piece.clear();
                if input.by_ref().take(LINE).read_until(b'\n', &mut piece)? == 0 {
                    break;
                }
                cut.count(&piece);
            }
            cut = Cut { start: cut.at, lines: cut.ended, begins: true, empty: true, blank: None, ..cut };
            continue;
        }
        let is_blank = cut.begins && matches!(piece.as_slice(), b"\n" | b"\r\n");
        cut.blank = is_blank.then_some(cut.at);
        cut.empty &= piece.trim_ascii().is_empty();
        cut.count(&piece);
    }
}

/// How far a file is cut.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Where the message begins, and the lines before it.
    start: u64,
    lines: usize,
    /// Nothing of it is more than blanks so far.
    empty: bool,
    /// Where the empty line before this one begins; a file begins as behind one.
    blank: Option<u64>,
    /// Where the reader is, and the line ends before it.
    at: u64,
    ended: usize,
    /// A line begins here.
    begins: bool,
    /// The last byte was a CR, which was counted as a line end.
    returned: bool,
}

impl Default for Cut {
    fn default() -> Self {
        Self { start: 0, lines: 0, empty: true, blank: None, at: 0, ended: 0, begins: true, returned: false }
    }
}

impl Cut {
    /// Goes behind `piece`, counting lines as [`super::LineIndex`] does: they end at LF, CRLF or a lone CR.
    fn count(&mut self, piece: &[u8]) {
        for at in memchr::memchr2_iter(b'\n', b'\r', piece) {
            let behind_return = if at == 0 { self.returned } else { piece[at - 1] == b'\r' };
            self.ended += usize::from(piece[at] == b'\r' || !behind_return);
        }
        self.returned = piece.last() == Some(&b'\r');
        self.begins = piece.ends_with(b"\n");
        self.at += piece.len() as u64;
    }
}

/// Whether `bytes` begin with what programs leave above a message: `From …` or `>From …`, and not with the field `From :`, which may have a blank
/// before its colon (RFC 5322 §4.5).
pub(crate) fn begins_with_separator(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b">").unwrap_or(bytes);
    rest.strip_prefix(b"From ").is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"))
}

/// `From MAILER-DAEMON Sat Nov 21 22:34:32 2026`.
pub(crate) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = String::from_utf8_lossy(rest.get(..rest.len().min(200)).unwrap_or_default());
    let is_time = |word: &str| {
        let parts: Vec<&str> = word.split(':').collect();
        matches!(parts.len(), 2 | 3)
            && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    rest.split_whitespace().any(is_time) && rest.split_whitespace().any(is_year)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::LineIndex;

    const FROM: &str = "From a@b.example Sat Nov 21 22:34:32 2026";

    fn cut(text: &str) -> Vec<&str> {
        let slices = slices(text.as_bytes()).unwrap();
        for slice in &slices {
            let start = usize::try_from(slice.start).unwrap();
            assert_eq!(slice.lines + 1, LineIndex::new(text.as_bytes()).line(start), "{text:?}");
        }
        slices.iter().map(|slice| &text[slice.start as usize..slice.end as usize]).collect()
    }

    #[test]
    fn messages_lie_between_separators() {
        assert_eq!(cut(&format!("{FROM}\nTo: a\n\nx\n\n{FROM}\nTo: b\n\ny\n")), ["To: a\n\nx\n", "To: b\n\ny\n"]);
        assert_eq!(cut(&format!("{FROM}\r\nTo: a\r\n\r\nx\r\n\r\n{FROM}\r\nTo: b")), ["To: a\r\n\r\nx\r\n", "To: b"]);
        assert_eq!(cut(&format!("To: a\rb\r\r\n\n{FROM}\nTo: b\n")), ["To: a\rb\r\r\n", "To: b\n"]);
    }

    #[test]
    fn what_only_looks_like_a_separator_is_text() {
        let text = format!("{FROM}\nTo: a\n\nx\n{FROM}\n\nFrom here on\n\n>{FROM}\n");
        assert_eq!(cut(&text), [&text[FROM.len() + 1..]]);
        let long = format!("{FROM}\nTo: a\n\n{}{FROM}\n", "x".repeat(LINE as usize * 2));
        assert_eq!(cut(&long).len(), 1);
    }

    #[test]
    fn nothing_is_no_message() {
        for text in ["", "\n\n", FROM, &format!("{FROM}\n\n{FROM}\n\n")] {
            assert!(cut(text).is_empty(), "{text:?}");
        }
    }
}
