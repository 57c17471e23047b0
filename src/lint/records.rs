//! Places in DNS records: in the zone file that they are from, or by name and type alone.

use crate::diagnostic::{Excerpt, Place, Positions, RecordPlace, ViewPlace};
use crate::domain::{Origin, Record};
use crate::source::{FileSpan, LineIndex, ViewSpan};
use std::ops::Range;

/// The place of `span` (bytes) in the text of a record.
pub(super) fn place(record: &Record, span: Range<usize>) -> Place {
    let text = record.text.as_str();
    let start = text.floor_char_boundary(span.start);
    let end = text.floor_char_boundary(span.end).max(start);
    let lines = LineIndex::new(text.as_bytes());
    let kind = record.kind.name();
    let view = ViewPlace {
        name: format!("{kind} record of {}", record.name).into(),
        encoding: None,
        charset: None,
        span: Positions {
            span: ViewSpan::new(start, end),
            start: lines.position(text.as_bytes(), start),
            end: lines.position(text.as_bytes(), end),
        },
        text: text[start..end].to_owned(),
    };
    let at = Some(RecordPlace { name: record.name.to_string(), kind });
    match &record.origin {
        Some(origin) => in_zone(record, origin, start..end, view, at),
        None => Place {
            file: format!("{} {kind}", record.name).into(),
            span: None,
            excerpt: Some(Excerpt::of(text, &lines, start..end, |_| 0)),
            view: Some(view),
            record: at,
        },
    }
}

/// The lines of a zone file are shown as they are read, with the name and the type before what the record says.
fn in_zone(record: &Record, origin: &Origin, span: Range<usize>, view: ViewPlace, at: Option<RecordPlace>) -> Place {
    let zone = &origin.zone;
    let bytes = zone.text.as_bytes();
    let lines = zone.lines();
    let file = origin.range(&span);
    let head = format!("{} {} ", record.name, record.kind.name());
    let text = format!("{head}{}", record.text);
    let number = lines.line(file.start);
    let marked = span.start + head.len()..span.end + head.len();
    Place {
        file: zone.name.clone(),
        span: Some(Positions {
            span: FileSpan::new(file.start, file.end),
            start: lines.position(bytes, file.start),
            end: lines.position(bytes, file.end),
        }),
        excerpt: Some(Excerpt::of(&text, &LineIndex::new(text.as_bytes()), marked, |_| number)),
        view: Some(view),
        record: at,
    }
}
