//! What a reader has to save or open besides the text.

use super::Facts;
use crate::message::Part;
use crate::source::FileSpan;

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
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Attachment> {
    let bodies: Vec<usize> = facts.message.bodies.iter().map(|body| body.part).collect();
    let parts = facts
        .message
        .parts
        .iter()
        .enumerate()
        .filter(|(index, part)| !bodies.contains(index) && is_attachment(facts, part));
    parts
        .map(|(index, part)| Attachment {
            part: index,
            file_name: part.file_name.clone(),
            size: part.decoded_len,
            span: pointer(part),
        })
        .collect()
}

/// A file of its own: not a container, not shown in the text, no calendar entry, no signature.
fn is_attachment(facts: &Facts<'_>, part: &Part) -> bool {
    let kind = part.content_type.as_str();
    let is_attached = part.disposition.as_deref() == Some("attachment");
    let is_shown = !is_attached
        && (part.content_id.is_some() || part.disposition.as_deref() == Some("inline"))
        && kind.starts_with("image/");
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

fn pointer(part: &Part) -> FileSpan {
    let named = |name: &str| part.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    match named("Content-Disposition").or_else(|| named("Content-Type")) {
        Some(header) => FileSpan::new(header.name_span.start, header.raw_span.end),
        None => FileSpan::at(part.body_span.start),
    }
}
