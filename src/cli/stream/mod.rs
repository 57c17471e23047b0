//! `presend stream`: a record in, a report out, for ever; what other systems drive as an external process.

mod args;
mod flow;
mod input;
mod record;

pub use args::StreamArgs;

use super::check::{AHEAD, STACK, lint_file, resolver};
use super::complaint;
use super::exit::Outcome;
use super::streams::Streams;
use crate::config::error::ConfigErrors;
use crate::config::limits::Limit;
use crate::config::{Resolver, Vocabulary};
use crate::gate::Case;
use crate::lint::panics::REPORT_IT;
use crate::lint::{Registry, panics};
use crate::report::json::{self, RecordId};
use crate::report::{FileReport, Summary};
use crate::source::{Kind, STANDARD_INPUT, Source};
use flow::{Ahead, Take};
use input::Records;
use record::{Raw, Record};
use std::io::{self, BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Bytes of records that may be read ahead.
const BYTES_AHEAD: usize = 32 << 20;
/// How much of standard input is read at a time, in bytes.
const BUFFER: usize = 64 << 10;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &StreamArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    run_on(io::stdin(), args, registry, streams)
}

fn run_on(
    input: impl Read + Send + 'static,
    args: &StreamArgs,
    registry: &Registry,
    streams: &mut Streams<'_>,
) -> io::Result<Outcome> {
    let folder = std::env::current_dir()?;
    let vocabulary = Vocabulary::new(registry.known());
    let Some(resolver) = resolver(&args.as_check(), vocabulary, &folder, streams)? else { return Ok(Outcome::Failed) };
    let (largest, kind) = match resolver.resolve(None) {
        Ok(resolved) => (resolved.settings.limits.bytes(Limit::Source), resolved.settings.kind),
        Err(errors) => {
            streams.complain(|err| errors.render(err))?;
            return Ok(Outcome::Failed);
        }
    };
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(io::Error::other)?;

    let records = Records::new(BufReader::with_capacity(BUFFER, input), args.input, largest);
    let ahead = Ahead { records: threads * AHEAD, bytes: BYTES_AHEAD };
    let check = Check { registry, resolver: &resolver, largest, kind, verbose: args.verbose };
    let mut answers = Answers { out: &mut streams.out, worst: Outcome::Clean, failed: 0 };
    let done = flow::through(&pool, ahead, records, Raw::size, |index, raw| check.one(index, raw), &mut answers);
    let Answers { worst, failed, .. } = answers;
    match done {
        // whoever closed the pipe has seen enough; what was seen decides
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
        Err(_) => {}
        Ok(()) if failed > 0 => {
            let (records, lines) =
                if failed == 1 { ("record", "its line says") } else { ("records", "their lines say") };
            let message = format!("{failed} {records} could not be checked; {lines} why");
            streams.complain(|err| complaint::say(err, &message, &[], &[]))?;
        }
        Ok(()) => {}
    }
    Ok(worst.forgiving(args.exit_zero))
}

/// What all tasks share.
struct Check<'c> {
    registry: &'c Registry,
    resolver: &'c Resolver,
    largest: u64,
    kind: Option<Kind>,
    verbose: bool,
}

/// A line of the output.
struct Answer {
    line: Vec<u8>,
    outcome: Outcome,
}

impl Answer {
    fn of(id: Option<&RecordId>, index: usize, file: &FileReport, verbose: bool) -> Self {
        let mut summary = Summary::default();
        summary.add(file);
        let outcome = match summary {
            Summary { unread: 1.., .. } | Summary { panics: 1.., .. } => Outcome::Failed,
            Summary { deny: 1.., .. } => Outcome::Faults,
            _ => Outcome::Clean,
        };
        Self { line: json::line(id, index + 1, file, &summary, verbose), outcome }
    }
}

impl Check<'_> {
    /// Answers the record with the number `index`, from 0.
    fn one(&self, index: usize, raw: Raw) -> Answer {
        let Record { id, name, source } = Record::read(raw, self.largest, self.kind);
        let name: Arc<str> = name.into();
        let report = source.and_then(|source| {
            let linted = panics::catch(|| self.lint(&source));
            let linted = linted.map_err(|panic| format!("internal error: {panic}; {REPORT_IT}"))?;
            linted.map_err(|_| "its configuration has mistakes; `presend check` shows them".to_owned())
        });
        let file = report.unwrap_or_else(|why| FileReport::unreadable(name, why));
        Answer::of(id.as_ref(), index, &file, self.verbose)
    }

    fn lint(&self, source: &Source) -> Result<FileReport, Arc<ConfigErrors>> {
        let case = Case::new(self.resolver, self.resolver.resolve(None)?, source, None, None)?;
        let mut linted = lint_file(source, self.registry, &case.settings, case.levels());
        // who drives this program reads its lines, not its standard error
        linted.panics.iter_mut().for_each(|(_, said)| said.push_str(&format!("; {REPORT_IT}")));
        Ok(FileReport::linted(Arc::clone(&source.name), case.judge(linted, &source.name).linted))
    }
}

/// Where the answers go.
struct Answers<'a> {
    out: &'a mut dyn Write,
    worst: Outcome,
    failed: usize,
}

impl Take<Answer> for Answers<'_> {
    fn take(&mut self, index: usize, answer: Result<Answer, String>) -> io::Result<()> {
        let answer = answer.unwrap_or_else(|panic| {
            let why = format!("internal error: {panic}; {REPORT_IT}");
            Answer::of(None, index, &FileReport::unreadable(STANDARD_INPUT.into(), why), false)
        });
        self.worst = self.worst.max(answer.outcome);
        self.failed += usize::from(answer.outcome == Outcome::Failed);
        self.out.write_all(&answer.line)
    }

    fn idle(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
