//! What the command line looks like.

use super::deferred::Deferred;
use super::domain_args::DomainArgs;
use super::level_flags::LevelFlags;
use super::stream::StreamArgs;
use crate::config::limits::Limit;
use crate::config::{KINDS, PURPOSES, Purpose, STAGES, size};
use crate::diagnostic::Level;
use crate::message::Stage;
use crate::report::Format;
use crate::source::Kind;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;
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
    Check(Deferred<CheckArgs>),
    /// Check campaigns that come as records on standard input, and answer each with one line of JSON
    Stream(Deferred<StreamArgs>),
    /// Check a sender's domain: SPF, DKIM, DMARC, MX and reverse names (asks DNS, and nothing else)
    Domain(Deferred<DomainArgs>),
    /// Read the header of a received copy: verdict, authentication, scores, hops
    Headers(Deferred<HeadersArgs>),
    /// Read bounces, complaints and mail logs: why, what to do, whom never to mail again
    Bounces(Deferred<BouncesArgs>),
    /// Check a list of recipients (CSV): malformed, doubled, reserved, mistyped, throw-away and shared addresses
    List(Deferred<ListArgs>),
    /// Print what there is to know of a lint, of a reply of a mail server, or of what no program can check; or list them
    Explain(Deferred<ExplainArgs>),
    /// List all lints, or all providers
    Lints(Deferred<LintsArgs>),
    /// Print all that can be said in presend.toml, or its schema for editors
    Config(Deferred<ConfigArgs>),
    /// Print a script that completes presend's command line in a shell
    Completions(Deferred<CompletionsArgs>),
    /// Print the man pages of presend and its commands
    Man(Deferred<ManArgs>),
    /// Serve an editor over standard input and output (Language Server Protocol)
    Lsp,
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

    /// Check only what changed since this git revision, such as `origin/main`
    ///
    /// That is: since the last commit that it has in common with HEAD, with all that is not committed or not tracked yet.
    #[arg(long, value_name = "REV")]
    pub since: Option<OsString>,
    /// Leave out what is ignored, hidden or excluded even where it is named
    #[arg(long)]
    pub force_exclude: bool,

    /// How to report on standard output: human, short, json, json-lines, sarif, github, gitlab, junit, rdjson or html
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = |word: &str| Format::parse(word))]
    pub format: Format,

    #[command(flatten)]
    pub policy: Policy,

    #[command(flatten)]
    pub knowledge: Knowledge,

    /// Check also the domains that the messages name (From, List-Unsubscribe), as this zone file (RFC 1035) has them; the network is not asked
    #[arg(long, value_name = "FILE", help_heading = "What the sender knows")]
    pub zone: Option<PathBuf>,

    #[command(flatten)]
    pub fix: FixFlags,

    /// Check again whenever something changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "write_baseline"])]
    pub watch: bool,

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

impl CheckArgs {
    /// Whether a report in this format is asked for.
    pub fn wants(&self, format: Format) -> bool {
        self.format == format || self.outputs.iter().any(|output| output.format == format)
    }
}

/// Which rules hold: for all commands that run lints.
#[derive(Debug, Clone, Default, Args)]
pub struct Policy {
    #[command(flatten)]
    pub levels: LevelFlags,
    /// Lower all levels to this one at most
    #[arg(long, value_name = "LEVEL", value_parser = levels(), help_heading = "Levels (lints, topics, standards, `pedantic`; the last flag wins)")]
    pub cap_lints: Option<Level>,

    /// Use this configuration file, not the nearest presend.toml
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    pub no_config: bool,
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
#[derive(Debug, Clone, Default, Args)]
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
    #[arg(long, value_name = "SIZE", value_parser = source_size)]
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

/// `presend headers`.
#[derive(Debug, Args)]
#[command(after_help = "Of two files the earlier comes first; what changed since then is shown, too.")]
pub struct HeadersArgs {
    /// A message as it was received, or its header alone; `-` reads standard input
    #[arg(value_name = "FILE", num_args = 1..=2, required = true)]
    pub files: Vec<PathBuf>,
    /// How to show it: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: ListFormat,
    /// Columns to wrap at (the terminal's if left out)
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// Largest file to read, such as `64 MiB`
    #[arg(long, value_name = "SIZE", value_parser = source_size)]
    pub max_size: Option<u64>,
}

/// `presend explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A lint (`missing-unsubscribe`), a topic, a standard, a page of advice (`warming-up`), or a reply of a mail server:
    /// its code (`5.7.606`) or all of it (`550 5.4.1 … Access denied`)
    #[arg(value_name = "NAME", required_unless_present = "list", conflicts_with = "list", allow_hyphen_values = true)]
    pub name: Vec<String>,
    /// List all lints, all pages of advice and the replies that are known
    #[arg(long)]
    pub list: bool,
    /// How to print a reply: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: ListFormat,
}

/// `presend bounces`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 if no address is to be given up, 1 if one is, 2 if something could not be read or written."
)]
pub struct BouncesArgs {
    /// Bounces (.eml, mbox), mail logs (Postfix, Exim), accounting files (PowerMTA), and folders of them; `-` reads standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// How to report on standard output: human, json, json-lines or csv
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub format: BounceFormat,
    /// Group also by `destination`: the provider, for Microsoft 365 the cluster (human)
    #[arg(long, value_name = "WHAT")]
    pub by: Option<By>,
    /// Write the addresses never to mail again, each with its reason, to a new CSV file
    #[arg(long, value_name = "OUT.csv", help_heading = "Lists")]
    pub suppress: Option<PathBuf>,
    /// A list of recipients (CSV) that `--clean` takes them out of
    #[arg(long, value_name = "LIST.csv", requires = "clean", help_heading = "Lists")]
    pub list: Option<PathBuf>,
    /// The column with the addresses, by name or number (found by itself if left out)
    #[arg(long, value_name = "COLUMN", requires = "list", help_heading = "Lists")]
    pub column: Option<String>,
    /// Write the list without them to a new file
    #[arg(long, value_name = "OUT.csv", requires = "list", help_heading = "Lists")]
    pub clean: Option<PathBuf>,
    /// Exit with 0 even if addresses are to be given up
    #[arg(long)]
    pub exit_zero: bool,
}

/// `presend list`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 if no address is malformed or reserved, 1 if one is, 2 if the list can't be read."
)]
pub struct ListArgs {
    /// The list
    #[arg(value_name = "LIST.csv")]
    pub file: PathBuf,
    /// The column with the addresses, by name or number (found by itself if left out)
    #[arg(long, value_name = "COLUMN")]
    pub column: Option<String>,
    /// How to report on standard output: human, short, json, json-lines, sarif, github, gitlab, junit or rdjson
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = |word: &str| Format::parse(word))]
    pub format: Format,
    /// Most faults to report; the others are only counted
    #[arg(long, value_name = "N", default_value = "1000")]
    pub most: usize,
    /// Exit with 0 even if an address is malformed or reserved
    #[arg(long)]
    pub exit_zero: bool,
}

/// How to report bounces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BounceFormat {
    /// A summary by cause, with advice
    Human,
    /// One JSON document
    Json,
    /// One JSON object a bounce, and one with the totals
    JsonLines,
    /// One row a bounce
    Csv,
}

/// What to group by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Where the mail went
    Destination,
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

/// `presend completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
bash:        presend completions bash > ~/.local/share/bash-completion/completions/presend
zsh:         presend completions zsh > _presend      in a folder of $fpath
fish:        presend completions fish > ~/.config/fish/completions/presend.fish
elvish:      presend completions elvish >> ~/.config/elvish/rc.elv
powershell:  presend completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// bash, zsh, fish, elvish or powershell
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// `presend man`.
#[derive(Debug, Args)]
#[command(after_help = "`presend man | man -l -` shows them.")]
pub struct ManArgs {
    /// Write each page to a file of this folder: presend.1, presend-check.1, …
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
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

fn levels() -> impl TypedValueParser<Value = Level> {
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

/// A size of files that `[limits]` would take, too.
fn source_size(text: &str) -> Result<u64, String> {
    let (size, most) = (size::parse(text)?, Limit::Source.most());
    if (1..=most).contains(&size) {
        Ok(size)
    } else {
        Err(format!("a size from 1 B to {} is expected", size::show(most)))
    }
}
