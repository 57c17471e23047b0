//! A mistake in `presend.toml`, shown as rustc shows one.

use crate::source::LineIndex;
use anstyle::{AnsiColor, Style};
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// Characters of a line that are shown before a marked place, and after its beginning.
const WINDOW: (usize, usize) = (80, 80);

/// What is wrong with a configuration file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file as shown.
    pub file: String,
    /// The place; `None` where the file could not be read.
    pub place: Option<ConfigPlace>,
    /// The fault: lowercase, no final punctuation.
    pub message: String,
    /// What else there is to know.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Vec<String>,
}

/// A place in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPlace {
    /// The bytes.
    pub span: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What stands before the mark on its line, what is marked, and what follows; windowed, safe for a terminal.
    excerpt: [String; 3],
}

/// A mistake, not yet tied to its file.
#[derive(Debug, Default)]
pub(super) struct Fault {
    pub span: Range<usize>,
    pub message: String,
    pub notes: Vec<String>,
    pub help: Vec<String>,
}

impl Fault {
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), ..Self::default() }
    }

    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The error in the file called `file`, whose text is `text`.
    pub fn in_file(self, file: &str, text: &str) -> ConfigError {
        let place = Some(ConfigPlace::new(text, self.span));
        ConfigError { file: file.to_owned(), place, message: self.message, notes: self.notes, help: self.help }
    }
}

impl ConfigPlace {
    fn new(text: &str, span: Range<usize>) -> Self {
        let index = LineIndex::new(text.as_bytes());
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let position = index.position(text.as_bytes(), start);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let end = text.floor_char_boundary(span.end.clamp(start, line_end));
        let before = &text[index.start(position.line)..start];
        let skipped = before.chars().count().saturating_sub(WINDOW.0);
        let mut shown: usize = WINDOW.1;
        let cut = if skipped > 0 { "…" } else { "" };
        let before = cut.chars().chain(before.chars().skip(skipped)).collect();
        let excerpt = [before, window(&text[start..end], &mut shown), window(&text[end..line_end], &mut shown)]
            .map(|text: String| visible(&text));
        Self { span, line: position.line, column: position.column, excerpt }
    }
}

/// The first characters of `text`, at most `left` of them; `left` gets less by as many.
fn window(text: &str, left: &mut usize) -> String {
    let mut taken: String = text.chars().take(*left).collect();
    *left -= taken.chars().count();
    if *left == 0 && taken.len() < text.len() {
        taken.push('…');
    }
    taken
}

/// `text` without what could command a terminal: control and bidi characters are replaced one for one.
pub fn visible(text: &str) -> String {
    let harmless = |c: char| match c {
        '\t' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(harmless).collect()
}

/// What the system says of an error, without its number: lowercase, as messages are.
pub fn said(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

impl ConfigError {
    /// An error about the file as a whole.
    pub fn whole_file(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: None, message: message.into(), notes: Vec::new(), help: Vec::new() }
    }

    /// Writes the error with its excerpt. Colours are written; a stream without colours has to strip them (`anstream` does).
    ///
    /// # Errors
    /// `out` can't be written.
    pub fn render(&self, out: &mut dyn Write) -> io::Result<()> {
        let (bold, blue, red) = (Style::new().bold(), accent(AnsiColor::BrightBlue), accent(AnsiColor::BrightRed));
        writeln!(out, "{red}error{red:#}{bold}: {}{bold:#}", visible(&self.message))?;
        let number = self.place.as_ref().map_or(String::new(), |place| place.line.to_string());
        let gutter = " ".repeat(number.len());
        match &self.place {
            None => writeln!(out, "{blue}{gutter}-->{blue:#} {}", visible(&self.file))?,
            Some(ConfigPlace { line, column, excerpt: [before, marked, after], .. }) => {
                let (indent, width) = (" ".repeat(before.width()), marked.width().max(1));
                writeln!(out, "{blue}{gutter}-->{blue:#} {}:{line}:{column}", visible(&self.file))?;
                writeln!(out, "{blue}{gutter} |{blue:#}")?;
                writeln!(out, "{blue}{number} |{blue:#} {before}{marked}{after}")?;
                writeln!(out, "{blue}{gutter} |{blue:#} {indent}{red}{}{red:#}", "^".repeat(width))?;
            }
        }
        let notes = self.notes.iter().map(|text| ("note", text));
        for (kind, text) in notes.chain(self.help.iter().map(|text| ("help", text))) {
            writeln!(out, "{blue}{gutter} ={blue:#} {bold}{kind}{bold:#}: {}", visible(text))?;
        }
        Ok(())
    }
}

fn accent(colour: AnsiColor) -> Style {
    colour.on_default().bold()
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{}:{}:{}: {}", self.file, place.line, place.column, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for ConfigError {}

/// All that is wrong with a configuration file, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl ConfigErrors {
    /// Writes each error, with an empty line after it.
    ///
    /// # Errors
    /// `out` can't be written.
    pub fn render(&self, out: &mut dyn Write) -> io::Result<()> {
        self.0.iter().try_for_each(|error| {
            error.render(out)?;
            writeln!(out)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rendered(text: &str, span: Range<usize>) -> String {
        let mut out = Vec::new();
        Fault::new(span, "no such thing").help("leave it out").in_file("presend.toml", text).render(&mut out).unwrap();
        anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
    }

    #[test]
    fn the_place_is_marked_under_its_line() {
        snapbox::assert_data_eq!(
            rendered("a = 1\n日本 = \"x\" # y\n", 6..12),
            snapbox::str![[r#"
error: no such thing
 --> presend.toml:2:1
  |
2 | 日本 = "x" # y
  | ^^^^
  = help: leave it out

"#]]
        );
    }

    #[test]
    fn a_long_line_is_windowed_and_control_characters_stay_out() {
        let text = format!("{}\u{1b}[2Jmark{}", "a".repeat(5000), "b".repeat(5000));
        let shown = rendered(&text, 5004..5008);
        assert!(!shown.contains('\u{1b}'), "{shown}");
        assert!(shown.contains(":1:5005\n") && shown.lines().all(|line| line.chars().count() < 200), "{shown}");
    }

    #[test]
    fn any_span_is_safe() {
        for text in ["", "\n", "é\r\né", "a\rb"] {
            for start in 0..8 {
                for end in start..9 {
                    assert!(rendered(text, start..end).contains('^'));
                }
            }
        }
    }
}
