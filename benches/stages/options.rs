//! What was asked for on the command line.

use super::stage::Stage;
use std::path::PathBuf;
use std::time::Duration;

/// How to ask.
pub const HELP: &str = "\
usage: cargo bench --bench stages -- [NAME]... [--folder PATH] [--seconds N] [--list | --said | --count STAGE]
  NAME           a part of the names of the cases to run; `=NAME` is the whole name
  --folder PATH  every .eml and .html below PATH, in total, in place of the generated cases
  --seconds N    how long a case is repeated for (3 rounds at least); 3
  --list         the names of the generated cases
  --said         what is found in each case
  --count STAGE  run one stage once where callgrind sees it (benches/instructions, benches/guard)";

/// What to do with each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Measure its time.
    Measure,
    /// Name it.
    List,
    /// Tell what is found in it.
    Say,
    /// Run a stage for a program that counts.
    Count(Stage),
}

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    /// What to do.
    pub job: Job,
    /// A folder to take in place of the generated cases.
    pub folder: Option<PathBuf>,
    /// How long each case is repeated for.
    pub seconds: Duration,
    names: Vec<String>,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// One is unknown, or its value is missing or wrong.
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { job: Job::Measure, folder: None, seconds: Duration::from_secs(3), names: Vec::new() };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("error: `{argument}` needs a value"));
            match argument.as_str() {
                // cargo says so to every benchmark
                "--bench" => {}
                "--list" => options.job = Job::List,
                "--said" => options.job = Job::Say,
                "--count" => {
                    let name = value()?;
                    let stage = Stage::all().find(|stage| stage.name() == name);
                    options.job = Job::Count(stage.ok_or_else(|| format!("error: there is no stage `{name}`"))?);
                }
                "--folder" => options.folder = Some(value()?.into()),
                "--seconds" => {
                    let seconds = value()?.parse().map_err(|_| "error: `--seconds` takes a whole number".to_owned())?;
                    options.seconds = Duration::from_secs(seconds);
                }
                unknown if unknown.starts_with('-') => return Err(format!("error: unknown option `{unknown}`")),
                _ => options.names.push(argument),
            }
        }
        Ok(options)
    }

    /// Whether the case of that name was asked for.
    pub fn wants(&self, name: &str) -> bool {
        let is = |wanted: &String| match wanted.strip_prefix('=') {
            Some(whole) => whole == name,
            None => name.contains(wanted.as_str()),
        };
        self.names.is_empty() || self.names.iter().any(is)
    }
}
