//! Wraps text at blanks to a number of columns.

use super::visible::{is_printable, visible, width};
use std::borrow::Cow;

/// The lines of `text`, made visible, each of at most `columns` columns unless a single word is longer; at least one.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<Cow<'_, str>> {
    // what stands in notes, a byte a column
    if is_printable(text) && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") {
        return cut(text, columns).map(Cow::Borrowed).collect();
    }
    let mut lines = Lines { columns, lines: vec![String::new()], used: 0 };
    text.split_whitespace().map(visible).for_each(|word| lines.push(&word, width(&word)));
    lines.lines.into_iter().map(Cow::Owned).collect()
}

/// The lines of a text of ASCII whose words are parted by one blank each.
fn cut(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = match text.as_bytes().get(..=columns) {
            None => None,
            // a word that is longer than a line stands alone
            Some(line) => memchr::memrchr(b' ', line).or_else(|| memchr::memchr(b' ', text.as_bytes())),
        };
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    })
}

/// Lines that fill.
struct Lines {
    columns: usize,
    lines: Vec<String>,
    /// Columns of the last line that are taken.
    used: usize,
}

impl Lines {
    /// Adds a word that takes `needed` columns.
    fn push(&mut self, word: &str, needed: usize) {
        if self.used > 0 && self.used + 1 + needed > self.columns {
            self.lines.push(String::with_capacity(self.columns));
            self.used = 0;
        }
        if let Some(line) = self.lines.last_mut() {
            if self.used > 0 {
                line.push(' ');
                self.used += 1;
            }
            line.push_str(word);
        }
        self.used += needed;
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, cut, wrap};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cutting_is_putting_word_behind_word(words in prop::collection::vec("[a-c]{1,9}", 0..12), columns in 1usize..20) {
            let mut lines = Lines { columns, lines: vec![String::new()], used: 0 };
            words.iter().for_each(|word| lines.push(word, word.len()));
            let text = words.join(" ");
            prop_assert_eq!(cut(&text, columns).collect::<Vec<_>>(), lines.lines);
        }
    }

    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("longer than that", 3), ["longer", "than", "that"]);
        assert_eq!(wrap("", 7), [""]);
    }

    #[test]
    fn wide_characters_count_two() {
        assert_eq!(wrap("日本 語", 6), ["日本", "語"]);
        assert_eq!(wrap("日本 語", 7), ["日本 語"]);
    }
}
