//! Wraps text at blanks to a number of columns.

use super::visible::{visible, width};

/// The lines of `text`, made visible, each of at most `columns` columns unless a single word is longer; at least one.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let word = visible(word);
        let needed = width(&word);
        if used > 0 && used + 1 + needed > columns {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&word);
        }
        used += needed;
    }
    lines
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
