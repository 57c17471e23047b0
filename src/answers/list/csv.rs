//! CSV (RFC 4180) record by record, each as the bytes that it has in its file: what is kept can be written back as it was.

use std::io::{self, BufRead};
use std::ops::Range;

/// Longest record that is read, in bytes: beyond, a quote was never closed.
const LONGEST: usize = 1 << 20;

/// Reads records; line ends are LF, CRLF or a lone CR, and may stand inside quotes.
pub struct Records<R> {
    input: R,
    delimiter: u8,
    line: usize,
}

/// What came next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A record that begins in this line, from 1.
    Record(usize),
    /// One that begins in this line is longer than what is read, or does not end.
    TooLong(usize),
    /// Nothing.
    End,
}

impl<R: BufRead> Records<R> {
    /// Reads from the beginning of `input`.
    pub fn new(input: R, delimiter: u8) -> Self {
        Self { input, delimiter, line: 1 }
    }

    /// Changes what parts the fields, once it is known.
    pub fn delimit(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Puts the next record into `record`, with its line end.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn next(&mut self, record: &mut Vec<u8>) -> io::Result<Next> {
        record.clear();
        let begins = self.line;
        let (mut quoted, mut fresh, mut after_cr) = (false, true, false);
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(match record.is_empty() {
                    true => Next::End,
                    // a quote that is never closed has swallowed the rows behind it
                    false if quoted && record.contains(&b'\n') => Next::TooLong(begins),
                    false => Next::Record(begins),
                });
            }
            let mut used = 0;
            let mut done = false;
            for &byte in buffer {
                if after_cr {
                    // CR LF is one line end
                    used += usize::from(byte == b'\n');
                    done = true;
                    break;
                }
                used += 1;
                match byte {
                    b'"' if quoted => quoted = false,
                    // only at the beginning of a field, or doubled, is it a quote
                    b'"' if fresh || buffer_ends_with_quote(record, buffer, used) => quoted = true,
                    b'\n' if !quoted => {
                        done = true;
                        break;
                    }
                    b'\r' if !quoted => after_cr = true,
                    _ => {}
                }
                self.line += usize::from(byte == b'\n' && quoted);
                fresh = byte == self.delimiter && !quoted || (fresh && (byte == b' ' || is_mark(byte)));
            }
            record.extend_from_slice(buffer.get(..used).unwrap_or_default());
            self.input.consume(used);
            if done {
                self.line += 1;
                return Ok(Next::Record(begins));
            }
            if record.len() > LONGEST {
                return Ok(Next::TooLong(begins));
            }
        }
    }
}

/// A byte of a UTF-8 byte order mark, behind which the first field begins.
fn is_mark(byte: u8) -> bool {
    matches!(byte, 0xef | 0xbb | 0xbf)
}

/// Whether the byte before the one at `used - 1` is a quote: then both are a doubled one, and the field goes on.
fn buffer_ends_with_quote(record: &[u8], buffer: &[u8], used: usize) -> bool {
    let before = match used.checked_sub(2) {
        Some(at) => buffer.get(at),
        None => record.last(),
    };
    before == Some(&b'"')
}

/// A field of a record: its bytes without quotes and blanks around, and where they stand in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The text, doubled quotes undone.
    pub text: String,
    /// Its bytes in the record, without the quotes around it.
    pub range: Range<usize>,
}

/// The fields of a record; the line end and a byte order mark belong to none.
pub fn split(record: &[u8], delimiter: u8) -> Vec<Field> {
    let end = record.len() - record.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let mut start = if record.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut fields = Vec::new();
    loop {
        let (field, next) = field(record, start.min(end), end, delimiter);
        fields.push(field);
        match next {
            Some(next) => start = next,
            None => return fields,
        }
    }
}

/// The texts of the fields of a record.
pub fn fields(record: &[u8], delimiter: u8) -> Vec<String> {
    split(record, delimiter).into_iter().map(|field| field.text).collect()
}

fn field(record: &[u8], start: usize, end: usize, delimiter: u8) -> (Field, Option<usize>) {
    let bytes = record.get(start..end).unwrap_or_default();
    let blanks = bytes.iter().take_while(|byte| **byte == b' ').count();
    if bytes.get(blanks) != Some(&b'"') {
        let length = memchr::memchr(delimiter, bytes).unwrap_or(bytes.len());
        let inner = bytes.get(..length).unwrap_or_default();
        let left = inner.len() - inner.trim_ascii_start().len();
        let text = inner.trim_ascii();
        let range = start + left..start + left + text.len();
        let next = (length < bytes.len()).then_some(start + length + 1);
        return (Field { text: String::from_utf8_lossy(text).into_owned(), range }, next);
    }
    let open = blanks + 1;
    let mut at = open;
    let close = loop {
        match memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()).map(|found| at + found) {
            Some(quote) if bytes.get(quote + 1) == Some(&b'"') => at = quote + 2,
            Some(quote) => break quote,
            None => break bytes.len(),
        }
    };
    let inner = bytes.get(open..close).unwrap_or_default();
    let text = String::from_utf8_lossy(inner).replace("\"\"", "\"");
    let next = memchr::memchr(delimiter, bytes.get(close..).unwrap_or_default()).map(|found| start + close + found + 1);
    (Field { text, range: start + open..start + close }, next)
}

/// A field as CSV has it: quoted where it must be.
pub fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn records(text: &str, capacity: usize) -> Vec<(usize, String)> {
        let mut records = Records::new(io::BufReader::with_capacity(capacity, text.as_bytes()), b',');
        let (mut out, mut record) = (Vec::new(), Vec::new());
        while let Next::Record(line) = records.next(&mut record).unwrap() {
            out.push((line, String::from_utf8(record.clone()).unwrap()));
        }
        out
    }

    #[test]
    fn records_keep_their_bytes_whatever_the_buffer() {
        let text = "a,b\r\n\"x\ny\",\"say \"\"hi\"\"\"\rlast,\"\"\nin\"ch,2\nend";
        let expected =
            [(1, "a,b\r\n"), (2, "\"x\ny\",\"say \"\"hi\"\"\"\r"), (4, "last,\"\"\n"), (5, "in\"ch,2\n"), (6, "end")];
        for capacity in 1..=9 {
            let found = records(text, capacity);
            assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())), "{capacity}");
        }
    }

    #[test]
    fn fields_are_unquoted_and_placed() {
        let record = b"\xef\xbb\xbfa, b ,\"c,\"\"d\",\r\n";
        let found = split(record, b',');
        let texts: Vec<&str> = found.iter().map(|field| field.text.as_str()).collect();
        assert_eq!(texts, ["a", "b", "c,\"d", ""]);
        assert_eq!(&record[found[1].range.clone()], b"b");
    }

    #[test]
    fn an_endless_quote_ends() {
        let mut text = b"\"".to_vec();
        text.resize(3 << 20, b'x');
        let mut records = Records::new(&text[..], b',');
        assert_eq!(records.next(&mut Vec::new()).unwrap(), Next::TooLong(1));
    }
}
