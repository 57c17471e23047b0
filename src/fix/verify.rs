//! Whether what came out of the passes is better than what went in.

use super::edits::Pass;
use super::places::{Moves, meet};
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::source::FileSpan;
use std::collections::HashMap;
use std::fmt;

/// Why a source is left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A fault is still there after it was mended.
    Remains {
        /// Its lint.
        lint: &'static str,
        /// The line in the mended file, if it has a place.
        line: Option<usize>,
    },
    /// A fault at deny level is there that was not.
    Appeared {
        /// Its lint.
        lint: &'static str,
        /// The line in the mended file, if it has a place.
        line: Option<usize>,
    },
    /// A lint panicked on the mended file.
    Panicked {
        /// The lint.
        lint: &'static str,
        /// What it said.
        said: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match self {
            Self::Remains { lint, line } => {
                write!(f, "`{lint}` would still be reported")?;
                line
            }
            Self::Appeared { lint, line } => {
                write!(f, "`{lint}` would be new")?;
                line
            }
            Self::Panicked { lint, said } => return write!(f, "the lint `{lint}` panicked on the result: {said}"),
        };
        line.map_or(Ok(()), |line| write!(f, " on line {line}"))
    }
}

/// A fault that was mended, and where it would be now.
#[derive(Debug)]
struct Mended {
    lint: &'static str,
    words: String,
    /// The place of its first label; `None` for the file as a whole.
    place: Option<FileSpan>,
    /// The places of its other labels.
    around: Vec<FileSpan>,
    /// How many faults that look the same stood at the place and were not mended.
    alike: usize,
}

/// What was mended, and what was there before.
#[derive(Debug)]
pub(super) struct Ledger {
    mended: Vec<Mended>,
    /// How many denied faults of a lint are to be expected: those that nobody mended.
    denied: HashMap<&'static str, usize>,
}

impl Ledger {
    pub fn new(first: &[Diagnostic]) -> Self {
        let mut denied = HashMap::new();
        for found in first.iter().filter(|found| found.level >= Level::Deny) {
            *denied.entry(found.lint).or_default() += 1;
        }
        Self { mended: Vec::new(), denied }
    }

    /// Notes a pass over a source of which `all` was said.
    pub fn pass(&mut self, pass: &Pass<'_>, all: &[Diagnostic], moves: &Moves) {
        for mended in &mut self.mended {
            for place in mended.place.iter_mut().chain(&mut mended.around) {
                *place = moves.after(*place);
            }
        }
        for &found in &pass.mended {
            if found.level >= Level::Deny
                && let Some(expected) = self.denied.get_mut(found.lint)
            {
                *expected = expected.saturating_sub(1);
            }
            let is_mended = |other: &Diagnostic| pass.mended.iter().any(|&mended| std::ptr::eq(mended, other));
            let words = words(&found.message);
            let place = place(found);
            let alike = all.iter().filter(|other| is_alike(other, found.lint, &words, place) && !is_mended(other));
            self.mended.push(Mended {
                lint: found.lint,
                alike: alike.count(),
                place: place.map(|place| moves.after(place)),
                around: found.labels.iter().filter_map(span).map(|place| moves.after(place)).collect(),
                words,
            });
        }
    }

    pub fn count(&self) -> usize {
        self.mended.len()
    }

    /// Judges what there is to say in the end.
    pub fn verify(&self, last: &[Diagnostic]) -> Result<(), Refused> {
        for mended in &self.mended {
            let mut still = last.iter().filter(|found| is_alike(found, mended.lint, &mended.words, mended.place));
            if let Some(found) = still.nth(mended.alike) {
                return Err(Refused::Remains { lint: found.lint, line: line(found) });
            }
        }
        let mut expected = self.denied.clone();
        for found in last.iter().filter(|found| found.level >= Level::Deny && !self.was_hidden(found)) {
            match expected.get_mut(found.lint) {
                Some(left @ 1..) => *left -= 1,
                _ => return Err(Refused::Appeared { lint: found.lint, line: line(found) }),
            }
        }
        Ok(())
    }

    /// Whether another fault of the same lint hid this one: it was there before, and is the next to be said of its place.
    fn was_hidden(&self, found: &Diagnostic) -> bool {
        let place = place(found);
        self.mended.iter().filter(|mended| mended.lint == found.lint).any(|mended| match (place, mended.place) {
            (Some(place), Some(before)) => {
                meet(place, before) || mended.around.iter().any(|&before| meet(place, before))
            }
            (place, before) => place == before,
        })
    }
}

/// Whether `found` is what `lint` says in the same words at the same place.
fn is_alike(found: &Diagnostic, lint: &str, said: &str, at: Option<FileSpan>) -> bool {
    let here = match (place(found), at) {
        (Some(place), Some(at)) => meet(place, at),
        (place, at) => place == at,
    };
    here && found.lint == lint && words(&found.message) == said
}

fn place(found: &Diagnostic) -> Option<FileSpan> {
    found.primary.as_ref().and_then(span)
}

fn span(label: &Label) -> Option<FileSpan> {
    label.place.span.map(|positions| positions.span)
}

fn line(found: &Diagnostic) -> Option<usize> {
    found.primary.as_ref()?.place.span.map(|positions| positions.start.line)
}

/// A message without what it quotes: that changes with the text.
fn words(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("``")
}
