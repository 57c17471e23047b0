//! Writes a list without some addresses, every other byte as it was; memory does not grow with the list.

use super::csv::{self, Next};
use super::{ListError, Opened, open};
use crate::answers::bounces::address::key;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Rows that were there, without the header.
    pub rows: u64,
    /// Rows that were left out, by the reason that was given.
    pub gone: BTreeMap<&'static str, u64>,
}

/// Copies `input` to `out`, without the rows whose address `reason` gives a reason to leave out. It is asked for the
/// address as [`key`] has it.
///
/// # Errors
/// The list can't be read or written, or has no such column.
pub fn clean(
    input: impl BufRead,
    out: &mut dyn Write,
    column: Option<&str>,
    reason: impl Fn(&str) -> Option<&'static str>,
) -> Result<Cleaned, ListError> {
    let Opened { mut records, layout, mut record } = open(input, column)?;
    let mut cleaned = Cleaned::default();
    let mut is_header = layout.header;
    loop {
        let is_row = !std::mem::take(&mut is_header) && !record.trim_ascii().is_empty();
        let address = is_row.then(|| csv::split(&record, layout.delimiter).into_iter().nth(layout.column)).flatten();
        cleaned.rows += u64::from(is_row);
        match address.and_then(|field| reason(&key(&field.text))) {
            Some(reason) => {
                *cleaned.gone.entry(reason).or_default() += 1;
                // the byte order mark is the file's, not the row's
                if record.starts_with(b"\xef\xbb\xbf") {
                    out.write_all(b"\xef\xbb\xbf")?;
                }
            }
            None => out.write_all(&record)?,
        }
        match records.next(&mut record)? {
            Next::Record(_) => {}
            Next::TooLong(line) => return Err(ListError::OpenQuote(line)),
            Next::End => return Ok(cleaned),
        }
    }
}
