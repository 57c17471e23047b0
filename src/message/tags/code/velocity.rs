//! Apache Velocity: `$name`, `$!{name}`, `#if(…)`, `#end`, `#parse("…")`, `#* … *#`. A price has no letter behind its `$`.

use super::super::find::{Reach, Rule};
use super::super::role;
use super::super::scan::{Found, Scanner};
use super::super::{Role, Syntax};
use super::{LIMIT, code};

const COMMENT: Rule =
    Rule { open: "#*", close: "*#", quotes: false, braces: false, reach: Reach::Text, limit: 200_000 };
const REFERENCE: Rule = Rule { open: "$!{", close: "}", quotes: true, braces: true, reach: Reach::Line, limit: 1_000 };

impl Scanner<'_> {
    pub(super) fn velocity(&mut self, at: usize) -> Option<Found> {
        match self.bytes.get(at)? {
            b'$' => self.velocity_reference(at),
            b'#' => self.velocity_directive(at),
            _ => None,
        }
    }

    fn velocity_reference(&mut self, at: usize) -> Option<Found> {
        if let Some(found) = self.whole(&REFERENCE, at, Syntax::Dollar) {
            let role = role::output(self.slice(found.inner.0, found.inner.1));
            return Some(found.with(role));
        }
        let start = at + 1 + usize::from(self.bytes.get(at + 1) == Some(&b'!'));
        let end = self.expression_end(start);
        let name = self.slice(start, end);
        (end > start).then(|| Found {
            end,
            inner: (start, end),
            syntax: Syntax::Dollar,
            role: role::output(name.split('(').next().unwrap_or_default()),
        })
    }

    fn velocity_directive(&mut self, at: usize) -> Option<Found> {
        if self.starts(at, "#*") {
            return self.whole(&COMMENT, at, Syntax::Code).map(|found| found.with(Role::Comment));
        }
        if self.starts(at, "##") && self.before(at).is_none_or(|byte| byte.is_ascii_whitespace()) {
            let end = self.line_end(at);
            return Some(Found { inner: (at + 2, end), ..code(at, end, Role::Comment) });
        }
        let braced = self.bytes.get(at + 1) == Some(&b'{');
        let start = at + 1 + usize::from(braced);
        let name_end = self.name_end(start);
        let mut end = name_end;
        if braced {
            if self.bytes.get(end) != Some(&b'}') {
                return None;
            }
            end += 1;
        }
        let opens = self.past_blanks(end);
        let arguments = if self.bytes.get(opens) == Some(&b'(') { self.find.balanced(opens, LIMIT) } else { None };
        let role = match self.slice(start, name_end) {
            "if" | "foreach" | "macro" | "define" => arguments.map(|_| Role::Open),
            "elseif" => arguments.map(|_| Role::Middle),
            "set" | "evaluate" => arguments.map(|_| Role::Control),
            "parse" | "include" => arguments.map(|_| Role::Include),
            "else" => return Some(code(at, end, Role::Middle)),
            "end" => return Some(code(at, end, Role::Close)),
            "break" | "stop" => return Some(code(at, end, Role::Control)),
            // a macro: `#footer()`
            name => arguments.filter(|_| !name.is_empty() && opens == end).map(|_| Role::Include),
        }?;
        Some(code(at, arguments?, role))
    }
}
