//! The stages, and who runs them: a clock, or a program that counts.

use presend::report::Format;
use std::time::Duration;
#[cfg(not(unix))]
use std::time::Instant;

/// A stage of a check, or something to compare it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the file.
    Read,
    /// `mail-parser` alone.
    MailParser,
    /// `scraper::Html::parse_document` alone, on the decoded HTML.
    Scraper,
    /// presend's message: header, parts, trees, merge tags, everything with its place.
    Message,
    /// Every fact, of a message that is there.
    Facts,
    /// Message, facts and all lints.
    Lint,
    /// Message, facts, all lints and the JSON report.
    Check,
    /// The same with the lints that are on by default.
    CheckDefault,
    /// The same with a single lint.
    CheckOne,
    /// One report alone.
    Report(Format),
}

impl Stage {
    /// All of them, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = [
            Self::Read,
            Self::MailParser,
            Self::Scraper,
            Self::Message,
            Self::Facts,
            Self::Lint,
            Self::Check,
            Self::CheckDefault,
            Self::CheckOne,
        ];
        first.into_iter().chain(Format::ALL.map(Self::Report))
    }

    /// What it is called where one is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::MailParser => "mail-parser",
            Self::Scraper => "scraper",
            Self::Message => "message",
            Self::Facts => "facts",
            Self::Lint => "lint",
            Self::Check => "check",
            Self::CheckDefault => "check-default",
            Self::CheckOne => "check-one",
            Self::Report(format) => format.name(),
        }
    }
}

/// Runs work that belongs to a stage.
pub trait Meter {
    /// Runs `work` once; what it took is added to `stage`.
    fn run(&mut self, stage: Stage, work: &mut dyn FnMut());
}

/// What each stage took so far.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<(Stage, Duration)>);

impl Times {
    /// What a stage took, if it ran.
    pub fn of(&self, stage: Stage) -> Option<Duration> {
        self.0.iter().find(|(other, _)| *other == stage).map(|(_, time)| *time)
    }
}

impl Meter for Times {
    fn run(&mut self, stage: Stage, work: &mut dyn FnMut()) {
        let clock = Clock::start();
        work();
        let took = clock.stop();
        match self.0.iter_mut().find(|(other, _)| *other == stage) {
            Some((_, time)) => *time += took,
            None => self.0.push((stage, took)),
        }
    }
}

/// What this thread has of a processor: a busy machine takes it away for longer than a stage lasts. Elsewhere than on Unix it is the clock.
#[cfg(unix)]
struct Clock(nix::sys::time::TimeSpec);

#[cfg(unix)]
impl Clock {
    fn start() -> Self {
        Self(Self::now())
    }

    fn stop(self) -> Duration {
        (Self::now() - self.0).into()
    }

    fn now() -> nix::sys::time::TimeSpec {
        nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID).expect("every thread has one")
    }
}

#[cfg(not(unix))]
struct Clock(Instant);

#[cfg(not(unix))]
impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn stop(self) -> Duration {
        self.0.elapsed()
    }
}
