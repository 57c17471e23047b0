//! `presend config`: the reference of `presend.toml`, and its schema for editors.

use super::args::ConfigFormat;
use super::exit::Outcome;
use super::streams::Streams;
use crate::config::{json_schema, reference};
use crate::report::markdown::markdown;
use crate::report::{Options, wanted_width};
use std::io;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(format: ConfigFormat, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let text = match format {
        ConfigFormat::Human => {
            let options = Options { width: wanted_width(None), color: streams.color, ..Options::default() };
            markdown(&reference(), &options)
        }
        ConfigFormat::Markdown => reference(),
        ConfigFormat::JsonSchema => json_schema(),
    };
    streams.out.write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}
