//! Pieces of a structured field: words, comments and what stands between semicolons, with their places.

use std::ops::Range;

/// A piece at the top level of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// What stands between blanks.
    Word(Range<usize>),
    /// A comment, without its outer brackets.
    Comment(Range<usize>),
    /// `;`.
    Semicolon(usize),
}

/// The pieces of `text` in order. A comment that never ends goes on to the end; a quoted string is part of its word.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b';' => {
                pieces.push(Piece::Semicolon(at));
                at += 1;
            }
            b'(' => {
                let (end, next) = comment_end(bytes, at);
                pieces.push(Piece::Comment(at + 1..end));
                at = next;
            }
            _ => {
                let end = word_end(bytes, at);
                pieces.push(Piece::Word(at..end));
                at = end;
            }
        }
    }
    pieces
}

/// Where the comment that begins at `start` ends, and where what follows it begins.
fn comment_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let mut depth = 0usize;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return (at - 1, at);
        }
    }
    (bytes.len(), bytes.len())
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut quoted = false;
    for (offset, byte) in bytes[start..].iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b' ' | b'\t' | b'\r' | b'\n' | b';' | b'(' if !quoted => return start + offset,
            _ => {}
        }
    }
    // A quote that nobody closed belongs to the word, and the blank behind it ends the word all the same.
    match quoted {
        true => bytes[start..].iter().position(|byte| b" \t;".contains(byte)).map_or(bytes.len(), |at| start + at),
        false => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_comments_and_semicolons() {
        let text = "from a(b (c)) [1.2.3.4];x=\"y z\" (open";
        let found: Vec<_> = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Word(range) => text[range].to_owned(),
                Piece::Comment(range) => format!("({})", &text[range]),
                Piece::Semicolon(_) => ";".to_owned(),
            })
            .collect();
        assert_eq!(found, ["from", "a", "(b (c))", "[1.2.3.4]", ";", "x=\"y z\"", "(open)"]);
        assert_eq!(pieces("a\"b c; d").len(), 4);
    }
}
