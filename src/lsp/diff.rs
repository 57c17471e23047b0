//! The edits that make one text of another: lines that stay are not touched, so that the cursor stays where it is.

use super::text::{Encoding, Text};
use lsp_types::TextEdit;
use similar::{DiffOp, TextDiff};
use std::time::Duration;

/// How long to look for the fewest edits; after that they may be more than need be.
const PATIENCE: Duration = Duration::from_millis(500);

/// What makes `new` of `old`: edits that don't meet, in order.
pub(super) fn edits(old: &Text, new: &str, encoding: Encoding) -> Vec<TextEdit> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old.as_str(), new);
    let starts = |lines: &[&str]| {
        let ends = lines.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let old_lines: Vec<&str> = (0..diff.old_len()).filter_map(|at| diff.old_slice(at)).collect();
    let new_lines: Vec<&str> = (0..diff.new_len()).filter_map(|at| diff.new_slice(at)).collect();
    let (old_starts, new_starts) = (starts(&old_lines), starts(&new_lines));
    let changed = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed
        .map(|op| {
            let (before, after) = (op.old_range(), op.new_range());
            let before = old_starts[before.start]..old_starts[before.end];
            let new_text = new[new_starts[after.start]..new_starts[after.end]].to_owned();
            TextEdit { range: old.range(before, encoding), new_text }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edits_lead_from_the_one_to_the_other() {
        for (old, new, count) in [
            ("a\nb\nc\n", "a\nB\nc\n", 1),
            ("a\r\nb\r\nc", "a\r\nc", 1),
            ("a\nb\nc\nd", "x\nb\nc\ny", 2),
            ("", "a", 1),
            ("a\rb\rc", "a\rc", 1),
            ("a", "a", 0),
        ] {
            let edits = edits(&Text::new(old.to_owned()), new, Encoding::Utf16);
            let mut text = Text::new(old.to_owned());
            edits.iter().rev().for_each(|edit| text.edit(Some(edit.range), &edit.new_text, Encoding::Utf16));
            assert_eq!((text.as_str(), edits.len()), (new, count), "{old:?}");
        }
    }
}
