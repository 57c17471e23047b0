//! What whole runs of the real binary take: user and system time, time on the clock, and the most memory.
//!
//! ```console
//! $ cargo bench --bench process                     # all, some minutes
//! $ cargo bench --bench process -- version small    # groups whose names have that in them; `--list` names them
//! $ cargo bench --bench process -- --folder PATH    # `presend check PATH` with one thread and with two
//! ```
//!
//! `PRESEND` names another binary, as the one that is released: what cargo builds for a benchmark has more features of its
//! libraries in it. Inputs are generated into the target folder and deleted at the end.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is for people")]

#[path = "../campaigns/mod.rs"]
#[allow(dead_code, unused_imports, reason = "not all campaigns are needed here")]
mod campaigns;
#[cfg(unix)]
mod groups;
#[cfg(unix)]
mod inputs;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod table;
#[cfg(unix)]
mod usage;

use std::process::ExitCode;

#[cfg(unix)]
fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if std::env::args_os().nth(1).is_some_and(|first| first == usage::ALONE) {
        arguments.next();
        return usage::alone(arguments);
    }
    match groups::run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    println!("process: NOT RUN: what a run took is asked of a Unix system");
    ExitCode::SUCCESS
}
