//! Bounces one a line, as they are read: JSON objects, or CSV.

use super::{Cleaned, Found};
use crate::answers::bounces::Event;
use crate::answers::list::csv::quoted;
use crate::answers::tally::{Judged, Totals};
use crate::cli::args::BounceFormat;
use serde::Serialize;
use std::io::{self, Write};

/// A bounce, as JSON has it.
#[derive(Serialize)]
pub struct Row<'b> {
    /// The file, with the place in it.
    pub file: &'b str,
    pub address: &'b str,
    /// `failed`, `delayed`, `delivered`, `complaint` or `automatic`.
    pub kind: &'static str,
    /// `null` for what was delivered.
    pub cause: Option<&'static str>,
    pub says: Option<&'static str>,
    pub fault: Option<&'static str>,
    pub code: &'b str,
    pub permanence: &'static str,
    /// `yes`, `after-repeats` or `no`.
    pub suppress: &'static str,
    pub destination: &'b str,
    pub when: Option<&'b str>,
    pub host: Option<&'b str>,
    pub reply: &'b str,
}

impl<'b> Row<'b> {
    /// The row of an event.
    pub fn new(file: &'b str, event: &'b Event, judged: &'b Judged) -> Self {
        let delivered = event.kind == crate::answers::bounces::Kind::Delivered;
        Self {
            file,
            address: &event.address,
            kind: event.kind.name(),
            cause: (!delivered).then_some(judged.cause.name.as_str()),
            says: judged.meaning.filter(|_| !delivered).map(|meaning| meaning.says.as_str()),
            fault: judged.meaning.filter(|_| !delivered).map(|meaning| meaning.fault.name.as_str()),
            code: &judged.code,
            permanence: judged.permanence.name(),
            suppress: judged.suppress.name(),
            destination: &judged.destination,
            when: event.when.as_deref(),
            host: event.host.as_deref(),
            reply: &event.reply,
        }
    }
}

/// What stands before all rows.
///
/// # Errors
/// `out` can't be written.
pub fn head(format: BounceFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        BounceFormat::Csv => writeln!(out, "file,address,kind,cause,code,permanence,suppress,destination,when,reply"),
        _ => Ok(()),
    }
}

/// A row; nothing in formats that have none.
///
/// # Errors
/// `out` can't be written.
pub fn row(format: BounceFormat, file: &str, event: &Event, judged: &Judged, out: &mut dyn Write) -> io::Result<()> {
    let row = Row::new(file, event, judged);
    match format {
        BounceFormat::JsonLines => {
            serde_json::to_writer(&mut *out, &row)?;
            writeln!(out)
        }
        BounceFormat::Csv => {
            let fields = [
                row.file,
                row.address,
                row.kind,
                row.cause.unwrap_or_default(),
                row.code,
                row.permanence,
                row.suppress,
                row.destination,
                row.when.unwrap_or_default(),
                row.reply,
            ];
            writeln!(out, "{}", fields.map(quoted).join(","))
        }
        BounceFormat::Human | BounceFormat::Json => Ok(()),
    }
}

/// The last line of JSON lines: the totals.
///
/// # Errors
/// `out` can't be written.
pub fn summary(found: &Found, totals: &Totals, cleaned: Option<&Cleaned>, out: &mut dyn Write) -> io::Result<()> {
    let summary = serde_json::json!({ "summary": super::json::Summary::new(found, totals), "list": cleaned.map(super::json::List::new) });
    serde_json::to_writer(&mut *out, &summary)?;
    writeln!(out)
}
