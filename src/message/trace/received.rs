//! A Received field (RFC 5321 §4.4): who handed the message to whom, and when.

use super::scan::{Piece, pieces};
use super::{Spot, Text};
use std::net::IpAddr;
use std::ops::Range;

/// One hop.
#[derive(Debug, Clone)]
pub struct Hop {
    /// Which field of the message it is.
    pub header: usize,
    /// The name that the client gave itself (HELO), without the brackets of an address literal.
    pub from: Option<Named>,
    /// The client's address, as the server saw it.
    pub address: Option<Address>,
    /// The server.
    pub by: Option<Named>,
    /// The protocol, and what else stands behind `with`: `Microsoft SMTP Server`.
    pub with: Option<String>,
    /// What stands behind `via`: `Frontend Transport`.
    pub via: Option<String>,
    /// The recipient of the envelope, where it stands there.
    pub recipient: Option<String>,
    /// When, as written.
    pub date: Option<Named>,
    /// The whole value.
    pub spot: Spot,
}

/// A word of the field, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The word.
    pub text: String,
    /// Where.
    pub spot: Spot,
}

/// A numeric address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// Where.
    pub spot: Spot,
}

const CLAUSES: [&str; 6] = ["from", "by", "with", "via", "id", "for"];

pub(super) fn read(text: &Text<'_>) -> Hop {
    let (clauses, date) = clauses(text.text);
    let find = |name: &str| clauses.iter().find(|clause| clause.name == name);
    let word = |name: &str| find(name).and_then(|clause| clause.words.first().cloned());
    let phrase = |name: &str| {
        let clause = find(name)?;
        let words: Vec<&str> = clause.words.iter().map(|range| &text.text[range.clone()]).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    let named = |range: Range<usize>| Named { text: text.text[range.clone()].to_owned(), spot: text.spot(range) };
    Hop {
        header: text.index,
        from: word("from").map(|range| named(inside(text.text, range, '[', ']'))),
        address: find("from").and_then(|clause| address(text, clause)),
        by: word("by").map(named),
        with: phrase("with"),
        via: phrase("via"),
        recipient: word("for").map(|range| text.text[inside(text.text, range, '<', '>')].to_owned()),
        date: date.map(named),
        spot: text.spot(0..text.text.len()),
    }
}

struct Clause<'t> {
    name: &'t str,
    words: Vec<Range<usize>>,
    comments: Vec<Range<usize>>,
}

/// The clauses of the field, and its date: what stands behind the last semicolon outside of comments.
fn clauses(text: &str) -> (Vec<Clause<'_>>, Option<Range<usize>>) {
    let pieces = pieces(text);
    let end = pieces.iter().rposition(|piece| matches!(piece, Piece::Semicolon(_)));
    let date = end.and_then(|at| match pieces[at] {
        Piece::Semicolon(offset) => trimmed(text, offset + 1..text.len()),
        _ => None,
    });
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    for piece in &pieces[..end.unwrap_or(pieces.len())] {
        match piece {
            Piece::Word(range) => {
                let word = &text[range.clone()];
                match CLAUSES.into_iter().find(|name| name.eq_ignore_ascii_case(word)) {
                    // `from` is a name's first word only once
                    Some(name) if !clauses.iter().any(|clause| clause.name == name) => {
                        clauses.push(Clause { name, words: Vec::new(), comments: Vec::new() });
                    }
                    _ => clauses.last_mut().into_iter().for_each(|clause| clause.words.push(range.clone())),
                }
            }
            Piece::Comment(range) => {
                clauses.last_mut().into_iter().for_each(|clause| clause.comments.push(range.clone()));
            }
            Piece::Semicolon(_) => {}
        }
    }
    (clauses, date)
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = text.get(range.clone())?;
    let start = range.start + inner.len() - inner.trim_start().len();
    (!inner.trim().is_empty()).then(|| start..start + inner.trim().len())
}

/// `range` without the brackets around it, if it has some.
fn inside(text: &str, range: Range<usize>, open: char, close: char) -> Range<usize> {
    let word = &text[range.clone()];
    match word.strip_prefix(open).map(|rest| rest.strip_suffix(close).unwrap_or(rest)) {
        Some(inner) => range.start + 1..range.start + 1 + inner.len(),
        None => range,
    }
}

/// The client's address: the server saw the one in the comment, or behind the name; the name itself is only what the client says.
fn address(text: &Text<'_>, clause: &Clause<'_>) -> Option<Address> {
    let seen = clause.comments.iter().cloned().chain(clause.words.iter().skip(1).cloned());
    let said = clause.words.first().cloned();
    seen.chain(said).find_map(|range| first_address(text, range))
}

fn first_address(text: &Text<'_>, range: Range<usize>) -> Option<Address> {
    let mut start = range.start;
    let is_end = |c: char| c.is_whitespace() || "[]()<>,;=".contains(c);
    for word in text.text.get(range)?.split_inclusive(is_end) {
        let bare = word.trim_end_matches(is_end);
        let is_tagged = bare.get(..5).is_some_and(|tag| tag.eq_ignore_ascii_case("IPv6:"));
        let bare_start = if is_tagged { 5 } else { 0 };
        // a zone (`%14`) or a port (`:61051`) may follow
        let number = bare.get(bare_start..).unwrap_or_default();
        let number = number.split('%').next().unwrap_or_default();
        let v4 = number.split(':').next().unwrap_or_default();
        let parsed = number
            .parse()
            .ok()
            .map(|ip| (ip, number.len()))
            .or_else(|| v4.parse().ok().map(|ip| (IpAddr::V4(ip), v4.len())));
        if let Some((ip, length)) = parsed {
            let from = start + bare_start;
            return Some(Address { ip, spot: text.spot(from..from + length) });
        }
        start += word.len();
    }
    None
}
