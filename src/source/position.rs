//! Lines and columns of byte offsets.

use std::sync::OnceLock;

/// A place as people and editors count it; everything counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; a line ends at LF, CRLF or a lone CR.
    pub line: usize,
    /// Column in characters of the text read as UTF-8; a byte that is no UTF-8 counts one.
    pub column: usize,
    /// Column in UTF-16 code units.
    pub utf16: usize,
    /// Column in bytes.
    pub byte: usize,
}

/// The line starts of a text, to turn byte offsets into positions.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Columns inside long lines, made when first asked for: else many places in one long line would each count from its beginning.
    marks: OnceLock<Vec<Mark>>,
}

/// A place whose columns are known.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    column: usize,
    utf16: usize,
}

/// Bytes between two marks of a line.
const STRIDE: usize = 512;

impl LineIndex {
    /// Finds the line starts of `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        // counting is many times cheaper than looking at each: only where a lone CR ends a line, CRs have to be looked for
        let feeds = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
        starts.extend(feeds);
        let pairs = starts.iter().filter(|start| start.checked_sub(2).is_some_and(|at| bytes[at] == b'\r')).count();
        if memchr::memchr_iter(b'\r', bytes).count() > pairs {
            let lone = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n'));
            starts.extend(lone.map(|at| at + 1));
            // of two sorted runs: linear
            starts.sort();
        }
        Self { starts, marks: OnceLock::new() }
    }

    /// Number of lines; a text that ends in a line end has an empty last line.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line that byte `offset` is on, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The first byte of `line` (from 1).
    pub fn start(&self, line: usize) -> usize {
        self.starts[line - 1]
    }

    /// Where byte `offset` of `bytes` is; `bytes` must be what the index was made of.
    pub fn position(&self, bytes: &[u8], offset: usize) -> Position {
        let offset = offset.min(bytes.len());
        let line = self.line(offset);
        let start = self.start(line);
        let mut from = Mark { offset: start, column: 1, utf16: 1 };
        if offset - start > STRIDE {
            let marks = self.marks.get_or_init(|| self.marks(bytes));
            let behind = marks.partition_point(|mark| mark.offset <= offset);
            from = marks[..behind].last().copied().filter(|mark| mark.offset > start).unwrap_or(from);
        }
        let Mark { column, utf16, .. } = from.advanced(bytes, offset);
        Position { line, column, utf16, byte: offset - start + 1 }
    }

    fn marks(&self, bytes: &[u8]) -> Vec<Mark> {
        let ends = self.starts.iter().skip(1).copied().chain([bytes.len()]);
        let mut marks = Vec::new();
        for (&start, end) in self.starts.iter().zip(ends) {
            let mut mark = Mark { offset: start, column: 1, utf16: 1 };
            while end.saturating_sub(mark.offset) > STRIDE {
                mark = mark.advanced(bytes, between_characters(bytes, mark.offset + STRIDE));
                marks.push(mark);
            }
        }
        marks
    }
}

impl Mark {
    /// The columns at `offset`, behind the mark on its line.
    fn advanced(self, bytes: &[u8], offset: usize) -> Self {
        let between = &bytes[self.offset..offset];
        // of nearly all text each byte is a column
        let (columns, surplus) = if between.is_ascii() { (between.len(), 0) } else { counted(between) };
        Self { offset, column: self.column + columns, utf16: self.utf16 + columns + surplus }
    }
}

/// The characters of `bytes`, and how many of them take a second UTF-16 code unit: those of four bytes.
fn counted(bytes: &[u8]) -> (usize, usize) {
    let count = |chunk: std::str::Utf8Chunk<'_>| {
        let (valid, invalid) = (chunk.valid(), chunk.invalid().len());
        (valid.chars().count() + invalid, valid.bytes().filter(|byte| *byte >= 0xf0).count())
    };
    bytes.utf8_chunks().map(count).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// `offset`, or a few bytes before it where it is inside a character.
fn between_characters(bytes: &[u8], offset: usize) -> usize {
    let is_start = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80);
    (offset.saturating_sub(3)..=offset).rev().find(is_start).unwrap_or(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Counted from the beginning of the line, one character after the other.
    fn one_by_one(bytes: &[u8], offset: usize) -> (usize, usize) {
        let start = bytes[..offset].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let (mut column, mut utf16) = (1, 1);
        for chunk in bytes[start..offset].utf8_chunks() {
            for character in chunk.valid().chars() {
                column += 1;
                utf16 += character.len_utf16();
            }
            column += chunk.invalid().len();
            utf16 += chunk.invalid().len();
        }
        (column, utf16)
    }

    proptest! {
        #[test]
        fn a_line_ends_at_lf_crlf_or_a_lone_cr(
            pieces in prop::collection::vec(prop::sample::select(vec!["a", "\r", "\n", "\r\n", "é"]), 0..160),
        ) {
            let text = pieces.concat();
            let bytes = text.as_bytes();
            let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            let wanted: Vec<usize> = [0].into_iter().chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
            prop_assert_eq!(LineIndex::new(bytes).starts, wanted, "{:?}", text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(50))]

        #[test]
        fn columns_of_long_lines_are_those_counted_from_their_beginning(
            pieces in prop::collection::vec(prop::sample::select(vec![&b"a"[..], "é".as_bytes(), "€".as_bytes(), "🎁".as_bytes(), b"\xff", b"\xe2\x82", b"\n"]), 1..20),
            times in 1000usize..3000,
            at in any::<prop::sample::Index>(),
        ) {
            let bytes = pieces.concat().repeat(times);
            let offset = at.index(bytes.len());
            let position = LineIndex::new(&bytes).position(&bytes, offset);
            prop_assert_eq!((position.column, position.utf16), one_by_one(&bytes, offset));
        }
    }
}
