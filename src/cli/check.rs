//! `presend check`: every source is read and linted, and what was found is reported in order.

use super::allows::{self, Allowing, Tally};
use super::args::{CheckArgs, FixFlags};
use super::complaint;
use super::diff::for_terminal;
use super::exit::Outcome;
use super::fixing::{self, Left, Mending};
use super::inputs::{self, Input};
use super::ordered::in_order;
use super::pieces;
use super::streams::Streams;
use crate::config::error::ConfigErrors;
use crate::config::levels::Levels;
use crate::config::{self, CommandLine, ConfigChoice, Layer, Resolver, Settings, Vocabulary};
use crate::lint::{Linted, Registry, Remark, from_host, lint, lint_with};
use crate::message::pieces::Pieces;
use crate::report::visible::visible;
use crate::report::{FileReport, Format, Options, Report, Summary, wanted_width};
use crate::source::{Kind, ProjectIncludes, Source};
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the pages of this version's lints can be read.
const PAGES: &str = concat!("https://docs.rs/crate/presend/", env!("CARGO_PKG_VERSION"), "/source/lints/");
/// Stack of a thread that parses and lints: deeply nested mail has its limits, but not at two megabytes.
const STACK: usize = 16 << 20;
/// Files that may be finished before their turn, for each thread.
const AHEAD: usize = 8;

/// The engine: [`lint_file`].
type Lint = fn(&Source, &Registry, &Settings, &Levels) -> Linted;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &CheckArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    run_with(lint_file, Vocabulary::new(registry.known()), args, registry, streams)
}

/// Lints a source with the files of its project that it includes.
fn lint_file(source: &Source, registry: &Registry, settings: &Settings, levels: &Levels) -> Linted {
    let path = source.path.as_deref().filter(|_| source.kind == Kind::Mjml);
    match path.and_then(ProjectIncludes::around) {
        Some(includes) => lint_with(source, &includes, registry, settings, levels),
        None => lint(source, registry, settings, levels),
    }
}

fn run_with(
    lint: Lint,
    vocabulary: Vocabulary,
    args: &CheckArgs,
    registry: &Registry,
    streams: &mut Streams<'_>,
) -> io::Result<Outcome> {
    let Some(command_line) = command_line(args, &vocabulary, streams)? else { return Ok(Outcome::Failed) };
    let choice = match &args.config {
        _ if args.no_config => ConfigChoice::Nothing,
        Some(file) => ConfigChoice::File(file.clone()),
        None => ConfigChoice::Nearest,
    };
    let resolver = Resolver::new(vocabulary, choice, command_line, std::env::current_dir()?);
    if args.config.is_some()
        && let Err(errors) = resolver.resolve(None)
    {
        streams.complain(|err| errors.render(err))?;
        return Ok(Outcome::Failed);
    }
    let inputs = inputs::find(&args.paths, args.stdin_filename.as_deref());

    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let entangled = fixing::is_entangled(&args.fix, &inputs);
    let threads = if entangled { 1 } else { threads.min(inputs.len()).max(1) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(io::Error::other)?;

    let pieces = pieces::among(&inputs, &pool);
    let check = Check { lint, registry, resolver: &resolver, pieces: &pieces, fix: &args.fix };
    let mut reporter = Reporter::new(args, streams);
    let checked = in_order(
        &pool,
        inputs.len(),
        if entangled { 1 } else { threads * AHEAD },
        |at| check.one(&inputs[at]),
        |at, checked| reporter.take(&inputs[at], checked),
    );
    let told = checked.and_then(|()| reporter.unused_allows(&args.paths, &resolver, registry));
    match told.and_then(|()| reporter.finish()) {
        // whoever closed the pipe has seen enough; what was seen decides
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(reporter.outcome()),
    }
}

/// What the command line says, or nothing if it is wrong, which is told then.
fn command_line(
    args: &CheckArgs,
    vocabulary: &Vocabulary,
    streams: &mut Streams<'_>,
) -> io::Result<Option<CommandLine>> {
    let mut wrong = false;
    let mut complain = |message: &str, notes: &[String], help: &[String]| {
        wrong = true;
        complaint::say(&mut streams.err, message, notes, help)
    };
    let knowledge = &args.knowledge;
    let mut layer = Layer {
        purpose: knowledge.purpose,
        from: knowledge.from.clone(),
        subject: knowledge.subject.clone(),
        kind: knowledge.kind,
        stage: knowledge.stage(),
        raw: knowledge.raw.then_some(true),
        max_source: knowledge.max_size,
        ..Layer::default()
    };
    if let Some(id) = &knowledge.provider {
        match config::provider(vocabulary, id) {
            Ok(id) => layer.provider = Some(id),
            Err((message, help)) => complain(&message, &[format!("given as `--provider {id}`")], help.as_slice())?,
        }
    }
    for domain in &knowledge.own_domains {
        match config::own_domain(vocabulary, domain) {
            Ok(domain) => layer.own_domains.get_or_insert_default().push(domain),
            Err((message, help)) => {
                complain(&message, &[format!("given as `--own-domain {domain}`")], help.as_slice())?
            }
        }
    }
    if args.stdin_filename.is_some() && !args.paths.iter().any(|path| path.as_os_str() == "-") {
        complain(
            "`--stdin-filename` without `-`",
            &[],
            &["name `-` among the paths to read standard input".to_owned()],
        )?;
    }
    let flags = args.levels.settings(&vocabulary.known, &mut streams.err)?;
    let Some(flags) = flags.filter(|_| !wrong) else { return Ok(None) };
    if let Err(lowered) = Levels::new(&vocabulary.known).command_line(&flags) {
        let note = format!("forbidden by {}, lowered by {}", lowered.forbidden_by, lowered.by);
        complaint::say(&mut streams.err, &lowered.to_string(), &[note], &[])?;
        return Ok(None);
    }
    Ok(Some(CommandLine { layer, flags, cap: args.cap_lints, sender: knowledge.sender.clone() }))
}

/// What all tasks share.
struct Check<'c> {
    lint: Lint,
    registry: &'c Registry,
    resolver: &'c Resolver,
    pieces: &'c Pieces,
    fix: &'c FixFlags,
}

/// One source, checked, what was allowed in it, and what was mended; or the configuration that keeps it from being checked.
type Checked = Result<(FileReport, Allowing, Mending), Arc<ConfigErrors>>;

impl Check<'_> {
    /// Reads and lints one source, in one task: its tree can't leave the thread.
    fn one(&self, input: &Input) -> Checked {
        let resolved = self.resolver.resolve(input.path())?;
        let source = match input.read(resolved.settings.max_source, resolved.settings.kind) {
            Ok(source) => source,
            Err(why) => {
                return Ok((FileReport::unreadable(input.name(), why), Allowing::default(), Mending::default()));
            }
        };
        let resolved = self.resolver.by_from(resolved, |settings| from_host(&source, settings))?;
        let mut settings = Arc::clone(&resolved.settings);
        if let Some(by) = self.pieces.of(&source.name) {
            Arc::make_mut(&mut settings).included_by = Some(Arc::clone(by));
        }
        let lint = |source: &Source| {
            let mut linted = (self.lint)(source, self.registry, &settings, &resolved.levels);
            let sender = resolved.sender.remark().map(|text| Remark::new("sender", text));
            linted.remarks.splice(0..0, sender);
            let allowing = allows::apply(&resolved, &mut linted);
            (linted, allowing)
        };
        let (mut linted, allowing) = lint(&source);
        let name = Arc::clone(&source.name);
        let mending = fixing::mend(self.fix, input, source, &mut linted, |source| lint(source).0);
        let report = FileReport { fixed: mending.fixed, fixable: mending.fixable, ..FileReport::linted(name, linted) };
        Ok((report, allowing, mending))
    }
}

/// Writes results as they come.
struct Reporter<'r, 's> {
    report: Box<dyn Report>,
    streams: &'r mut Streams<'s>,
    summary: Summary,
    /// Reports go to standard error: standard output is for what `--fix` made.
    aside: bool,
    diff: bool,
    /// A fix could not be written.
    unwritten: bool,
    exit_zero: bool,
    /// Whether to say here that nothing was there: the report for people says it itself.
    say_if_empty: bool,
    /// Broken configurations that were told: each once, however many sources it governs.
    told: Vec<Arc<ConfigErrors>>,
    nothing: bool,
    allows: Tally,
}

impl<'r, 's> Reporter<'r, 's> {
    fn new(args: &CheckArgs, streams: &'r mut Streams<'s>) -> Self {
        let aside = fixing::takes_output(&args.fix, &args.paths);
        let options = Options {
            width: wanted_width(args.width),
            // standard error takes out by itself what it does not want
            color: aside || streams.color,
            links: (!aside && streams.color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout))
                .then(|| PAGES.to_owned()),
            verbose: args.verbose,
            quiet: args.quiet,
        };
        Self {
            report: args.format.report(options),
            streams,
            summary: Summary::default(),
            aside,
            diff: args.fix.diff,
            unwritten: false,
            exit_zero: args.exit_zero,
            say_if_empty: args.format != Format::Human && !args.quiet,
            told: Vec::new(),
            nothing: true,
            allows: Tally::default(),
        }
    }

    fn take(&mut self, input: &Input, checked: Result<Checked, String>) -> io::Result<()> {
        self.nothing = false;
        let file = match checked {
            Ok(Ok((file, allowing, mending))) => {
                self.allows.add(allowing);
                self.mended(&file.name, mending)?;
                file
            }
            Ok(Err(errors)) => {
                self.tell(&errors)?;
                let file = FileReport::unreadable(input.name(), "its configuration has mistakes");
                return self.add(&file);
            }
            Err(panic) => FileReport::unreadable(input.name(), format!("internal error: {panic}; please report it")),
        };
        for failure in file.failures() {
            self.streams.complain(|err| writeln!(err, "{failure}"))?;
        }
        self.add(&file)
    }

    fn add(&mut self, file: &FileReport) -> io::Result<()> {
        self.summary.add(file);
        self.write(|report, _, out| report.file(out, file))
    }

    /// Writes to where reports go.
    fn write(
        &mut self,
        write: impl FnOnce(&mut dyn Report, &Summary, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let out = if self.aside { &mut self.streams.err } else { &mut self.streams.out };
        write(&mut *self.report, &self.summary, out)
    }

    /// Hands on what `--fix` made of a source, and tells why it made nothing.
    fn mended(&mut self, name: &str, mending: Mending) -> io::Result<()> {
        if self.diff && io::stdout().is_terminal() {
            self.streams.out.write_all(for_terminal(&mending.output).as_bytes())?;
        } else {
            self.streams.out.write_all(&mending.output)?;
        }
        let name = visible(name);
        match mending.left {
            None => Ok(()),
            Some(Left::Alone(why, help)) => self.streams.complain(|err| {
                writeln!(err, "warning: {name}: {}", visible(&why))?;
                writeln!(err, "  = help: {help}")
            }),
            Some(Left::Unwritten(why)) => {
                self.unwritten = true;
                let why = why.to_string();
                self.streams.complain(|err| {
                    writeln!(err, "error: {name}: what was fixed can't be written: {}", visible(&why))?;
                    writeln!(err, "  = note: the file is as it was")
                })
            }
        }
    }

    /// Reports the `[[allow]]` entries that allowed nothing, where everything could be checked.
    fn unused_allows(&mut self, roots: &[PathBuf], resolver: &Resolver, registry: &Registry) -> io::Result<()> {
        if self.summary.unread > 0 || self.summary.panics > 0 {
            return Ok(());
        }
        for report in self.allows.unused(roots, resolver, registry) {
            self.summary.count(&report.diagnostics);
            self.write(|out, _, to| out.file(to, &report))?;
        }
        Ok(())
    }

    fn tell(&mut self, errors: &Arc<ConfigErrors>) -> io::Result<()> {
        if self.told.contains(errors) {
            return Ok(());
        }
        self.told.push(Arc::clone(errors));
        self.streams.complain(|err| errors.render(err))
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.nothing && self.say_if_empty {
            self.streams.complain(|err| writeln!(err, "warning: there is no campaign to check here"))?;
        }
        self.write(|report, summary, out| report.finish(out, summary))
    }

    fn outcome(&self) -> Outcome {
        let outcome = match self.summary {
            _ if self.unwritten => Outcome::Failed,
            Summary { unread: 1.., .. } | Summary { panics: 1.., .. } => Outcome::Failed,
            Summary { deny: 1.., .. } => Outcome::Faults,
            _ => Outcome::Clean,
        };
        outcome.forgiving(self.exit_zero)
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
