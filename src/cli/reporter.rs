//! Takes the results of a run in order, counts them, and hands them to the reports.

use super::args::CheckArgs;
use super::baseline::Baselines;
use super::check::{Checked, CheckedFile};
use super::complaint;
use super::diff::for_terminal;
use super::exit::Outcome;
use super::fixing::{self, Left, Mending};
use super::inputs::Input;
use super::outputs::Outputs;
use super::streams::Streams;
use crate::config::Resolver;
use crate::config::error::ConfigErrors;
use crate::diagnostic::Diagnostic;
use crate::gate::{Repository, Tally};
use crate::lint::Registry;
use crate::lint::panics::REPORT_IT;
use crate::report::visible::visible;
use crate::report::{FileReport, Format, Options, PAGES, Rules, Summary, wanted_width};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes results as they come.
pub(super) struct Reporter<'r, 's> {
    outputs: Outputs,
    streams: &'r mut Streams<'s>,
    summary: Summary,
    /// Reports go to standard error: standard output is for what `--fix` made.
    aside: bool,
    diff: bool,
    exit_zero: bool,
    /// Whether to say here that nothing was there: the report for people says it itself.
    say_if_empty: bool,
    /// Broken configurations that were told: each once, however many sources it governs.
    told: Vec<Arc<ConfigErrors>>,
    nothing: bool,
    /// A file that was asked for could not be written.
    unwritten: bool,
    allows: Tally,
    baselines: Baselines,
    repository: Arc<Repository>,
}

impl<'r, 's> Reporter<'r, 's> {
    /// Reports where and how the command line says; `folder` is the current one.
    pub(super) fn new(
        args: &CheckArgs,
        baselines: Baselines,
        registry: &Registry,
        folder: &Path,
        streams: &'r mut Streams<'s>,
    ) -> Self {
        let repository = Arc::new(Repository::around(folder));
        let aside = fixing::takes_output(&args.fix, &args.paths);
        let links = !aside && streams.color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let options = Options {
            width: wanted_width(args.width),
            // standard error takes out by itself what it does not want
            color: aside || streams.color,
            links: links.then(|| PAGES.to_owned()),
            verbose: args.verbose,
            quiet: args.quiet,
            rules: Arc::new(Rules::new(registry, PAGES)),
            repository: Arc::clone(&repository),
            statistics: args.statistics,
        };
        Self {
            outputs: Outputs::new(args, options),
            streams,
            summary: Summary::default(),
            aside,
            diff: args.fix.diff,
            exit_zero: args.exit_zero,
            say_if_empty: args.format != Format::Human && !args.quiet && args.since.is_none() && !args.force_exclude,
            told: Vec::new(),
            nothing: true,
            unwritten: false,
            allows: Tally::default(),
            baselines,
            repository,
        }
    }

    /// Takes the next source's result.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn take(&mut self, input: &Input, checked: Result<Checked, String>) -> io::Result<()> {
        self.streams.still_wanted()?;
        let mut known = Vec::new();
        let file = match checked {
            Ok(Ok(CheckedFile { report, known: found, allowing, mending })) => {
                self.allows.add(allowing);
                self.mended(&report.name, mending)?;
                known = found;
                report
            }
            Ok(Err(errors)) => return self.misconfigured(&input.name(), &errors),
            Err(panic) => FileReport::unreadable(input.name(), format!("internal error: {panic}; {REPORT_IT}")),
        };
        self.told(file, &known)
    }

    /// Reports a file or a domain, and tells what failed about it; `known` is what the baseline took away.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn told(&mut self, file: FileReport, known: &[Diagnostic]) -> io::Result<()> {
        for failure in file.failures() {
            self.streams.complain(|err| writeln!(err, "{failure}"))?;
        }
        self.add(file, known)
    }

    /// Reports a source that its configuration keeps from being checked.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn misconfigured(&mut self, name: &str, errors: &Arc<ConfigErrors>) -> io::Result<()> {
        self.tell(errors)?;
        self.add(FileReport::unreadable(name.into(), "its configuration has mistakes"), &[])
    }

    /// Tells something that is no fault of anybody.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn warn(&mut self, text: &str) -> io::Result<()> {
        self.streams.complain(|err| writeln!(err, "warning: {}", visible(text)))
    }

    fn add(&mut self, file: FileReport, known: &[Diagnostic]) -> io::Result<()> {
        self.nothing = false;
        self.baselines.note(&file, known, &mut self.summary, &self.repository);
        self.summary.add(&file);
        self.report(&file)
    }

    /// Hands a file to the reports.
    fn report(&mut self, file: &FileReport) -> io::Result<()> {
        let out = if self.aside { &mut self.streams.err } else { &mut self.streams.out };
        self.outputs.file(out, file)
    }

    /// Hands on what `--fix` made of a source, and tells why it made nothing.
    fn mended(&mut self, name: &str, mending: Mending) -> io::Result<()> {
        if self.diff && io::stdout().is_terminal() {
            self.streams.out.write_all(for_terminal(&mending.output).as_bytes())?;
        } else {
            self.streams.out.write_all(&mending.output)?;
        }
        let name = visible(name);
        match mending.left {
            None => Ok(()),
            Some(Left::Alone(why, help)) => self.streams.complain(|err| {
                writeln!(err, "warning: {name}: {}", visible(&why))?;
                writeln!(err, "  = help: {help}")
            }),
            Some(Left::Unwritten(why)) => {
                self.unwritten = true;
                let why = why.to_string();
                self.streams.complain(|err| {
                    writeln!(err, "error: {name}: what was fixed can't be written: {}", visible(&why))?;
                    writeln!(err, "  = note: the file is as it was")
                })
            }
        }
    }

    /// Reports the `[[allow]]` entries that allowed nothing, where everything could be checked.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn unused_allows(
        &mut self,
        roots: &[PathBuf],
        resolver: &Resolver,
        registry: &Registry,
    ) -> io::Result<()> {
        if self.summary.unread > 0 || self.summary.panics > 0 {
            return Ok(());
        }
        for mut report in self.allows.unused(roots, resolver, registry) {
            let known = self
                .baselines
                .known()
                .map(|baseline| baseline.take_known(&mut report.diagnostics, &report.name, &self.repository));
            self.baselines.note(&report, &known.unwrap_or_default(), &mut self.summary, &self.repository);
            self.summary.count(&report.diagnostics);
            self.report(&report)?;
        }
        Ok(())
    }

    fn tell(&mut self, errors: &Arc<ConfigErrors>) -> io::Result<()> {
        if self.told.contains(errors) {
            return Ok(());
        }
        self.told.push(Arc::clone(errors));
        self.streams.complain(|err| errors.render(err))
    }

    /// Ends the reports and writes those that go to files.
    ///
    /// # Errors
    /// A stream can't be written.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if self.nothing && self.say_if_empty {
            self.streams.complain(|err| writeln!(err, "warning: there is no campaign to check here"))?;
        }
        self.summary.gone = self.baselines.gone(&self.repository);
        let out = if self.aside { &mut self.streams.err } else { &mut self.streams.out };
        // a file may be the same stream
        let told = self.outputs.finish(out, &self.summary).and_then(|()| out.flush());
        let failed = self.outputs.write(&self.summary).into_iter();
        let failed = failed
            .map(|(file, error)| format!("can't write the report to `{}`: {error}", file.display()))
            .chain(self.baselines.write(&self.summary, &self.repository));
        for message in failed.collect::<Vec<_>>() {
            self.unwritten = true;
            self.streams.complain(|err| complaint::say(err, &message, &[], &[]))?;
        }
        told
    }

    /// How the run ended, as far as it came.
    pub(super) fn outcome(&self) -> Outcome {
        let outcome = match self.summary {
            _ if self.unwritten => Outcome::Failed,
            Summary { unread: 1.., .. } | Summary { unanswered: 1.., .. } | Summary { panics: 1.., .. } => {
                Outcome::Failed
            }
            Summary { deny: 1.., .. } => Outcome::Faults,
            _ => Outcome::Clean,
        };
        outcome.forgiving(self.exit_zero)
    }
}
