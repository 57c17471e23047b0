//! Blocks of AMPscript: `%%[ if … then ]%% … %%[ endif ]%%`, several statements in one tag or one in several.

use super::Open;
use super::pair::Stack;
use crate::message::tags::Tag;
use crate::source::ViewSpan;

pub(super) fn unclosed(text: &str, tags: &[&Tag]) -> Vec<Open> {
    // AMPscript can also stand in `<script runat="server">`, where it is not read.
    let lower = |needle: &str| {
        text.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
    };
    let blocks: Vec<_> = tags.iter().filter(|tag| text[tag.span.range()].starts_with("%%[")).collect();
    if blocks.is_empty() || lower("language=\"ampscript\"") {
        return Vec::new();
    }
    let mut stack = Stack::default();
    for tag in blocks {
        let mut previous = String::new();
        for (at, word) in words(&text[tag.inner.range()]) {
            let span = ViewSpan::new(tag.inner.start + at, tag.inner.start + at + word.len());
            let word = word.to_ascii_lowercase();
            match word.as_str() {
                "if" if previous != "else" => stack.open(span, "if".to_owned(), "%%[ endif ]%%".to_owned()),
                "for" => stack.open(span, "for".to_owned(), "%%[ next ]%%".to_owned()),
                "endif" => stack.close(span, Some("if")),
                "next" if previous != "for" => stack.close(span, Some("for")),
                _ => {}
            }
            previous = word;
        }
    }
    stack.finish()
}

/// The words of the code; strings, comments and variables left out.
fn words(code: &str) -> Vec<(usize, &str)> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        at = match byte {
            b'/' if rest.starts_with(b"/*") => {
                memchr::memmem::find(rest, b"*/").map_or(bytes.len(), |end| at + end + 2)
            }
            b'"' | b'\'' => memchr::memchr(byte, &rest[1..]).map_or(bytes.len(), |end| at + end + 2),
            b'@' => at + 1 + name_length(&rest[1..]),
            _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                let length = name_length(rest);
                found.push((at, &code[at..at + length]));
                at + length
            }
            _ => at + 1,
        };
    }
    found
}

fn name_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
}
