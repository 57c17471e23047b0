//! Mends a source: what lints suggest is applied to its bytes, the result is linted, and only what got better is handed over.
//!
//! Nothing here reads or writes a file: the command line and the language server do.

mod changes;
mod edits;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod encoding_tests;
mod passes;
mod places;
mod seal;
#[cfg(test)]
mod tests;
mod verify;

pub use changes::{Change, changes, lines};
pub use passes::{PASSES, fix};
pub use seal::{seal, seal_of};
pub use verify::Refused;

use crate::diagnostic::{Applicability, Diagnostic, FileEdit};
use crate::lint::Linted;

/// Which suggestions are applied. Those that hold placeholders, and those of which nobody knows, never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Machine-applicable ones.
    Sure,
    /// Also those that may be incorrect.
    Unsure,
}

impl Trust {
    fn takes(self, applicability: Applicability) -> bool {
        match applicability {
            Applicability::MachineApplicable => true,
            Applicability::MaybeIncorrect => self == Self::Unsure,
            Applicability::HasPlaceholders | Applicability::Unspecified => false,
        }
    }

    /// The edits of a diagnostic that are applied, in bytes of the file; `None` for one that can't be said there.
    fn edits(self, diagnostic: &Diagnostic) -> impl Iterator<Item = Option<&FileEdit>> {
        let taken = diagnostic.suggestions.iter().filter(move |suggestion| self.takes(suggestion.applicability));
        taken.map(|suggestion| suggestion.file_edit.as_ref())
    }

    /// Whether there is something to apply for a diagnostic.
    pub fn can_fix(self, diagnostic: &Diagnostic) -> bool {
        self.edits(diagnostic).flatten().next().is_some()
    }
}

/// A source that was mended.
#[derive(Debug)]
pub struct Fixed {
    /// The bytes that it has now.
    pub bytes: Vec<u8>,
    /// What remains to be said of them.
    pub linted: Linted,
    /// How many diagnostics were mended.
    pub count: usize,
}
