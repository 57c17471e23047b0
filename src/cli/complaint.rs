//! What goes to standard error when something other than a campaign is wrong.

use crate::config::error::visible;
use crate::lint::panics::REPORT_IT;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Writes an error with its notes and help, and an empty line after it.
///
/// # Errors
/// `err` can't be written.
pub fn say(err: &mut dyn Write, message: &str, notes: &[String], help: &[String]) -> io::Result<()> {
    let (bold, blue) = (Style::new().bold(), AnsiColor::BrightBlue.on_default().bold());
    let red = AnsiColor::BrightRed.on_default().bold();
    writeln!(err, "{red}error{red:#}{bold}: {}{bold:#}", visible(message))?;
    for (kind, text) in notes.iter().map(|text| ("note", text)).chain(help.iter().map(|text| ("help", text))) {
        writeln!(err, "{blue}  ={blue:#} {bold}{kind}{bold:#}: {}", visible(text))?;
    }
    writeln!(err)
}

/// Writes that presend itself is at fault.
///
/// # Errors
/// `err` can't be written.
pub fn internal(err: &mut dyn Write, panic: &str) -> io::Result<()> {
    say(err, &format!("internal error: {panic}"), &[format!("this is a bug in presend; {REPORT_IT}")], &[])
}
