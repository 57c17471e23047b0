//! Where a place of the file is after a pass.

use crate::diagnostic::FileEdit;
use crate::source::FileSpan;

/// What the edits of a pass do to the places of a file.
#[derive(Debug)]
pub(super) struct Moves {
    edits: Vec<FileSpan>,
    /// By how many bytes the file has grown after the first n edits.
    growth: Vec<isize>,
}

impl Moves {
    /// Those of `edits`, which are sorted and don't touch.
    pub fn new(edits: &[&FileEdit]) -> Self {
        let mut growth = vec![0];
        let mut total = 0;
        for edit in edits {
            total += edit.replacement.len() as isize - edit.span.len() as isize;
            growth.push(total);
        }
        Self { edits: edits.iter().map(|edit| edit.span).collect(), growth }
    }

    /// Where `span` is afterwards. What is edited in it or around it counts as its own: in base64 an edit reaches to the end of the part, and yet the
    /// place ends where the text does that was written for it.
    pub fn after(&self, span: FileSpan) -> FileSpan {
        let before = self.edits.partition_point(|edit| edit.end <= span.start && edit.start < span.start);
        let up_to = self.edits.partition_point(|edit| edit.start < span.end);
        let at_end = |edit: &FileSpan| edit.start == span.end && (edit.is_empty() || span.is_empty());
        let up_to = (up_to + usize::from(self.edits.get(up_to).is_some_and(at_end))).max(before);
        let start = span.start.saturating_add_signed(self.growth[before]);
        let end = span.end.saturating_add_signed(self.growth[up_to]);
        FileSpan::new(start, end.max(start))
    }
}

/// Whether two places share a byte, or one is a place between two bytes at the other.
pub(super) fn meet(a: FileSpan, b: FileSpan) -> bool {
    a.overlaps(b) || (a.is_empty() || b.is_empty()) && a.start <= b.end && b.start <= a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> FileEdit {
        FileEdit { span: FileSpan::new(start, end), replacement: replacement.as_bytes().to_vec() }
    }

    #[test]
    fn places_move_with_what_is_written_before_and_in_them() {
        let edits = [edit(10, 12, "abcdef"), edit(20, 30, "x"), edit(40, 40, "++")];
        let moves = Moves::new(&edits.iter().collect::<Vec<_>>());
        for (before, after) in [
            ((0, 5), (0, 5)),
            ((10, 12), (10, 16)),
            ((8, 15), (8, 19)),
            ((13, 15), (17, 19)),
            ((20, 30), (24, 25)),
            ((31, 33), (26, 28)),
            ((15, 20), (19, 24)),
            ((40, 40), (35, 37)),
            ((41, 42), (38, 39)),
        ] {
            assert_eq!(moves.after(FileSpan::new(before.0, before.1)), FileSpan::new(after.0, after.1), "{before:?}");
        }
    }

    #[test]
    fn places_meet_where_they_share_a_byte_or_an_empty_one_stands_at_the_other() {
        for (a, b, met) in [
            ((0, 2), (1, 3), true),
            ((0, 2), (2, 3), false),
            ((2, 2), (2, 3), true),
            ((0, 2), (2, 2), true),
            ((4, 4), (0, 3), false),
        ] {
            assert_eq!(meet(FileSpan::new(a.0, a.1), FileSpan::new(b.0, b.1)), met, "{a:?} {b:?}");
        }
    }
}
