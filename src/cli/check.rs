//! `presend check`: every source is read and linted, and what was found is reported in order.

use super::allows::{self, Allowing};
use super::args::{CheckArgs, FixFlags, Output};
use super::baseline::Baselines;
use super::complaint;
use super::exit::Outcome;
use super::fixing::{self, Mending};
use super::inputs::{self, Input};
use super::ordered::in_order;
use super::pieces;
use super::reporter::Reporter;
use super::streams::Streams;
use super::zones;
use crate::config::error::ConfigErrors;
use crate::config::levels::Levels;
use crate::config::{self, CommandLine, ConfigChoice, Layer, Resolver, Settings, Vocabulary};
use crate::lint::{Linted, Mention, Registry, Remark, from_host, lint, lint_with};
use crate::message::pieces::Pieces;
use crate::report::FileReport;
use crate::source::{Kind, ProjectIncludes, Source};
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

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
    let folder = std::env::current_dir()?;
    let Some(resolver) = resolver(args, vocabulary, &folder, streams)? else { return Ok(Outcome::Failed) };
    let Some(zone) = zones::read(args.zone.as_deref(), streams)? else { return Ok(Outcome::Failed) };
    let Some(baselines) = Baselines::read(args, streams)? else { return Ok(Outcome::Failed) };
    let inputs = inputs::find(&args.paths, args.stdin_filename.as_deref());

    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let entangled = fixing::is_entangled(&args.fix, &inputs);
    let threads = if entangled { 1 } else { threads.min(inputs.len()).max(1) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(io::Error::other)?;

    let pieces = pieces::among(&inputs, &pool);
    let mentions = zone.is_some().then(Mutex::default);
    let check =
        Check { lint, registry, resolver: &resolver, pieces: &pieces, fix: &args.fix, mentions: mentions.as_ref() };
    let mut reporter = Reporter::new(args, baselines, registry, &folder, streams);
    let checked = in_order(
        &pool,
        inputs.len(),
        if entangled { 1 } else { threads * AHEAD },
        |at| check.one(at, &inputs[at]),
        |at, checked| reporter.take(&inputs[at], checked),
    );
    let found = mentions.map(Mutex::into_inner).map(|found| found.unwrap_or_else(PoisonError::into_inner));
    let checked = checked.and_then(|()| match (&zone, found) {
        (Some(zone), Some(found)) => zones::report(zone, found, &resolver, registry, &mut reporter),
        _ => Ok(()),
    });
    let told = checked.and_then(|()| reporter.unused_allows(&args.paths, &resolver, registry));
    match told.and_then(|()| reporter.finish()) {
        // whoever closed the pipe has seen enough; what was seen decides
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(reporter.outcome()),
    }
}

/// What holds for each source, by the command line and the configuration; nothing if one of them is wrong, which is told then.
///
/// # Errors
/// A stream can't be written.
pub(super) fn resolver(
    args: &CheckArgs,
    vocabulary: Vocabulary,
    folder: &Path,
    streams: &mut Streams<'_>,
) -> io::Result<Option<Resolver>> {
    let Some(command_line) = command_line(args, &vocabulary, streams)? else { return Ok(None) };
    let choice = match &args.config {
        _ if args.no_config => ConfigChoice::Nothing,
        Some(file) => ConfigChoice::File(file.clone()),
        None => ConfigChoice::Nearest,
    };
    let resolver = Resolver::new(vocabulary, choice, command_line, folder.to_owned());
    if args.config.is_some()
        && let Err(errors) = resolver.resolve(None)
    {
        streams.complain(|err| errors.render(err))?;
        return Ok(None);
    }
    Ok(Some(resolver))
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
    if let Some(twice) = named_twice(&args.outputs) {
        complain(&format!("`--output` names `{}` twice", twice.display()), &[], &[])?;
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

/// A file that two reports would go to.
fn named_twice(outputs: &[Output]) -> Option<&Path> {
    let files = outputs.iter().map(|output| output.file.as_path());
    files.enumerate().find(|(at, file)| outputs[..*at].iter().any(|before| before.file == *file)).map(|(_, file)| file)
}

/// What all tasks share.
struct Check<'c> {
    lint: Lint,
    registry: &'c Registry,
    resolver: &'c Resolver,
    pieces: &'c Pieces,
    fix: &'c FixFlags,
    /// Where to keep the domains that the messages name, if they are to be looked at.
    mentions: Option<&'c Mutex<Vec<Found>>>,
}

/// A domain that a message names.
pub(super) struct Found {
    /// Which of the inputs names it.
    pub order: usize,
    /// The domain.
    pub mention: Mention,
}

/// One source, checked, what was allowed in it, and what was mended; or the configuration that keeps it from being checked.
pub(super) type Checked = Result<(FileReport, Allowing, Mending), Arc<ConfigErrors>>;

impl Check<'_> {
    /// Reads and lints one source, in one task: its tree can't leave the thread.
    fn one(&self, order: usize, input: &Input) -> Checked {
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
        if let Some(mentions) = self.mentions {
            let found = std::mem::take(&mut linted.mentions).into_iter().map(|mention| Found { order, mention });
            mentions.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        }
        let name = Arc::clone(&source.name);
        let mending = fixing::mend(self.fix, input, source, &mut linted, |source| lint(source).0);
        let report = FileReport { fixed: mending.fixed, fixable: mending.fixable, ..FileReport::linted(name, linted) };
        Ok((report, allowing, mending))
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
