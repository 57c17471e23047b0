//! How often each lint was reported.

use crate::diagnostic::Diagnostic;
use crate::report::word;
use crate::sort;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Counts diagnostics by lint and level.
#[derive(Debug, Default)]
pub(super) struct Statistics {
    counts: BTreeMap<(&'static str, &'static str), usize>,
}

impl Statistics {
    pub(super) fn add(&mut self, diagnostic: &Diagnostic) {
        *self.counts.entry((diagnostic.lint, word(diagnostic.level))).or_default() += 1;
    }

    /// Writes a line for each, the most frequent first, and an empty line.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut lines: Vec<_> = self.counts.iter().collect();
        // stable: those that are as frequent stay in the order of their names
        sort::by_key(&mut lines, |&(_, count)| std::cmp::Reverse(*count));
        let width = lines.first().map_or(0, |(_, count)| count.to_string().len());
        for ((lint, word), count) in &lines {
            writeln!(out, "{count:>width$} {word}[{lint}]")?;
        }
        if lines.is_empty() { Ok(()) } else { writeln!(out) }
    }
}
