//! Diagnostics of a piece of a file, told as of the file.

use super::{Diagnostic, Label, Positions};
use crate::source::FileSpan;

/// Where a piece begins in its file; it begins on a line of its own.
#[derive(Debug, Clone, Copy)]
pub struct Offset {
    /// Bytes before it.
    pub bytes: usize,
    /// Lines before it.
    pub lines: usize,
}

impl Offset {
    /// Moves all places of `diagnostic`, edits with them.
    pub fn diagnostic(self, diagnostic: &mut Diagnostic) {
        diagnostic.primary.iter_mut().chain(&mut diagnostic.labels).for_each(|label| self.label(label));
        for suggestion in &mut diagnostic.suggestions {
            suggestion.file_at.iter_mut().for_each(|at| self.positions(at));
            suggestion.file_edit.iter_mut().for_each(|edit| self.span(&mut edit.span));
            suggestion.diff.iter_mut().for_each(|line| line.number += self.lines);
        }
    }

    /// Moves the place of `label`.
    pub fn label(self, label: &mut Label) {
        label.place.span.iter_mut().for_each(|at| self.positions(at));
        let shown = label.place.excerpt.iter_mut().flat_map(|excerpt| &mut excerpt.lines);
        shown.for_each(|line| line.number += self.lines);
    }

    fn positions(self, at: &mut Positions<FileSpan>) {
        self.span(&mut at.span);
        at.start.line += self.lines;
        at.end.line += self.lines;
    }

    fn span(self, span: &mut FileSpan) {
        *span = FileSpan::new(span.start + self.bytes, span.end + self.bytes);
    }
}
