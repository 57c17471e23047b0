//! Line ends and lengths of lines in the file (RFC 5322 §2.1.1 and §2.3).

use super::super::{Cover, Facts};
use crate::message::TransferEncoding;
use crate::message::tags::{self, Dialect, Role};
use crate::source::FileSpan;
use std::ops::Range;

/// Longest line in bytes, without its end (RFC 5322 §2.1.1).
pub const LONGEST_LINE: usize = 998;
/// Places that are kept of each fault.
const SHOWN: usize = 4;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// Carriage return and line feed.
    CrLf,
    /// A bare line feed.
    Lf,
    /// A bare carriage return.
    Cr,
}

/// Line ends that are not those of the rest of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddEnds {
    /// How most lines end.
    pub usual: LineEnd,
    /// How the first of the odd ones ends.
    pub odd: LineEnd,
    /// How many lines end so.
    pub count: usize,
    /// The first of them.
    pub places: Vec<FileSpan>,
}

/// Lines that are too long.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongLines {
    /// How many.
    pub count: usize,
    /// Length of the longest in bytes.
    pub longest: usize,
    /// The first of them: what of each is too much, and its length in bytes.
    pub places: Vec<(FileSpan, usize)>,
    /// Where the first one is.
    pub within: Option<Within>,
    /// Merge tags stand in a long line: nobody knows how long it will be.
    pub unknown: bool,
}

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// A header.
    Header,
    /// The body of a part, in its transfer encoding.
    Body(TransferEncoding),
}

/// A file that uses one line end throughout is only stored that way.
pub(super) fn odd_ends(facts: &Facts<'_>) -> Option<OddEnds> {
    let bytes = &facts.message.source.bytes;
    if facts.line_ends().are_alike() {
        return None;
    }
    let binary = binary_parts(facts);
    let ends = || ends(bytes).filter(|(at, _)| !binary.overlaps(*at..at + 1));
    let mut counts = [0usize; 3];
    for (_, end) in ends() {
        counts[end as usize] += 1;
    }
    let [crlf, lf, cr] = counts;
    let usual = match () {
        () if crlf >= lf && crlf > 0 => LineEnd::CrLf,
        () if lf > 0 => LineEnd::Lf,
        () => LineEnd::Cr,
    };
    let (_, odd) = ends().find(|(_, end)| *end != usual)?;
    let count = match odd {
        LineEnd::CrLf => crlf,
        LineEnd::Lf => lf,
        LineEnd::Cr => cr,
    };
    let places = ends().filter(|(_, end)| *end == odd).take(SHOWN);
    let places = places.map(|(at, end)| FileSpan::new(at, at + if end == LineEnd::CrLf { 2 } else { 1 }));
    Some(OddEnds { usual, odd, count, places: places.collect() })
}

/// How many line ends there are of each kind: two counts and one look before each line feed tell it.
#[derive(Debug, Clone, Copy)]
pub struct LineEnds {
    /// Carriage returns, with or without a line feed behind them.
    returns: usize,
    /// Line feeds, with or without a carriage return before them.
    feeds: usize,
    /// Both in a row.
    pairs: usize,
}

impl LineEnds {
    pub fn of(bytes: &[u8]) -> Self {
        let [returns, feeds] = [b'\r', b'\n'].map(|end| memchr::memchr_iter(end, bytes).count());
        // most files have no carriage return
        Self { returns, feeds, pairs: if returns == 0 { 0 } else { pairs(bytes) } }
    }

    /// All lines end alike, as in nearly every file.
    fn are_alike(self) -> bool {
        self.returns == 0 || self.feeds == 0 || self.returns == self.feeds && self.pairs == self.feeds
    }

    /// How many bytes the ends add where each one is CRLF.
    pub fn added_as_sent(self) -> usize {
        self.returns + self.feeds - 2 * self.pairs
    }
}

/// Carriage returns with a line feed behind them. Counted in bytes, many at a time.
fn pairs(bytes: &[u8]) -> usize {
    let seconds = bytes.get(1..).unwrap_or_default();
    let is_pair = |(first, second): (&u8, &u8)| u8::from(*first == b'\r' && *second == b'\n');
    let most = usize::from(u8::MAX);
    bytes
        .chunks(most)
        .zip(seconds.chunks(most))
        .map(|(firsts, seconds)| usize::from(firsts.iter().zip(seconds).map(is_pair).sum::<u8>()))
        .sum()
}

/// The line ends of `bytes` and where each begins.
fn ends(bytes: &[u8]) -> impl Iterator<Item = (usize, LineEnd)> {
    memchr::memchr2_iter(b'\r', b'\n', bytes).filter_map(|at| match bytes[at] {
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => Some((at, LineEnd::CrLf)),
        b'\r' => Some((at, LineEnd::Cr)),
        _ if at > 0 && bytes[at - 1] == b'\r' => None,
        _ => Some((at, LineEnd::Lf)),
    })
}

pub(super) fn first(bytes: &[u8]) -> FileSpan {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let blank = bytes[mark..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let line = &bytes[mark + blank..];
    let line = memchr::memchr2(b'\r', b'\n', line).map_or(line, |end| &line[..end]);
    FileSpan::new(mark + blank, mark + blank + line.len())
}

pub(super) fn long_lines(facts: &Facts<'_>) -> LongLines {
    let bytes = &facts.message.source.bytes;
    let binary = binary_parts(facts);
    let mut found = LongLines::default();
    let end = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let mut start = 0;
    while start < bytes.len() {
        // a line may be as long: all that end within it are not too long
        let within = &bytes[start..bytes.len().min(start + LONGEST_LINE + 1)];
        if let Some(last) = memchr::memrchr(end, within) {
            start += last + 1;
            continue;
        }
        let next = memchr::memchr(end, &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let mut line = start..next;
        while line.end > line.start && matches!(bytes[line.end - 1], b'\r' | b'\n') {
            line.end -= 1;
        }
        if line.len() > LONGEST_LINE && !binary.overlaps(line.start..line.start + 1) {
            found.add(facts, &bytes[line.clone()], &line);
        }
        start = next;
    }
    found
}

impl LongLines {
    fn add(&mut self, facts: &Facts<'_>, text: &[u8], line: &Range<usize>) {
        match static_length(facts, text) {
            Some(length) if length <= LONGEST_LINE => self.unknown = true,
            None => self.unknown = true,
            Some(_) => {
                self.count += 1;
                self.longest = self.longest.max(line.len());
                self.within.get_or_insert_with(|| within(facts, line.start));
                if self.places.len() < SHOWN {
                    self.places.push((FileSpan::new(line.start + boundary(text), line.end), line.len()));
                }
            }
        }
    }
}

/// Where the surplus of a line begins, between two characters.
fn boundary(text: &[u8]) -> usize {
    let is_inside = |at: &usize| text.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    (LONGEST_LINE..text.len()).find(|at| !is_inside(at)).unwrap_or(LONGEST_LINE)
}

/// What of a line is there whatever its merge tags become; `None` where one of them may take text away.
fn static_length(facts: &Facts<'_>, text: &[u8]) -> Option<usize> {
    if facts.is_rendered() {
        return Some(text.len());
    }
    let tags = tags::scan(&String::from_utf8_lossy(text), true, &Dialect::default());
    let is_value = |role| matches!(role, Role::Output | Role::Control | Role::Comment | Role::Include);
    let tagged: usize = tags.iter().map(|tag| tag.span.len()).sum();
    tags.iter().all(|tag| is_value(tag.role)).then(|| text.len().saturating_sub(tagged))
}

fn within(facts: &Facts<'_>, at: usize) -> Within {
    let leaves = facts.message.parts.iter().filter(|part| !part.content_type.starts_with("multipart/"));
    let holds = |span: FileSpan| span.start <= at && at < span.end;
    match leaves.filter(|part| holds(part.body_span)).max_by_key(|part| part.depth) {
        Some(part) => Within::Body(part.encoding),
        None => Within::Header,
    }
}

/// The bodies of parts that are declared as `binary`, whose bytes are no lines (RFC 2045 §2.9).
fn binary_parts(facts: &Facts<'_>) -> Cover {
    let is_binary = |header| facts.message.value(header).trim().eq_ignore_ascii_case("binary");
    let parts =
        facts.own_parts().filter(|(_, part)| super::named(part, "Content-Transfer-Encoding").is_some_and(is_binary));
    let leaves = parts.filter(|(_, part)| !part.content_type.starts_with("multipart/"));
    Cover::of(leaves.map(|(_, part)| part.body_span.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_end_is_one() {
        use LineEnd::{Cr, CrLf, Lf};
        let found: Vec<_> = ends(b"a\r\nb\nc\rd\r\r\n\n").collect();
        assert_eq!(found, [(1, CrLf), (4, Lf), (6, Cr), (8, Cr), (9, CrLf), (11, Lf)]);
    }

    proptest::proptest! {
        #[test]
        fn counting_tells_what_looking_at_each_line_end_tells(
            pieces in proptest::collection::vec(proptest::sample::select(vec!["a", "\r", "\n", "\r\n"]), 0..12),
        ) {
            let text = pieces.concat();
            let kinds: Vec<_> = ends(text.as_bytes()).map(|(_, end)| end).collect();
            let odd = kinds.iter().filter(|end| **end != LineEnd::CrLf).count();
            proptest::prop_assert_eq!(LineEnds::of(text.as_bytes()).added_as_sent(), odd);
            proptest::prop_assert_eq!(LineEnds::of(text.as_bytes()).are_alike(), kinds.iter().all(|end| *end == kinds[0]));
        }
    }

    #[test]
    fn the_surplus_begins_with_a_character() {
        let line = format!("{}éé", "x".repeat(LONGEST_LINE - 1));
        assert_eq!(boundary(line.as_bytes()), LONGEST_LINE + 1);
        assert_eq!(boundary(&[0x80; 1000]), LONGEST_LINE);
    }
}
