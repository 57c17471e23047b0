//! The stages, and who runs them: a clock, or a program that counts.

use presend::report::Format;
use std::time::{Duration, Instant};

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
        let begin = Instant::now();
        work();
        let took = begin.elapsed();
        match self.0.iter_mut().find(|(other, _)| *other == stage) {
            Some((_, time)) => *time += took,
            None => self.0.push((stage, took)),
        }
    }
}
