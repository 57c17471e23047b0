//! A few lines of a file as a miette source: an offset is one into these lines, a position is one in the file.

use crate::source::Position;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Lines to show, visible, and where they are from.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The file, visible.
    name: String,
    /// The lines, each followed by a line feed.
    text: String,
    /// Offset and length in `text` of each line, and its number in the file, 0 where it has none.
    lines: Vec<(usize, usize, usize)>,
    /// Offsets in `text` whose position in the file is known.
    positions: Vec<(usize, Position)>,
}

impl Lines {
    /// No lines yet, of the file with this visible name.
    pub(super) fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds a line of visible text; returns its offset.
    pub(super) fn push(&mut self, number: usize, line: &str) -> usize {
        let start = self.text.len();
        self.lines.push((start, line.len(), number));
        self.text.push_str(line);
        self.text.push('\n');
        start
    }

    /// Says where in the file `offset` is.
    pub(super) fn place(&mut self, offset: usize, position: Position) {
        self.positions.push((offset, position));
    }

    fn contents(&self, start: usize, len: usize, line: usize, column: usize, count: usize) -> MietteSpanContents<'_> {
        let data = self.text.get(start..start + len).unwrap_or_default().as_bytes();
        MietteSpanContents::new_named(self.name.clone(), data, (start, len).into(), line, column, count)
    }
}

impl SourceCode for Lines {
    /// Without context, the position of `span` in the file; no line count means that the file is meant as a whole.
    /// With context, the one line in which `span` begins.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let line = self.lines.iter().rfind(|&&(start, ..)| start <= span.offset());
        let contents = if before == 0 && after == 0 {
            let known = self.positions.iter().find(|&&(at, _)| at == span.offset());
            let (line, column, count) = match (known, line) {
                (Some((_, position)), _) => (position.line, position.column, 1),
                // a line without a number has no position either
                (None, Some(&(_, _, number))) => (number, 1, usize::from(number > 0)),
                (None, None) => (1, 1, 0),
            };
            self.contents(span.offset(), span.len(), line.saturating_sub(1), column.saturating_sub(1), count)
        } else {
            let &(start, len, number) = line.ok_or(MietteError::OutOfBounds)?;
            self.contents(start, len, number.saturating_sub(1), 0, usize::from(number > 0))
        };
        Ok(Box::new(contents))
    }
}

/// Lines, and the labels on them.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub source: Lines,
    pub labels: Vec<LabeledSpan>,
}
