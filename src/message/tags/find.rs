//! Where delimiters close. Each search is remembered, so that a hundred thousand openers without a closer cost no more than one.

use memchr::{memchr, memmem};

/// How far a tag may reach.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of its line.
    Line,
    /// To the next blank line.
    Paragraph,
    /// Over blank lines.
    Text,
}

/// How a syntax closes.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    /// The opening delimiter; a second one before the closing one means that the first never closed.
    pub open: &'static str,
    pub close: &'static str,
    /// A closing delimiter in quotes is none.
    pub quotes: bool,
    /// Braces inside come in pairs: `{{custom_attribute.${x}}}`.
    pub braces: bool,
    pub reach: Reach,
    /// Longest inside, in bytes.
    pub limit: usize,
}

/// Past this many bytes, markup inside a tag shows that its delimiters are unrelated.
const BEFORE_MARKUP: usize = 200;

struct Mark {
    needle: &'static str,
    from: usize,
    found: Option<usize>,
}

pub(super) struct Finder<'t> {
    bytes: &'t [u8],
    marks: Vec<Mark>,
    /// By opening delimiter: up to where a search that minds quotes and pairs is known to fail.
    failed: Vec<(&'static str, usize)>,
}

impl<'t> Finder<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, marks: Vec::new(), failed: Vec::new() }
    }

    /// Where `needle` next begins, at or after `from`.
    pub(super) fn next(&mut self, needle: &'static str, from: usize) -> Option<usize> {
        self.remembered(needle, from, |bytes, from| {
            memmem::find(bytes.get(from..)?, needle.as_bytes()).map(|at| from + at)
        })
    }

    /// Where the next blank line begins, at or after `from`: the line end before it.
    fn next_blank_line(&mut self, from: usize) -> Option<usize> {
        self.remembered("\n\n", from, |bytes, mut from| {
            while let Some(at) = memchr(b'\n', bytes.get(from..)?) {
                from += at + 1;
                if is_blank_line(bytes, from) {
                    return Some(from - 1);
                }
            }
            None
        })
    }

    fn remembered(
        &mut self,
        needle: &'static str,
        from: usize,
        search: impl Fn(&[u8], usize) -> Option<usize>,
    ) -> Option<usize> {
        let place = self.marks.iter().position(|mark| mark.needle == needle);
        if let Some(mark) = place.and_then(|place| self.marks.get(place))
            && from >= mark.from
            && mark.found.is_none_or(|found| from <= found)
        {
            return mark.found;
        }
        let mark = Mark { needle, from, found: search(self.bytes, from) };
        let found = mark.found;
        match place.and_then(|place| self.marks.get_mut(place)) {
            Some(old) => *old = mark,
            None => self.marks.push(mark),
        }
        found
    }

    /// Where the closing delimiter of a tag begins whose inside begins at `from`.
    pub(super) fn close(&mut self, rule: &Rule, from: usize) -> Option<usize> {
        let plain = self.next(rule.close, from).filter(|plain| plain - from <= rule.limit)?;
        if (rule.quotes || rule.braces) && from >= self.failed_until(rule.open) {
            match self.walk(rule, from) {
                Ok(close) => return Some(close),
                Err(until) => self.fail(rule.open, until),
            }
        }
        let other = self.next(rule.open, from);
        let end = match rule.reach {
            Reach::Line => self.next("\n", from),
            Reach::Paragraph => self.next_blank_line(from),
            Reach::Text => None,
        };
        let inside = self.bytes.get(from..plain)?;
        let markup = inside.len() > BEFORE_MARKUP && rule.braces && memmem::find(inside, b"</").is_some();
        (other.is_none_or(|at| at >= plain) && end.is_none_or(|at| at >= plain) && !markup).then_some(plain)
    }

    fn walk(&self, rule: &Rule, from: usize) -> Result<usize, usize> {
        let end = self.bytes.len().min(from.saturating_add(rule.limit).saturating_add(rule.close.len()));
        let (mut at, mut depth) = (from, 0_usize);
        while let Some(&byte) = self.bytes.get(at).filter(|_| at < end) {
            let rest = self.bytes.get(at..).unwrap_or_default();
            if depth == 0 && rest.starts_with(rule.close.as_bytes()) {
                return Ok(at);
            }
            match byte {
                b'\n' if rule.reach == Reach::Line => return Err(at),
                b'\n' if rule.reach == Reach::Paragraph && is_blank_line(self.bytes, at + 1) => return Err(at),
                b'"' | b'\'' | b'`' if rule.quotes && opens_quote(self.bytes, from, at) => {
                    at = quote_end(self.bytes, at, end).unwrap_or(at);
                }
                b'{' if rule.braces => depth += 1,
                b'}' if rule.braces => depth = depth.checked_sub(1).ok_or(at)?,
                b'<' if rule.braces && at - from > BEFORE_MARKUP && is_markup(rest) => return Err(at),
                _ if !rule.braces && rest.starts_with(rule.open.as_bytes()) => return Err(at),
                _ => {}
            }
            at += 1;
        }
        Err(end)
    }

    /// One past the bracket that closes the one at `at`, minding quotes; brackets of other shapes inside are not looked at.
    pub(super) fn balanced(&mut self, at: usize, limit: usize) -> Option<usize> {
        let (open, name, close) = match self.bytes.get(at)? {
            b'(' => (b'(', "(", b')'),
            b'[' => (b'[', "[", b']'),
            b'{' => (b'{', "{", b'}'),
            _ => return None,
        };
        if at < self.failed_until(name) {
            return None;
        }
        let end = self.bytes.len().min(at.saturating_add(limit));
        let (mut place, mut depth) = (at, 0_usize);
        while let Some(&byte) = self.bytes.get(place).filter(|_| place < end) {
            if byte == open {
                depth += 1;
            } else if byte == close {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            } else if matches!(byte, b'"' | b'\'') && opens_quote(self.bytes, at, place) {
                place = quote_end(self.bytes, place, end).unwrap_or(place);
            }
            place += 1;
        }
        self.fail(name, end);
        None
    }

    fn failed_until(&self, open: &'static str) -> usize {
        self.failed.iter().find(|failed| failed.0 == open).map_or(0, |failed| failed.1)
    }

    fn fail(&mut self, open: &'static str, until: usize) {
        match self.failed.iter_mut().find(|failed| failed.0 == open) {
            Some(failed) => failed.1 = failed.1.max(until),
            None => self.failed.push((open, until)),
        }
    }
}

/// Whether nothing but blanks stands on the line that begins at `from` (the last line has no end, so it is none).
fn is_blank_line(bytes: &[u8], from: usize) -> bool {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
}

fn is_markup(rest: &[u8]) -> bool {
    rest.get(1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'))
}

/// A quote behind a letter is an apostrophe (`don't`), one behind a backslash is escaped.
fn opens_quote(bytes: &[u8], from: usize, at: usize) -> bool {
    at == from || !bytes.get(at - 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'\\'))
}

/// The quote that closes the one at `at`, on the same line.
fn quote_end(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let quote = *bytes.get(at)?;
    let mut place = at + 1;
    while place < end {
        match *bytes.get(place)? {
            b'\n' => return None,
            b'\\' => place += 1,
            byte if byte == quote => return Some(place),
            _ => {}
        }
        place += 1;
    }
    None
}
