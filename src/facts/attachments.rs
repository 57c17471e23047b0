//! What a reader has to save or open besides the text.

use super::Facts;
use crate::message::{Part, Spot};
use crate::source::{FileSpan, ViewSpan};
use std::collections::HashSet;

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Index in `message.parts`.
    pub part: usize,
    /// Its name, where it has one.
    pub file_name: Option<String>,
    /// Decoded size in bytes.
    pub size: usize,
    /// Content-Disposition, or else Content-Type: where to point.
    pub span: FileSpan,
    /// It is a message, forwarded: its name is the subject that it has, no file name.
    pub is_message: bool,
    /// Its name where it is written, if it is written in one piece.
    pub name_spot: Option<Spot>,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Attachment> {
    let bodies: Vec<usize> = facts.message.bodies.iter().map(|body| body.part).collect();
    let shown = shown_ids(facts);
    let parts = facts
        .message
        .parts
        .iter()
        .enumerate()
        .filter(|(index, part)| !bodies.contains(index) && is_attachment(facts, part, &shown));
    parts
        .map(|(index, part)| Attachment {
            part: index,
            file_name: part.file_name.clone(),
            size: part.decoded_len,
            span: pointer(part),
            is_message: part.content_type == "message/rfc822",
            name_spot: name_spot(facts, part),
        })
        .collect()
}

/// The Content-IDs that the bodies show: `<img src="cid:…">`, whatever the disposition of the part says.
fn shown_ids<'f>(facts: &'f Facts<'_>) -> HashSet<&'f str> {
    facts.images().iter().filter_map(|image| image.content_id()).collect()
}

/// A file of its own: not a container, not shown in the text, no calendar entry, no signature.
fn is_attachment(facts: &Facts<'_>, part: &Part, shown: &HashSet<&str>) -> bool {
    let kind = part.content_type.as_str();
    let is_attached = part.disposition.as_deref() == Some("attachment");
    let is_inline = part.content_id.is_some() || part.disposition.as_deref() == Some("inline");
    let is_used = part.content_id.as_deref().is_some_and(|id| shown.contains(id));
    let is_shown = kind.starts_with("image/") && (is_used || !is_attached && is_inline);
    let is_container =
        kind.starts_with("multipart/") || part.parent.is_none() && !is_attached && kind.starts_with("text/");
    let is_technical = kind == "text/calendar" || kind.ends_with("-signature") || kind == "text/x-amp-html";
    let is_in_report = part.parent.is_some_and(|parent| facts.message.parts[parent].content_type == "multipart/report");
    let is_inside_attachment =
        std::iter::successors(part.parent, |&parent| facts.message.parts[parent].parent).any(|parent| {
            facts.message.parts[parent].content_type == "message/rfc822" && facts.message.parts[parent].parent.is_some()
        });
    !(is_shown || is_container || is_technical || is_in_report || is_inside_attachment)
}

/// The name in Content-Disposition or Content-Type, as it is written there.
fn name_spot(facts: &Facts<'_>, part: &Part) -> Option<Spot> {
    let name = part.file_name.as_deref()?;
    ["Content-Disposition", "Content-Type"].into_iter().find_map(|field| {
        let header = part.headers.iter().find(|header| header.name.eq_ignore_ascii_case(field))?;
        let start = facts.message.value(header).rfind(name)?;
        Some(Spot { view: header.value, span: ViewSpan::new(start, start + name.len()) })
    })
}

/// Where to point for a part as a whole: Content-Disposition, or else Content-Type.
pub(super) fn pointer(part: &Part) -> FileSpan {
    let named = |name: &str| part.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    match named("Content-Disposition").or_else(|| named("Content-Type")) {
        Some(header) => FileSpan::new(header.name_span.start, header.raw_span.end),
        None => FileSpan::at(part.body_span.start),
    }
}
