//! Known tokens of the providers' loose syntaxes: `%UNSUBSCRIBELINK%`, `[unsubscribe]`, `{$name}`, `#unsubscribe#`.

use super::scan::Found;
use super::{Syntax, role};
use crate::sort;

/// What opens and closes a loose tag, longer ones first.
const DELIMITERS: &[(&str, &str)] = &[
    ("$[", "]$"),
    ("[%", "%]"),
    ("{?", "?}"),
    ("{", "}"),
    ("[", "]"),
    ("%", "%"),
    ("$", "$"),
    ("#", "#"),
    ("@", "@"),
    ("-", "-"),
];

/// Longest tag that begins with a known prefix, in bytes.
const LIMIT: usize = 200;

struct Token {
    text: &'static str,
    /// What ends the tag, where `text` is only its beginning.
    close: Option<&'static str>,
}

pub(super) struct Loose {
    /// By first byte, in lower case; longer tokens first.
    tokens: Vec<Token>,
}

impl Loose {
    /// Pseudo-elements (`<unsubscribe>`) are elements, and left to HTML.
    pub(super) fn new(tokens: &[&'static str]) -> Self {
        let mut tokens: Vec<Token> = tokens
            .iter()
            .filter(|text| text.len() > 1 && !text.starts_with('<'))
            .map(|&text| Token { text, close: missing_close(text) })
            .collect();
        sort::by_key(&mut tokens, |token| (first(token), std::cmp::Reverse(token.text.len())));
        Self { tokens }
    }

    pub(super) fn first_bytes(&self) -> impl Iterator<Item = u8> {
        self.tokens.iter().map(first).flat_map(|byte| [byte, byte.to_ascii_uppercase()])
    }

    pub(super) fn at(&self, bytes: &[u8], at: usize) -> Option<Found> {
        let byte = bytes.get(at)?.to_ascii_lowercase();
        let begin = self.tokens.partition_point(|token| first(token) < byte);
        let tokens = self.tokens.get(begin..)?.iter().take_while(|token| first(token) == byte);
        tokens.filter_map(|token| token.found(bytes, at)).next()
    }
}

fn first(token: &Token) -> u8 {
    token.text.bytes().next().unwrap_or_default().to_ascii_lowercase()
}

fn missing_close(text: &str) -> Option<&'static str> {
    let (open, close) = DELIMITERS.iter().find(|(open, _)| text.starts_with(open))?;
    let closed = text.len() > open.len() && text.ends_with(close);
    (!closed).then_some(close)
}

impl Token {
    fn found(&self, bytes: &[u8], at: usize) -> Option<Found> {
        let end = at + self.text.len();
        if !bytes.get(at..end)?.eq_ignore_ascii_case(self.text.as_bytes()) {
            return None;
        }
        let end = match self.close {
            None => end,
            Some(close) => self.prefixed_end(bytes, end, close)?,
        };
        let inside = bytes.get(at..end)?;
        if is_percent_escape(bytes, at, end) {
            return None;
        }
        let edge = |byte: &&u8| b"{}[]%$#@!?-".contains(byte);
        let start = at + inside.iter().take_while(edge).count();
        let stop = end - inside.iter().rev().take_while(edge).count();
        let name = std::str::from_utf8(bytes.get(start..stop)?).ok()?;
        Some(Found { end, inner: (start, stop), syntax: Syntax::Loose, role: role::output(name) })
    }

    fn prefixed_end(&self, bytes: &[u8], from: usize, close: &str) -> Option<usize> {
        let window = bytes.get(from..bytes.len().min(from + LIMIT))?;
        let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        if self.text.ends_with(|last: char| last.is_alphanumeric()) && window.first().is_some_and(goes_on) {
            return None;
        }
        let found = memchr::memmem::find(window, close.as_bytes())?;
        let inside = window.get(..found)?;
        (!inside.contains(&b'\n')).then_some(from + found + close.len())
    }
}

/// `%DA%TE…`: a token between percent signs that is a run of percent-escapes as well.
fn is_percent_escape(bytes: &[u8], at: usize, end: usize) -> bool {
    let escape = |at: usize| {
        bytes.get(at) == Some(&b'%')
            && bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    escape(at) && escape(end - 1)
}
