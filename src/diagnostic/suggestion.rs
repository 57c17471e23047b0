//! An edit that would mend a fault, and how sure it is.

use super::Positions;
use crate::source::{FileSpan, ViewSpan};

/// How sure an edit is, in rustc's four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// It is what the sender meant.
    MachineApplicable,
    /// It may be what the sender meant.
    MaybeIncorrect,
    /// It holds words in capitals that the sender has to fill in.
    HasPlaceholders,
    /// Nobody knows.
    Unspecified,
}

impl Applicability {
    /// The word in JSON: `machine-applicable`, `maybe-incorrect`, `has-placeholders`, `unspecified`.
    pub fn name(self) -> &'static str {
        match self {
            Self::MachineApplicable => "machine-applicable",
            Self::MaybeIncorrect => "maybe-incorrect",
            Self::HasPlaceholders => "has-placeholders",
            Self::Unspecified => "unspecified",
        }
    }

    /// Whether a reader can take the edit as it is: it is, or may be, what the sender meant.
    pub fn is_complete(self) -> bool {
        matches!(self, Self::MachineApplicable | Self::MaybeIncorrect)
    }
}

/// One way to mend a fault.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// What it does: "remove the `checked` attribute".
    pub message: String,
    /// How sure it is.
    pub applicability: Applicability,
    /// The edit of the text that was decoded.
    pub edit: Edit,
    /// The same edit lowered to the bytes of the file; `None` where it can't be said in the file's encoding.
    pub file_edit: Option<FileEdit>,
    /// Where in the file the file edit is; `None` where there is none.
    pub file_at: Option<Positions<FileSpan>>,
    /// The lines that it changes, before and after, for reports to show as a diff.
    pub diff: Vec<DiffLine>,
}

/// A replacement of a view's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: ViewSpan,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A replacement of a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// What is replaced; empty to insert.
    pub span: FileSpan,
    /// What stands there afterwards.
    pub replacement: Vec<u8>,
}

/// A line of a suggestion shown as a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// Line number in the file.
    pub number: usize,
    /// Whether the line goes (`-`) or comes (`+`).
    pub added: bool,
    /// The text, windowed; raw, as in an excerpt.
    pub text: String,
}
