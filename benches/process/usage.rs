//! What one run of a program took: user and system time, time on the clock, and the most memory that it held.
//!
//! The system adds up what all children of a process took, and keeps the largest peak among them. So each run is the only child of a
//! process of its own: this benchmark, called with [`ALONE`] in front of the program.

use nix::sys::resource::{UsageWho, getrusage};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// The first argument of a process that runs a program, says what that took, and ends.
pub const ALONE: &str = "--alone";

/// A program's arguments, and what is on its standard input; its output is thrown away.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The arguments.
    pub arguments: Vec<OsString>,
    /// A file to read from.
    pub input: Option<PathBuf>,
}

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// User and system time in seconds.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// The most memory in MB (1,000,000 bytes).
    pub peak: f64,
}

impl Run {
    /// A run with these arguments.
    pub fn of<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self { arguments: arguments.into_iter().map(Into::into).collect(), input: None }
    }

    /// The same, with a file as its standard input.
    pub fn fed(self, input: &Path) -> Self {
        Self { input: Some(input.to_owned()), ..self }
    }

    /// Runs `program` once.
    ///
    /// # Errors
    /// It can't be run, or ends with a code other than 0 and 1.
    pub fn measure(&self, program: &Path) -> Result<Usage, String> {
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        let input = self.input.as_deref().unwrap_or(Path::new("/dev/null"));
        let output = Command::new(this).arg(ALONE).arg(input).arg(program).args(&self.arguments).output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        match numbers[..] {
            [cpu, wall, peak] if output.status.success() => Ok(Usage { cpu, wall, peak }),
            _ => {
                Err(format!("{} {:?}: {}", program.display(), self.arguments, String::from_utf8_lossy(&output.stderr)))
            }
        }
    }
}

/// The process that runs one program: `INPUT PROGRAM ARGUMENT...`.
pub fn alone(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let (Some(input), Some(program)) = (arguments.next(), arguments.next()) else { return ExitCode::from(2) };
    let Ok(input) = File::open(&input) else {
        eprintln!("can't read {}", input.display());
        return ExitCode::from(2);
    };
    let begin = Instant::now();
    let ended = Command::new(&program).args(arguments).stdin(input).stdout(Stdio::null()).status();
    let wall = begin.elapsed().as_secs_f64();
    match ended.map(|status| status.code()) {
        Ok(Some(0 | 1)) => {}
        other => {
            eprintln!("it ended with {other:?}");
            return ExitCode::FAILURE;
        }
    }
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return ExitCode::FAILURE };
    let seconds =
        [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    // in KiB, but on Apple's systems in bytes
    let unit = if cfg!(target_vendor = "apple") { 1.0 } else { 1_024.0 };
    println!("{} {wall} {}", seconds[0] + seconds[1], usage.max_rss() as f64 * unit / 1e6);
    ExitCode::SUCCESS
}
