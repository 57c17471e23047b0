//! Where a parameter of a structured field stands (RFC 2045 §5.1).

use std::ops::Range;

/// The value of a parameter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// Without its quotes.
    pub value: Range<usize>,
    /// Whether it stands in quotes.
    pub quoted: bool,
}

/// The parameter called `name` (any case) of the field value `text`.
pub(super) fn find(text: &str, name: &str) -> Option<Parameter> {
    pieces(text).skip(1).find_map(|piece| {
        let (before, _) = text[piece.clone()].split_once('=')?;
        if !before.trim().eq_ignore_ascii_case(name) {
            return None;
        }
        let start = piece.start + before.len() + 1;
        let written = &text[start..piece.end];
        let start = start + (written.len() - written.trim_start().len());
        let written = written.trim();
        Some(match written.strip_prefix('"') {
            Some(rest) => {
                let length = rest.rfind('"').unwrap_or(rest.len());
                Parameter { value: start + 1..start + 1 + length, quoted: true }
            }
            None => {
                let length = written.find(char::is_whitespace).unwrap_or(written.len());
                Parameter { value: start..start + length, quoted: false }
            }
        })
    })
}

/// What stands between semicolons outside of quotes.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut start, mut at, mut done) = (0, 0, false);
    let bytes = text.as_bytes();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let mut in_quotes = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' if in_quotes => at += 1,
                b'"' => in_quotes = !in_quotes,
                b';' if !in_quotes => break,
                _ => {}
            }
            at += 1;
        }
        let piece = start..at.min(bytes.len());
        done = at >= bytes.len();
        at += 1;
        start = at;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_parameter_is_found_with_and_without_quotes() {
        for (text, value) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html; format=flowed; CharSet = \"utf-8\" ", Some("utf-8")),
            ("text/html; x=\"; charset=no\"; charset=yes (comment)", Some("yes")),
            ("text/html; charset=", Some("")),
            ("text/html; charset=\"open", Some("open")),
            ("charset=utf-8", None),
            ("text/html; é=1; xcharset=no", None),
            ("", None),
        ] {
            assert_eq!(find(text, "charset").map(|found| &text[found.value]), value, "{text:?}");
        }
    }
}
