//! Writes hidden characters of JSON strings as `\u202e`, since JSON ends up on terminals, too.

use crate::report::visible::{is_hidden, is_printable};
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Compact JSON in which no control, zero-width or bidirectional character stands raw.
pub(super) struct Escape;

impl Formatter for Escape {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if is_printable(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, hidden)) = next_hidden(rest) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

/// The first hidden character, and where it is. ASCII that is seen is passed over by its bytes.
fn next_hidden(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(|byte| !matches!(byte, b' '..=b'~'))?;
        let character = text.get(at..)?.chars().next()?;
        if is_hidden(character) {
            return Some((at, character));
        }
        at += character.len_utf8();
    }
}
