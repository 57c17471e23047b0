//! `presend check --watch`: the run is repeated whenever something that it reads changes.

mod ears;
mod scope;

use super::args::CheckArgs;
use super::exit::Outcome;
use super::streams::Streams;
use super::{check, complaint};
use crate::config::Vocabulary;
use crate::lint::Registry;
use crate::report::Format;
use ears::{Ears, Heard};
use scope::Scope;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Top left, and nothing on the screen (ECMA-48, CUP and ED); what was scrolled away stays.
const CLEAR: &str = "\x1b[H\x1b[2J";

/// Runs the command until Ctrl-C, or until standard output is closed. The last run decides how it ended.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &CheckArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        let help = "name files or folders".to_owned();
        complaint::say(&mut streams.err, "`--watch` can't watch standard input", &[], &[help])?;
        return Ok(Outcome::Failed);
    }
    // what is wrong with the command line stays wrong
    if check::command_line(args, &Vocabulary::new(registry.known()), streams)?.is_none() {
        return Ok(Outcome::Failed);
    }
    match repeat(args, registry, streams) {
        Err(Stopped::Unheard(why)) => {
            complaint::say(&mut streams.err, &format!("can't watch: {why}"), &[], &[])?;
            Ok(Outcome::Failed)
        }
        Err(Stopped::Broken(error)) => Err(error),
        Ok(outcome) => Ok(outcome),
    }
}

/// Why nothing is watched any more.
enum Stopped {
    /// The system tells nothing of changes, for this reason.
    Unheard(String),
    /// The output can't be written.
    Broken(io::Error),
}

impl From<notify::Error> for Stopped {
    fn from(error: notify::Error) -> Self {
        Self::Unheard(ears::said(&error))
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

fn repeat(args: &CheckArgs, registry: &Registry, streams: &mut Streams<'_>) -> Result<Outcome, Stopped> {
    let ended = Arc::new(AtomicBool::new(false));
    let mut ears = Ears::open(&ended)?;
    let mut streams = listening(streams, &ended);
    let mut scope = survey(args, &mut ears)?;
    let mut outcome = check::run(args, registry, &mut streams)?;
    loop {
        if !is_read(announce(args, &scope, &mut streams))? {
            return Ok(outcome);
        }
        scope = loop {
            if ears.wait(|path| scope.concerns(path)) == Heard::End {
                return Ok(outcome);
            }
            let now = survey(args, &mut ears)?;
            if now.has_changed_since(&scope) {
                break now;
            }
            scope = now;
        };
        if !is_read(streams.out.write_all(separator(args.format).as_bytes()))? {
            return Ok(outcome);
        }
        outcome = check::run(args, registry, &mut streams)?;
    }
}

/// Whether what was written can still be read by somebody.
fn is_read(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true),
    }
}

/// What there is to read, with all watches set before it was looked at: no change is missed between the two.
fn survey(args: &CheckArgs, ears: &mut Ears) -> notify::Result<Scope> {
    loop {
        let scope = Scope::of(args);
        if !ears.listen(scope.folders())? {
            return Ok(scope);
        }
    }
}

fn announce(args: &CheckArgs, scope: &Scope, streams: &mut Streams<'_>) -> io::Result<()> {
    streams.still_wanted()?;
    let files = match scope.count() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    streams.complain(|err| if args.quiet { Ok(()) } else { writeln!(err, "watching {files}; Ctrl-C ends") })
}

/// What stands between two runs: a clear screen, for people a line, and for programs an empty one, which breaks no JSON.
fn separator(format: Format) -> String {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match format {
        _ if io::stdout().is_terminal() && !dumb => CLEAR.to_owned(),
        Format::Human | Format::Short => format!("{}\n", "-".repeat(60)),
        _ => "\n".to_owned(),
    }
}

/// The same streams; `ended` is told when nobody reads standard output any more, and tells a run to stop.
fn listening<'s>(streams: &'s mut Streams<'_>, ended: &Arc<AtomicBool>) -> Streams<'s> {
    let out = Read { out: &mut streams.out, ended: Arc::clone(ended) };
    Streams {
        color: streams.color,
        progress: streams.progress.clone(),
        ended: Arc::clone(ended),
        ..Streams::new(Box::new(out), Box::new(&mut streams.err))
    }
}

/// A stream that notes when nobody reads it any more.
struct Read<W> {
    out: W,
    ended: Arc<AtomicBool>,
}

impl<W> Read<W> {
    fn note<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if done.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            self.ended.store(true, Ordering::Relaxed);
        }
        done
    }
}

impl<W: Write> Write for Read<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.note(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.note(flushed)
    }
}
