//! `presend check`: every source is read and linted, and what was found is reported in order.

use super::args::{CheckArgs, FixFlags};
use super::baseline::Baselines;
use super::changed;
use super::complaint;
use super::domain::Judge;
use super::exit::Outcome;
use super::fixing::{self, Mending};
use super::inputs::{self, Input};
use super::ordered::in_order;
use super::pieces;
use super::reporter::Reporter;
use super::streams::Streams;
use super::targets;
use super::zones;
use crate::config::error::ConfigErrors;
use crate::config::levels::Levels;
use crate::config::limits::Limit;
use crate::config::{self, CommandLine, ConfigChoice, Layer, Resolver, Settings, Vocabulary};
use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::facts::preview::Preview;
use crate::gate::{self, Allowing, Baseline, Case, Known, Repository};
use crate::lint::{self, Linted, Mention, Registry, lint_and_look, lint_with};
use crate::message::pieces::Pieces;
use crate::report::{FileReport, Format};
use crate::source::{Source, includes_of};
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Stack of a thread that parses and lints: many times what the deepest nesting takes that the limits allow, even without optimisation.
pub(super) const STACK: usize = 16 << 20;
/// Files that may be finished before their turn, for each thread.
pub(super) const AHEAD: usize = 8;

/// The engine: [`lint_file`].
type Lint = fn(&Source, &Registry, &Settings, &Levels) -> Linted;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &CheckArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let lint = match (args.wants(Format::Html), args.zone.is_some()) {
        (false, false) => lint_file,
        (true, false) => lint_and_look_for::<true, false>,
        (false, true) => lint_and_look_for::<false, true>,
        (true, true) => lint_and_look_for::<true, true>,
    };
    run_with(lint, Vocabulary::new(registry.known()), args, registry, streams)
}

/// Lints a source with the files of its project that it includes.
pub(super) fn lint_file(source: &Source, registry: &Registry, settings: &Settings, levels: &Levels) -> Linted {
    lint_with(source, &*includes_of(source), registry, settings, levels)
}

/// As [`lint_file`], and draws what a reader would see, or notes which domains the message names.
fn lint_and_look_for<const PICTURE: bool, const DOMAINS: bool>(
    source: &Source,
    registry: &Registry,
    settings: &Settings,
    levels: &Levels,
) -> Linted {
    let (mut preview, mut mentions) = (None, Vec::new());
    let look = |facts: &Facts<'_>| {
        if PICTURE {
            // a report without a picture is better than none
            preview = catch_unwind(AssertUnwindSafe(|| Box::new(Preview::of(facts)))).ok();
        }
        if DOMAINS {
            mentions = lint::mentions(facts);
        }
    };
    let linted = lint_and_look(source, &*includes_of(source), registry, settings, levels, look);
    Linted { preview, mentions, ..linted }
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
    inputs::pass_on_excluded(args, &resolver, &mut streams.out)?;
    let mut inputs = inputs::find(args, &resolver);
    if let Err(conflict) = targets::leave_out(args, &mut inputs) {
        let help = "name another file".to_owned();
        streams.complain(|err| complaint::say(err, &conflict, &[], &[help]))?;
        return Ok(Outcome::Failed);
    }

    let entangled = fixing::is_entangled(&args.fix, &inputs);
    // for one file nobody has to ask the system how many processors it has
    let threads = match inputs.len() {
        count if count > 1 && !entangled => {
            let asked = || std::thread::available_parallelism().ok();
            args.threads.or_else(asked).map_or(1, NonZeroUsize::get).min(count)
        }
        _ => 1,
    };
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = (inputs.len() > 1).then(pool).transpose().map_err(io::Error::other)?;

    let pieces = pieces::among(&inputs, pool.as_ref());
    let Some(inputs) = changed::only(args, inputs, streams)? else { return Ok(Outcome::Failed) };
    let progress = streams.progress.clone();
    // while somebody types the terminal is theirs
    let waits = inputs.iter().any(|input| matches!(input, Input::Stdin(_)));
    let _showing = (!args.quiet && !args.watch && !waits).then(|| progress.show(inputs.len()));
    let (baseline, repository) = (baselines.known(), Repository::around(&folder));
    let known = baseline.as_deref().map(|baseline: &Baseline| Known { baseline, repository: &repository });
    let mentions = zone.is_some().then(Mutex::default);
    let check = Check {
        lint,
        registry,
        resolver: &resolver,
        pieces: &pieces,
        known,
        fix: &args.fix,
        mentions: mentions.as_ref(),
    };
    let mut reporter = Reporter::new(args, baselines, registry, &folder, streams);
    let checked = in_order(
        pool.as_ref(),
        inputs.len(),
        if entangled { 1 } else { threads * AHEAD },
        |at| {
            let checked = check.one(at, &inputs.get(at));
            progress.step();
            checked
        },
        |at, checked| reporter.take(&inputs.get(at), checked),
    );
    let found = mentions.map(Mutex::into_inner).map(|found| found.unwrap_or_else(PoisonError::into_inner));
    let checked = checked.and_then(|()| match (&zone, found) {
        (Some(zone), Some(found)) => {
            zones::report(zone, found, &Judge { resolver: &resolver, registry, known }, &mut reporter)
        }
        _ => Ok(()),
    });
    // of a part of the files nobody can tell what is of no use
    let whole = if args.since.is_some() { &[] } else { &args.paths[..] };
    let told = checked.and_then(|()| reporter.unused_allows(whole, &resolver, registry));
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
    let choice = match &args.policy.config {
        _ if args.policy.no_config => ConfigChoice::Nothing,
        Some(file) => ConfigChoice::File(file.clone()),
        None => ConfigChoice::Nearest,
    };
    let resolver = Resolver::new(vocabulary, choice, command_line, folder.to_owned());
    if args.policy.config.is_some()
        && let Err(errors) = resolver.resolve(None)
    {
        streams.complain(|err| errors.render(err))?;
        return Ok(None);
    }
    Ok(Some(resolver))
}

/// What the command line says, or nothing if it is wrong, which is told then.
pub(super) fn command_line(
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
        remarks: args.verbose.then_some(true),
        limits: knowledge.max_size.map(|size| (Limit::Source, size)).into_iter().collect(),
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
    if let Some(conflict) = targets::conflict(args) {
        complain(&conflict, &[], &["name another file".to_owned()])?;
    }
    let flags = args.policy.levels.settings(&vocabulary.known, &mut streams.err)?;
    let Some(flags) = flags.filter(|_| !wrong) else { return Ok(None) };
    if let Err(lowered) = Levels::new(&vocabulary.known).command_line(&flags) {
        let note = format!("forbidden by {}, lowered by {}", lowered.forbidden_by, lowered.by);
        complaint::say(&mut streams.err, &lowered.to_string(), &[note], &[])?;
        return Ok(None);
    }
    Ok(Some(CommandLine { layer, flags, cap: args.policy.cap_lints, sender: knowledge.sender.clone() }))
}

/// What all tasks share.
struct Check<'c> {
    lint: Lint,
    registry: &'c Registry,
    resolver: &'c Resolver,
    pieces: &'c Pieces,
    known: Option<Known<'c>>,
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

/// One source, checked; or the configuration that keeps it from being checked.
pub(super) type Checked = Result<CheckedFile, Arc<ConfigErrors>>;

/// What there is to tell of one source.
#[derive(Debug, Default)]
pub(super) struct CheckedFile {
    /// What is reported.
    pub report: FileReport,
    /// What a baseline knows of it.
    pub known: Vec<Diagnostic>,
    /// What was allowed in it.
    pub allowing: Allowing,
    /// What was mended.
    pub mending: Mending,
}

impl Check<'_> {
    /// Reads and lints one source, in one task: its tree can't leave the thread.
    fn one(&self, order: usize, input: &Input) -> Checked {
        let resolved = self.resolver.resolve(input.path())?;
        let source = match input.read(resolved.settings.limits.bytes(Limit::Source), resolved.settings.kind) {
            Ok(source) => source,
            Err(why) => {
                return Ok(CheckedFile { report: FileReport::unreadable(input.name(), why), ..CheckedFile::default() });
            }
        };
        let included_by = self.pieces.of(&source.name);
        let case = Case::new(self.resolver, resolved, &source, included_by, self.known)?;
        let lint = |source: &Source| {
            let mut linted = (self.lint)(source, self.registry, &case.settings, case.levels());
            if let Some(offset) = input.offset() {
                linted.diagnostics.iter_mut().for_each(|diagnostic| offset.diagnostic(diagnostic));
                linted.mentions.iter_mut().for_each(|mention| offset.label(&mut mention.label));
            }
            case.judge(linted, &source.name)
        };
        let gate::Checked { mut linted, mut known, allowing } = lint(&source);
        if let Some(mentions) = self.mentions {
            let found = std::mem::take(&mut linted.mentions).into_iter().map(|mention| Found { order, mention });
            mentions.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        }
        let name = Arc::clone(&source.name);
        let mut left = None;
        let mending = fixing::mend(self.fix, input, source, &mut linted, |source| {
            let checked = lint(source);
            left = Some(checked.known);
            checked.linted
        });
        // what is written is what was linted last
        known = left.filter(|_| mending.fixed > 0).unwrap_or(known);
        let report = FileReport { fixed: mending.fixed, fixable: mending.fixable, ..FileReport::linted(name, linted) };
        Ok(CheckedFile { report, known, allowing, mending })
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
