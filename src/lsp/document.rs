//! An open buffer: its text, where it stands with being linted, and what is known of it.

use super::insight::Insight;
use super::language::{self, Taken};
use super::text::Text;
use super::uri;
use crate::config::Resolver;
use crate::source::{DiscoverOptions, display_name, is_report, passed_over};
use lsp_types::Diagnostic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a buffer rests that has changed while it was linted, before it is linted again: less than between two keys of somebody who types, so that
/// the last key is answered soon, and enough to let pass what is pasted or undone in pieces.
pub(super) const REST: Duration = Duration::from_millis(15);

/// An open buffer.
#[derive(Debug)]
pub(super) struct Document {
    /// The client's number of its state.
    pub version: i32,
    pub text: Arc<Text>,
    /// Where it lies; nowhere before it is saved.
    pub path: Option<PathBuf>,
    /// What it is taken for; nothing if it is no campaign.
    pub taken: Option<Taken>,
    /// Whether a search of its folder passes it over, once somebody has looked.
    pub ignored: Option<bool>,
    /// Counts the states of text and configuration.
    pub serial: u64,
    /// When it is to be linted.
    pub due: Option<Instant>,
    /// A task that lints it, or a former state of it, is not done yet: the next one has to wait, so that tasks don't heap up.
    pub is_busy: bool,
    /// Tells the task that lints it that nobody waits for it.
    pub running: Option<Arc<AtomicBool>>,
    /// What is known of it, and of which state.
    pub insight: Option<(u64, Arc<Insight>)>,
    /// Its diagnostics as they were published, one for each that was found.
    pub published: Vec<Diagnostic>,
}

impl Document {
    /// A buffer that was opened now.
    pub fn open(address: &str, language: &str, version: i32, text: String) -> Self {
        Self {
            version,
            text: Arc::new(Text::new(text)),
            path: uri::path(address),
            taken: language::taken(address, language),
            ignored: None,
            serial: 0,
            due: None,
            is_busy: false,
            running: None,
            insight: None,
            published: Vec::new(),
        }
    }

    /// Something has changed: what is being computed is of no use, and it is to be linted `rest` from now.
    pub fn touch(&mut self, rest: Duration) {
        self.serial += 1;
        self.stop();
        self.due = self.taken.is_some().then(|| Instant::now() + rest);
    }

    /// Lets the task that lints it end.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.store(true, Ordering::Relaxed);
        }
    }

    /// When it can be linted, if it is to be.
    pub fn wake(&self) -> Option<Instant> {
        self.due.filter(|_| !self.is_busy)
    }

    /// What is known of its present state.
    pub fn current(&self) -> Option<&Arc<Insight>> {
        self.insight.as_ref().filter(|(serial, _)| *serial == self.serial).map(|(_, insight)| insight)
    }

    /// Whether something will be known of its present state.
    pub fn is_awaited(&self) -> bool {
        self.due.is_some() || self.running.is_some()
    }

    /// Whether nothing is said of it, as `presend check` says nothing of it in a search: it is excluded, ignored or hidden, or a report of presend.
    pub fn is_passed_over(&mut self, resolver: &Resolver) -> bool {
        let Some(path) = &self.path else { return false };
        let ignored = || !passed_over(std::slice::from_ref(path), &DiscoverOptions::default()).is_empty();
        resolver.excludes(path) || *self.ignored.get_or_insert_with(ignored) || is_report(self.text.as_str().as_bytes())
    }

    /// The folder that its name is relative to: its repository, or the innermost of `folders` that holds it, or its own.
    pub fn home(&self, folders: &[PathBuf], here: &Path) -> PathBuf {
        let Some(folder) = self.path.as_deref().and_then(Path::parent) else { return here.to_owned() };
        let repository = folder.ancestors().find(|above| above.join(".git").exists());
        let open = folders.iter().filter(|open| folder.starts_with(open)).max_by_key(|open| open.as_os_str().len());
        repository.or(open.map(PathBuf::as_path)).unwrap_or(folder).to_owned()
    }

    /// How the source is called, seen from `home`.
    pub fn name(&self, home: &Path) -> String {
        match &self.path {
            Some(path) => display_name(path.strip_prefix(home).unwrap_or(path)),
            None => self.taken.as_ref().map(|taken| taken.name.clone()).unwrap_or_default(),
        }
    }
}
