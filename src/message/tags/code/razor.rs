//! ASP.NET Razor: `@Model.Name`, `@(…)`, `@{ … }`, `@if (…) {` with its bare `}`, `@* … *@`; `@@` is a plain `@`.

use super::super::content::suggests_content;
use super::super::find::{Reach, Rule};
use super::super::scan::{Found, Scanner};
use super::super::{Role, Syntax};
use super::{LIMIT, code};

const COMMENT: Rule =
    Rule { open: "@*", close: "*@", quotes: false, braces: false, reach: Reach::Text, limit: 200_000 };
const BLOCKS: &[&str] = &["if", "for", "foreach", "while", "switch", "using", "lock", "section", "try", "do"];
/// Directives that take the rest of their line.
const DIRECTIVES: &[&str] = &[
    "model",
    "using",
    "inherits",
    "inject",
    "addTagHelper",
    "removeTagHelper",
    "layout",
    "page",
    "namespace",
    "attribute",
    "implements",
];
/// Blocks of C#.
const CODE: &[&str] = &["functions", "code"];

impl Scanner<'_> {
    pub(super) fn razor(&mut self, at: usize) -> Option<Found> {
        if self.bytes.get(at) == Some(&b'}') {
            return self.razor_close(at);
        }
        // an address, or the second half of `@@`
        if self.bytes.get(at) != Some(&b'@') || self.in_word(at) || self.before(at) == Some(b'@') {
            return None;
        }
        match self.bytes.get(at + 1)? {
            b'*' => {
                let found = self.whole(&COMMENT, at, Syntax::Code)?;
                Some(found.with(Role::Comment))
            }
            b'(' => self.find.balanced(at + 1, LIMIT).map(|end| code(at, end, Role::Output)),
            b'{' => self.find.balanced(at + 1, 10 * LIMIT).map(|end| code(at, end, Role::Control)),
            _ => self.razor_word(at),
        }
    }

    fn razor_word(&mut self, at: usize) -> Option<Found> {
        let name_end = self.name_end(at + 1);
        if name_end == at + 1 {
            return None;
        }
        let name = self.slice(at + 1, name_end).to_owned();
        let next = self.past_blanks(name_end);
        if BLOCKS.contains(&name.as_str())
            && let Some(end) = self.razor_block_head(&name, next)
        {
            self.open_braces += 1;
            return Some(code(at, end, Role::Open));
        }
        if CODE.contains(&name.as_str()) && self.bytes.get(next) == Some(&b'{') {
            return self.find.balanced(next, 10 * LIMIT).map(|end| code(at, end, Role::Control));
        }
        if DIRECTIVES.contains(&name.as_str()) && next > name_end {
            let end = self.line_end(name_end);
            return Some(code(at, end, Role::Control));
        }
        let start = if name == "await" { next } else { at + 1 };
        let end = self.expression_end(start).max(name_end);
        let expression = self.slice(start, end);
        let function = expression.split('(').next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
        let partial = ["Partial", "RenderBody", "RenderSection"].iter().any(|name| function.contains(name));
        let role = if partial || suggests_content(expression) { Role::Include } else { Role::Output };
        Some(code(at, end, role))
    }

    /// One past the `{` that opens the block.
    fn razor_block_head(&mut self, name: &str, next: usize) -> Option<usize> {
        let mut at = next;
        if self.bytes.get(at) == Some(&b'(') {
            at = self.find.balanced(at, LIMIT)?;
        } else if name == "section" {
            at = self.name_end(at);
        }
        let gap = self.bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        (self.bytes.get(at + gap) == Some(&b'{')).then_some(at + gap + 1)
    }

    /// A `}` that begins its line closes a block, and may open the next: `} else {`.
    fn razor_close(&mut self, at: usize) -> Option<Found> {
        let before = self.bytes.get(..at)?.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        if self.open_braces == 0 || !matches!(before, None | Some(b'\n' | b'\r' | b'>')) {
            return None;
        }
        let gap = |at: usize| {
            let rest = self.bytes.get(at..).unwrap_or_default();
            at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
        };
        let word = gap(at + 1);
        let name_end = self.name_end(word);
        if matches!(self.slice(word, name_end), "else" | "catch" | "finally" | "while") {
            let mut next = gap(name_end);
            let second = self.name_end(next);
            if self.slice(next, second) == "if" {
                next = gap(second);
            }
            if self.bytes.get(next) == Some(&b'(') {
                next = self.find.balanced(next, LIMIT)?;
            }
            let brace = next + self.bytes.get(next..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if self.bytes.get(brace) == Some(&b'{') {
                return Some(code(at, brace + 1, Role::Middle));
            }
        }
        self.open_braces -= 1;
        Some(code(at, at + 1, Role::Close))
    }
}
