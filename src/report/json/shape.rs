//! The objects of the JSON document. Fields are said once, in `schemas/report.schema.json`.

use crate::diagnostic as model;
use crate::report::{FileReport, Summary};
use crate::source::{FileSpan, Position};
use serde::Serialize;
use std::ops::Range;

#[derive(Serialize)]
pub(super) struct Diagnostic<'a> {
    lint: &'a str,
    topic: &'a str,
    level: &'static str,
    standards: Vec<&'static str>,
    message: &'a str,
    primary: Option<Label<'a>>,
    labels: Vec<Label<'a>>,
    notes: Vec<Note<'a>>,
    help: &'a [String],
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    file: &'a str,
    file_span: Option<Span>,
    view: Option<View<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Record<'a>>,
    label: &'a str,
}

#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

#[derive(Serialize)]
struct Span {
    byte_start: usize,
    byte_end: usize,
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
    utf16: usize,
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    encoding: Option<&'a str>,
    charset: Option<&'a str>,
    #[serde(flatten)]
    span: Span,
    text: &'a str,
}

#[derive(Serialize)]
struct Note<'a> {
    text: &'a str,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    message: &'a str,
    applicability: &'static str,
    view_edit: Edit<'a>,
    file_edit: Option<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    byte_start: usize,
    byte_end: usize,
    #[serde(flatten)]
    replacement: Replacement<'a>,
}

#[derive(Serialize)]
enum Replacement<'a> {
    #[serde(rename = "replacement")]
    Text(&'a str),
    #[serde(rename = "replacement_base64")]
    Bytes(String),
}

/// What could not be read, or failed in presend itself.
#[derive(Debug, Serialize)]
pub(super) struct Error {
    file: String,
    kind: &'static str,
    lint: Option<&'static str>,
    message: String,
}

/// Why a lint stayed silent.
#[derive(Debug, Serialize)]
pub(super) struct Silence {
    file: String,
    lint: &'static str,
    why: String,
}

/// How a file was taken, and why.
#[derive(Debug, Serialize)]
pub(super) struct Remark {
    file: String,
    about: &'static str,
    text: String,
}

#[derive(Serialize)]
pub(super) struct Totals {
    files: usize,
    #[serde(skip_serializing_if = "is_zero")]
    domains: usize,
    deny: usize,
    warn: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl<'a> From<&'a model::Diagnostic> for Diagnostic<'a> {
    fn from(diagnostic: &'a model::Diagnostic) -> Self {
        let note = |note: &'a model::Note| Note { text: &note.text, source: note.source.as_deref() };
        Self {
            lint: diagnostic.lint,
            topic: diagnostic.topic,
            level: diagnostic.level.name(),
            standards: diagnostic.standards.iter().map(|standard| standard.name()).collect(),
            message: &diagnostic.message,
            primary: diagnostic.primary.as_ref().map(Label::from),
            labels: diagnostic.labels.iter().map(Label::from).collect(),
            notes: diagnostic.notes.iter().map(note).collect(),
            help: &diagnostic.help,
            suggestions: diagnostic.suggestions.iter().map(Suggestion::from).collect(),
        }
    }
}

impl<'a> From<&'a model::Label> for Label<'a> {
    fn from(label: &'a model::Label) -> Self {
        let file = |at: model::Positions<FileSpan>| Span::new(at.span.range(), &at);
        let view = |view: &'a model::ViewPlace| View {
            name: &view.name,
            encoding: view.encoding,
            charset: view.charset,
            span: Span::new(view.span.span.range(), &view.span),
            text: &view.text,
        };
        Self {
            file: &label.place.file,
            file_span: label.place.span.map(file),
            view: label.place.view.as_ref().map(view),
            record: label.place.record.as_ref().map(|record| Record { name: &record.name, kind: record.kind }),
            label: &label.text,
        }
    }
}

impl Span {
    fn new<T>(bytes: Range<usize>, at: &model::Positions<T>) -> Self {
        Self { byte_start: bytes.start, byte_end: bytes.end, start: at.start.into(), end: at.end.into() }
    }
}

impl From<Position> for At {
    fn from(Position { line, column, utf16, .. }: Position) -> Self {
        Self { line, column, utf16 }
    }
}

impl<'a> From<&'a model::Suggestion> for Suggestion<'a> {
    fn from(suggestion: &'a model::Suggestion) -> Self {
        let (view, file) = (&suggestion.edit, suggestion.file_edit.as_ref());
        Self {
            message: &suggestion.message,
            applicability: suggestion.applicability.name(),
            view_edit: Edit {
                byte_start: view.span.start,
                byte_end: view.span.end,
                replacement: Replacement::Text(&view.replacement),
            },
            file_edit: file.map(|edit| Edit {
                byte_start: edit.span.start,
                byte_end: edit.span.end,
                replacement: match std::str::from_utf8(&edit.replacement) {
                    Ok(text) => Replacement::Text(text),
                    Err(_) => Replacement::Bytes(base64(&edit.replacement)),
                },
            }),
        }
    }
}

impl Error {
    pub(super) fn of(file: &FileReport) -> impl Iterator<Item = Self> {
        let error =
            |kind, lint, message: &str| Self { file: file.name.to_string(), kind, lint, message: message.to_owned() };
        let unread = file
            .error
            .iter()
            .map(move |unread| error(if file.domain { "dns" } else { "input" }, None, &unread.message));
        unread.chain(file.panics.iter().map(move |(lint, said)| error("internal", Some(lint), said)))
    }
}

impl Silence {
    pub(super) fn of(file: &FileReport) -> impl Iterator<Item = Self> {
        file.silences.iter().map(|(lint, why)| Self { file: file.name.to_string(), lint, why: why.clone() })
    }
}

impl Remark {
    pub(super) fn of(file: &FileReport) -> impl Iterator<Item = Self> {
        let remark = |remark: &crate::lint::Remark| Self {
            file: file.name.to_string(),
            about: remark.about,
            text: remark.text.clone(),
        };
        file.remarks.iter().map(remark)
    }
}

impl From<&Summary> for Totals {
    fn from(&Summary { files, domains, deny, warn, .. }: &Summary) -> Self {
        Self { files, domains, deny, warn }
    }
}

/// RFC 4648 §4, with padding.
pub(in crate::report) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let at = |nth: usize| u32::from(group.get(nth).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let digit = |nth: usize| match nth <= group.len() {
            true => char::from(ALPHABET[(bits >> (18 - 6 * nth) & 63) as usize]),
            false => '=',
        };
        [digit(0), digit(1), digit(2), digit(3)]
    };
    bytes.chunks(3).flat_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::base64;

    /// The test vectors of RFC 4648 §10.
    #[test]
    fn base64_is_that_of_the_rfc() {
        let vectors = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (bytes, text) in vectors {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }
}
