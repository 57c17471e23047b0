//! The tokens of an address field (RFC 5322 §3.2), with encoded words and merge tags as tokens of their own.

use crate::source::ViewSpan;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of other characters; `at` says whether an `@` is among them.
    Word { at: bool },
    /// What was written as encoded words.
    Encoded,
    /// `"…"`.
    Quoted { closed: bool },
    /// `(…)`, nested ones with it.
    Comment { closed: bool },
    /// `<…>`.
    Angle { closed: bool },
    /// `,`, `;` or `:`.
    Separator(char),
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: ViewSpan,
    /// A merge tag is in it.
    pub tagged: bool,
}

impl Token {
    pub fn is_angle(&self) -> bool {
        matches!(self.kind, Kind::Angle { .. })
    }

    /// Whether it is part of a name or an address.
    pub fn is_text(&self) -> bool {
        !matches!(self.kind, Kind::Comment { .. } | Kind::Angle { .. })
    }

    /// Without its delimiters.
    pub fn inner(&self, text: &str) -> ViewSpan {
        let closed = match self.kind {
            Kind::Quoted { closed } | Kind::Comment { closed } | Kind::Angle { closed } => closed,
            _ => return self.span,
        };
        debug_assert!(self.span.end <= text.len());
        let end = self.span.end - usize::from(closed);
        ViewSpan::new((self.span.start + 1).min(end), end)
    }

    /// Its text, without quotes and backslashes.
    pub fn unquoted(&self, text: &str) -> String {
        let inner = text.get(self.inner(text).range()).unwrap_or_default();
        if !matches!(self.kind, Kind::Quoted { .. }) {
            return inner.to_owned();
        }
        let mut characters = inner.chars();
        let mut unquoted = String::new();
        while let Some(character) = characters.next() {
            unquoted.extend(if character == '\\' { characters.next() } else { Some(character) });
        }
        unquoted
    }
}

/// Cuts an address field into tokens.
pub(super) struct Tokenizer<'v> {
    text: &'v str,
    words: &'v [ViewSpan],
    tags: &'v [ViewSpan],
}

impl<'v> Tokenizer<'v> {
    pub fn new(text: &'v str, words: &'v [ViewSpan], tags: &'v [ViewSpan]) -> Self {
        Self { text, words, tags }
    }

    pub fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(character) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            if self.opaque_end(at).is_none() && character.is_whitespace() {
                at += character.len_utf8();
                continue;
            }
            let token = self.token(at, character);
            at = token.span.end;
            tokens.push(token);
        }
        tokens
    }

    /// The last `@` of an address that is not in a quoted string.
    pub fn last_at(address: &str) -> Option<usize> {
        let quoted = address.rfind('"').map_or(0, |at| at + 1);
        address[quoted..].rfind('@').map(|at| quoted + at)
    }

    fn token(&self, at: usize, character: char) -> Token {
        let (kind, end, tagged) = match character {
            _ if self.opaque_end(at).is_some() => self.word(at),
            '"' => {
                let (end, closed, tagged) = self.delimited(at, '"', '"', true);
                (Kind::Quoted { closed }, end, tagged)
            }
            '(' => {
                let (end, closed, tagged) = self.delimited(at, '(', ')', true);
                (Kind::Comment { closed }, end, tagged)
            }
            '<' => {
                let (end, closed, tagged) = self.delimited(at, '\0', '>', false);
                (Kind::Angle { closed }, end, tagged)
            }
            ',' | ';' | ':' => (Kind::Separator(character), at + 1, false),
            _ => self.word(at),
        };
        Token { kind, span: ViewSpan::new(at, end), tagged }
    }

    /// The end of the encoded word or merge tag that holds byte `at`, and whether it is a merge tag.
    fn opaque_end(&self, at: usize) -> Option<(usize, bool)> {
        let holds = |spans: &[ViewSpan]| {
            let next = spans.partition_point(|span| span.end <= at);
            spans.get(next).filter(|span| span.start <= at).map(|span| span.end)
        };
        holds(self.tags).map(|end| (end, true)).or_else(|| holds(self.words).map(|end| (end, false)))
    }

    fn word(&self, start: usize) -> (Kind, usize, bool) {
        let (mut at, mut has_at, mut tagged, mut plain) = (start, false, false, false);
        while let Some(character) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some((end, is_tag)) = self.opaque_end(at) {
                tagged |= is_tag;
                plain |= is_tag;
                at = end;
            } else if character.is_whitespace() || (at > start && "\"(<,;:".contains(character)) {
                break;
            } else {
                plain = true;
                has_at |= character == '@';
                at += character.len_utf8();
            }
        }
        (if plain { Kind::Word { at: has_at } } else { Kind::Encoded }, at, tagged)
    }

    /// The end of what `open` began at `start`: its end, whether `close` was found, whether a merge tag is in it. What is not closed ends with the text.
    fn delimited(&self, start: usize, open: char, close: char, escapes: bool) -> (usize, bool, bool) {
        let (mut depth, mut escaped, mut tagged, mut quoted) = (1usize, false, false, false);
        let mut at = start + 1;
        while let Some(character) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some((end, is_tag)) = self.opaque_end(at) {
                tagged |= is_tag;
                at = end;
                continue;
            }
            at += character.len_utf8();
            if escaped {
                escaped = false;
            } else if escapes && character == '\\' {
                escaped = true;
            } else if !escapes && character == '"' {
                quoted = !quoted;
            } else if character == close && !quoted {
                depth -= 1;
                if depth == 0 {
                    return (at, true, tagged);
                }
            } else if character == open {
                depth += 1;
            } else if !escapes && character == '<' {
                return (at - 1, false, tagged);
            }
        }
        (at, false, tagged)
    }
}
