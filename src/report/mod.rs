//! One file a format. A report never decides: level and order are settled before it.
//!
//! A [`Report`] is fed the files in order as they finish, then the [`Summary`]; it keeps as little as it can in between.

mod format;
pub mod github;
pub mod gitlab;
pub mod headers;
pub mod html;
pub mod human;
pub mod job_summary;
pub mod json;
pub mod json_lines;
pub mod junit;
pub mod markdown;
mod options;
pub mod rdjson;
mod rules;
pub mod sarif;
pub mod short;
mod style;
pub mod visible;
mod wrap;

pub use format::{Format, UnknownFormat};
pub use options::{DEFAULT_WIDTH, Options, wanted_width, wants_color};
pub use rules::{PAGES, Rule, Rules, page};

use crate::diagnostic::{Diagnostic, Level};
use crate::facts::preview::Preview;
use crate::lint::panics::REPORT_IT;
use crate::lint::{Linted, Remark};
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use visible::visible;

/// Writes what was found, in one format.
pub trait Report: Send {
    /// Writes what was found in one file. Files come in the order of the report.
    ///
    /// # Errors
    /// Those of `out`.
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()>;

    /// Writes the end, after the last file.
    ///
    /// # Errors
    /// Those of `out`.
    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}

/// What there is to say about one file.
#[derive(Debug, Default)]
pub struct FileReport {
    /// The file's name as reports show it.
    pub name: Arc<str>,
    /// What the lints found, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// Why lints stayed silent: the lint and its reason.
    pub silences: Vec<(&'static str, String)>,
    /// How the file was taken, and why.
    pub remarks: Vec<Remark>,
    /// Lints that panicked, and what they said: an internal error each.
    pub panics: Vec<(&'static str, String)>,
    /// It is a draft: a message that nobody has sent.
    pub draft: bool,
    /// How many diagnostics were mended, and are no longer among these.
    pub fixed: usize,
    /// How many of them can be mended, where it was asked what that would change.
    pub fixable: usize,
    /// Why the file could not be linted; of a domain, what of it could not be asked.
    pub error: Option<InputError>,
    /// It is no file but a domain, named as it is.
    pub domain: bool,
    /// It is no campaign but the configuration of some.
    pub configuration: bool,
    /// What a reader would see of it, where a format asks for that.
    pub preview: Option<Box<Preview>>,
}

impl FileReport {
    /// What linting the file called `name` gave.
    pub fn linted(name: Arc<str>, linted: Linted) -> Self {
        let Linted { diagnostics, silences, remarks, panics, draft, preview, mentions: _ } = linted;
        Self { name, diagnostics, silences, remarks, panics, draft, preview, ..Self::default() }
    }

    /// A file that could not be linted; `message` says why, without the file's name.
    pub fn unreadable(name: Arc<str>, message: impl Into<String>) -> Self {
        Self { name, error: Some(InputError { message: message.into() }), ..Self::default() }
    }

    /// What goes to standard error for this file: one visible line for what could not be read and for each lint that
    /// panicked, without a line end.
    pub fn failures(&self) -> Vec<String> {
        let name = visible(&self.name);
        let unread = self.error.iter().map(|error| format!("error: {name}: {error}"));
        let panics = self.panics.iter().map(|(lint, said)| {
            format!("error: {name}: internal error: the lint `{lint}` panicked: {}; {REPORT_IT}", visible(said))
        });
        unread.chain(panics).collect()
    }
}

/// Why a file could not be linted. Shown, it is visible text on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// The reason, without the file's name: lowercase, no final punctuation.
    pub message: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.message))
    }
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were linted.
    pub files: usize,
    /// Diagnostics at deny or forbid level.
    pub deny: usize,
    /// Diagnostics at warn level.
    pub warn: usize,
    /// Domains that were linted.
    pub domains: usize,
    /// Domains of which not all could be asked.
    pub unanswered: usize,
    /// Files that were linted and are drafts.
    pub drafts: usize,
    /// Files that could not be linted.
    pub unread: usize,
    /// Lints that panicked.
    pub panics: usize,
    /// Diagnostics that were not reported because a baseline has them.
    pub known: usize,
    /// Diagnostics that a baseline has and that are no more.
    pub gone: usize,
    /// Diagnostics that were mended, and are not counted above; and in how many files.
    pub fixed: (usize, usize),
    /// Diagnostics that can be mended, where it was asked what that would change; and in how many files.
    pub fixable: (usize, usize),
}

impl Summary {
    /// Counts a file.
    pub fn add(&mut self, file: &FileReport) {
        let (is_domain, failed) = (file.domain, file.error.is_some());
        self.domains += usize::from(is_domain);
        self.unanswered += usize::from(is_domain && failed);
        self.files += usize::from(!is_domain && !failed);
        self.unread += usize::from(!is_domain && failed);
        self.count(&file.diagnostics);
        self.drafts += usize::from(file.draft && file.error.is_none());
        self.panics += file.panics.len();
        for (count, (total, files)) in [(file.fixed, &mut self.fixed), (file.fixable, &mut self.fixable)] {
            *total += count;
            *files += usize::from(count > 0);
        }
    }

    /// Counts diagnostics that are about no campaign.
    pub fn count(&mut self, diagnostics: &[Diagnostic]) {
        let denied = diagnostics.iter().filter(|diagnostic| is_error(diagnostic.level)).count();
        self.deny += denied;
        self.warn += diagnostics.len() - denied;
    }
}

/// Whether a level makes the run fail.
fn is_error(level: Level) -> bool {
    level >= Level::Deny
}

/// The word for a level in reports for people.
fn word(level: Level) -> &'static str {
    if is_error(level) { "error" } else { "warning" }
}

#[cfg(test)]
pub(crate) mod samples;
