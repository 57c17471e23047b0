//! What lies between two tags or inside a comment, found in the source text.

use super::entity::Place;
use super::guard::opening;
use std::ops::Range;

const CDATA: &str = "<![CDATA[";

/// The pieces of text of `range`: without `</>`, which is nothing, and with CDATA sections (which stand only in SVG and MathML) as they are.
pub(super) fn pieces(text: &str, range: Range<usize>, mut piece: impl FnMut(Range<usize>, Place)) {
    let end = range.end.min(text.len());
    let mut start = range.start.min(end);
    let mut at = start;
    while let Some(found) = text.as_bytes().get(at..end).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += found;
        let rest = text.get(at..end).unwrap_or_default();
        if rest.starts_with("</>") {
            piece(start..at, Place::Text);
            at += 3;
            start = at;
        } else if rest.starts_with(CDATA) {
            piece(start..at, Place::Text);
            let inside = at + CDATA.len();
            let closing = rest.find("]]>").map_or(end, |offset| at + offset);
            piece(inside..closing.max(inside), Place::Raw);
            at = (closing + 3).max(inside).min(end);
            start = at;
        } else {
            at += 1;
        }
    }
    piece(start..end, Place::Text);
}

/// The tag that comes next after `from`, if nothing but text does before it. In SVG and MathML (`foreign`), CDATA sections are text.
pub(super) fn next_tag(text: &str, from: usize, foreign: bool) -> Option<usize> {
    let mut at = from;
    loop {
        let tag = opening(text, at)?;
        let rest = text.get(tag..)?;
        if foreign && rest.starts_with(CDATA) {
            at = tag + rest.find("]]>")?;
        } else if matches!(rest.as_bytes().get(1), Some(b'!' | b'?')) {
            return None;
        } else {
            return Some(tag);
        }
    }
}

/// The inside of the comment at `range`, real or bogus (HTML §13.2.5.41).
pub(super) fn inside_comment(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let (opening, closings): (usize, &[&str]) = match raw.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => (4, &["--!>", "-->"]),
        [b'<', b'?', ..] => (1, &[">"]),
        _ => (2, &[">"]),
    };
    let inside = raw.get(opening..).unwrap_or_default();
    let closing = match inside {
        // Closed at once: <!--> and <!--->.
        ">" | "->" => inside.len(),
        _ => closings.iter().find(|closing| inside.ends_with(**closing)).map_or(0, |closing| closing.len()),
    };
    let start = (range.start + opening).min(range.end);
    start..(range.end - closing).max(start)
}
