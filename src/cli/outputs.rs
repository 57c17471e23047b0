//! The reports of a run: one goes to standard output, the others to files, which are put in place when the run is over.

use super::args::CheckArgs;
use super::write::{Draft, NotWritten};
use crate::report::job_summary::JobSummary;
use crate::report::{DEFAULT_WIDTH, FileReport, Format, Options, Report, Summary};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

/// Names the file that GitHub Actions takes a job's summary from.
const JOB_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// All reports of a run.
pub struct Outputs {
    standard: Box<dyn Report>,
    /// Nobody reads standard output any more.
    closed: bool,
    /// Whether there is something to do even so.
    goes_on: bool,
    files: Vec<ToFile>,
}

/// A report that goes to a file.
struct ToFile {
    report: Box<dyn Report>,
    file: PathBuf,
    /// What is written so far, or why nothing can be.
    draft: Result<Draft, NotWritten>,
}

impl ToFile {
    /// Writes a piece. Once one can't be written, no more are.
    fn write(&mut self, piece: impl FnOnce(&mut dyn Report, &mut dyn Write) -> io::Result<()>) {
        if let Ok(draft) = &mut self.draft
            && let Err(error) = piece(&mut *self.report, draft)
        {
            self.draft = Err(error.into());
        }
    }
}

impl Outputs {
    /// The reports that the command line asks for; `options` are for standard output.
    pub fn new(args: &CheckArgs, options: Options) -> Self {
        let width = args.width.unwrap_or(DEFAULT_WIDTH);
        let plain = Options { width, color: false, links: None, ..options.clone() };
        let named = args.outputs.iter().map(|output| ToFile {
            report: output.format.report(plain.clone()),
            file: output.file.clone(),
            draft: Draft::of(&output.file),
        });
        let mut files: Vec<_> = named.collect();
        let mut formats = args.outputs.iter().map(|output| output.format).chain([args.format]);
        let summary = std::env::var_os(JOB_SUMMARY).filter(|file| !file.is_empty());
        if let Some(file) = summary.filter(|_| formats.any(|format| format == Format::Github)) {
            let file = PathBuf::from(file);
            files.push(ToFile { report: Box::new(JobSummary::new(plain)), draft: Draft::behind(&file), file });
        }
        let goes_on = !files.is_empty() || args.write_baseline.is_some();
        Self { standard: args.format.report(options), closed: false, goes_on, files }
    }

    /// Reports a file everywhere. Who reads standard output gets it at once.
    ///
    /// # Errors
    /// Those of `out`, but that nobody reads it is one only where nothing else is to be written.
    pub fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for to in &mut self.files {
            to.write(|report, out| report.file(out, file));
        }
        self.standard(|report| report.file(out, file).and_then(|()| out.flush()))
    }

    /// Ends the report on standard output.
    ///
    /// # Errors
    /// As [`Outputs::file`].
    pub fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.standard(|report| report.finish(out, summary))
    }

    /// Ends the reports that go to files and puts them in place. What could not be written comes back with the reason.
    pub fn write(&mut self, summary: &Summary) -> Vec<(PathBuf, NotWritten)> {
        let mut failed = Vec::new();
        for mut to in std::mem::take(&mut self.files) {
            to.write(|report, out| report.finish(out, summary));
            failed.extend(to.draft.and_then(Draft::keep).err().map(|error| (to.file, error)));
        }
        failed
    }

    fn standard(&mut self, write: impl FnOnce(&mut dyn Report) -> io::Result<()>) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        match write(&mut *self.standard) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe && self.goes_on => {
                self.closed = true;
                Ok(())
            }
            done => done,
        }
    }
}
