//! Tags that begin with a brace: `{{ }}`, `{{{ }}}`, `{{{{raw}}}}`, `{% %}`, `{# #}` and their comments.

use super::find::{Reach, Rule};
use super::role;
use super::scan::{Found, Scanner};
use super::{Code, Role, Syntax};

const RAW: Rule = Rule { open: "{{{{", close: "}}}}", quotes: false, braces: false, reach: Reach::Line, limit: 100 };
const TRIPLE: Rule =
    Rule { open: "{{{", close: "}}}", quotes: true, braces: true, reach: Reach::Paragraph, limit: 4_000 };
const DOUBLE: Rule =
    Rule { open: "{{", close: "}}", quotes: true, braces: true, reach: Reach::Paragraph, limit: 4_000 };
const STATEMENT: Rule =
    Rule { open: "{%", close: "%}", quotes: true, braces: false, reach: Reach::Text, limit: 20_000 };
const HASH: Rule = comment("{#", "#}");
const BLADE_RAW: Rule =
    Rule { open: "{!!", close: "!!}", quotes: true, braces: false, reach: Reach::Paragraph, limit: 4_000 };

/// Longest comment, in bytes; whole sections are commented out.
const COMMENT: usize = 200_000;

/// Comments of the double brace, with what opens and what closes them.
const COMMENTS: [Rule; 4] =
    [comment("{{!--", "--}}"), comment("{{~!--", "--}}"), comment("{{--", "--}}"), comment("{{/*", "*/}}")];
const TRIMMED_COMMENT: Rule = comment("{{- /*", "*/ -}}");
const SHORT_COMMENT: Rule =
    Rule { open: "{{!", close: "}}", quotes: false, braces: false, reach: Reach::Text, limit: 20_000 };

const fn comment(open: &'static str, close: &'static str) -> Rule {
    Rule { open, close, quotes: false, braces: false, reach: Reach::Text, limit: COMMENT }
}

impl Scanner<'_> {
    pub(super) fn brace(&mut self, at: usize) -> Option<Found> {
        let raw = self.in_raw(at);
        match self.bytes.get(at + 1)? {
            b'{' => {
                let found = self.mustache(at)?;
                let (start, end) = found.inner;
                (!raw || is_sane(self.slice(start, end))).then_some(found)
            }
            b'%' => self.statement(at),
            b'#' if !raw => self.whole(&HASH, at, Syntax::HashComment).map(|found| found.with(Role::Comment)),
            b'!' if !raw && self.code == Some(Code::Blade) => {
                let found = self.whole(&BLADE_RAW, at, Syntax::Code)?;
                let role = role::output(self.slice(found.inner.0, found.inner.1));
                Some(found.with(role))
            }
            _ => None,
        }
    }

    /// The tag at `at` by `rule`, with the role of a value.
    pub(super) fn whole(&mut self, rule: &Rule, at: usize, syntax: Syntax) -> Option<Found> {
        if !self.starts(at, rule.open) {
            return None;
        }
        let start = at + rule.open.len();
        let close = self.find.close(rule, start)?;
        Some(Found { end: close + rule.close.len(), inner: (start, close), syntax, role: Role::Output })
    }

    fn mustache(&mut self, at: usize) -> Option<Found> {
        if let Some(comment) = self.mustache_comment(at) {
            return Some(comment);
        }
        if let Some(found) = self.whole(&RAW, at, Syntax::Mustache) {
            let name = self.slice(found.inner.0, found.inner.1).trim();
            let (role, name) = name.strip_prefix('/').map_or((Role::Open, name), |name| (Role::Close, name));
            if name.starts_with(|first: char| first.is_ascii_alphabetic()) && !name.contains(['{', '}']) {
                return Some(found.with(role));
            }
        }
        let rule = if self.starts(at, "{{{") { &TRIPLE } else { &DOUBLE };
        let found = self.whole(rule, at, Syntax::Mustache)?;
        let inner = self.slice(found.inner.0, found.inner.1);
        if !names_something(inner) {
            return None;
        }
        let role = role::mustache(inner);
        Some(found.with(role))
    }

    fn mustache_comment(&mut self, at: usize) -> Option<Found> {
        for rule in COMMENTS.iter().chain([&TRIMMED_COMMENT]) {
            if let Some(found) = self.whole(rule, at, Syntax::Mustache) {
                return Some(found.with(Role::Comment));
            }
        }
        self.whole(&SHORT_COMMENT, at, Syntax::Mustache).map(|found| found.with(Role::Comment))
    }

    fn statement(&mut self, at: usize) -> Option<Found> {
        let found = self.whole(&STATEMENT, at, Syntax::Statement)?;
        let inner = self.slice(found.inner.0, found.inner.1);
        let inner = inner.trim_matches(|mark: char| mark.is_ascii_whitespace() || matches!(mark, '-' | '+' | '~'));
        if !inner.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '#' | '%')) {
            return None;
        }
        if role::first_word(inner) == "comment" {
            return Some(self.comment_block(found));
        }
        let role = role::statement(inner);
        Some(found.with(role))
    }

    /// `{% comment %}` with all up to its `{% endcomment %}`; the tag alone where there is none.
    fn comment_block(&mut self, open: Found) -> Found {
        let mut from = open.end;
        while !self.no_endcomment
            && let Some(word) = self.find.next("endcomment", from)
        {
            let before = self
                .slice(open.end, word)
                .trim_end_matches(|mark: char| mark.is_ascii_whitespace() || matches!(mark, '-' | '+'));
            let after = self.slice(word, self.bytes.len()).strip_prefix("endcomment").unwrap_or_default();
            let rest = after.trim_start_matches(|mark: char| mark.is_ascii_whitespace() || matches!(mark, '-' | '+'));
            if before.ends_with("{%") && rest.starts_with("%}") {
                let end = self.bytes.len() - rest.len() + 2;
                let inner = (open.end, open.end + before.len() - 2);
                return Found { end, inner, syntax: Syntax::Statement, role: Role::Comment };
            }
            from = word + 1;
        }
        self.no_endcomment = true;
        open.with(Role::Comment)
    }
}

impl Found {
    pub(super) fn with(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// Whether there is a name, a literal or a dot in the inside of a double brace, and it is no JSON (`{{"a": 1}}`).
fn names_something(inner: &str) -> bool {
    let inner = inner.trim();
    let key = inner.strip_prefix('"').and_then(|inner| inner.split_once('"'));
    inner.contains(|char: char| char.is_alphanumeric() || matches!(char, '.' | '^' | '$' | '=' | '"' | '\''))
        && !key.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// Whether the inside of a double brace can't be CSS or JavaScript.
fn is_sane(inner: &str) -> bool {
    let inner = inner.trim();
    let filtered = inner.contains('|');
    inner.len() <= 300
        && inner.starts_with(|first: char| first.is_alphanumeric() || "#/^>!&$._(@\"'-~[".contains(first))
        && !inner.contains([';', '\n'])
        && (filtered || !inner.contains(':') || inner.contains('"') || inner.contains("=="))
        && inner.match_indices('{').all(|(at, _)| inner.get(..at).is_some_and(|before| before.ends_with('$')))
}
