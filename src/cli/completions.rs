//! `presend completions`: what a shell needs to complete the command line, with the names of lints, groups and formats.

use super::args::Cli;
use super::exit::Outcome;
use super::streams::Streams;
use crate::answers::advice::PAGES;
use crate::diagnostic::Standard;
use crate::lint::Registry;
use crate::report::Format;
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};
use std::io;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(shell: Shell, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let mut script = Vec::new();
    generate(shell, &mut named(Cli::command(), registry), "presend", &mut script);
    streams.out.write_all(&script)?;
    Ok(Outcome::Clean)
}

/// The command line with the words that may stand where reading takes any and judges later.
fn named(mut command: Command, registry: &Registry) -> Command {
    // the arguments of the commands are described only when they are wanted
    command.build();
    let lints = registry.lints().map(|(_, lint)| lint.name);
    let topics = registry.topics().iter().map(|topic| topic.name);
    let names: Vec<_> = lints.chain(topics).chain(Standard::ALL.iter().map(|standard| standard.name())).collect();
    let groups: Vec<_> = names.iter().copied().chain(["pedantic", "warnings"]).collect();
    let pages: Vec<_> = names.into_iter().chain(PAGES.iter().map(|page| page.name)).collect();
    let formats = Format::ALL.map(Format::name);
    let levels = ["allow", "warn", "deny", "forbid"];
    command
        .mut_subcommand("explain", |explain| {
            explain.mut_arg("name", |name| name.value_parser(PossibleValuesParser::new(pages)))
        })
        .mut_subcommand("check", |check| {
            let check = check.mut_arg("format", |format| format.value_parser(PossibleValuesParser::new(formats)));
            levels.iter().fold(check, |check, level| {
                check.mut_arg(level, |arg| arg.value_parser(PossibleValuesParser::new(groups.clone())))
            })
        })
}
