//! The body of a multipart cut at its delimiter lines (RFC 2046 §5.1.1).

use memchr::memmem;
use std::ops::Range;

/// Cuts `body` at the lines that are `--boundary`: the ranges of the parts, without the line end before the next delimiter, which belongs to it. What
/// stands before the first delimiter and behind the closing one is left out. Without a closing delimiter the last part goes to the end, unless nothing is there.
pub(crate) fn cut(bytes: &[u8], body: Range<usize>, boundary: &str, limit: usize) -> Vec<Range<usize>> {
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for found in memmem::find_iter(&bytes[body.clone()], &delimiter).map(|at| body.start + at) {
        let Some(line) = Delimiter::at(bytes, &body, found, delimiter.len()) else { continue };
        if let Some(start) = open {
            parts.push(start..line.part_end.max(start));
        }
        open = (!line.closes).then_some(line.next);
        if line.closes || parts.len() >= limit {
            return parts;
        }
    }
    // what somebody meant to be the closing one begins nothing
    let is_part = |start: &usize| parts.is_empty() || !bytes[*start..body.end].trim_ascii().is_empty();
    let last = open.filter(is_part);
    parts.extend(last.map(|start| start..body.end));
    parts
}

/// How often the delimiter lines of a boundary stand in a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Delimiters {
    /// Lines that begin a part.
    pub open: usize,
    /// Whether the closing one comes, behind them.
    pub closed: bool,
}

/// Counts the delimiter lines of `boundary` in `body`, up to the closing one.
pub(crate) fn delimiters(bytes: &[u8], body: Range<usize>, boundary: &str) -> Delimiters {
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let mut found = Delimiters { open: 0, closed: false };
    for at in memmem::find_iter(&bytes[body.clone()], &delimiter).map(|at| body.start + at) {
        match Delimiter::at(bytes, &body, at, delimiter.len()) {
            Some(line) if line.closes => return Delimiters { closed: true, ..found },
            Some(_) => found.open += 1,
            None => {}
        }
    }
    found
}

struct Delimiter {
    /// Where the part before it ends.
    part_end: usize,
    closes: bool,
    /// Behind its line end.
    next: usize,
}

impl Delimiter {
    /// The delimiter line at `at`, if it is one: alone in its line, but for blanks behind it.
    fn at(bytes: &[u8], body: &Range<usize>, at: usize, length: usize) -> Option<Self> {
        if at > body.start && !matches!(bytes[at - 1], b'\n' | b'\r') {
            return None;
        }
        let rest = &bytes[at + length..body.end];
        let closes = rest.starts_with(b"--");
        let rest = if closes { &rest[2..] } else { rest };
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line_end = match &rest[blanks..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [] => 0,
            _ => return None,
        };
        let next = body.end - rest.len() + blanks + line_end;
        let part_end = match &bytes[body.start..at] {
            [.., b'\r', b'\n'] => at - 2,
            [.., b'\r' | b'\n'] => at - 1,
            _ => at,
        };
        Some(Self { part_end, closes, next })
    }
}

/// The boundary that the body uses, where the declared one is missing or never comes: the first line that begins with `--` and has a Content-* field
/// behind it.
pub(crate) fn guess_boundary(bytes: &[u8], body: Range<usize>) -> Option<String> {
    let body = &bytes[body];
    for at in memmem::find_iter(body, b"--") {
        if at > 0 && !matches!(body[at - 1], b'\n' | b'\r') {
            continue;
        }
        let line = body[at + 2..].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
        let behind = body[at + 2 + line.len()..].trim_ascii_start();
        let named = line.trim_ascii_end();
        if (1..=200).contains(&named.len())
            && behind.get(..8).is_some_and(|word| word.eq_ignore_ascii_case(b"content-"))
        {
            return std::str::from_utf8(named).ok().map(str::to_owned);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &str) -> Vec<&str> {
        cut(body.as_bytes(), 0..body.len(), "XX", 100).into_iter().map(|range| &body[range]).collect()
    }

    #[test]
    fn parts_are_what_stands_between_delimiter_lines() {
        for (body, expected) in [
            ("--XX\na\n--XX\nb\n--XX--\n", vec!["a", "b"]),
            ("preamble\r\n--XX\r\na\r\n\r\n--XX-- \r\nepilogue\r\n--XX\r\nno", vec!["a\r\n"]),
            ("--XX\na --XX b\n--XX--", vec!["a --XX b"]),
            ("--XX\na\n--XXY\nb\n--XX--", vec!["a\n--XXY\nb"]),
            ("--XX\ncut off", vec!["cut off"]),
            ("--XX\n--XX--", vec![""]),
            ("--XX\r--XX--", vec![""]),
            ("--XX", vec![""]),
            ("nothing", vec![]),
        ] {
            assert_eq!(parts(body), expected, "{body:?}");
        }
    }

    #[test]
    fn delimiter_lines_are_counted_up_to_the_closing_one() {
        for (body, open, closed) in [
            ("--XX\na\n--XX\nb\n--XX--\n--XX\n", 2, true),
            ("--XX\na --XX\n--XXY\n", 1, false),
            ("--XX--\n", 0, true),
            ("", 0, false),
        ] {
            assert_eq!(delimiters(body.as_bytes(), 0..body.len(), "XX"), Delimiters { open, closed }, "{body:?}");
        }
    }

    #[test]
    fn a_lost_boundary_is_found_again() {
        let body = "text\n-- \nsignature\n--abc_1\nContent-Type: text/html\n\n<p>";
        assert_eq!(guess_boundary(body.as_bytes(), 0..body.len()).as_deref(), Some("abc_1"));
        assert_eq!(guess_boundary(b"-- \n--x\n", 0..8), None);
    }
}
