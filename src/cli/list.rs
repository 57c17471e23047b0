//! `presend list`: a list of recipients checked on its own, reported as campaigns are.

use super::args::ListArgs;
use super::exit::Outcome;
use super::streams::Streams;
use crate::answers::list::check;
use crate::diagnostic::{Diagnostic, Level};
use crate::gate::Repository;
use crate::lint::Registry;
use crate::report::{FileReport, Format, Options, Rules, Summary, wanted_width};
use crate::source::display_name;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::sync::Arc;

/// Faults that are handed to a report at a time.
const BATCH: usize = 256;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &ListArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let name: Arc<str> = display_name(&args.file).into();
    let options = Options {
        width: wanted_width(None),
        color: streams.color,
        rules: Arc::new(Rules::new(registry, "")),
        repository: Arc::new(Repository::around(&std::env::current_dir()?)),
        ..Options::default()
    };
    let mut report = args.format.report(options);
    let mut summary = Summary::default();
    let mut batch: Vec<Diagnostic> = Vec::new();
    let mut told = 0;
    let mut unwritten = None;
    let checked = File::open(&args.file).map_err(Into::into).and_then(|file| {
        check::check(BufReader::with_capacity(1 << 16, file), &name, args.column.as_deref(), |found| {
            summary.deny += usize::from(found.level >= Level::Deny);
            summary.warn += usize::from(found.level < Level::Deny);
            if told < args.most {
                told += 1;
                batch.push(found);
            }
            // formats that describe a whole file get it whole; `--most` bounds it
            if batch.len() == BATCH
                && matches!(args.format, Format::Human | Format::Short | Format::JsonLines)
                && unwritten.is_none()
            {
                let file = FileReport {
                    name: Arc::clone(&name),
                    diagnostics: std::mem::take(&mut batch),
                    ..FileReport::default()
                };
                unwritten = report.file(&mut streams.out, &file).err();
            }
        })
    });
    if let Some(error) = unwritten {
        return Err(error);
    }
    let file = match &checked {
        Ok(_) => FileReport { name, diagnostics: batch, ..FileReport::default() },
        Err(error) => {
            let reason = match error {
                crate::answers::list::ListError::Io(error) => crate::config::error::said(error),
                other => other.to_string(),
            };
            FileReport { diagnostics: batch, ..FileReport::unreadable(name, reason) }
        }
    };
    summary.files = usize::from(checked.is_ok());
    summary.unread = usize::from(checked.is_err());
    for failure in file.failures() {
        streams.complain(|err| writeln!(err, "{failure}"))?;
    }
    report.file(&mut streams.out, &file)?;
    finish(args, &summary, told, checked.as_ref().map_or(0, |checked| checked.rows), report.as_mut(), streams)?;
    let outcome = match (&checked, summary.deny) {
        (Err(_), _) => Outcome::Failed,
        (Ok(_), 0) => Outcome::Clean,
        (Ok(_), _) => Outcome::Faults,
    };
    Ok(outcome.forgiving(args.exit_zero))
}

/// The end: for people in words of lists, else the format's own.
fn finish(
    args: &ListArgs,
    summary: &Summary,
    told: usize,
    rows: u64,
    report: &mut dyn crate::report::Report,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let faults = summary.deny + summary.warn;
    if faults > told {
        let more = faults - told;
        streams.complain(|err| {
            writeln!(err, "warning: {more} more faults are counted and not reported: `--most` says how many are")
        })?;
    }
    if args.format != Format::Human {
        return report.finish(&mut streams.out, summary);
    }
    if summary.unread > 0 {
        return writeln!(streams.out, "error: the list could not be checked");
    }
    let count = |number: usize, thing: &str| format!("{number} {thing}{}", if number == 1 { "" } else { "s" });
    let rows = count(usize::try_from(rows).unwrap_or(usize::MAX), "row");
    match faults {
        0 => writeln!(streams.out, "no faults found in {rows}"),
        _ => writeln!(streams.out, "{} and {} in {rows}", count(summary.deny, "error"), count(summary.warn, "warning")),
    }
}
