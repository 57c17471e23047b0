//! Wraps text at blanks to a number of columns.

use super::visible::{is_printable, visible, width};
use std::borrow::Cow;

/// The lines of `text`, made visible, each of at most `columns` columns unless a single word is longer; at least one.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Lines { columns, lines: vec![String::with_capacity(columns.min(text.len()))], used: 0 };
    if is_printable(text) {
        // what stands in notes, a byte a column: no word need be looked at by itself
        text.split(' ').filter(|word| !word.is_empty()).for_each(|word| lines.push(word, word.len()));
    } else {
        text.split_whitespace().map(visible).for_each(|word: Cow<'_, str>| lines.push(&word, width(&word)));
    }
    lines.lines
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
    use super::wrap;

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
