//! The small language of URL shapes (`rs6.net/tn.jsp?f=`, `*/c/eJ{token:40+}`): parsed here, written out as static tables.
//!
//! `HOST/PATH?PARAMETERS`, described in `lints/data/trackers.toml`. The runtime in `src/knowledge/trackers/shape.rs` matches each in one pass.

use crate::data::fail;
use crate::table::{list, text_list};

/// Where a shape was written, for messages.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub file: &'a str,
    pub entry: &'a str,
}

impl Origin<'_> {
    fn fail(self, shape: &str, reason: &str) -> ! {
        fail(self.file, self.entry, format!("in the shape `{shape}`: {reason}"))
    }
}

/// A shape as Rust text, and what it is filed under.
pub struct Compiled {
    pub filed: Filed,
    /// `Shape { … }` without owner and certainty.
    pub fields: String,
}

/// What every URL of a shape has, so that it is tried on few others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filed {
    /// This host, or one below it: `rs6.net`.
    Host(String),
    /// The label before the last of its host is one of these, up to its first digit: `cmail` of `cmail20.com`.
    Label(Vec<String>),
    /// The first segment of its path is one of these; lower case.
    Segment(Vec<String>),
    /// Nothing that can be looked up: it is tried on every URL.
    Nothing,
}

/// Compiles one shape.
pub fn compile(shape: &str, origin: Origin<'_>) -> Compiled {
    let (rest, query) = split_query(shape);
    let (host, path) = match rest.split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (rest, None),
    };
    if host.is_empty() {
        origin.fail(shape, "it needs a host, or `*` for any");
    }
    if host == "*" && path.is_none_or(|path| path.is_empty()) && query.is_none() {
        origin.fail(shape, "it would match every URL");
    }
    let filed = filed(host, path);
    let path = match path {
        None => list("Segment", vec!["Segment::Rest".to_owned()]),
        // the runtime drops a slash at the end, too
        Some(path) => segments(path.strip_suffix('/').unwrap_or(path), '/', shape, origin),
    };
    let query: Vec<String> =
        query.into_iter().flat_map(|query| query.split('&')).map(|p| parameter(p, shape, origin)).collect();
    let fields = format!("host: {}, path: {path}, query: {}", host_text(host, shape, origin), list("Parameter", query));
    Compiled { filed, fields }
}

fn filed(host: &str, path: Option<&str>) -> Filed {
    if !host.contains(['*', '{']) {
        return Filed::Host(host.to_owned());
    }
    if let Some(labels) = (!host.contains('*')).then(|| host.rsplit('.').nth(1)).flatten().and_then(before_digits) {
        return Filed::Label(labels);
    }
    let first = path.and_then(|path| path.split('/').next()).and_then(words);
    first.map_or(Filed::Nothing, Filed::Segment)
}

/// What a label begins with, if digits can follow or nothing: `cmail{digits}`, `{sigopn|senal}{digits?}`, `emailsys{digits}a`.
fn before_digits(label: &str) -> Option<Vec<String>> {
    let at = label.find("{digits").unwrap_or(label.len());
    let (start, rest) = label.split_at(at);
    // where there may be none, what is behind them would follow at once
    let is_end = rest.is_empty() || rest == "{digits?}" || rest.starts_with("{digits}");
    let starts = words(start).filter(|starts| starts.iter().all(|start| !start.is_empty()))?;
    (is_end && !starts.iter().any(|start| start.contains(|c: char| c.is_ascii_digit()))).then_some(starts)
}

/// The texts that a piece of literals alone can be, in lower case. `None` if there are classes in it.
fn words(piece: &str) -> Option<Vec<String>> {
    let inside = piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|inside| inside.contains('|'));
    let words: Vec<String> = inside.unwrap_or(piece).split('|').map(str::to_ascii_lowercase).collect();
    let is_literal = |word: &String| !word.contains(['*', '{', '}']);
    (inside.is_some() || words.len() == 1).then_some(words).filter(|words| words.iter().all(is_literal))
}

/// A host with classes (`cmail{digits}.com`) as a list of segments from the left.
pub fn host_segments(host: &str, origin: Origin<'_>) -> String {
    segments(host, '.', host, origin)
}

/// The `?` of `{digits?}` begins no query.
fn split_query(shape: &str) -> (&str, Option<&str>) {
    let mut depth = 0usize;
    for (at, c) in shape.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return (&shape[..at], Some(&shape[at + 1..])),
            _ => {}
        }
    }
    (shape, None)
}

fn host_text(host: &str, shape: &str, origin: Origin<'_>) -> String {
    if host == "*" {
        return "Host::Any".to_owned();
    }
    if let Some(first) = host.strip_suffix(".**") {
        return format!("Host::Begins({})", segments(first, '.', shape, origin));
    }
    format!("Host::Under({})", segments(host, '.', shape, origin))
}

fn segments(text: &str, separator: char, shape: &str, origin: Origin<'_>) -> String {
    let segments: Vec<String> = text
        .split(separator)
        .map(|segment| match segment {
            "**" => "Segment::Rest".to_owned(),
            segment => format!("Segment::Piece({})", piece(segment, shape, origin)),
        })
        .collect();
    list("Segment", segments)
}

fn parameter(text: &str, shape: &str, origin: Origin<'_>) -> String {
    match text.split_once('=') {
        Some((name, "")) => format!("Parameter {{ name: {}, value: None }}", crate::table::text(name)),
        Some((name, value)) => {
            format!("Parameter {{ name: {}, value: Some({}) }}", crate::table::text(name), piece(value, shape, origin))
        }
        None => {
            format!("Parameter {{ name: {}, value: Some({}) }}", crate::table::text(""), piece(text, shape, origin))
        }
    }
}

/// One segment: literals, classes, alternatives; a `*` only last, with a literal behind it at most, so that matching never goes back.
fn piece(text: &str, shape: &str, origin: Origin<'_>) -> String {
    let mut atoms = Vec::new();
    let mut rest = text;
    let mut open_end = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('*') {
            if open_end || after.contains(['*', '{']) {
                origin.fail(shape, "behind `*` only literal text may stand");
            }
            open_end = true;
            atoms.push(format!("Atom::Tail({})", crate::table::text(after)));
            rest = "";
        } else if let Some(after) = rest.strip_prefix('{') {
            let Some((inside, after)) = after.split_once('}') else { origin.fail(shape, "an unclosed `{`") };
            atoms.push(class(inside, shape, origin));
            rest = after;
        } else {
            let end = rest.find(['*', '{']).unwrap_or(rest.len());
            let (literal, after) = rest.split_at(end);
            if literal.contains(['}', ' ']) {
                origin.fail(shape, "a stray `}` or blank");
            }
            atoms.push(format!("Atom::Literal({})", crate::table::text(literal)));
            rest = after;
        }
    }
    list("Atom", atoms)
}

fn class(text: &str, shape: &str, origin: Origin<'_>) -> String {
    if text.contains('|') {
        let mut words: Vec<&str> = text.split('|').collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        return format!("Atom::OneOf({})", text_list(&words));
    }
    if text == "uuid" {
        return "Atom::Uuid".to_owned();
    }
    let (name, count) = match text.split_once(':') {
        Some((name, count)) => (name, count),
        None => match text.strip_suffix('?') {
            Some(name) => (name, "0+"),
            None => (text, "1+"),
        },
    };
    let set = match name {
        "digits" => "Digits",
        "hex" => "Hex",
        "alnum" => "Alnum",
        "word" => "Word",
        "token" => "Token",
        _ => origin.fail(shape, "no such class: it is digits, hex, alnum, word, token or uuid"),
    };
    let number = |text: &str| text.parse::<u16>().unwrap_or_else(|_| origin.fail(shape, "a bad count"));
    let (least, most) = match (count.strip_suffix('+'), count.split_once('-')) {
        (Some(least), _) => (number(least), u16::MAX),
        (None, Some((least, most))) => (number(least), number(most)),
        (None, None) => (number(count), number(count)),
    };
    format!("Atom::Run(Set::{set}, {least}, {most})")
}
