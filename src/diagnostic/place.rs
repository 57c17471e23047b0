//! Where a label is, resolved: the bytes of the file, and the text that was decoded from them.

use crate::source::{FileSpan, Position, ViewSpan};
use std::sync::Arc;

/// A place and what to say about it.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What the place is, lowercase, no final punctuation; may be empty.
    pub text: String,
}

/// A place in a file: a range seen through a view, a range of the file itself, or the whole file. Or one in a DNS record.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file's name as reports show it.
    pub file: Arc<str>,
    /// The bytes in the file; `None` when the place is the file as a whole.
    pub span: Option<Positions<FileSpan>>,
    /// The decoded text that is marked; `None` when the place is not inside a view.
    pub view: Option<ViewPlace>,
    /// The lines to show; `None` when there is nothing to show.
    pub excerpt: Option<Excerpt>,
    /// The DNS record that the view is the text of; `file` is then a zone file with a span, or else the record's name and type.
    pub record: Option<RecordPlace>,
}

/// A record in DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// Whose it is, without the final dot.
    pub name: String,
    /// Its type, `TXT`.
    pub kind: &'static str,
}

impl Place {
    /// The first byte in the file, 0 for the whole file: what diagnostics are ordered by.
    pub fn offset(&self) -> usize {
        self.span.map_or(0, |positions| positions.span.start)
    }
}

/// A span with the positions of both of its ends.
#[derive(Debug, Clone, Copy)]
pub struct Positions<Span> {
    /// The bytes.
    pub span: Span,
    /// Position of the first byte.
    pub start: Position,
    /// Position one past the last byte.
    pub end: Position,
}

/// The marked text as it was decoded.
#[derive(Debug, Clone)]
pub struct ViewPlace {
    /// `header From`, `HTML body`, `text body`, …
    pub name: Arc<str>,
    /// Transfer encoding that was undone, `quoted-printable`, `base64`, `encoded-word`; `None` if the view is the file's bytes.
    pub encoding: Option<&'static str>,
    /// Charset that was undone, as encoding_rs names it; `None` for UTF-8 and ASCII.
    pub charset: Option<&'static str>,
    /// The range in the view's text.
    pub span: Positions<ViewSpan>,
    /// The text of that range.
    pub text: String,
}

impl ViewPlace {
    /// Whether the text differs from the bytes of the file, so that a report has to say that it is shown decoded.
    pub fn is_decoded(&self) -> bool {
        self.encoding.is_some() || self.charset.is_some()
    }
}

/// The line or lines around a place, cut to a window so that no line is longer than a screen.
#[derive(Debug, Clone)]
pub struct Excerpt {
    /// The lines, in order; at most the first and the last of a long place.
    pub lines: Vec<ExcerptLine>,
}

/// A window on one line.
#[derive(Debug, Clone)]
pub struct ExcerptLine {
    /// Line number to print, 0 for none: of the file where the view is the file's own bytes; else the line of the file on which the view's line begins.
    pub number: usize,
    /// The text of the window, raw: a report makes control characters visible.
    pub text: String,
    /// Whether something was cut off before it.
    pub cut_before: bool,
    /// Whether something was cut off after it.
    pub cut_after: bool,
    /// The marked bytes of `text`; an empty range is an insertion point.
    pub mark: Option<(usize, usize)>,
}
