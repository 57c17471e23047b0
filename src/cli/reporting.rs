//! Stands in for `crate::report` until the reports are in the house: the same names, and one plain format. To be replaced by `pub use`.

use crate::diagnostic::{Diagnostic, Level};
use crate::lint::Linted;
use std::io::{self, Write};
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Human,
    Short,
    Json,
}

impl Format {
    pub fn parse(word: &str) -> Result<Self, String> {
        match word {
            "human" => Ok(Self::Human),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            _ => Err(format!("unknown format `{word}` (formats: human, short, json)")),
        }
    }

    pub fn report(self, _: Options) -> Box<dyn Report> {
        Box::new(Plain)
    }
}

#[derive(Debug, Clone)]
#[allow(dead_code)]
pub struct Options {
    pub width: usize,
    pub color: bool,
    pub links: Option<String>,
    pub verbose: bool,
    pub quiet: bool,
}

pub fn wanted_width(asked: Option<usize>) -> usize {
    asked.unwrap_or(100)
}

pub trait Report: Send {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()>;
    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}

#[derive(Debug, Default)]
pub struct FileReport {
    pub name: Arc<str>,
    pub diagnostics: Vec<Diagnostic>,
    pub panics: Vec<(&'static str, String)>,
    pub error: Option<String>,
}

impl FileReport {
    pub fn linted(name: Arc<str>, linted: Linted) -> Self {
        Self { name, diagnostics: linted.diagnostics, panics: linted.panics, error: None }
    }

    pub fn unreadable(name: Arc<str>, message: impl Into<String>) -> Self {
        Self { name, error: Some(message.into()), ..Self::default() }
    }

    pub fn failures(&self) -> Vec<String> {
        let unread = self.error.iter().map(|error| format!("error: {}: {error}", self.name));
        let panics = self.panics.iter().map(|(lint, said)| {
            format!("error: {}: internal error: the lint `{lint}` panicked: {said}; please report it", self.name)
        });
        unread.chain(panics).collect()
    }
}

#[derive(Debug, Default)]
pub struct Summary {
    pub files: usize,
    pub deny: usize,
    pub warn: usize,
    pub unread: usize,
    pub panics: usize,
}

impl Summary {
    pub fn add(&mut self, file: &FileReport) {
        let denied = file.diagnostics.iter().filter(|diagnostic| diagnostic.level >= Level::Deny).count();
        self.files += usize::from(file.error.is_none());
        self.unread += usize::from(file.error.is_some());
        self.deny += denied;
        self.warn += file.diagnostics.len() - denied;
        self.panics += file.panics.len();
    }
}

struct Plain;

impl Report for Plain {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            writeln!(out, "{}: {}[{}]: {}", file.name, diagnostic.level, diagnostic.lint, diagnostic.message)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        writeln!(out, "{} denied, {} warned, {} linted", summary.deny, summary.warn, summary.files)
    }
}
