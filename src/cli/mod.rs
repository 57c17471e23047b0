//! The command line: one file a command, and what the commands share.

mod args;
mod baseline;
mod bounces;
mod changed;
mod check;
mod complaint;
mod completions;
mod config;
mod deferred;
mod diff;
mod domain;
mod domain_args;
mod exit;
mod explain;
mod fixing;
mod groups;
mod headers;
mod input_list;
mod inputs;
mod interrupt;
mod level_flags;
mod lints;
mod list;
mod lsp;
mod man;
mod ordered;
mod outputs;
use crate::lint::panics;
mod pieces;
mod progress;
mod providers;
mod replies;
mod reporter;
mod stream;
mod streams;
mod table;
mod targets;
mod watch;
mod write;
mod zones;

use crate::config::error::said;
use crate::lint::Registry;
use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use exit::Outcome;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;
use streams::Streams;

/// Runs the command line of this process and gives its exit code.
pub fn main() -> ExitCode {
    panics::silence();
    let outcome = panics::catch(|| run(std::env::args_os(), &crate::lints::REGISTRY)).unwrap_or_else(|panic| {
        let mut streams = Streams::standard(anstream::ColorChoice::Auto);
        // nobody is left to tell if this fails
        let _ = complaint::internal(&mut streams.err, &panic);
        Outcome::Failed
    });
    outcome.into()
}

fn run(args: impl Iterator<Item = OsString>, registry: &Registry) -> Outcome {
    let parsed = Cli::command().try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut streams = match &cli.command {
        // standard output is the server's own
        Command::Lsp => return lsp::run(),
        _ => Streams::standard(cli.color.into()),
    };
    let done = match &cli.command {
        Command::Check(args) if args.watch => watch::run(args, registry, &mut streams),
        Command::Lsp => Ok(Outcome::Clean),
        Command::Check(args) => check::run(args, registry, &mut streams),
        Command::Stream(args) => stream::run(args, registry, &mut streams),
        Command::Bounces(args) => bounces::run(args, &mut streams),
        Command::Domain(args) => domain::run(args, registry, &mut streams),
        Command::List(args) => list::run(args, registry, &mut streams),
        Command::Explain(args) => explain::run(args, registry, &mut streams),
        Command::Headers(args) => headers::run(args, &mut streams),
        Command::Config(args) => config::run(args.format, &mut streams),
        Command::Completions(args) => completions::run(args.shell, registry, &mut streams),
        Command::Man(args) => man::run(args.dir.as_deref(), &mut streams),
        Command::Lints(args) if args.providers => providers::run(args.format, &mut streams),
        Command::Lints(args) => lints::run(args.format, registry, &mut streams),
    };
    conclude(done, &mut streams)
}

/// What clap has to say: help and version on standard output, mistakes on standard error.
fn usage(error: &clap::Error) -> Outcome {
    match error.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Outcome::Failed,
        _ if error.use_stderr() => Outcome::Failed,
        _ => Outcome::Clean,
    }
}

/// Writes out what is still buffered. A pipe that was closed is no fault: whoever read it has seen enough.
fn conclude(done: io::Result<Outcome>, streams: &mut Streams<'_>) -> Outcome {
    let written = streams.finish();
    let (outcome, error) = match (done, written) {
        (Ok(outcome), Ok(())) => return outcome,
        (Ok(outcome), Err(error)) => (outcome, error),
        (Err(error), _) => (Outcome::Clean, error),
    };
    if error.kind() == io::ErrorKind::BrokenPipe {
        return outcome;
    }
    // nobody is left to tell if this fails
    let _ = complaint::say(&mut streams.err, &format!("can't write the output: {}", said(&error)), &[], &[]);
    Outcome::Failed
}

#[cfg(test)]
mod test_registry;
