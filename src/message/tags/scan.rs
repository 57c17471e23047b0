//! The scanner: one pass over the text, from one byte that can open a tag to the next.

use super::find::Finder;
use super::loose::Loose;
use super::{Code, Dialect, Role, Syntax, Tag, refine};
use crate::source::ViewSpan;

/// A tag that begins where the scanner stands.
pub(super) struct Found {
    /// One past its last byte.
    pub end: usize,
    /// Its inside, not yet trimmed.
    pub inner: (usize, usize),
    pub syntax: Syntax,
    pub role: Role,
}

pub(super) struct Scanner<'t> {
    pub text: &'t str,
    pub bytes: &'t [u8],
    pub find: Finder<'t>,
    pub code: Option<Code>,
    /// Up to where `<style>` or `<script>` reaches.
    raw_until: usize,
    /// Up to where a comment reaches; a `<style>` in it ends with it.
    comment_until: usize,
    /// Up to where a conditional comment's own delimiters reach.
    condition_until: usize,
    html: bool,
    /// No `{% endcomment %}` is to come.
    pub no_endcomment: bool,
    /// Razor: blocks that are open, whose `}` stands bare in the markup.
    pub open_braces: usize,
}

/// Finds the merge tags of `text`, in order, none overlapping. `html` says whether `<style>`, `<script>` and conditional comments are to be
/// respected. What stands in `{% raw %}` or `{% verbatim %}` is looked at too: it is left for a second engine to fill in. Linear in the length
/// of the text, whatever it holds.
pub fn scan(text: &str, html: bool, dialect: &Dialect) -> Vec<Tag> {
    scan_most(text, html, dialect, usize::MAX).0
}

/// The first `most` of them, and where the next one begins.
pub fn scan_most(text: &str, html: bool, dialect: &Dialect, most: usize) -> (Vec<Tag>, Option<usize>) {
    // asked of every address and many attributes, nearly none of which has one
    if dialect.code.is_none() && dialect.loose.is_empty() {
        let mut openers = text.bytes().enumerate().filter(|(_, byte)| opens_in_general(*byte));
        if openers.all(|(at, _)| is_plain_markup(text.as_bytes(), at)) {
            return (Vec::new(), None);
        }
    }
    let loose = Loose::new(&dialect.loose);
    let openers = openers(dialect.code, &loose);
    let is_markup = dialect.code.is_none() && loose.first_bytes().all(|byte| !matches!(byte, b'<' | b'&'));
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        find: Finder::new(text.as_bytes()),
        code: dialect.code,
        raw_until: 0,
        comment_until: 0,
        condition_until: 0,
        html,
        no_endcomment: false,
        open_braces: 0,
    };
    let mut tags = Vec::new();
    let (mut at, mut surplus) = (0, None);
    let is_general = is_markup && loose.first_bytes().all(opens_in_general);
    let mut marks = (is_general && text.len() >= LONG).then(|| Marks::of(text.as_bytes()));
    loop {
        let next = match &mut marks {
            Some(marks) => marks.next(at),
            None => openers.next(text.as_bytes(), at),
        };
        let Some(next) = next else { break };
        at = next;
        if is_markup && is_plain_markup(text.as_bytes(), at) {
            at += 1;
            continue;
        }
        scanner.enter(at);
        match scanner.tag_at(at, &loose) {
            Some(_) if tags.len() >= most => {
                surplus = Some(at);
                break;
            }
            Some(found) => {
                tags.push(scanner.tag(at, &found));
                at = found.end.max(at + 1);
            }
            None => at += 1,
        }
    }
    refine::refine(text, &mut tags);
    (tags, surplus)
}

/// Whether the `<` or `&` at `at` begins neither a tag of any dialect nor what changes how tags look: nearly all of them.
fn is_plain_markup(bytes: &[u8], at: usize) -> bool {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'<'), Some(next)) => !matches!(next, b'?' | b'%' | b'!' | b's' | b'S' | b'm' | b'M'),
        (Some(b'&'), Some(next)) => !matches!(next, b'l' | b'L'),
        _ => false,
    }
}

/// What tags begin with in every dialect.
const OPENERS: &[u8] = b"{<*%[$&";

fn opens_in_general(byte: u8) -> bool {
    matches!(byte, b'{' | b'<' | b'*' | b'%' | b'[' | b'$' | b'&')
}

/// Texts of so many bytes are searched by [`Marks`].
const LONG: usize = 1024;

/// Where a tag of any dialect may begin, or what changes how tags look: bytes that are rare in markup are searched for by themselves.
struct Marks<'t> {
    bytes: &'t [u8],
    /// The next `{`, `[` or `$`, the next `*` or `%`, and the next `<` or `&` that is no plain markup, at or behind where the last search began.
    /// The end of the text where there is none.
    next: [usize; 3],
}

impl<'t> Marks<'t> {
    fn of(bytes: &'t [u8]) -> Self {
        let mut marks = Self { bytes, next: [0; 3] };
        marks.next = [marks.brace(0), marks.sign(0), marks.markup(0)];
        marks
    }

    fn brace(&self, from: usize) -> usize {
        self.found(from, |rest| memchr::memchr3(b'{', b'[', b'$', rest))
    }

    fn sign(&self, from: usize) -> usize {
        self.found(from, |rest| memchr::memchr2(b'*', b'%', rest))
    }

    fn markup(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let mut places = memchr::memchr2_iter(b'<', b'&', rest).map(|at| from + at);
        places.find(|at| !is_plain_markup(self.bytes, *at)).unwrap_or(self.bytes.len())
    }

    fn found(&self, from: usize, search: impl Fn(&[u8]) -> Option<usize>) -> usize {
        self.bytes.get(from..).and_then(search).map_or(self.bytes.len(), |ahead| from + ahead)
    }

    /// The first at or behind `at`.
    fn next(&mut self, at: usize) -> Option<usize> {
        let [brace, sign, markup] = self.next;
        let brace = if brace < at { self.brace(at) } else { brace };
        let sign = if sign < at { self.sign(at) } else { sign };
        let markup = if markup < at { self.markup(at) } else { markup };
        self.next = [brace, sign, markup];
        Some(brace.min(sign).min(markup)).filter(|next| *next < self.bytes.len())
    }
}

struct Openers([bool; 256]);

impl Openers {
    /// Where the first one stands at or behind `at`.
    fn next(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let opens = |byte: &u8| self.0.get(usize::from(*byte)).copied().unwrap_or_default();
        Some(at + bytes.get(at..)?.iter().position(opens)?)
    }
}

fn openers(code: Option<Code>, loose: &Loose) -> Openers {
    let mut table = [false; 256];
    let of_code: &[u8] = match code {
        Some(Code::Blade) => b"@",
        Some(Code::Razor) => b"@}",
        Some(Code::Velocity | Code::FreeMarker) => b"#",
        None => b"",
    };
    for byte in OPENERS.iter().chain(of_code).copied().chain(loose.first_bytes()) {
        if let Some(opens) = table.get_mut(usize::from(byte)) {
            *opens = true;
        }
    }
    Openers(table)
}

impl Scanner<'_> {
    /// Notes what begins at `at` that changes what a tag may look like.
    fn enter(&mut self, at: usize) {
        if !self.html || self.bytes.get(at) != Some(&b'<') || at < self.raw_until {
            return;
        }
        if self.starts(at, "<!--") && at >= self.comment_until {
            self.comment_until = self.find.next("-->", at + 4).unwrap_or(self.bytes.len());
        }
        if self.starts(at, "<!--[") || self.starts(at, "<![") {
            self.condition_until = self.find.next(">", at).unwrap_or(at);
        } else if let Some(name) = ["style", "script", "mj-style"].into_iter().find(|name| self.opens_element(at, name))
        {
            let within = if at < self.comment_until { self.comment_until } else { self.bytes.len() };
            self.raw_until = self.end_of_raw(at, name, within);
        }
    }

    fn opens_element(&self, at: usize, name: &str) -> bool {
        self.starts(at + 1, name)
            && self
                .bytes
                .get(at + 1 + name.len())
                .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    }

    /// Where the end tag of the element called `name` begins; not behind `within`.
    fn end_of_raw(&self, at: usize, name: &str, within: usize) -> usize {
        let mut place = at + 1;
        while let Some(ahead) =
            self.bytes.get(place..within).and_then(|rest| memchr::memmem::find(rest, b"</").map(|found| place + found))
        {
            if self.starts(ahead + 2, name) {
                return ahead;
            }
            place = ahead + 2;
        }
        within
    }

    /// Whether `at` is inside `<style>` or `<script>`, where only what can't be code is a tag.
    pub fn in_raw(&self, at: usize) -> bool {
        at < self.raw_until
    }

    /// Whether the text at `at` begins with `what`, in any case.
    pub fn starts(&self, at: usize, what: &str) -> bool {
        self.bytes.get(at..at + what.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(what.as_bytes()))
    }

    /// The byte before `at`.
    pub fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|before| self.bytes.get(before)).copied()
    }

    /// The text from `start` to `end`; empty where that is no text.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn tag_at(&mut self, at: usize, loose: &Loose) -> Option<Found> {
        if at < self.condition_until {
            return None;
        }
        let found = match self.bytes.get(at)? {
            b'{' => self.brace(at),
            b'<' | b'&' => self.angle(at),
            b'*' => self.mailchimp(at),
            b'%' => self.percent(at),
            b'[' => self.bracket(at),
            b'$' => self.dollar(at),
            _ => None,
        };
        if found.is_some() || self.in_raw(at) {
            return found;
        }
        self.code_at(at).or_else(|| loose.at(self.bytes, at))
    }

    fn tag(&self, at: usize, found: &Found) -> Tag {
        let (start, end) = trimmed(self.bytes, found.inner);
        Tag {
            span: ViewSpan::new(at, found.end),
            inner: ViewSpan::new(start, end),
            syntax: found.syntax,
            role: found.role,
        }
    }
}

/// `span` without blanks and trim marks at both ends.
fn trimmed(bytes: &[u8], (mut start, mut end): (usize, usize)) -> (usize, usize) {
    let idle = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'-' | b'~'));
    while start < end && idle(start) {
        start += 1;
    }
    while end > start && idle(end - 1) {
        end -= 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::{Marks, is_plain_markup, opens_in_general};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_where_a_look_at_each_byte_finds_them(text in "[a<&{%*$\\[!?lsM]{0,80}", step in 1usize..4) {
            let bytes = text.as_bytes();
            let is_mark = |at: usize| opens_in_general(bytes[at]) && !is_plain_markup(bytes, at);
            let mut marks = Marks::of(bytes);
            let mut at = 0;
            loop {
                let plainly = (at..bytes.len()).find(|at| is_mark(*at));
                prop_assert_eq!(marks.next(at), plainly, "from {}", at);
                let Some(found) = plainly else { break };
                // behind a tag the search goes on further away
                at = found + step;
            }
        }
    }
}
