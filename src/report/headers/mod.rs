//! What the header of a received copy says, as a table or as JSON: for `presend headers`.

mod changes;
mod human;
mod sheet;
mod time;

pub use sheet::{Entry, Sheet, Step};

use super::Options;
use super::json;
use changes::Change;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the JSON document: it goes up when something is taken away or changes its meaning.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'s> {
    version: u32,
    messages: &'s [Sheet],
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change>>,
}

/// Writes the sheets for people; of two, also what changed from the first to the second.
///
/// # Errors
/// Those of `out`.
pub fn write_human(sheets: &[Sheet], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let text = human::Page::new(options).text(sheets, changes(sheets).as_deref());
    out.write_all(text.as_bytes())
}

/// Writes the sheets as one JSON document, which `schemas/headers.schema.json` describes.
///
/// # Errors
/// Those of `out`.
pub fn write_json(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let document = Document { version: VERSION, messages: sheets, changes: changes(sheets) };
    out.write_all(&json::bytes(&document)?)?;
    out.write_all(b"\n")
}

fn changes(sheets: &[Sheet]) -> Option<Vec<Change>> {
    match sheets {
        [before, after] => Some(changes::between(before, after)),
        _ => None,
    }
}
