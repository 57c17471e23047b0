//! The lines that an edit changes, before and after.

use super::excerpt::content;
use super::window::{BUDGET, ahead, back, columns};
use super::{DiffLine, Edit};
use crate::source::LineIndex;
use std::ops::Range;

/// Columns shown before the change, so that the lines before and after stand in line.
const BEFORE: usize = 36;
/// Columns shown of the change itself.
const CHANGED: usize = 160;
/// Lines shown of each side.
const LINES: usize = 8;

/// The lines of `text` that `edit` removes and adds, windowed around the change. `lines` is the index of `text`;
/// `number` tells the line number to print for a line of `text`; added lines count on from the first changed one.
///
/// Where whole lines come or go, the lines around them are not repeated. `…` stands for what is cut off.
pub fn diff_lines(text: &str, lines: &LineIndex, edit: &Edit, number: impl Fn(usize) -> usize) -> Vec<DiffLine> {
    let start = text.floor_char_boundary(edit.span.start);
    let end = text.floor_char_boundary(edit.span.end).max(start);
    let (span, replacement) = smallest(text, start..end, &edit.replacement);
    // where only the kind of a line end changes, there is nothing to see
    if replacement.chars().chain(text[span.clone()].chars()).all(|character| character == '\r') {
        return Vec::new();
    }
    let change = Change { text, lines, span, replacement };
    let (first, removed, added) = change.sides();
    let line = |added: bool, number: usize, text: String| DiffLine { number, added, text };
    let minus = shortened(removed).enumerate().map(|(nth, text)| line(false, number(first + nth), text));
    let base = if first > lines.lines() { number(lines.lines()) + 1 } else { number(first) };
    let plus = shortened(added).enumerate().map(|(nth, text)| line(true, base + nth, text));
    minus.chain(plus).collect()
}

/// The same edit without what stays the same at its ends.
fn smallest<'r>(text: &str, span: Range<usize>, replacement: &'r str) -> (Range<usize>, &'r str) {
    let old = &text[span.clone()];
    let same = |(a, b): &(char, char)| a == b;
    let tail: usize =
        old.chars().rev().zip(replacement.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (old, replacement) = (&old[..old.len() - tail], &replacement[..replacement.len() - tail]);
    let head: usize = old.chars().zip(replacement.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    (span.start + head..span.end - tail, &replacement[head..])
}

struct Change<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    span: Range<usize>,
    replacement: &'t str,
}

impl Change<'_> {
    /// The first line that changes (from 1; one past the last where lines are appended), the lines that go, and those
    /// that come.
    fn sides(&self) -> (usize, Vec<String>, Vec<String>) {
        let (first, last) = (self.lines.line(self.span.start), self.lines.line(self.span.end));
        if self.whole_lines(first, last) {
            let removed = (first..last).take(LINES + 1).map(|line| self.old(line)).collect();
            return (first, removed, parts(self.replacement).map(|line| cut("", line, "")).collect());
        }
        let home = self.content(first);
        if self.span.is_empty() && self.span.start == home.end && self.replacement.starts_with(['\r', '\n']) {
            let added = split(self.replacement).into_iter().skip(1).map(|line| cut("", line, "")).collect();
            return (first + 1, Vec::new(), added);
        }
        let empty = self.span.is_empty() && home.is_empty();
        let removed = (first..=last).take(if empty { 0 } else { LINES + 1 }).map(|line| self.old(line)).collect();
        (first, removed, self.new_lines(first, last))
    }

    /// Whether only whole lines, with their line ends, come or go.
    fn whole_lines(&self, first: usize, last: usize) -> bool {
        self.span.start == self.lines.start(first)
            && self.span.end == self.lines.start(last)
            && (self.replacement.is_empty() && last > first || self.replacement.ends_with(['\r', '\n']))
    }

    fn content(&self, line: usize) -> Range<usize> {
        content(self.text.as_bytes(), self.lines, line)
    }

    /// A line as it is.
    fn old(&self, line: usize) -> String {
        let line = self.content(line);
        let [start, end] = [self.span.start, self.span.end].map(|at| at.clamp(line.start, line.end));
        cut(&self.text[line.start..start], &self.text[start..end], &self.text[end..line.end])
    }

    /// The lines as they will be.
    fn new_lines(&self, first: usize, last: usize) -> Vec<String> {
        let (first, last) = (self.content(first), self.content(last));
        let prefix = &self.text[first.start..self.span.start.clamp(first.start, first.end)];
        let suffix = &self.text[self.span.end.clamp(last.start, last.end)..last.end];
        let parts = split(self.replacement);
        let end = parts.len() - 1;
        let side = |wanted: bool, text| if wanted { text } else { "" };
        let line = |(nth, part): (usize, &str)| cut(side(nth == 0, prefix), part, side(nth == end, suffix));
        parts.into_iter().enumerate().map(line).collect()
    }
}

/// The lines of `text`, each without its line end; what follows the last line end is a line, too.
fn split(text: &str) -> Vec<&str> {
    let lines = LineIndex::new(text.as_bytes());
    (1..=lines.lines()).map(|line| &text[content(text.as_bytes(), &lines, line)]).collect()
}

/// The lines of `text`, which ends in a line end or is empty.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let lines = split(text);
    let count = lines.len() - 1;
    lines.into_iter().take(count)
}

/// At most [`LINES`] lines; `…` in place of the rest.
fn shortened(lines: Vec<String>) -> impl Iterator<Item = String> {
    let more = lines.len() > LINES;
    let kept = if more { LINES - 1 } else { LINES };
    lines.into_iter().take(kept).chain(more.then(|| "…".to_owned()))
}

/// One line, windowed around what changes in it.
fn cut(before: &str, changed: &str, after: &str) -> String {
    let (from, used) = back(before, before.len(), BEFORE, columns);
    let (to, spent) = ahead(changed, 0, changed.len(), CHANGED, columns);
    let (end, _) = ahead(after, 0, after.len(), BUDGET.saturating_sub(used + spent), columns);
    let dots = |cut: bool| if cut { "…" } else { "" };
    [dots(from > 0), &before[from..], &changed[..to], dots(to < changed.len()), &after[..end], dots(end < after.len())]
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ViewSpan;
    use proptest::prelude::*;

    fn diff(text: &str, span: Range<usize>, replacement: &str) -> Vec<String> {
        let edit = Edit { span: ViewSpan::from(span), replacement: replacement.to_owned() };
        let lines = diff_lines(text, &LineIndex::new(text.as_bytes()), &edit, |line| line);
        let show = |line: DiffLine| format!("{} {} {}", line.number, if line.added { '+' } else { '-' }, line.text);
        lines.into_iter().map(show).collect()
    }

    #[test]
    fn another_kind_of_line_end_is_not_to_be_seen() {
        let (text, edit) = ("a\nb", Edit { span: ViewSpan::new(1, 2), replacement: "\r\n".to_owned() });
        assert_eq!(diff_lines(text, &LineIndex::new(text.as_bytes()), &edit, |line| line), []);
    }

    #[test]
    fn a_change_inside_a_line() {
        assert_eq!(diff("a\n<input checked>\nb", 8..16, ""), ["2 - <input checked>", "2 + <input>"]);
    }

    #[test]
    fn a_new_line_before_a_line() {
        let message = "From: a\r\nSubject: b\r\n";
        assert_eq!(diff(message, 9..9, "List-Unsubscribe: <c>\r\n"), ["2 + List-Unsubscribe: <c>"]);
        assert_eq!(diff(message, 9..19, "To: x\r\nSubject: b"), ["2 + To: x"]);
    }

    #[test]
    fn a_new_line_behind_a_line() {
        assert_eq!(diff("one\ntwo", 3..3, "\n1.5"), ["2 + 1.5"]);
        assert_eq!(diff("one\ntwo", 7..7, "\nthree\nfour"), ["3 + three", "4 + four"]);
    }

    #[test]
    fn an_insertion_at_the_end_of_the_text() {
        assert_eq!(diff("one", 3..3, "!"), ["1 - one", "1 + one!"]);
        assert_eq!(diff("one\n", 4..4, "two"), ["2 + two"]);
        assert_eq!(diff("one\n", 4..4, "two\n"), ["2 + two"]);
        assert_eq!(diff("", 0..0, "x"), ["1 + x"]);
    }

    #[test]
    fn whole_lines_that_go() {
        assert_eq!(diff("a\nb\nc\nd\n", 2..6, ""), ["2 - b", "3 - c"]);
        assert_eq!(diff("a\nb\nc\n", 2..4, "x\ny\n"), ["2 - b", "2 + x", "3 + y"]);
    }

    #[test]
    fn a_change_across_lines() {
        assert_eq!(diff("a<b\n>c", 1..5, "<b>"), ["1 - a<b", "2 - >c", "1 + a<b>c"]);
    }

    #[test]
    fn a_long_line_is_windowed_around_the_change() {
        let text = format!("{}old{}", "x".repeat(900), "y".repeat(900));
        let (before, after) = ("x".repeat(BEFORE), "y".repeat(BUDGET - BEFORE - 3));
        assert_eq!(
            diff(&text, 900..903, "new"),
            [format!("1 - …{before}old{after}…"), format!("1 + …{before}new{after}…")]
        );
    }

    #[test]
    fn many_lines_are_shortened() {
        let lines = diff(&"line\n".repeat(50), 0..250, "");
        assert_eq!((lines.len(), lines[0].as_str(), lines[7].as_str()), (8, "1 - line", "8 - …"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn short_lines_are_told_in_full(text in "[ab\né]{0,30}", start in 0..35usize, length in 0..20usize, new in "[ab\né]{0,12}") {
            let at = text.floor_char_boundary(start);
            let to = text.floor_char_boundary(start + length).max(at);
            let edit = Edit { span: ViewSpan::new(at, to), replacement: new.clone() };
            let edited = format!("{}{new}{}", &text[..at], &text[to..]);
            let (before, after) = (split(&text), split(&edited));
            for line in diff_lines(&text, &LineIndex::new(text.as_bytes()), &edit, |line| line) {
                let side = if line.added { &after } else { &before };
                prop_assert!(line.text == "…" || side.contains(&line.text.as_str()), "{line:?} of {side:?}");
            }
        }

        #[test]
        fn no_edit_of_any_line_ends_panics(text in "[a\n\ré]{0,30}", start in 0..35usize, length in 0..20usize, new in "[a\n\ré]{0,12}") {
            let edit = Edit { span: ViewSpan::new(start, start + length), replacement: new };
            let lines = diff_lines(&text, &LineIndex::new(text.as_bytes()), &edit, |line| line);
            prop_assert!(lines.len() <= 2 * LINES);
        }
    }
}
