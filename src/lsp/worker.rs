//! The threads that lint: one task at a time each, given up when the buffer has changed; nothing that breaks in one reaches the server.

use super::configuration::Held;
use super::diff;
use super::insight::{Insight, Seen};
use super::text::{Encoding, Text};
use crate::config::Settings;
use crate::config::levels::Levels;
use crate::config::limits::Limit;
use crate::fix::{self, Trust};
use crate::gate::{Baseline, Case, Checked, Fingerprint, Known, Repository};
use crate::lint::{Linted, Registry, lint_until};
use crate::source::{Kind, Reason, Source, includes_of};
use crossbeam_channel::{Receiver, Sender};
use lsp_server::RequestId;
use lsp_types::TextEdit;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// How many lint at a time: a large buffer does not hold up a small one.
const THREADS: usize = 2;
/// Stack of a thread that parses and lints, as on the command line.
const STACK: usize = 16 << 20;

/// One state of a buffer, and what is wanted of it.
#[derive(Debug)]
pub(super) struct Task {
    pub uri: String,
    /// Which state it is.
    pub serial: u64,
    /// Set when nobody waits for it any more.
    pub stale: Arc<AtomicBool>,
    pub text: Arc<Text>,
    /// How the source is called, where it lies, what it is.
    pub name: String,
    pub path: Option<PathBuf>,
    pub kind: Option<Kind>,
    /// The folder that names are relative to.
    pub home: PathBuf,
    pub held: Held,
    pub baseline: Option<Arc<Baseline>>,
    pub encoding: Encoding,
    pub work: Work,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Work {
    /// What there is to say.
    Lint,
    /// What mends all that can be mended, for this request.
    Fix(RequestId),
}

/// A task that is done.
#[derive(Debug)]
pub(super) struct Done {
    pub uri: String,
    pub serial: u64,
    pub work: Work,
    pub result: Outcome,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Outcome {
    /// What there is to say.
    Linted(Box<Insight>),
    /// What mends it; nothing where there is nothing to mend.
    Fixed(Vec<TextEdit>),
    /// Why it can't be checked, or not be mended.
    Refused(String),
    /// presend itself broke, and what it said.
    Broken(String),
    /// The buffer has changed.
    Stopped,
}

/// Starts the threads.
///
/// # Errors
/// The system has no thread left.
pub(super) fn start(registry: &'static Registry, tasks: &Receiver<Task>, done: &Sender<Done>) -> io::Result<()> {
    for _ in 0..THREADS {
        let (tasks, done) = (tasks.clone(), done.clone());
        thread::Builder::new().stack_size(STACK).spawn(move || {
            for task in tasks {
                let result = catch_unwind(AssertUnwindSafe(|| perform(&task, registry)));
                let result = result.unwrap_or_else(|panic| Outcome::Broken(said(&*panic)));
                let Task { uri, serial, work, .. } = task;
                if done.send(Done { uri, serial, work, result }).is_err() {
                    return;
                }
            }
        })?;
    }
    Ok(())
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}

fn perform(task: &Task, registry: &Registry) -> Outcome {
    if task.stale.load(Ordering::Relaxed) {
        return Outcome::Stopped;
    }
    let limit = task.held.resolved.settings.limits.bytes(Limit::Source);
    if task.text.as_str().len() as u64 > limit {
        return Outcome::Refused(format!("this is not checked: {}", Reason::TooLarge(limit)));
    }
    let kind = task.held.resolved.settings.kind.or(task.kind);
    let source = Source::of_text(&task.name, task.path.clone(), task.text.as_str(), kind);
    let repository = Repository::around(&task.home);
    let known = task.baseline.as_deref().map(|baseline| Known { baseline, repository: &repository });
    let case = match Case::new(&task.held.resolver, task.held.resolved.clone(), &source, None, known) {
        Ok(case) => case,
        Err(errors) => return Outcome::Refused(errors.0.first().map(ToString::to_string).unwrap_or_default()),
    };
    match &task.work {
        Work::Lint => lint(task, registry, &case, &source, &repository),
        Work::Fix(_) => mend(task, registry, &case, &source),
    }
}

fn run(
    task: &Task,
    registry: &Registry,
    settings: &Settings,
    levels: &Levels,
    source: &Source,
    seen: Option<&mut Seen>,
) -> Option<Linted> {
    let stop = || task.stale.load(Ordering::Relaxed);
    lint_until(source, &*includes_of(source), registry, settings, levels, &stop, |facts| {
        if let Some(seen) = seen {
            // a fact that panics has been told by the lint that asked for it
            *seen = catch_unwind(AssertUnwindSafe(|| Seen::of(facts))).unwrap_or_default();
        }
    })
}

fn lint(task: &Task, registry: &Registry, case: &Case<'_>, source: &Source, repository: &Repository) -> Outcome {
    let mut insight = Box::<Insight>::default();
    let linted = run(task, registry, &case.settings, case.levels(), source, Some(&mut insight.seen));
    let Some(linted) = linted else { return Outcome::Stopped };
    let Checked { linted, .. } = case.judge(linted, &source.name);
    let fingerprint = |found: &_| Fingerprint::of(found, &source.name, repository).to_string();
    insight.take(linted, &task.text, task.encoding, fingerprint);
    Outcome::Linted(insight)
}

/// The whole loop of fixes, verified as `--fix` is.
fn mend(task: &Task, registry: &Registry, case: &Case<'_>, source: &Source) -> Outcome {
    let mut seen = Seen::default();
    let first = run(task, registry, &case.settings, case.levels(), source, Some(&mut seen));
    let Some(first) = first else { return Outcome::Stopped };
    if let Some(field) = seen.seal {
        return Outcome::Refused(format!(
            "this was not fixed: it carries `{field}`, and is no longer what was signed or received if it is rewritten"
        ));
    }
    let first = case.judge(first, &source.name).linted;
    let mut stopped = false;
    let fixed = fix::fix(source, &first, Trust::Sure, |source| {
        let linted = run(task, registry, &case.settings, case.levels(), source, None);
        stopped |= linted.is_none();
        case.judge(linted.unwrap_or_default(), &source.name).linted
    });
    match fixed {
        _ if stopped => Outcome::Stopped,
        Ok(None) => Outcome::Fixed(Vec::new()),
        Ok(Some(fixed)) => match std::str::from_utf8(&fixed.bytes) {
            Ok(new) => Outcome::Fixed(diff::edits(&task.text, new, task.encoding)),
            Err(_) => Outcome::Refused("this was not fixed: the result would be no text".to_owned()),
        },
        Err(refused) => Outcome::Refused(format!("this was not fixed: the result would be no better: {refused}")),
    }
}
