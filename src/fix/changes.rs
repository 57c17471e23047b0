//! Which lines make one text of another. A line ends with its line feed, as `diff` and `patch` have it.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// Lines that take the place of others; all counted from 0, and one of the two may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Lines of the old text.
    pub old: Range<usize>,
    /// Lines of the new one.
    pub new: Range<usize>,
}

/// What makes `new` of `old`, in order; two changes have a line between them that stays. In time that grows with the size, so they may be more than the
/// fewest.
pub fn changes(old: &[u8], new: &[u8]) -> Vec<Change> {
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let lines = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks().map(|hunk| Change { old: lines(hunk.before), new: lines(hunk.after) }).collect()
}

/// The lines of a text, with their ends.
pub fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_changes_lead_from_the_one_to_the_other(old in "[ab\r\n]{0,30}", new in "[ab\r\n]{0,30}") {
            let (old, new) = (lines(old.as_bytes()), lines(new.as_bytes()));
            let (mut made, mut at, mut last) = (Vec::<&[u8]>::new(), 0, None);
            for change in changes(&old.concat(), &new.concat()) {
                prop_assert!(!change.old.is_empty() || !change.new.is_empty());
                prop_assert!(last.is_none_or(|last| last < change.old.start), "a line stays between two");
                made.extend_from_slice(&old[at..change.old.start]);
                prop_assert_eq!(made.len(), change.new.start);
                made.extend_from_slice(&new[change.new]);
                at = change.old.end;
                last = Some(at);
            }
            made.extend_from_slice(&old[at..]);
            prop_assert_eq!(made, new);
        }
    }
}
