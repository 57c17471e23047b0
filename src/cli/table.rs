//! A table of four columns, as wide as what is in it.

use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes the rows, the head first.
///
/// # Errors
/// `out` can't be written.
pub fn write(rows: Vec<[String; 4]>, out: &mut dyn Write) -> io::Result<()> {
    let widths = [0, 1, 2].map(|column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0));
    for [one, two, three, last] in &rows {
        let [first, second, third] = widths;
        writeln!(out, "{one:first$}  {two:second$}  {three:third$}  {last}")?;
    }
    Ok(())
}
