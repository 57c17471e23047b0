//! What the command line looks like.

use super::domain_args::DomainArgs;
use super::level_flags::LevelFlags;
use crate::config::{KINDS, PURPOSES, Purpose, STAGES, size};
use crate::diagnostic::Level;
use crate::message::Stage;
use crate::report::Format;
use crate::source::Kind;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads e-mail campaigns before they are sent and reports what Microsoft 365 and their readers will hold against them.
#[derive(Debug, Parser)]
#[command(name = "presend", version, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// When to colour the output: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check campaigns: messages (.eml), HTML drafts and templates
    Check(Box<CheckArgs>),
    /// Check a sender's domain: SPF, DKIM, DMARC, MX and reverse names (asks DNS, and nothing else)
    Domain(Box<DomainArgs>),
    /// Print what there is to know of a lint, or list the lints of a topic or a standard
    Explain(ExplainArgs),
    /// List all lints, or all providers
    Lints(LintsArgs),
    /// Print all that can be said in presend.toml, or its schema for editors
    Config(ConfigArgs),
}

/// `presend check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 if nothing is at deny level, 1 if something is, 2 if something could not be checked."
)]
pub struct CheckArgs {
    /// Files, and folders to look through; `-` reads standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// How to report on standard output: human, short, json, json-lines, sarif, github, gitlab, junit or rdjson
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = |word: &str| Format::parse(word))]
    pub format: Format,

    #[command(flatten)]
    pub levels: LevelFlags,
    /// Lower all levels to this one at most
    #[arg(long, value_name = "LEVEL", value_parser = levels(), help_heading = "Levels (lints, topics, standards, `pedantic`; the last flag wins)")]
    pub cap_lints: Option<Level>,

    #[command(flatten)]
    pub knowledge: Knowledge,

    /// Check also the domains that the messages name (From, List-Unsubscribe), as this zone file (RFC 1035) has them; the network is not asked
    #[arg(long, value_name = "FILE", help_heading = "What the sender knows")]
    pub zone: Option<PathBuf>,

    #[command(flatten)]
    pub fix: FixFlags,

    /// Use this configuration file, not the nearest presend.toml
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    pub no_config: bool,
    /// The name of what `-` reads, for reports, for its kind and to find its configuration
    #[arg(long, value_name = "PATH", help_heading = "Configuration")]
    pub stdin_filename: Option<PathBuf>,

    /// Write a report to a file, too, such as `sarif=presend.sarif`; can be repeated
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output, help_heading = "Output")]
    pub outputs: Vec<Output>,
    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub baseline: Option<PathBuf>,
    /// Write all that is found as a baseline
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub write_baseline: Option<PathBuf>,
    /// Say at the end how often each lint was reported (human)
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,
    /// Columns to wrap the report at (the terminal's if left out)
    #[arg(long, value_name = "COLUMNS", help_heading = "Output")]
    pub width: Option<usize>,
    /// Say only what was found
    #[arg(long, short, conflicts_with = "verbose", help_heading = "Output")]
    pub quiet: bool,
    /// Say also how each source was taken and why, and why lints stayed silent
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,
    /// Exit with 0 even if something is at deny level
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
    /// How many files to check at a time (as many as there are processors if left out)
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub threads: Option<NonZeroUsize>,
}

/// A report that goes to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How to report.
    pub format: Format,
    /// Where to.
    pub file: PathBuf,
}

/// What to do about what was found.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Fixing")]
pub struct FixFlags {
    /// Apply the suggestions that are sure, and report what remains
    #[arg(long)]
    pub fix: bool,
    /// Apply also suggestions that may be incorrect
    #[arg(long, requires = "fix")]
    pub unsafe_fixes: bool,
    /// Write nothing: print on standard output what would change, and the report on standard error
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Rewrite also messages that are signed (DKIM-Signature) or were received (Received)
    #[arg(long, requires = "fix")]
    pub force: bool,
}

/// What the sender knows; it beats the configuration.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "What the sender knows")]
pub struct Knowledge {
    /// Take all sources for this: message, html, template or mjml
    #[arg(long, value_name = "KIND", value_parser = kinds(), hide_possible_values = true)]
    pub kind: Option<Kind>,
    /// Which of the configuration's senders the sources are from
    #[arg(long, value_name = "NAME")]
    pub sender: Option<String>,
    /// From of drafts, whatever they say themselves
    #[arg(long, value_name = "MAILBOX")]
    pub from: Option<String>,
    /// Subject of drafts, whatever they say themselves
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// What the messages are for: bulk, transactional or confirmation
    #[arg(long, value_name = "PURPOSE", value_parser = purposes(), hide_possible_values = true)]
    pub purpose: Option<Purpose>,
    /// E-mail service provider that sends them, or template engine that fills them in
    #[arg(long, value_name = "ID")]
    pub provider: Option<String>,
    /// A domain of the sender's own, beside the configured ones; can be repeated
    #[arg(long = "own-domain", value_name = "DOMAIN")]
    pub own_domains: Vec<String>,
    /// Merge tags are still to be filled in
    #[arg(long, conflicts_with = "rendered")]
    pub template: bool,
    /// The mail is as it will arrive; a leftover merge tag is a fault
    #[arg(long)]
    pub rendered: bool,
    /// Received copies are byte for byte as they arrived: judge their format, too
    #[arg(long)]
    pub raw: bool,
    /// Largest file to read, such as `64 MiB`
    #[arg(long, value_name = "SIZE", value_parser = size::parse)]
    pub max_size: Option<u64>,
}

impl Knowledge {
    /// Template or rendered, where it is said.
    pub fn stage(&self) -> Option<Stage> {
        let name = if self.template { "template" } else { "rendered" };
        let said = self.template || self.rendered;
        STAGES.into_iter().find(|(stage, _)| said && *stage == name).map(|(_, stage)| stage)
    }
}

/// `presend explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A lint (`missing-unsubscribe`, `unsubscribe/missing-unsubscribe`), a topic or a standard
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `presend lints`.
#[derive(Debug, Args)]
pub struct LintsArgs {
    /// How to list them: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: ListFormat,
    /// List the e-mail service providers and template engines that are known
    #[arg(long)]
    pub providers: bool,
}

/// `presend config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// How to print it: human, markdown or json-schema
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: ConfigFormat,
}

/// How to print the reference of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// For the terminal
    Human,
    /// As docs/configuration.md has it
    Markdown,
    /// JSON Schema
    JsonSchema,
}

/// How to list lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Human,
    /// One JSON document
    Json,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the terminal has colours and the environment does not refuse them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// A parser of a few words.
fn words<T: Copy + Send + Sync + 'static>(words: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(name, _)| *name))
        .try_map(|word| words.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or("unknown word"))
}

pub(super) fn levels() -> impl TypedValueParser<Value = Level> {
    words(&[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny), ("forbid", Level::Forbid)])
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    words(&KINDS)
}

fn purposes() -> impl TypedValueParser<Value = Purpose> {
    words(&PURPOSES)
}

/// Reads `FORMAT=FILE`.
pub(super) fn output(text: &str) -> Result<Output, String> {
    let (format, file) = text.split_once('=').ok_or("a format and a file are wanted, such as `sarif=presend.sarif`")?;
    let format = Format::parse(format).map_err(|unknown| unknown.to_string())?;
    match file {
        "" => Err("the name of the file is missing".to_owned()),
        "-" => Err("what goes to standard output is said by `--format`".to_owned()),
        file => Ok(Output { format, file: file.into() }),
    }
}
