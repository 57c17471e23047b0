//! How a report for people is to look. The caller decides; a report looks at no terminal.

use super::Rules;
use super::style::Palette;
use super::wrap::wrap;
use crate::gate::Repository;
use anstream::ColorChoice;
use anstream::stream::RawStream;
use std::io::{self, Write};
use std::sync::Arc;

/// Columns where nothing says how wide the output is.
pub const DEFAULT_WIDTH: usize = 100;

/// How a report for people is to look.
#[derive(Debug, Clone)]
pub struct Options {
    /// Columns to wrap at and to cut lines to; at least 40 are used.
    pub width: usize,
    /// Whether to colour (SGR sequences).
    pub color: bool,
    /// Where the folder of lints stands, to link names to their pages (OSC 8); `None` for no links.
    pub links: Option<String>,
    /// Whether to tell why lints stayed silent.
    pub verbose: bool,
    /// Whether to leave out all but the diagnostics and the closing line.
    pub quiet: bool,
    /// Whether to say how often each lint was reported.
    pub statistics: bool,
    /// The lints, for formats that describe them.
    pub rules: Arc<Rules>,
    /// What paths and fingerprints are relative to, in formats that others compare.
    pub repository: Arc<Repository>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: DEFAULT_WIDTH,
            color: false,
            links: None,
            verbose: false,
            quiet: false,
            statistics: false,
            rules: Arc::default(),
            repository: Arc::default(),
        }
    }
}

impl Options {
    /// The columns that are used.
    pub(crate) fn columns(&self) -> usize {
        self.width.clamp(40, 1000)
    }

    /// Writes `text`, wrapped, behind the name of what it says; without a name as a headline.
    ///
    /// # Errors
    /// `out` can't be written.
    pub(crate) fn entry(&self, name: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let palette = Palette::new(self.color);
        if name.is_empty() {
            let lines = wrap(text, self.columns()).join("\n");
            return writeln!(out, "{}", Palette::paint(palette.strong, &lines));
        }
        let lines = wrap(text, self.columns() - 14).join(&format!("\n{:14}", ""));
        writeln!(out, "  {}  {lines}", Palette::paint(palette.gutter, &format!("{name:10}")))
    }
}

/// Whether to colour what goes to `stream`: `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and `TERM` are honoured for `Auto`.
pub fn wants_color(choice: ColorChoice, stream: &impl RawStream) -> bool {
    match choice {
        ColorChoice::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Never => false,
    }
}

/// The width to use: what was asked for, else the terminal's that standard output is, else [`DEFAULT_WIDTH`].
pub fn wanted_width(asked: Option<usize>) -> usize {
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    asked.or_else(terminal).unwrap_or(DEFAULT_WIDTH)
}
