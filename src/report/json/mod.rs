//! One JSON document a run, for editors and scripts. `schemas/report.schema.json` says what is in it.
//!
//! Diagnostics are written as they come, one a line; only errors, silences and remarks are kept for the end.

mod escape;
mod record;
pub(super) mod shape;
#[cfg(test)]
mod tests;

pub use record::{RecordId, line};

use super::{FileReport, Report, Summary};
use serde::Serialize;
use std::io::{self, Write};

/// The version of the document: it goes up when something is taken away or changes its meaning.
pub const VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of the document.
pub const SCHEMA: &str = include_str!("../../../schemas/report.schema.json");

/// The JSON report.
#[derive(Debug, Default)]
pub struct Json {
    verbose: bool,
    begun: bool,
    found: bool,
    errors: Vec<shape::Error>,
    silences: Vec<shape::Silence>,
    remarks: Vec<shape::Remark>,
}

impl Json {
    /// A report; `verbose` adds why lints stayed silent, and how files were taken.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, ..Self::default() }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        write!(out, "{{\"version\":{VERSION},\n\"diagnostics\":[")
    }
}

impl Report for Json {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        self.begin(out)?;
        for diagnostic in &file.diagnostics {
            let comma = if std::mem::replace(&mut self.found, true) { "," } else { "" };
            writeln!(out, "{comma}")?;
            out.write_all(&bytes(&shape::Diagnostic::from(diagnostic))?)?;
        }
        self.errors.extend(shape::Error::of(file));
        if self.verbose {
            self.silences.extend(shape::Silence::of(file));
            self.remarks.extend(shape::Remark::of(file));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(b"],\n\"errors\":")?;
        out.write_all(&bytes(&self.errors)?)?;
        if self.verbose {
            out.write_all(b",\n\"silences\":")?;
            out.write_all(&bytes(&self.silences)?)?;
            out.write_all(b",\n\"remarks\":")?;
            out.write_all(&bytes(&self.remarks)?)?;
        }
        out.write_all(b",\n\"summary\":")?;
        out.write_all(&bytes(&shape::Totals::from(summary))?)?;
        out.write_all(b"}\n")
    }
}

/// `value` as compact JSON with hidden characters escaped.
pub(super) fn bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(8 << 10);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, escape::Escape))?;
    Ok(bytes)
}
