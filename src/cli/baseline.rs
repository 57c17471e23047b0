//! `--baseline` and `--write-baseline`: what a run knew before, and what it leaves for the next.

use super::args::CheckArgs;
use super::complaint;
use super::streams::Streams;
use super::write::write;
use crate::config::error::said;
use crate::diagnostic::Diagnostic;
use crate::gate::{Baseline, Comparison, Repository};
use crate::report::{FileReport, Summary};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// The baselines of a run.
#[derive(Debug, Default)]
pub struct Baselines {
    known: Option<Comparison>,
    fresh: Option<(PathBuf, Baseline)>,
}

impl Baselines {
    /// Those that the command line names; nothing if one can't be read, which is told then.
    ///
    /// # Errors
    /// A stream can't be written.
    pub fn read(args: &CheckArgs, streams: &mut Streams<'_>) -> io::Result<Option<Self>> {
        let fresh = args.write_baseline.clone().map(|file| (file, Baseline::default()));
        let Some(file) = &args.baseline else { return Ok(Some(Self { known: None, fresh })) };
        let read = std::fs::read_to_string(file).map_err(|error| said(&error));
        match read.and_then(|text| Baseline::read(&text)) {
            Ok(baseline) => Ok(Some(Self { known: Some(Comparison::new(baseline)), fresh })),
            Err(why) => {
                let help = "`--write-baseline FILE` writes one";
                let message = format!("can't read the baseline `{}`: {why}", file.display());
                streams.complain(|err| complaint::say(err, &message, &[], &[help.to_owned()]))?;
                Ok(None)
            }
        }
    }

    /// What was known before, if the command line names it; nothing was, where a baseline is only written.
    pub fn known(&self) -> Option<Arc<Baseline>> {
        let nothing = || self.fresh.is_some().then(Arc::default);
        self.known.as_ref().map(|known| Arc::clone(known.baseline())).or_else(nothing)
    }

    /// Notes what was found in a file, and what of it was known and is not among it.
    pub fn note(&mut self, file: &FileReport, known: &[Diagnostic], summary: &mut Summary, repository: &Repository) {
        if let Some((_, fresh)) = &mut self.fresh {
            file.diagnostics.iter().chain(known).for_each(|diagnostic| fresh.add(diagnostic, &file.name, repository));
        }
        // of a file that could not be checked nobody knows what is gone
        if let Some(comparison) = self.known.as_mut().filter(|_| file.error.is_none() && file.panics.is_empty()) {
            comparison.note(known, &file.name, repository);
            summary.known += known.len();
        }
    }

    /// How many of the known ones are gone.
    pub fn gone(&self, repository: &Repository) -> usize {
        self.known.as_ref().map_or(0, |known| known.gone(repository))
    }

    /// Writes the new baseline, with what is known of files that this run did not check. What keeps it from being
    /// written comes back.
    pub fn write(&mut self, summary: &Summary, repository: &Repository) -> Option<String> {
        let (file, mut fresh) = self.fresh.take()?;
        if summary.unread > 0 || summary.panics > 0 {
            return Some(format!("the baseline `{}` is not written: not all could be checked", file.display()));
        }
        if let Some(known) = &self.known {
            known.keep_unseen(&mut fresh, repository);
        }
        let written = write(&file, fresh.text().as_bytes());
        written.err().map(|error| format!("can't write the baseline `{}`: {error}", file.display()))
    }
}
