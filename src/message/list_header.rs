//! The URIs of a List-* field (RFC 2369 §2), from its decoded value.

mod fault;

pub use fault::{ListFault, ListFaultKind, list_faults};

use super::{Message, Spot, View, ViewId};
use crate::source::ViewSpan;

/// A URI of a List-* field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListUri {
    /// The URI, without blanks (RFC 2369 §2: blanks inside the brackets are ignored).
    pub uri: String,
    /// Where it stands, without the brackets.
    pub span: ViewSpan,
    /// Whether it stands between `<` and `>`, as it must.
    pub bracketed: bool,
}

impl ListUri {
    /// Its scheme in lower case, `https`, `mailto`; empty if it has none.
    pub fn scheme(&self) -> String {
        let scheme = self.uri.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        if scheme.chars().all(is_scheme) { scheme.to_ascii_lowercase() } else { String::new() }
    }

    /// The place in the message.
    pub fn spot(&self, view: ViewId) -> Spot {
        Spot { view, span: self.span }
    }
}

/// The URIs of all fields called `name`, each with its place.
pub fn uris_of(message: &Message<'_>, name: &str) -> Vec<(Spot, ListUri)> {
    message
        .headers_named(name)
        .flat_map(|header| {
            list_uris(message.view(header.value)).into_iter().map(move |uri| (uri.spot(header.value), uri))
        })
        .collect()
}

/// The URIs of a List-* value in order. Comments and `NO` (RFC 2369 §3.4) are no URIs; a URI without brackets is taken up to the next comma, blank or
/// bracket.
pub fn list_uris(value: &View<'_>) -> Vec<ListUri> {
    uris(value.text())
}

fn uris(text: &str) -> Vec<ListUri> {
    let mut uris = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        match character {
            '(' => at = comment_end(text, at),
            '<' => {
                let start = at + 1;
                let end = text[start..].find(['>', '<']).map_or(text.len(), |end| start + end);
                let closed = text[end..].starts_with('>');
                push(&mut uris, text, start, end, closed);
                at = end + usize::from(closed);
            }
            _ if character == ',' || character == '>' || character.is_whitespace() => at += character.len_utf8(),
            _ => {
                let end = text[at..]
                    .find(|c: char| c.is_whitespace() || ",<>(".contains(c))
                    .map_or(text.len(), |end| at + end);
                push(&mut uris, text, at, end, false);
                at = end;
            }
        }
    }
    uris
}

fn push(uris: &mut Vec<ListUri>, text: &str, start: usize, end: usize, bracketed: bool) {
    let inner = &text[start..end];
    let start = start + inner.len() - inner.trim_start().len();
    let uri: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    if bracketed || uri.contains(':') || uri.contains('@') {
        uris.push(ListUri { uri, span: ViewSpan::new(start, start + inner.trim().len()), bracketed });
    }
}

fn comment_end(text: &str, start: usize) -> usize {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, character) in text[start..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start + at + character.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_found_with_and_without_brackets() {
        for (value, expected) in [
            (
                "<mailto:u@x.example?subject=unsub>, <https://x.example/u>",
                vec![("mailto:u@x.example?subject=unsub", true), ("https://x.example/u", true)],
            ),
            ("https://x.example/u,y", vec![("https://x.example/u", false)]),
            ("<https://x.example/ u>", vec![("https://x.example/u", true)]),
            ("(use (this)) <mailto:a@b.example> (or reply)", vec![("mailto:a@b.example", true)]),
            ("<https://x.example/u", vec![("https://x.example/u", false)]),
            ("NO (no list)", vec![]),
            ("a@b.example", vec![("a@b.example", false)]),
            ("<>", vec![("", true)]),
            ("", vec![]),
        ] {
            let found = uris(value);
            let short: Vec<_> = found.iter().map(|uri| (uri.uri.as_str(), uri.bracketed)).collect();
            assert_eq!(short, expected, "{value}");
        }
    }

    #[test]
    fn the_span_is_the_uri_alone() {
        let value = "(x) < https://x.example/u >";
        assert_eq!(&value[uris(value)[0].span.range()], "https://x.example/u");
    }
}
