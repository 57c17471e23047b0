//! A window on a line: the columns around a mark, found without reading the rest of the line.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Columns that a line of an excerpt may take.
pub(crate) const BUDGET: usize = 110;

/// Columns that `character` takes on a terminal, roughly; never 0, so that a window has a bound in characters, too.
pub(crate) fn columns(character: char) -> usize {
    match character {
        ' '..='~' => 1,
        '\t' => 4,
        _ => character.width().unwrap_or(1).max(1),
    }
}

/// The part of `line` around `mark` that takes no more than `budget` columns, counted by `cost`.
///
/// What is left beside the mark is spent before and behind it. Of a mark that is longer than the budget, the beginning
/// is kept. `mark` must lie on character boundaries of `line`.
pub(crate) fn window(line: &str, mark: Range<usize>, budget: usize, cost: impl Fn(char) -> usize) -> Range<usize> {
    let (marked, spent) = ahead(line, mark.start, mark.end, budget - budget / 4, &cost);
    let left = budget - spent;
    let (start, before) = back(line, mark.start, left / 2, &cost);
    let (end, behind) = ahead(line, marked, line.len(), left - before, &cost);
    let (start, _) = back(line, start, left - before - behind, &cost);
    start..end
}

/// Walks from `from` towards `to` for at most `budget` columns: where it ends, and the columns that it took.
pub(crate) fn ahead(line: &str, from: usize, to: usize, budget: usize, cost: impl Fn(char) -> usize) -> (usize, usize) {
    let mut spent = 0;
    for (at, character) in line[from..to].char_indices() {
        let next = spent + cost(character);
        if next > budget {
            return (from + at, spent);
        }
        spent = next;
    }
    (to, spent)
}

/// Walks from `from` towards the beginning for at most `budget` columns: where it ends, and the columns that it took.
pub(crate) fn back(line: &str, from: usize, budget: usize, cost: impl Fn(char) -> usize) -> (usize, usize) {
    let mut spent = 0;
    for (at, character) in line[..from].char_indices().rev() {
        let next = spent + cost(character);
        if next > budget {
            return (at + character.len_utf8(), spent);
        }
        spent = next;
    }
    (0, spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(line: &str, mark: Range<usize>, budget: usize) -> &str {
        &line[window(line, mark, budget, columns)]
    }

    #[test]
    fn a_short_line_is_seen_whole() {
        assert_eq!(seen("short", 1..2, 10), "short");
    }

    #[test]
    fn the_mark_stands_in_the_middle() {
        assert_eq!(seen("0123456789abcdefghij", 9..11, 6), "789abc");
    }

    #[test]
    fn columns_unused_on_one_side_go_to_the_other() {
        assert_eq!(seen("0123456789abcdefghij", 0..1, 6), "012345");
        assert_eq!(seen("0123456789abcdefghij", 19..20, 6), "efghij");
        assert_eq!(seen("0123456789abcdefghij", 20..20, 6), "efghij");
    }

    #[test]
    fn of_a_long_mark_the_beginning_is_seen() {
        assert_eq!(seen("0123456789abcdefghij", 4..20, 8), "3456789a");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(seen("一二三四五六七八", 9..12, 6), "三四五");
    }
}
