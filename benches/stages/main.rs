//! What each stage of a check costs, side by side in one run: over campaigns that it makes up, or over a folder of yours.
//!
//! ```console
//! $ cargo bench --bench stages                      # all
//! $ cargo bench --bench stages -- 60k               # cases whose names have that in them
//! $ cargo bench --bench stages -- --folder PATH     # every .eml and .html below it, in total
//! ```
//!
//! There is no benchmark library here, since none that the field uses (divan, criterion) does what is needed: they run one function to its
//! end before they begin the next, so that another program's burst of work falls on one stage alone, and they know no ratio of
//! two rows. Here each round runs every stage on every file, one after the other, and a stage's number is the median of the
//! rounds. The same stages are what `benches/instructions` and `benches/guard` count, one run each.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is for people and for programs that count")]

#[path = "../campaigns/mod.rs"]
mod campaigns;
mod cases;
mod counting;
mod options;
mod rounds;
mod stage;
mod tables;
mod walk;

use cases::Case;
use options::{Job, Options};
use std::process::ExitCode;
use walk::Walk;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    if let Job::List = options.job {
        cases::names().filter(|name| options.wants(name)).for_each(|name| println!("{name}"));
        return Ok(());
    }
    let walk = Walk::new();
    let room = cases::Room::new().map_err(|error| format!("no folder for generated campaigns: {error}"))?;
    let mut measured = tables::Tables::begin();
    for case in wanted(options, &room) {
        let case = case?;
        match &options.job {
            Job::Count(stage) => counting::once(&walk, &case, *stage)?,
            Job::Say => walk.say(&case)?,
            _ => measured.add(&case, &rounds::run(&walk, &case, options.seconds)?),
        }
    }
    measured.end();
    Ok(())
}

/// The folder that was given, or the generated cases that were asked for, made when their turn comes.
fn wanted<'o>(options: &'o Options, room: &'o cases::Room) -> Box<dyn Iterator<Item = Result<Case, String>> + 'o> {
    match &options.folder {
        Some(folder) => Box::new(std::iter::once_with(|| Case::of_folder(folder))),
        None => {
            let names = cases::names().filter(|name| options.wants(name));
            Box::new(names.map(|name| room.make(name).map_err(|error| format!("{name}: {error}"))))
        }
    }
}
