//! What `presend stream` takes.

use crate::cli::args::{CheckArgs, FixFlags, Knowledge, Policy};
use crate::report::Format;
use clap::{Args, ValueEnum};
use std::num::NonZeroUsize;

/// `presend stream`.
#[derive(Debug, Args)]
#[command(after_help = "\
json-lines:       {\"id\": \"7\", \"name\": \"news.eml\", \"campaign\": \"…\"} on each line; `campaign_base64` in place of
                  `campaign` for bytes; `id` is text or a whole number; `name` and `kind` may be left out
length-prefixed:  length, {\"id\": …} as above without the campaign, length, the campaign's bytes, and so on; a length is
                  4 bytes, big-endian

Exit code: 0 if nothing is at deny level, 1 if something is, 2 if a record could not be checked; its line says why.")]
pub struct StreamArgs {
    /// How records come on standard input: json-lines or length-prefixed
    #[arg(long, value_name = "FORMAT", default_value = "json-lines", hide_possible_values = true)]
    pub input: Framing,

    #[command(flatten)]
    pub policy: Policy,

    #[command(flatten)]
    pub knowledge: Knowledge,

    /// Say also how each campaign was taken and why, and why lints stayed silent
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,
    /// Exit with 0 even if something is at deny level
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
    /// How many records to check at a time (as many as there are processors if left out)
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub threads: Option<NonZeroUsize>,
}

/// How records follow each other on standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Framing {
    /// One JSON object a line.
    JsonLines,
    /// A JSON object and the campaign's bytes, each behind its length.
    LengthPrefixed,
}

impl StreamArgs {
    /// The same for what `presend check` and this have in common.
    pub fn as_check(&self) -> CheckArgs {
        CheckArgs {
            paths: Vec::new(),
            since: None,
            force_exclude: false,
            watch: false,
            format: Format::Json,
            policy: self.policy.clone(),
            knowledge: self.knowledge.clone(),
            zone: None,
            fix: FixFlags::default(),
            stdin_filename: None,
            outputs: Vec::new(),
            baseline: None,
            write_baseline: None,
            statistics: false,
            width: None,
            quiet: false,
            verbose: self.verbose,
            exit_zero: self.exit_zero,
            threads: self.threads,
        }
    }
}
