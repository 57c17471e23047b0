//! Draws what comes through miette's protocol as rustc would.

use super::finding::{Part, gutter};
use super::snippet::{Row, Tone, draw_marks, rows_of};
use crate::report::style::Palette;
use crate::report::wrap::wrap;
use anstyle::Style;
use miette::{Diagnostic, LabeledSpan, ReportHandler, Severity};
use std::fmt::{self, Formatter};

/// Our handler. It knows nothing of presend's own types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handler {
    /// Columns to wrap at.
    pub columns: usize,
    pub palette: Palette,
}

/// A diagnostic as it looks; ends with a line feed.
pub(super) struct Drawn<'a> {
    pub handler: &'a Handler,
    pub finding: &'a dyn Diagnostic,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.handler.debug(self.finding, f)
    }
}

impl ReportHandler for Handler {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut Formatter<'_>) -> fmt::Result {
        let main = Piece::of(diagnostic);
        let related: Vec<_> =
            diagnostic.related().into_iter().flatten().map(|child| (Part::of(child), Piece::of(child))).collect();
        let all = std::iter::once(&main).chain(related.iter().map(|(_, child)| child));
        let highest = all.flat_map(|piece| &piece.rows).map(|row| row.number).max();
        let gutter = gutter(highest.unwrap_or(0));
        let sheet = Sheet {
            palette: self.palette,
            columns: self.columns,
            gutter,
            margin: Palette::paint(self.palette.gutter, &format!("{:gutter$} |", "")),
            accent: match diagnostic.severity() {
                Some(Severity::Error) | None => self.palette.error,
                _ => self.palette.warning,
            },
        };
        sheet.heading(diagnostic, f)?;
        sheet.block(&main, "-->", f)?;
        for (_, elsewhere) in related.iter().filter(|(part, _)| *part == Part::Elsewhere) {
            sheet.block(elsewhere, ":::", f)?;
        }
        sheet.remarks(&main, &related, f)?;
        for (_, suggestion) in related.iter().filter(|(part, _)| *part == Part::Suggestion) {
            sheet.suggestion(suggestion, f)?;
        }
        Ok(())
    }
}

/// A diagnostic, or what is related to one, with the lines that are shown of it: they are asked for more than once.
struct Piece<'d> {
    diagnostic: &'d dyn Diagnostic,
    rows: Vec<Row>,
}

impl<'d> Piece<'d> {
    fn of(diagnostic: &'d dyn Diagnostic) -> Self {
        Self { diagnostic, rows: rows_of(diagnostic) }
    }
}

/// One diagnostic being drawn.
struct Sheet {
    palette: Palette,
    columns: usize,
    gutter: usize,
    /// The gutter of a line without a number.
    margin: String,
    /// The style of the severity.
    accent: Style,
}

impl Sheet {
    /// `error[missing-unsubscribe]: …`
    fn heading(&self, diagnostic: &dyn Diagnostic, f: &mut Formatter<'_>) -> fmt::Result {
        let word = match diagnostic.severity() {
            Some(Severity::Error) | None => "error",
            _ => "warning",
        };
        let code = diagnostic.code().map(|code| code.to_string()).unwrap_or_default();
        let code = match diagnostic.url() {
            Some(url) => format!("\x1b]8;;{url}\x1b\\{code}\x1b]8;;\x1b\\"),
            None => code,
        };
        let (word, message) = (format!("{word}[{code}]"), format!(": {diagnostic}"));
        let (accent, strong) = (self.accent, self.palette.strong);
        writeln!(f, "{}{}", Palette::painted(accent, &word), Palette::painted(strong, &message))
    }

    /// The place, and the lines with their labels.
    fn block(&self, part: &Piece<'_>, arrow: &str, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(source) = part.diagnostic.source_code() else { return Ok(()) };
        let labels: Vec<LabeledSpan> = part.diagnostic.labels().into_iter().flatten().collect();
        let leading = labels.iter().find(|label| label.primary()).or(labels.first());
        let span = leading.map_or((0, 0).into(), |label| *label.inner());
        if let Ok(place) = source.read_span(&span, 0, 0) {
            let position = match place.line_count() {
                0 => String::new(),
                _ => format!(":{}:{}", place.line() + 1, place.column() + 1),
            };
            let arrow = Palette::painted(self.palette.gutter, arrow);
            writeln!(f, "{:1$}{arrow} {2}{position}", "", self.gutter, place.name().unwrap_or_default())?;
        }
        if part.rows.is_empty() {
            return Ok(());
        }
        self.bar(f)?;
        let mut previous = None;
        for row in &part.rows {
            // a single line left out is not worth a line that says so
            if previous.is_some_and(|number| row.number > number + 2) {
                writeln!(f, "{}", Palette::painted(self.palette.gutter, "..."))?;
            }
            previous = Some(row.number);
            self.row(row, f)?;
        }
        Ok(())
    }

    fn row(&self, row: &Row, f: &mut Formatter<'_>) -> fmt::Result {
        let number = if row.number == 0 { String::new() } else { row.number.to_string() };
        let number = format!("{number:>0$} |", self.gutter);
        writeln!(f, "{}{}", Palette::painted(self.palette.gutter, &number), Spaced(&row.text))?;
        for line in draw_marks(row) {
            write!(f, "{} ", self.margin)?;
            for (tone, text) in line {
                let style = match tone {
                    Tone::Plain => Style::new(),
                    Tone::Primary => self.accent,
                    Tone::Secondary => self.palette.gutter,
                };
                write!(f, "{}", Palette::painted(style, &text))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }

    /// Reasons, help, remarks.
    fn remarks(&self, main: &Piece<'_>, related: &[(Part, Piece<'_>)], f: &mut Formatter<'_>) -> fmt::Result {
        // labels without a line to stand on, as on a whole file, are told first
        let children = related.iter().filter(|(part, _)| *part == Part::Elsewhere).map(|(_, child)| child);
        let unplaced = std::iter::once(main).chain(children).flat_map(unplaced).map(|text| ("note", text));
        let texts = |wanted: Part| {
            related.iter().filter(move |(part, _)| *part == wanted).map(|(_, child)| child.diagnostic.to_string())
        };
        let reasons = texts(Part::Reason).map(|text| ("note", text));
        let help = main.diagnostic.help().map(|help| help.to_string()).into_iter().chain(texts(Part::Help));
        let remarks = texts(Part::Remark).map(|text| ("note", text));
        let mut items = unplaced.chain(reasons).chain(help.map(|text| ("help", text))).chain(remarks).peekable();
        if items.peek().is_some() {
            self.bar(f)?;
        }
        items.try_for_each(|(word, text)| self.item(word, self.palette.strong, &text, f))
    }

    /// `= note: …`, wrapped.
    fn item(&self, word: &str, style: Style, text: &str, f: &mut Formatter<'_>) -> fmt::Result {
        let indent = self.gutter + " = : ".len() + word.len();
        let equals = Palette::painted(self.palette.gutter, "=");
        write!(f, "{:1$}{equals} {2}: ", "", self.gutter + 1, Palette::painted(style, word))?;
        self.wrapped(text, indent, f)
    }

    /// The lines of `text`, all but the first with `indent` blanks before them.
    fn wrapped(&self, text: &str, indent: usize, f: &mut Formatter<'_>) -> fmt::Result {
        let columns = self.columns.saturating_sub(indent).max(20);
        let mut before = 0;
        for line in text.split('\n').flat_map(|paragraph| wrap(paragraph, columns)) {
            writeln!(f, "{:before$}{line}", "")?;
            before = indent;
        }
        Ok(())
    }

    /// `help: …` and the lines that change.
    fn suggestion(&self, suggestion: &Piece<'_>, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", Palette::painted(self.palette.help, "help"))?;
        self.wrapped(&suggestion.diagnostic.to_string(), "help: ".len(), f)?;
        if suggestion.rows.is_empty() {
            return Ok(());
        }
        self.bar(f)?;
        for row in &suggestion.rows {
            let sign = row.marks.first().and_then(|mark| mark.text.as_deref()).unwrap_or_default();
            let style = if sign == "+" { self.palette.added } else { self.palette.removed };
            let (number, text) = (format!("{:>1$}", row.number, self.gutter), format!("{sign}{}", Spaced(&row.text)));
            let gutter = self.palette.gutter;
            writeln!(f, "{} {}", Palette::painted(gutter, &number), Palette::painted(style, &text))?;
        }
        Ok(())
    }

    /// The empty line of the gutter.
    fn bar(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.margin)
    }
}

/// The texts of the labels of a part that has no lines.
fn unplaced(part: &Piece<'_>) -> Vec<String> {
    if !part.rows.is_empty() {
        return Vec::new();
    }
    part.diagnostic.labels().into_iter().flatten().filter_map(|label| label.label().map(str::to_owned)).collect()
}

/// A blank before text, and nothing where there is none.
struct Spaced<'t>(&'t str);

impl fmt::Display for Spaced<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " {}", self.0) }
    }
}
