//! One record of a stream, as one line. `schemas/stream.schema.json` says what is in it.

use super::shape;
use crate::report::{FileReport, Summary};
use serde::Serialize;

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RecordId {
    /// Any text.
    Text(String),
    /// A whole number of 64 bits, with or without a sign.
    Number(i128),
}

#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    id: Option<&'a RecordId>,
    record: usize,
    diagnostics: Vec<shape::Diagnostic<'a>>,
    errors: Vec<shape::Error>,
    #[serde(skip_serializing_if = "Option::is_none")]
    silences: Option<Vec<shape::Silence>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<Vec<shape::Remark>>,
    summary: shape::Totals,
}

/// What there is to say of the record with this number, from 1, with the line end; `verbose` adds why lints stayed silent, and how it was taken.
pub fn line(id: Option<&RecordId>, record: usize, file: &FileReport, summary: &Summary, verbose: bool) -> Vec<u8> {
    let line = Line {
        version: super::VERSION,
        id,
        record,
        diagnostics: file.diagnostics.iter().map(shape::Diagnostic::from).collect(),
        errors: shape::Error::of(file).collect(),
        silences: verbose.then(|| shape::Silence::of(file).collect()),
        remarks: verbose.then(|| shape::Remark::of(file).collect()),
        summary: shape::Totals::from(summary),
    };
    // memory takes all that is written to it, and nothing in a line can't be said in JSON
    let mut bytes = super::bytes(&line).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
