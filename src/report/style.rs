//! The colours of reports for people, as rustc's.

use anstyle::{AnsiColor, Style};
use std::fmt;

/// The styles of a report; all plain where colour is not wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Palette {
    /// The word `error` and the marks of an error.
    pub error: Style,
    /// The word `warning` and the marks of a warning.
    pub warning: Style,
    /// The gutter, and marks that explain.
    pub gutter: Style,
    /// The word `help`.
    pub help: Style,
    /// What comes.
    pub added: Style,
    /// What goes.
    pub removed: Style,
    /// Headings, messages, the word `note`.
    pub strong: Style,
}

impl Palette {
    pub(crate) fn new(color: bool) -> Self {
        if !color {
            return Self::default();
        }
        Self {
            error: AnsiColor::BrightRed.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            gutter: AnsiColor::BrightBlue.on_default().bold(),
            help: AnsiColor::BrightCyan.on_default().bold(),
            added: AnsiColor::BrightGreen.on_default(),
            removed: AnsiColor::BrightRed.on_default(),
            strong: Style::new().bold(),
        }
    }

    /// `text` in `style`.
    pub(crate) fn paint(style: Style, text: &str) -> String {
        Self::painted(style, text).to_string()
    }

    /// As [`Palette::paint`], put together only when it is written: what is printed many times takes no memory of its own.
    pub(crate) fn painted(style: Style, text: &str) -> Painted<'_> {
        Painted { style, text }
    }
}

/// Text in a style.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Painted<'t> {
    style: Style,
    text: &'t str,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { style, text } = self;
        if style.is_plain() { f.write_str(text) } else { write!(f, "{style}{text}{style:#}") }
    }
}
