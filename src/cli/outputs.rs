//! The reports of a run: one goes to standard output, the others to files, which are written when the run is over.

use super::args::CheckArgs;
use super::atomic;
use crate::report::job_summary::JobSummary;
use crate::report::{DEFAULT_WIDTH, FileReport, Format, Options, Report, Summary};
use std::fs::OpenOptions;
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
    /// Whether it goes behind what is already there.
    append: bool,
    written: Vec<u8>,
}

impl Outputs {
    /// The reports that the command line asks for; `options` are for standard output.
    pub fn new(args: &CheckArgs, options: Options) -> Self {
        let width = args.width.unwrap_or(DEFAULT_WIDTH);
        let plain = Options { width, color: false, links: None, ..options.clone() };
        let to_file = |report, file, append| ToFile { report, file, append, written: Vec::new() };
        let named = args.outputs.iter();
        let mut files: Vec<_> =
            named.map(|output| to_file(output.format.report(plain.clone()), output.file.clone(), false)).collect();
        let mut formats = args.outputs.iter().map(|output| output.format).chain([args.format]);
        let summary = std::env::var_os(JOB_SUMMARY).filter(|file| !file.is_empty());
        if let Some(file) = summary.filter(|_| formats.any(|format| format == Format::Github)) {
            files.push(to_file(Box::new(JobSummary::new(plain)), file.into(), true));
        }
        let goes_on = !files.is_empty() || args.write_baseline.is_some();
        Self { standard: args.format.report(options), closed: false, goes_on, files }
    }

    /// Reports a file everywhere.
    ///
    /// # Errors
    /// Those of `out`, but that nobody reads it is one only where nothing else is to be written.
    pub fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for to in &mut self.files {
            to.report.file(&mut to.written, file)?;
        }
        self.standard(|report| report.file(out, file))
    }

    /// Ends the report on standard output.
    ///
    /// # Errors
    /// As [`Outputs::file`].
    pub fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.standard(|report| report.finish(out, summary))
    }

    /// Ends the reports that go to files and writes them. What could not be written comes back with the reason.
    pub fn write(&mut self, summary: &Summary) -> Vec<(PathBuf, io::Error)> {
        let mut failed = Vec::new();
        for mut to in std::mem::take(&mut self.files) {
            let written = to.report.finish(&mut to.written, summary).and_then(|()| match to.append {
                true => OpenOptions::new()
                    .append(true)
                    .create(true)
                    .open(&to.file)
                    .and_then(|mut file| file.write_all(&to.written)),
                false => atomic::write(&to.file, &to.written),
            });
            failed.extend(written.err().map(|error| (to.file, error)));
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
