//! The report for people: as rustc reports, drawn through miette's protocol by our own handler.
//!
//! `finding` says a diagnostic in miette's words, `rows` and `source` show its lines, `handler` draws what it is given,
//! `snippet` draws the marks under a line.

mod closing;
mod finding;
mod handler;
mod rows;
mod snippet;
mod source;
mod statistics;
#[cfg(test)]
mod tests;

use super::style::Palette;
use super::wrap::wrap;
use super::{FileReport, Options, Report, Summary, is_error};
use crate::diagnostic::Diagnostic;
use finding::Finding;
use handler::{Drawn, Handler};
use statistics::Statistics;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The report for people.
#[derive(Debug)]
pub struct Human {
    options: Options,
    palette: Palette,
    handler: Handler,
    /// Lints whose level has been explained, each with the explanation.
    told: HashSet<(&'static str, String)>,
    /// The lint that the closing line takes as its example, and whether it was an error.
    example: Option<(&'static str, bool)>,
    statistics: Statistics,
    /// The diagnostic that is being written.
    drawn: String,
}

impl Human {
    /// A report that looks as `options` say.
    pub fn new(options: Options) -> Self {
        let palette = Palette::new(options.color);
        let handler = Handler { columns: options.columns(), palette };
        let (told, statistics, drawn) = (HashSet::new(), Statistics::default(), String::new());
        Self { options, palette, handler, told, example: None, statistics, drawn }
    }

    /// Writes one diagnostic and an empty line; `file` is named where it has no place.
    fn diagnostic(&mut self, out: &mut dyn Write, diagnostic: &Diagnostic, file: &str) -> io::Result<()> {
        self.draw(diagnostic, file)?;
        out.write_all(self.drawn.as_bytes())
    }

    /// Draws one as if it were the first, for [`Human::drawn`].
    pub(super) fn diagnostic_alone(&mut self, diagnostic: &Diagnostic, file: &str) -> io::Result<()> {
        self.told.clear();
        self.draw(diagnostic, file)
    }

    /// What was drawn last.
    pub(super) fn drawn(&self) -> &str {
        &self.drawn
    }

    fn draw(&mut self, diagnostic: &Diagnostic, file: &str) -> io::Result<()> {
        let origin = (diagnostic.lint, diagnostic.level_origin.clone());
        let tell = !origin.1.is_empty() && self.told.insert(origin);
        let severe = is_error(diagnostic.level);
        if self.example.is_none_or(|(_, was_error)| severe && !was_error) {
            self.example = Some((diagnostic.lint, severe));
        }
        self.statistics.add(diagnostic);
        let finding = Finding::new(diagnostic, file, &self.options, tell);
        // put together before it is written: what it consists of are many small pieces
        self.drawn.clear();
        let drawn = Drawn { handler: &self.handler, finding: &finding };
        writeln!(self.drawn, "{drawn}").map_err(io::Error::other)
    }

    /// A remark that belongs to no diagnostic.
    fn remark(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        let lines = wrap(text, self.options.columns() - "note: ".len());
        writeln!(out, "{}: {}", Palette::paint(self.palette.strong, "note"), lines.join("\n      "))
    }
}

impl Report for Human {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            self.diagnostic(out, diagnostic, &file.name)?;
        }
        if self.options.verbose && !(file.silences.is_empty() && file.remarks.is_empty()) {
            for remark in &file.remarks {
                self.remark(out, &format!("{}: {}", file.name, remark.text))?;
            }
            for (lint, why) in &file.silences {
                self.remark(out, &format!("`{lint}` is silent about {}: {why}", file.name))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        if summary.drafts > 0 && !self.options.quiet {
            self.remark(out, closing::BEYOND)?;
        }
        if !self.options.quiet {
            closing::known(summary).iter().try_for_each(|text| self.remark(out, text))?;
        }
        if self.options.statistics {
            self.statistics.write(out)?;
        }
        closing::write(out, summary, self.palette)?;
        match self.example {
            Some((lint, _)) if !self.options.quiet => {
                writeln!(out, "for the reasons and examples behind a lint: presend explain {lint}")
            }
            _ => Ok(()),
        }
    }
}
