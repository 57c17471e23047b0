//! The shape of a URL, and whether a URL has it: hand-written, in one pass over the URL for each shape that is tried.

use super::Certainty;
use super::url::Parts;
use crate::knowledge::table::{List, Text};

/// A shape as `build.rs` writes it out.
#[derive(Debug)]
pub(crate) struct Shape {
    pub kind: Kind,
    /// Index into the table of owners.
    pub owner: u16,
    pub certainty: Certainty,
    pub host: Host,
    pub path: List<Segment>,
    pub query: List<Parameter>,
}

/// What a URL of a shape is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// Reports that the mail was opened.
    Open,
    /// Counts the click and leads on.
    Click,
    Unsubscribe,
    Preferences,
    WebVersion,
}

impl Kind {
    /// How many there are.
    pub(crate) const COUNT: usize = 5;
}

/// Which hosts.
#[derive(Debug)]
pub(crate) enum Host {
    Any,
    /// These labels are the last ones: the host itself and all below it.
    Under(List<Segment>),
    /// These labels are the first ones.
    Begins(List<Segment>),
}

/// A part of a path between slashes, or a label of a host.
#[derive(Debug)]
pub(crate) enum Segment {
    /// Any number of segments.
    Rest,
    Piece(List<Atom>),
}

/// A parameter that the query must have; with an empty name, one that is only a value.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: Text,
    pub value: Option<List<Atom>>,
}

/// What a segment is made of. Each takes as much as it can and never gives back.
#[derive(Debug)]
pub(crate) enum Atom {
    Literal(Text),
    /// The longest first.
    OneOf(List<Text>),
    /// Least and most bytes of a set.
    Run(Set, u16, u16),
    Uuid,
    /// Anything that ends so; always the last.
    Tail(Text),
}

/// Sets of bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Set {
    Digits,
    Hex,
    Alnum,
    Word,
    /// What tokens in URLs are written with: base64 in both alphabets but the slash, percent-escapes, separators.
    Token,
}

impl Set {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Token => byte.is_ascii_alphanumeric() || b"_-=.~%+:,*!".contains(&byte),
        }
    }
}

impl Shape {
    /// Whether `url` has this shape.
    pub(crate) fn matches(&self, url: &Parts<'_>) -> bool {
        host_matches(&self.host, url.host)
            && self.path_matches(url.path)
            && self.query.iter().all(|parameter| parameter_matches(parameter, url.query))
    }

    /// A quick look at what [`Shape::matches`] needs: as many segments as its path has, a last one that begins as it should, parameters that begin
    /// as those do that it wants.
    pub(crate) fn may_match(&self, url: &Gist<'_>) -> bool {
        let has_query = || self.query.iter().all(|parameter| url.may_have(parameter.name.as_bytes()));
        let ends = || match &self.path[..] {
            [.., Segment::Piece(atoms)] => begins_alike(atoms.as_slice(), url.last),
            _ => true,
        };
        let has_length =
            || self.path.len() == url.segments || self.path.iter().any(|segment| matches!(segment, Segment::Rest));
        has_query() && has_length() && ends()
    }

    fn path_matches(&self, path: &str) -> bool {
        segments_match(self.path.as_slice(), between_slashes(path).as_bytes(), b'/')
    }
}

/// What tells a URL from most shapes at a look.
pub(crate) struct Gist<'u> {
    segments: usize,
    /// The last of them.
    last: &'u [u8],
    /// What its parameters begin with: by their first byte, without the bit in which small and capital letters differ.
    initials: u64,
}

impl<'u> Gist<'u> {
    pub(crate) fn of(url: &Parts<'u>) -> Self {
        let query = url.query.as_bytes();
        let behind = memchr::memchr_iter(b'&', query).map(|at| at + 1);
        let initial = |at: usize| {
            let parameter = query.get(at..)?;
            parameter.strip_prefix(b"amp;").unwrap_or(parameter).first()
        };
        let initials = std::iter::once(0).chain(behind).filter_map(initial).fold(0, |all, byte| all | Self::bit(*byte));
        Self { segments: segments(url.path), last: last_segment(url.path), initials }
    }

    /// Whether a parameter may have that name; without one, whether there are any.
    fn may_have(&self, name: &[u8]) -> bool {
        match name.first() {
            Some(first) => self.initials & Self::bit(*first) != 0,
            None => self.initials != 0,
        }
    }

    const fn bit(byte: u8) -> u64 {
        1 << ((byte | 0x20) % 64)
    }
}

/// `/a/` is `/a`; the empty path of `/?qs=` is one empty segment.
fn between_slashes(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path)
}

/// Whether `text` begins as the first of `atoms` says.
fn begins_alike(atoms: &[Atom], text: &[u8]) -> bool {
    match atoms.first() {
        Some(Atom::Literal(literal)) => starts_with(text, literal.as_bytes()),
        Some(Atom::OneOf(words)) => words.iter().any(|word| starts_with(text, word.as_bytes())),
        Some(Atom::Run(..) | Atom::Uuid | Atom::Tail(_)) => true,
        None => text.is_empty(),
    }
}

/// The last segment of a path.
fn last_segment(path: &str) -> &[u8] {
    let path = between_slashes(path).as_bytes();
    memchr::memrchr(b'/', path).and_then(|at| path.get(at + 1..)).unwrap_or(path)
}

/// The first segment of a path.
pub(crate) fn first_segment(path: &str) -> &str {
    let path = between_slashes(path);
    path.split('/').next().unwrap_or(path)
}

/// How many segments a path has.
fn segments(path: &str) -> usize {
    between_slashes(path).bytes().filter(|byte| *byte == b'/').count() + 1
}

fn host_matches(shape: &Host, host: &str) -> bool {
    match shape {
        Host::Any => true,
        Host::Under(labels) => host_is_under(labels, host),
        Host::Begins(labels) => {
            let mut actual = host.as_bytes().split(|byte| *byte == b'.');
            labels.iter().all(|label| actual.next().is_some_and(|actual| segment_matches(label, actual)))
        }
    }
}

/// Whether the last labels of `host` are `labels`.
pub(crate) fn host_is_under(labels: &[Segment], host: &str) -> bool {
    let mut actual = host.as_bytes().rsplit(|byte| *byte == b'.');
    labels.iter().rev().all(|label| actual.next().is_some_and(|actual| segment_matches(label, actual)))
}

fn segment_matches(segment: &Segment, text: &[u8]) -> bool {
    match segment {
        Segment::Rest => true,
        Segment::Piece(atoms) => piece_matches(atoms, text),
    }
}

/// A glob over segments: on a mismatch the last `**` takes one segment more. A segment is looked at once for each piece behind a `**`.
fn segments_match(shape: &[Segment], text: &[u8], separator: u8) -> bool {
    let mut shape = shape;
    let mut rest = Some(text);
    let mut retry: Option<(&[Segment], Option<&[u8]>)> = None;
    loop {
        match shape.split_first() {
            Some((Segment::Rest, [])) => return true,
            Some((Segment::Rest, after)) => {
                shape = after;
                retry = Some((after, rest));
                continue;
            }
            Some((Segment::Piece(atoms), after)) => {
                if let Some(text) = rest {
                    let (segment, next) = next_segment(text, separator);
                    if piece_matches(atoms, segment) {
                        shape = after;
                        rest = next;
                        continue;
                    }
                }
            }
            None if rest.is_none() => return true,
            None => {}
        }
        match retry {
            Some((after, Some(from))) => {
                let (_, next) = next_segment(from, separator);
                if next.is_none() {
                    return false;
                }
                shape = after;
                rest = next;
                retry = Some((after, next));
            }
            _ => return false,
        }
    }
}

fn next_segment(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match memchr::memchr(separator, text) {
        Some(at) => {
            let (segment, rest) = text.split_at(at);
            (segment, rest.get(1..))
        }
        None => (text, None),
    }
}

fn parameter_matches(parameter: &Parameter, query: &str) -> bool {
    query.as_bytes().split(|byte| *byte == b'&').any(|actual| {
        let actual = actual.strip_prefix(b"amp;").unwrap_or(actual);
        // a parameter that is only a value may hold padding: `?AbC==`
        if parameter.name.is_empty() {
            return !actual.is_empty() && parameter.value.is_some_and(|value| piece_matches(value.as_slice(), actual));
        }
        let Some((name, [b'=', value @ ..])) = actual.split_at_checked(parameter.name.len()) else { return false };
        name.eq_ignore_ascii_case(parameter.name.as_bytes())
            && parameter.value.is_none_or(|shape| piece_matches(shape.as_slice(), value))
    })
}

fn piece_matches(atoms: &[Atom], text: &[u8]) -> bool {
    let mut rest = text;
    for atom in atoms {
        let taken = match atom {
            Atom::Tail(end) => return ends_with(rest, end.as_bytes()),
            Atom::Literal(literal) => starts_with(rest, literal.as_bytes()).then_some(literal.len()),
            Atom::OneOf(words) => words.iter().find(|word| starts_with(rest, word.as_bytes())).map(|word| word.len()),
            Atom::Run(set, least, most) => {
                let run = rest.iter().take_while(|byte| set.has(**byte)).count();
                (usize::from(*least)..=usize::from(*most)).contains(&run).then_some(run)
            }
            Atom::Uuid => is_uuid(rest.get(..36)).then_some(36),
        };
        match taken.and_then(|taken| rest.get(taken..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

fn starts_with(text: &[u8], start: &[u8]) -> bool {
    let first = text.first().map(u8::to_ascii_lowercase) == start.first().map(u8::to_ascii_lowercase);
    (first || start.is_empty()) && text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn ends_with(text: &[u8], end: &[u8]) -> bool {
    text.len().checked_sub(end.len()).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// `8-4-4-4-12` hexadecimal digits.
fn is_uuid(text: Option<&[u8]>) -> bool {
    text.is_some_and(|text| {
        text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    })
}
