//! Cuts the lines to show out of a text: the first and the last of a span, each windowed around its mark.
//!
//! However long a line is, only a window's worth of it is read.

use super::window::{BUDGET, back, columns, window};
use super::{Excerpt, ExcerptLine};
use crate::source::LineIndex;
use std::ops::Range;

/// Bytes on each side of a mark that can matter: the widest character takes four bytes for its column.
const REACH: usize = 4 * BUDGET + 4;

impl Excerpt {
    /// The line or lines of `text` that hold `span` (bytes). `lines` is the index of `text`; `number` tells the line
    /// number to print for a line of `text`.
    ///
    /// An empty span is an insertion point, also at the end of the text. Spans beyond the text or inside a character
    /// are moved to the boundary before.
    pub fn of(text: &str, lines: &LineIndex, span: Range<usize>, number: impl Fn(usize) -> usize) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end).max(start);
        Self::of_bytes(text.as_bytes(), lines, start..end, number)
    }

    /// As [`Excerpt::of`], for bytes that may be no UTF-8: these are shown as `<E9>`.
    pub fn of_bytes(bytes: &[u8], lines: &LineIndex, span: Range<usize>, number: impl Fn(usize) -> usize) -> Self {
        let start = span.start.min(bytes.len());
        let end = span.end.clamp(start, bytes.len());
        let first = lines.line(start);
        // a span that ends with a line end does not reach into the next line
        let last = if start < end { lines.line(end - 1) } else { first };
        let mut shown = vec![head(bytes, content(bytes, lines, first), start..end, number(first))];
        if last > first {
            shown.push(tail(bytes, content(bytes, lines, last), end, number(last)));
        }
        Self { lines: shown }
    }
}

/// The bytes of `line` (from 1) without its line end.
pub(super) fn content(bytes: &[u8], lines: &LineIndex, line: usize) -> Range<usize> {
    let start = lines.start(line).min(bytes.len());
    if line >= lines.lines() {
        return start..bytes.len();
    }
    let line = &bytes[start..lines.start(line + 1).clamp(start, bytes.len())];
    let line = line.strip_suffix(b"\r\n").or(line.strip_suffix(b"\n")).or(line.strip_suffix(b"\r")).unwrap_or(line);
    start..start + line.len()
}

/// The line in which a span begins.
fn head(bytes: &[u8], line: Range<usize>, span: Range<usize>, number: usize) -> ExcerptLine {
    let mark = span.start.clamp(line.start, line.end)..span.end.clamp(line.start, line.end);
    let near = Near::new(bytes, &line, mark.start..mark.end.min(mark.start + REACH));
    let seen = window(&near.text, near.mark.clone(), BUDGET, columns);
    near.line(seen, number)
}

/// The line in which a span of several lines ends. The indentation before it is not marked.
fn tail(bytes: &[u8], line: Range<usize>, end: usize, number: usize) -> ExcerptLine {
    let end = end.clamp(line.start, line.end);
    let mut near = Near::new(bytes, &line, end..end);
    let (from, _) = back(&near.text, near.mark.end, BUDGET / 2, columns);
    let marked = &near.text[from..near.mark.end];
    let indentation = if from == 0 { marked.len() - marked.trim_start().len() } else { 0 };
    near.mark.start = from + if indentation < marked.len() { indentation } else { 0 };
    let seen = window(&near.text, near.mark.clone(), BUDGET, columns);
    near.mark.start = if from > 0 { near.mark.start.min(seen.start) } else { near.mark.start };
    near.line(seen, number)
}

/// What of a line is near a mark, as text.
struct Near {
    text: String,
    mark: Range<usize>,
    more_before: bool,
    more_after: bool,
}

impl Near {
    fn new(bytes: &[u8], line: &Range<usize>, mark: Range<usize>) -> Self {
        let start = mark.start.saturating_sub(REACH).max(line.start);
        let end = mark.end.saturating_add(REACH).min(line.end);
        let mut text = readable(&bytes[start..mark.start]);
        let marked = text.len();
        text.push_str(&readable(&bytes[mark.clone()]));
        let mark_end = text.len();
        text.push_str(&readable(&bytes[mark.end..end]));
        Self { text, mark: marked..mark_end, more_before: start > line.start, more_after: end < line.end }
    }

    fn line(&self, seen: Range<usize>, number: usize) -> ExcerptLine {
        ExcerptLine {
            number,
            text: self.text[seen.clone()].to_owned(),
            cut_before: self.more_before || seen.start > 0,
            cut_after: self.more_after || seen.end < self.text.len(),
            mark: Some((
                self.mark.start.clamp(seen.start, seen.end) - seen.start,
                self.mark.end.clamp(seen.start, seen.end) - seen.start,
            )),
        }
    }
}

/// Text as it is, and `<E9>` for a byte that is no UTF-8.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("<{byte:02X}>"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// The lines of an excerpt, with `[ ]` around the mark and `…` where it is cut.
    fn show(excerpt: &Excerpt) -> Vec<String> {
        let show = |line: &ExcerptLine| {
            let (start, end) = line.mark.unwrap_or_default();
            let [before, after] = [line.cut_before, line.cut_after].map(|cut| if cut { "…" } else { "" });
            let (text, number) = (&line.text, line.number);
            format!("{number}: {before}{}[{}]{}{after}", &text[..start], &text[start..end], &text[end..])
        };
        excerpt.lines.iter().map(show).collect()
    }

    fn excerpt(text: &str, span: Range<usize>) -> Vec<String> {
        show(&Excerpt::of(text, &LineIndex::new(text.as_bytes()), span, |line| line))
    }

    #[test]
    fn a_span_in_a_line() {
        assert_eq!(excerpt("one\r\ntwo words\r\nthree", 9..14), ["2: two [words]"]);
    }

    #[test]
    fn an_insertion_point() {
        assert_eq!(excerpt("one\ntwo", 4..4), ["2: []two"]);
        assert_eq!(excerpt("one\ntwo", 7..7), ["2: two[]"]);
        assert_eq!(excerpt("one\ntwo\n", 8..8), ["3: []"]);
        assert_eq!(excerpt("", 0..0), ["1: []"]);
    }

    #[test]
    fn of_several_lines_the_first_and_the_last() {
        assert_eq!(excerpt("a <div>\n  b\n  c\n  </div> d", 2..24), ["1: a [<div>]", "4:   [</div>] d"]);
    }

    #[test]
    fn a_span_that_ends_with_a_line_end_stays_on_its_line() {
        assert_eq!(excerpt("Subject: x\r\nTo: y\r\n", 0..12), ["1: [Subject: x]"]);
        assert_eq!(excerpt("a\rb\rc", 2..4), ["2: [b]"]);
    }

    #[test]
    fn the_line_end_itself_is_marked_behind_the_line() {
        assert_eq!(excerpt("one\r\ntwo", 4..5), ["1: one[]"]);
    }

    #[test]
    fn the_number_is_the_callers() {
        let excerpt = Excerpt::of("a\nb", &LineIndex::new(b"a\nb"), 2..3, |line| line * 100);
        assert_eq!(show(&excerpt), ["200: [b]"]);
    }

    #[test]
    fn spans_beyond_the_text_or_inside_a_character_are_moved() {
        assert_eq!(excerpt("a", 5..9), ["1: a[]"]);
        assert_eq!(excerpt("é!", 1..3), ["1: [é!]"]);
    }

    #[test]
    fn bytes_that_are_no_text() {
        let bytes = b"Subject: caf\xe9 cr\xe8me\n";
        let excerpt = Excerpt::of_bytes(bytes, &LineIndex::new(bytes), 9..13, |line| line);
        assert_eq!(show(&excerpt), ["1: Subject: [caf<E9>] cr<E8>me"]);
    }

    #[test]
    fn a_long_line_is_windowed() {
        let text = format!("{}<img>{}", "x".repeat(5_000), "y".repeat(5_000));
        let excerpt = Excerpt::of(&text, &LineIndex::new(text.as_bytes()), 5_000..5_005, |line| line);
        let line = &excerpt.lines[0];
        assert_eq!(line.text.len(), BUDGET);
        assert_eq!((line.cut_before, line.cut_after), (true, true));
        assert_eq!(line.mark.map(|(start, end)| &line.text[start..end]), Some("<img>"));
    }

    #[test]
    fn of_a_long_span_the_beginning_and_the_end_are_marked() {
        let text = format!("a{}\n{}b", "x".repeat(500), "y".repeat(500));
        let excerpt = Excerpt::of(&text, &LineIndex::new(text.as_bytes()), 1..1002, |line| line);
        let [first, last] = &excerpt.lines[..] else { panic!("two lines") };
        assert_eq!((first.cut_before, first.cut_after, first.mark), (false, true, Some((1, BUDGET))));
        assert_eq!((last.cut_before, last.cut_after, last.mark), (true, false, Some((0, last.text.len() - 1))));
    }

    #[test]
    fn many_marks_in_one_huge_line_cost_no_more_than_their_windows() {
        let text = "<td>é</td>".repeat(200_000);
        let lines = LineIndex::new(text.as_bytes());
        let begin = Instant::now();
        for at in (0..text.len()).step_by(text.len() / 2_000) {
            let _ = Excerpt::of(&text, &lines, at..at + 4, |line| line);
        }
        assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn any_span_of_any_bytes_has_a_bounded_excerpt(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'a')], 0..900),
            start in 0..1000usize,
            length in 0..1000usize,
        ) {
            let excerpt = Excerpt::of_bytes(&bytes, &LineIndex::new(&bytes), start..start + length, |line| line);
            prop_assert!(!excerpt.lines.is_empty() && excerpt.lines.len() <= 2);
            for line in &excerpt.lines {
                let (start, end) = line.mark.unwrap_or_default();
                prop_assert!(line.text.get(start..end).is_some());
                prop_assert!(line.text.chars().map(columns).sum::<usize>() <= BUDGET);
            }
        }

        #[test]
        fn what_is_marked_is_what_was_asked_for(text in "[a-zé一 \t]{0,80}(\r\n|\n)[a-z<>]{0,80}", at in 0..80usize, length in 0..20usize) {
            let start = text.floor_char_boundary(at);
            let end = text.floor_char_boundary(at + length).max(start);
            let excerpt = Excerpt::of(&text, &LineIndex::new(text.as_bytes()), start..end, |line| line);
            if let [line] = &excerpt.lines[..] {
                let (from, to) = line.mark.unwrap_or_default();
                prop_assert_eq!(&line.text[from..to], text[start..end].trim_end_matches(['\r', '\n']));
            }
        }
    }
}
