//! The marks under a line: `^^^` for the primary label, `---` for the others, each with its text.

use crate::report::visible::width;
use crate::sort;
use miette::{Diagnostic, LabeledSpan};

/// A line with the marks on it.
pub(super) struct Row {
    pub number: usize,
    pub text: String,
    pub marks: Vec<Mark>,
    offset: usize,
}

/// A mark, in columns of the row.
#[derive(Clone)]
pub(super) struct Mark {
    start: usize,
    end: usize,
    primary: bool,
    pub text: Option<String>,
}

/// What a piece of drawing belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Primary,
    Secondary,
}

/// The labelled lines of a diagnostic, in order.
pub(super) fn rows_of(diagnostic: &dyn Diagnostic) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let Some(source) = diagnostic.source_code() else { return rows };
    for label in diagnostic.labels().into_iter().flatten() {
        let Ok(line) = source.read_span(label.inner(), 1, 1) else { continue };
        let offset = line.span().offset();
        let text = String::from_utf8_lossy(line.data());
        let mark = Mark::new(&label, &text, offset);
        match rows.binary_search_by_key(&offset, |row| row.offset) {
            Ok(at) => rows[at].marks.push(mark),
            Err(at) => {
                let number = if line.line_count() == 0 { 0 } else { line.line() + 1 };
                let row = Row { number, text: text.into_owned(), marks: vec![mark], offset };
                rows.insert(at, row);
            }
        }
    }
    rows
}

impl Mark {
    fn new(label: &LabeledSpan, line: &str, offset: usize) -> Self {
        let start = line.floor_char_boundary(label.offset().saturating_sub(offset));
        let end = line.floor_char_boundary(start + label.len());
        let column = width(&line[..start]);
        // an insertion point is one column wide
        let columns = width(&line[start..end]).max(1);
        let text = label.label().map(str::to_owned);
        Self { start: column, end: column + columns, primary: label.primary(), text }
    }

    fn tone(&self) -> Tone {
        if self.primary { Tone::Primary } else { Tone::Secondary }
    }
}

/// A line of drawing.
type Line = Vec<(Tone, String)>;

/// The lines to draw under a row: the marks, the rightmost with its text; the other texts hang below.
pub(super) fn draw_marks(row: &Row) -> Vec<Line> {
    let mut marks = row.marks.clone();
    sort::by_key(&mut marks, |mark| (mark.start, mark.end));
    let end = marks.iter().map(|mark| mark.end).max().unwrap_or(0);
    let beside = marks.iter().rposition(|mark| mark.text.is_some()).filter(|&at| {
        let last = &marks[at];
        marks.iter().all(|mark| mark.end <= last.end && mark.start <= last.start)
    });
    let beside = beside.map(|at| marks[at].clone()).inspect(|_| {
        if let Some(mark) = beside.and_then(|at| marks.get_mut(at)) {
            mark.text = None;
        }
    });
    let mut lines = vec![underline(&marks, end, beside.as_ref())];
    let hanging: Vec<&Mark> = marks.iter().filter(|mark| mark.text.is_some()).collect();
    if !hanging.is_empty() {
        lines.push(bars(&hanging, usize::MAX));
    }
    for (nth, mark) in hanging.iter().enumerate().rev() {
        let mut line = bars(&hanging[..nth], mark.start);
        pad(&mut line, mark.start);
        line.push((mark.tone(), mark.text.clone().unwrap_or_default()));
        lines.push(line);
    }
    lines
}

/// The marks themselves. A primary mark is drawn over the others.
fn underline(marks: &[Mark], end: usize, beside: Option<&Mark>) -> Line {
    let mut tones = vec![Tone::Plain; end];
    for tone in [Tone::Secondary, Tone::Primary] {
        for mark in marks.iter().filter(|mark| mark.tone() == tone) {
            tones[mark.start..mark.end].fill(tone);
        }
    }
    let mut line = Line::new();
    for run in tones.chunk_by(|one, other| one == other) {
        let sign = match run[0] {
            Tone::Plain => " ",
            Tone::Primary => "^",
            Tone::Secondary => "-",
        };
        line.push((run[0], sign.repeat(run.len())));
    }
    if let Some(mark) = beside {
        line.push((mark.tone(), format!(" {}", mark.text.as_deref().unwrap_or_default())));
    }
    line
}

/// `|` under the start of each mark before column `limit`.
fn bars(marks: &[&Mark], limit: usize) -> Line {
    let mut line = Line::new();
    for mark in marks.iter().filter(|mark| mark.start < limit) {
        if drawn(&line) <= mark.start {
            pad(&mut line, mark.start);
            line.push((mark.tone(), "|".to_owned()));
        }
    }
    line
}

fn pad(line: &mut Line, column: usize) {
    line.push((Tone::Plain, " ".repeat(column.saturating_sub(drawn(line)))));
}

fn drawn(line: &Line) -> usize {
    line.iter().map(|(_, text)| width(text)).sum()
}
