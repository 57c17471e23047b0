//! Boundaries of multiparts (RFC 2046 §5.1.1): what the header says, and the lines of the body that it should match.

use super::{Facts, named, parameter};
use crate::message::{Part, Spot, multipart};
use crate::source::{FileSpan, ViewSpan};
use std::ops::Range;

/// Longest boundary in bytes.
pub const LONGEST_BOUNDARY: usize = 70;

/// What is wrong with the boundary of a multipart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryFault {
    /// Index in `message.parts`.
    pub part: usize,
    /// What.
    pub flaw: BoundaryFlaw,
    /// The boundary in Content-Type, or all of the field's value where it has none.
    pub said: Spot,
    /// What to write there, where something is known.
    pub cure: Option<String>,
    /// The end of the multipart, for what is missing there.
    pub end: FileSpan,
}

/// A flaw of a boundary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundaryFlaw {
    /// The header has none.
    Missing,
    /// More than 70 bytes: so many.
    TooLong(usize),
    /// A character that no boundary may have.
    BadCharacter(char),
    /// It has to stand in quotes because of a character (RFC 2045 §5.1).
    Unquoted(char),
    /// No line of the body is it; the parts are divided by another, if one can be seen.
    NeverUsed(Option<String>),
    /// The only line that is it has `--` at its end: what is closed was never opened.
    NeverOpened,
    /// Its last line, with `--` at the end, is missing.
    NotClosed,
    /// The multipart around it uses the same, or one that this one begins with.
    LikeOuter(String),
}

impl BoundaryFlaw {
    /// Whether mail programs find the parts all the same.
    pub fn is_understood(&self) -> bool {
        matches!(self, Self::Unquoted(_))
    }
}

pub(super) fn faults(facts: &Facts<'_>) -> Vec<BoundaryFault> {
    let multiparts = facts.own_parts().filter(|(_, part)| part.content_type.starts_with("multipart/"));
    multiparts.filter_map(|(index, part)| fault(facts, index, part)).collect()
}

fn fault(facts: &Facts<'_>, index: usize, part: &Part) -> Option<BoundaryFault> {
    let header = named(part, "Content-Type")?;
    if !facts.field_tags(header).is_empty() {
        return None;
    }
    let text = facts.message.value(header);
    // a parameter in pieces, or in a charset of its own (RFC 2231)
    if text.to_ascii_lowercase().contains("boundary*") {
        return None;
    }
    let bytes = &facts.message.source.bytes;
    let body = part.body_span.range();
    let found = parameter::find(text, "boundary").filter(|found| !found.value.is_empty());
    let span = found.as_ref().map_or(0..text.len(), |found| found.value.clone());
    let fault = |flaw: BoundaryFlaw, cure: Option<String>| BoundaryFault {
        part: index,
        flaw,
        said: spot(header.value, span.clone()),
        cure,
        end: FileSpan::at(body.end),
    };
    let Some(found) = found else { return Some(fault(BoundaryFlaw::Missing, None)) };
    let boundary = &text[span.clone()];
    let delimiters = multipart::delimiters(bytes, body.clone(), boundary);
    let outer = outer(facts, part).filter(|outer| boundary.starts_with(outer.as_str()));
    if let Some(outer) = outer {
        return Some(fault(BoundaryFlaw::LikeOuter(outer), None));
    }
    if delimiters.open == 0 {
        let used = multipart::guess_boundary(bytes, body.clone());
        if delimiters.closed && used.is_none() {
            return Some(fault(BoundaryFlaw::NeverOpened, None));
        }
        return Some(fault(BoundaryFlaw::NeverUsed(used.clone()), used));
    }
    if let Some(flaw) = grammar(boundary) {
        return Some(fault(flaw, None));
    }
    if !delimiters.closed {
        return Some(fault(BoundaryFlaw::NotClosed, None));
    }
    let special = boundary.chars().find(|character| "()<>@,;:\\\"/[]?= ".contains(*character));
    special
        .filter(|_| !found.quoted)
        .map(|character| fault(BoundaryFlaw::Unquoted(character), Some(format!("\"{boundary}\""))))
}

fn spot(view: crate::message::ViewId, range: Range<usize>) -> Spot {
    Spot { view, span: ViewSpan::new(range.start, range.end) }
}

fn grammar(boundary: &str) -> Option<BoundaryFlaw> {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || "'()+_,-./:=? ".contains(character);
    // what many mail programs write, and all of them read
    let is_harmless = |character: char| character.is_ascii_graphic() && !"\"\\".contains(character);
    if let Some(character) = boundary.chars().find(|&character| !is_allowed(character) && !is_harmless(character)) {
        return Some(BoundaryFlaw::BadCharacter(character));
    }
    (boundary.len() > LONGEST_BOUNDARY).then_some(BoundaryFlaw::TooLong(boundary.len()))
}

/// The boundary of the multipart around a part.
fn outer(facts: &Facts<'_>, part: &Part) -> Option<String> {
    let parent = &facts.message.parts[part.parent?];
    parent.boundary.clone().filter(|_| parent.content_type.starts_with("multipart/"))
}
