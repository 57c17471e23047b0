//! The edits that make one text of another: lines that stay are not touched, so that the cursor stays where it is.

use super::text::{Encoding, Text};
use crate::fix::{Change, changes, lines};
use lsp_types::TextEdit;

/// What makes `new` of `old`: edits that don't meet, in order.
pub(super) fn edits(old: &Text, new: &str, encoding: Encoding) -> Vec<TextEdit> {
    let (old_starts, new_starts) = (starts(old.as_str()), starts(new));
    let changes = changes(old.as_str().as_bytes(), new.as_bytes());
    let edit = |change: Change| {
        let before = old_starts[change.old.start]..old_starts[change.old.end];
        let new_text = new[new_starts[change.new.start]..new_starts[change.new.end]].to_owned();
        TextEdit { range: old.range(before, encoding), new_text }
    };
    changes.into_iter().map(edit).collect()
}

/// Where the lines begin, and where the last one ends, in bytes.
fn starts(text: &str) -> Vec<usize> {
    let ends = lines(text.as_bytes()).into_iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
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
