//! Takes the results of a run in order, counts them, and hands them to the reports.

use super::allows::Tally;
use super::args::CheckArgs;
use super::baseline::Baselines;
use super::check::Checked;
use super::complaint;
use super::exit::Outcome;
use super::inputs::Input;
use super::outputs::Outputs;
use super::streams::Streams;
use crate::config::Resolver;
use crate::config::error::{ConfigErrors, said};
use crate::gate::Repository;
use crate::lint::Registry;
use crate::report::{FileReport, Format, Options, Rules, Summary, wanted_width};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the pages of this version's lints can be read.
const PAGES: &str = concat!("https://docs.rs/crate/presend/", env!("CARGO_PKG_VERSION"), "/source/lints/");

/// Writes results as they come.
pub(super) struct Reporter<'r, 's> {
    outputs: Outputs,
    streams: &'r mut Streams<'s>,
    summary: Summary,
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
        let links = streams.color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let options = Options {
            width: wanted_width(args.width),
            color: streams.color,
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
            exit_zero: args.exit_zero,
            say_if_empty: args.format != Format::Human && !args.quiet,
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
        self.nothing = false;
        let file = match checked {
            Ok(Ok((file, allowing))) => {
                self.allows.add(allowing);
                file
            }
            Ok(Err(errors)) => {
                self.tell(&errors)?;
                let file = FileReport::unreadable(input.name(), "its configuration has mistakes");
                return self.add(file);
            }
            Err(panic) => FileReport::unreadable(input.name(), format!("internal error: {panic}; please report it")),
        };
        for failure in file.failures() {
            self.streams.complain(|err| writeln!(err, "{failure}"))?;
        }
        self.add(file)
    }

    fn add(&mut self, mut file: FileReport) -> io::Result<()> {
        self.baselines.apply(&mut file, &mut self.summary, &self.repository);
        self.summary.add(&file);
        self.outputs.file(&mut self.streams.out, &file)
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
            self.baselines.apply(&mut report, &mut self.summary, &self.repository);
            self.summary.count(&report.diagnostics);
            self.outputs.file(&mut self.streams.out, &report)?;
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
        let told = self.outputs.finish(&mut self.streams.out, &self.summary);
        let failed = self.outputs.write(&self.summary).into_iter();
        let failed = failed
            .map(|(file, error)| format!("can't write the report to `{}`: {}", file.display(), said(&error)))
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
            Summary { unread: 1.., .. } | Summary { panics: 1.., .. } => Outcome::Failed,
            Summary { deny: 1.., .. } => Outcome::Faults,
            _ => Outcome::Clean,
        };
        outcome.forgiving(self.exit_zero)
    }
}
