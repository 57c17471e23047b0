//! What a lint says: level, message, labelled places, notes, help, suggestions. Owned, so that it outlives its source.

mod diff;
mod excerpt;
mod level;
mod moved;
mod place;
mod standard;
mod suggestion;
pub(crate) mod window;

pub use diff::diff_lines;
pub use level::Level;
pub use moved::Offset;
pub use place::{Excerpt, ExcerptLine, Label, Place, Positions, RecordPlace, ViewPlace};
pub use standard::Standard;
pub use suggestion::{Applicability, DiffLine, Edit, FileEdit, Suggestion};

use std::borrow::Cow;

/// One finding, complete: levels are settled and places resolved.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The lint's bare name, `missing-unsubscribe`.
    pub lint: &'static str,
    /// The lint's topic, `unsubscribe`.
    pub topic: &'static str,
    /// `Warn`, `Deny` or `Forbid`; what is allowed is never made.
    pub level: Level,
    /// Why it has that level (``"`freemail-sender` is denied by default"``); told once a run by the reports for people.
    pub level_origin: String,
    /// Who asks for it.
    pub standards: &'static [Standard],
    /// The fault: lowercase, no final punctuation.
    pub message: String,
    /// Where it is. `None` where there is no place at all.
    pub primary: Option<Label>,
    /// Further places that explain it.
    pub labels: Vec<Label>,
    /// Reasons, each with its source where it has one.
    pub notes: Vec<Note>,
    /// What to do.
    pub help: Vec<String>,
    /// Edits that would mend it.
    pub suggestions: Vec<Suggestion>,
}

/// A reason, and who gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The reason: lowercase, no final punctuation.
    pub text: String,
    /// The document and its section.
    pub source: Option<Cow<'static, str>>,
}
