//! Engines whose code stands outside of delimiters. They are known by the file's extension, for their signs are ordinary characters elsewhere.

mod blade;
mod freemarker;
mod razor;
mod velocity;

use super::scan::{Found, Scanner};
use super::{Code, Role, Syntax};

/// Longest argument list or block, in bytes.
const LIMIT: usize = 8_000;

/// The engine that a file's name promises.
pub fn code_for(file_name: &str) -> Option<Code> {
    let name = file_name.to_ascii_lowercase();
    let ends = |extensions: &[&str]| extensions.iter().any(|extension| name.ends_with(extension));
    if ends(&[".blade.php"]) {
        Some(Code::Blade)
    } else if ends(&[".cshtml", ".vbhtml", ".razor"]) {
        Some(Code::Razor)
    } else if ends(&[".vm", ".vtl"]) {
        Some(Code::Velocity)
    } else if ends(&[".ftl", ".ftlh"]) {
        Some(Code::FreeMarker)
    } else {
        None
    }
}

impl Scanner<'_> {
    pub(super) fn code_at(&mut self, at: usize) -> Option<Found> {
        match self.code? {
            Code::Blade => self.blade(at),
            Code::Razor => self.razor(at),
            Code::Velocity => self.velocity(at),
            Code::FreeMarker => self.freemarker(at),
        }
    }

    /// One past the name that begins at `at`; `at` where none does.
    fn name_end(&self, at: usize) -> usize {
        let name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_') {
            at + rest.iter().take_while(name).count()
        } else {
            at
        }
    }

    /// The first byte at or after `at` that is no blank, on the same line.
    fn past_blanks(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    fn line_end(&mut self, at: usize) -> usize {
        let end = self.find.next("\n", at).unwrap_or(self.bytes.len());
        if end > at && self.before(end) == Some(b'\r') { end - 1 } else { end }
    }

    /// Whether a word or an address reaches up to `at`: `sales@if.example`.
    fn in_word(&self, at: usize) -> bool {
        self.before(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+'))
    }

    /// From a name at `at` over `.member`, `?.member`, `(arguments)` and `[index]`.
    fn expression_end(&mut self, at: usize) -> usize {
        let mut end = self.name_end(at);
        loop {
            let next = match self.bytes.get(end) {
                Some(b'(' | b'[') => self.find.balanced(end, LIMIT).unwrap_or(end),
                Some(b'.') => self.member_end(end, end + 1),
                Some(b'?') if self.bytes.get(end + 1) == Some(&b'.') => self.member_end(end, end + 2),
                _ => end,
            };
            if next == end {
                return end;
            }
            end = next;
        }
    }

    fn member_end(&self, end: usize, name: usize) -> usize {
        let after = self.name_end(name);
        if after == name { end } else { after }
    }
}

fn code(at: usize, end: usize, role: Role) -> Found {
    Found { end, inner: (at, end), syntax: Syntax::Code, role }
}
