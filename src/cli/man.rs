//! `presend man`: the man pages, made from the command line's own description.

use super::args::Cli;
use super::complaint;
use super::exit::Outcome;
use super::streams::Streams;
use super::write::{NotWritten, write};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::fs;
use std::io;
use std::path::Path;

/// Runs the command: all pages on standard output, or each to a file of `folder`.
///
/// # Errors
/// The output can't be written.
pub fn run(folder: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    collect(command, &mut pages)?;
    let Some(folder) = folder else {
        pages.iter().try_for_each(|(_, page)| streams.out.write_all(page))?;
        return Ok(Outcome::Clean);
    };
    let mut made = fs::create_dir_all(folder).map_err(NotWritten::from).map_err(|error| (folder.to_owned(), error));
    for (name, page) in pages {
        let file = folder.join(name);
        made = made.and_then(|()| write(&file, &page).map_err(|error| (file, error)));
    }
    let Err((path, error)) = made else { return Ok(Outcome::Clean) };
    let message = format!("can't write the man pages to `{}`: {error}", path.display());
    streams.complain(|err| complaint::say(err, &message, &[], &[]))?;
    Ok(Outcome::Failed)
}

/// The pages of a command and those below it, with the names of their files.
fn collect(command: Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let below: Vec<_> = command.get_subcommands().filter(|below| !below.is_hide_set()).cloned().collect();
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename(), page));
    below.into_iter().try_for_each(|below| collect(below, pages))
}
