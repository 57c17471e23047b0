//! Lines and columns of byte offsets.

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
}

impl LineIndex {
    /// Finds the line starts of `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { starts }
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
        let before = &bytes[self.start(line)..offset];
        let (mut column, mut utf16) = (1, 1);
        for chunk in before.utf8_chunks() {
            for character in chunk.valid().chars() {
                column += 1;
                utf16 += character.len_utf16();
            }
            column += chunk.invalid().len();
            utf16 += chunk.invalid().len();
        }
        Position { line, column, utf16, byte: before.len() + 1 }
    }
}
