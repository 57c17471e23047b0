//! `presend bounces`: what came back is read, counted and told; addresses never to mail again are written, and lists without them.

mod human;
mod json;
mod rows;
mod write;

use super::args::{BounceFormat, BouncesArgs};
use super::complaint;
use super::exit::Outcome;
use super::streams::Streams;
use crate::answers::bounces::{self, Event, Item, Unreadable};
use crate::answers::list::clean::Cleaned;
use crate::answers::tally::{Judged, Tally, Totals};
use crate::report::visible::visible;
use crate::source::{STANDARD_INPUT, display_name};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Bytes that are read at a time, and by which a file is recognised.
const BUFFER: usize = 64 << 10;

/// A message or line that could not be read.
pub struct Unread {
    /// The file, with the place in it.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// What a run found.
#[derive(Default)]
pub struct Found {
    /// The numbers.
    pub tally: Tally,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Files that were opened.
    pub files: usize,
    /// Events, kept only for the JSON document.
    pub kept: Vec<(String, Event, Judged)>,
}

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &BouncesArgs, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    if let Some((message, help)) = write::refused(args) {
        complaint::say(&mut streams.err, &message, &[], &help)?;
        return Ok(Outcome::Failed);
    }
    let mut found = Found::default();
    rows::head(args.format, &mut streams.out)?;
    for path in &args.paths {
        for file in files(path) {
            read(&file, args.format, &mut found, streams)?;
        }
    }
    let totals = found.tally.totals();
    for unread in &found.unread {
        let said = format!("error: {}: {}", visible(&unread.file), visible(&unread.reason));
        streams.complain(|err| writeln!(err, "{said}"))?;
    }
    let (written, cleaned) = write::all(args, &totals, streams)?;
    tell(args, &found, &totals, cleaned.as_ref(), streams)?;
    let outcome = match (found.unread.is_empty() && written, totals.suppressions.is_empty()) {
        (false, _) => Outcome::Failed,
        (true, false) => Outcome::Faults,
        (true, true) => Outcome::Clean,
    };
    Ok(outcome.forgiving(args.exit_zero))
}

fn tell(
    args: &BouncesArgs,
    found: &Found,
    totals: &Totals,
    cleaned: Option<&Cleaned>,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    match args.format {
        BounceFormat::Human => human::write(args, found, totals, cleaned, streams),
        BounceFormat::Json => json::write(found, totals, cleaned, &mut streams.out),
        BounceFormat::JsonLines => rows::summary(found, totals, cleaned, &mut streams.out),
        BounceFormat::Csv => Ok(()),
    }
}

/// The files that a path names, in order: itself, or all below it; what is hidden is left out.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let walk = ignore::WalkBuilder::new(path).standard_filters(false).hidden(true).sort_by_file_path(Path::cmp).build();
    let is_file = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_file());
    // a folder that can't be opened is named as what it is: opening it fails, and that is told
    walk.filter_map(|entry| match entry {
        Ok(entry) => is_file(&entry).then(|| entry.into_path()),
        Err(error) => error_path(&error),
    })
    .collect()
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

fn read(path: &Path, format: BounceFormat, found: &mut Found, streams: &mut Streams<'_>) -> io::Result<()> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin { STANDARD_INPUT.to_owned() } else { display_name(path) };
    let input: Result<Box<dyn BufRead>, io::Error> = match is_stdin {
        true => Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin().lock()))),
        false => open(path),
    };
    let fail = |found: &mut Found, error: &io::Error| {
        found.unread.push(Unread { file: name.clone(), reason: format!("it can't be read: {}", plain(error)) });
    };
    let mut input = match input {
        Ok(input) => input,
        Err(error) => {
            fail(found, &error);
            return Ok(());
        }
    };
    found.files += 1;
    let refused = match input.fill_buf() {
        Ok(beginning) => foreign(beginning),
        Err(error) => {
            fail(found, &error);
            return Ok(());
        }
    };
    if let Some(reason) = refused {
        found.unread.push(Unread { file: name, reason: reason.to_owned() });
        return Ok(());
    }
    let mut unwritten = None;
    let done = bounces::read(input, &mut |item| {
        take(item, &name, format, found, streams).inspect_err(|error| unwritten = Some(error.kind()))
    });
    match done {
        Err(error) if unwritten.is_some() => Err(error),
        Err(error) => {
            fail(found, &error);
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)))
}

/// What is no text at all, and how to make it one.
fn foreign(beginning: &[u8]) -> Option<&'static str> {
    if beginning.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some("it is an item in Outlook's own format; save it as `.eml` and read that");
    }
    let packed: [&[u8]; 4] = [b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ"];
    packed.iter().any(|magic| beginning.starts_with(magic)).then_some("it is compressed; unpack it first")
}

fn take(item: Item, name: &str, format: BounceFormat, found: &mut Found, streams: &mut Streams<'_>) -> io::Result<()> {
    let file = match &item.place {
        Some(place) => format!("{name}, {place}"),
        None => name.to_owned(),
    };
    let events = match item.events {
        Ok(events) => events,
        Err(reason) => {
            found.unread.push(Unread { file, reason: Unreadable::to_string(&reason) });
            return Ok(());
        }
    };
    for event in events {
        let judged = found.tally.add(&event, &file);
        rows::row(format, &file, &event, &judged, &mut streams.out)?;
        if format == BounceFormat::Json {
            found.kept.push((file.clone(), event, judged));
        }
    }
    Ok(())
}

/// What the system says, in plain words.
fn plain(error: &io::Error) -> String {
    crate::config::error::said(error)
}
