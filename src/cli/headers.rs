//! `presend headers`: what the header of a received copy says, and what changed since the last one.

use super::args::HeadersArgs;
use super::args::ListFormat;
use super::complaint;
use super::exit::Outcome;
use super::streams::Streams;
use crate::config::Settings;
use crate::config::limits::Reached;
use crate::facts::Facts;
use crate::message::{Given, Message};
use crate::report::headers::{self, Sheet};
use crate::report::{Options, wanted_width};
use crate::source::{self, DEFAULT_LIMIT, Kind, STANDARD_INPUT, Source};
use std::io;
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &HeadersArgs, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let mut sheets = Vec::new();
    for path in &args.files {
        match sheet(path, args.max_size.unwrap_or(DEFAULT_LIMIT)) {
            Ok(sheet) => sheets.push(sheet),
            Err((name, reason)) => {
                complaint::say(&mut streams.err, &format!("{name}: {reason}"), &[], &[])?;
                return Ok(Outcome::Failed);
            }
        }
    }
    match args.format {
        ListFormat::Human => {
            let options = Options { width: wanted_width(args.width), color: streams.color, ..Options::default() };
            headers::write_human(&sheets, &options, &mut streams.out)?;
        }
        ListFormat::Json => headers::write_json(&sheets, &mut streams.out)?,
    }
    Ok(Outcome::Clean)
}

/// What the header of the file says; else the file's name and why it could not be read.
fn sheet(path: &Path, max: u64) -> Result<Sheet, (String, String)> {
    let read = match path.as_os_str() == "-" {
        true => source::read_stream(io::stdin().lock(), None, max, Some(Kind::Message)),
        false => source::read(path, max, Some(Kind::Message)),
    };
    let source = read.map_err(|error| (error.name.clone(), error.reason.to_string()))?;
    let head = Source::new(&source.name, None, header_of(&source.bytes).to_vec(), Some(Kind::Message));
    let message = Message::parse(&head, &Given::default());
    if message.headers.is_empty() {
        let name = if path.as_os_str() == "-" { STANDARD_INPUT.to_owned() } else { source.name.to_string() };
        return Err((name, "there are no header fields at its start".to_owned()));
    }
    let settings = Settings::default();
    let mut sheet = Sheet::of(&Facts::new(&message, &settings));
    sheet.remarks.extend(message.reached.iter().map(Reached::in_words));
    Ok(sheet)
}

/// The header alone: pasted ones may begin with empty lines, and bodies are of no use here.
fn header_of(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let ends = [&b"\n\n"[..], b"\n\r\n", b"\r\r"]
        .into_iter()
        .filter_map(|end| memchr::memmem::find(bytes, end).map(|at| at + end.len()));
    ends.min().and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::header_of;

    #[test]
    fn the_header_is_found_alone() {
        for (text, header) in [
            ("A: 1\n\nbody\n\nmore", "A: 1\n\n"),
            ("\r\n\r\nA: 1\r\nB: 2\r\n\r\nbody", "A: 1\r\nB: 2\r\n\r\n"),
            ("\u{feff}A: 1", "A: 1"),
            ("A: 1\r\rbody", "A: 1\r\r"),
            ("", ""),
        ] {
            assert_eq!(header_of(text.as_bytes()), header.as_bytes(), "{text:?}");
        }
    }
}
