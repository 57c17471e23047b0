//! Apache FreeMarker: `<#if …>`, `</#list>`, `<@macro …/>`, `<#-- … -->`, `#{…}`. A `>` in quotes or parentheses closes nothing.

use super::super::find::{Reach, Rule};
use super::super::scan::{Found, Scanner};
use super::super::{Role, Syntax};
use super::{LIMIT, code};

const COMMENT: Rule =
    Rule { open: "<#--", close: "-->", quotes: false, braces: false, reach: Reach::Text, limit: 200_000 };
const NUMBER: Rule = Rule { open: "#{", close: "}", quotes: true, braces: true, reach: Reach::Line, limit: 300 };
const DIRECTIVE: Rule = Rule { open: "<#", close: ">", quotes: true, braces: false, reach: Reach::Text, limit: LIMIT };
const MACRO: Rule = Rule { open: "<@", ..DIRECTIVE };
const END_DIRECTIVE: Rule = Rule { open: "</#", reach: Reach::Line, ..DIRECTIVE };
const END_MACRO: Rule = Rule { open: "</@", reach: Reach::Line, ..DIRECTIVE };

impl Scanner<'_> {
    pub(super) fn freemarker(&mut self, at: usize) -> Option<Found> {
        if let Some(found) = self.whole(&COMMENT, at, Syntax::Code) {
            return Some(found.with(Role::Comment));
        }
        if let Some(found) = self.whole(&NUMBER, at, Syntax::Dollar) {
            return Some(found);
        }
        for rule in [&END_DIRECTIVE, &END_MACRO] {
            if let Some(found) = self.whole(rule, at, Syntax::Code) {
                return Some(found.with(Role::Close));
            }
        }
        if let Some(found) = self.whole(&MACRO, at, Syntax::Code) {
            let named = self.name_end(at + 2) > at + 2;
            let empty = self.slice(found.inner.0, found.inner.1).ends_with('/');
            return named.then(|| found.with(if empty { Role::Include } else { Role::Open }));
        }
        self.freemarker_directive(at)
    }

    fn freemarker_directive(&mut self, at: usize) -> Option<Found> {
        if !self.starts(at, "<#") {
            return None;
        }
        let name_end = self.name_end(at + 2);
        let name = self.slice(at + 2, name_end).to_owned();
        // `<#if (a > 1)>`
        let opens = self.past_blanks(name_end);
        let from = if self.bytes.get(opens) == Some(&b'(') { self.find.balanced(opens, LIMIT)? } else { name_end };
        let close = self.find.close(&DIRECTIVE, from)?;
        let empty = self.before(close) == Some(b'/');
        let role = match name.as_str() {
            "include" | "nested" => Role::Include,
            "else" | "elseif" | "case" | "default" | "recover" | "sep" => Role::Middle,
            "assign" | "local" | "global" if empty || self.slice(from, close).contains('=') => Role::Control,
            "if" | "list" | "foreach" | "switch" | "macro" | "function" | "attempt" | "items" | "escape"
            | "noescape" | "compress" | "assign" | "local" | "global" | "noparse" | "outputformat" | "autoesc"
            | "noautoesc" => Role::Open,
            "" => return None,
            _ => Role::Control,
        };
        Some(Found { inner: (at + 2, close), ..code(at, close + 1, role) })
    }
}
