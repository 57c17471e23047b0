//! Gathers the labels of one view into rows: labels on the same line share a row where a screen is wide enough.

use super::source::{Block, Lines};
use crate::diagnostic::window::window;
use crate::diagnostic::{ExcerptLine, Label};
use crate::report::visible::{Shown, columns, visible};
use crate::sort;
use miette::LabeledSpan;
use std::ops::Range;

/// The labels of one view of one file, as lines of at most `budget` columns with labels on them.
///
/// The flag says whether a label is the primary one. The block is where its first label is.
pub(super) fn block(labels: &[(&Label, bool)], budget: usize) -> Block {
    let name = labels.first().map(|(label, _)| visible(&label.place.file).into_owned());
    let mut block = Block { source: Lines::new(name.unwrap_or_default()), labels: Vec::new() };
    let mut first_marks = vec![None; labels.len()];
    let mut spans = Vec::new();
    for row in rows(labels, budget) {
        row.put(&mut block.source, budget, &mut |mark, at, len| {
            let first: &mut Option<usize> = &mut first_marks[mark.label];
            first.get_or_insert(at);
            spans.push((mark, at, len));
        });
    }
    for (nth, &(label, primary)) in labels.iter().enumerate() {
        if let Some(span) = label.place.span {
            block.source.place(first_marks[nth].unwrap_or(0), span.start);
        }
        let text = Some(visible(&label.text).into_owned()).filter(|text| !text.is_empty());
        if first_marks[nth].is_none() {
            block.labels.push(labelled(text, 0, 0, primary));
            continue;
        }
        for (mark, at, len) in spans.iter().filter(|(mark, ..)| mark.label == nth) {
            block.labels.push(labelled(text.clone().filter(|_| mark.speaks), *at, *len, primary));
        }
    }
    block
}

fn labelled(text: Option<String>, at: usize, len: usize, primary: bool) -> LabeledSpan {
    if primary {
        LabeledSpan::new_primary_with_span(text, (at, len))
    } else {
        LabeledSpan::new_with_span(text, (at, len))
    }
}

/// A line, or as much of it as the labels on it need.
struct Row {
    number: usize,
    /// Offset of `text` in its view, where that is known.
    start: Option<usize>,
    text: String,
    cut_before: bool,
    cut_after: bool,
    marks: Vec<Mark>,
}

/// What of a row belongs to a label.
#[derive(Clone)]
struct Mark {
    range: Range<usize>,
    label: usize,
    /// Whether the label's text stands here; not at the first of two lines.
    speaks: bool,
}

fn rows(labels: &[(&Label, bool)], budget: usize) -> Vec<Row> {
    let mut pieces = Vec::new();
    for (nth, (label, _)) in labels.iter().enumerate() {
        let lines = label.place.excerpt.as_ref().map(|excerpt| excerpt.lines.as_slice()).unwrap_or_default();
        let view = label.place.view.as_ref().map(|view| view.span.span.range());
        let Some(bytes) = view.or(label.place.span.map(|at| at.span.range())) else { continue };
        for (at, line) in lines.iter().enumerate() {
            // the first line's mark begins with the place, the last line's ends with it
            let start = line.mark.and_then(|(from, to)| match at {
                0 => bytes.start.checked_sub(from),
                _ => bytes.end.checked_sub(to),
            });
            pieces.push(Row::new(line, start, nth, at + 1 == lines.len()));
        }
    }
    sort::by_key(&mut pieces, |row| (row.number, row.start));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.joins(&piece, budget) => row.join(piece),
            _ => rows.push(piece),
        }
    }
    rows
}

impl Row {
    /// `start` is the offset of the line's text in its view.
    fn new(line: &ExcerptLine, start: Option<usize>, label: usize, speaks: bool) -> Self {
        let (from, to) = line.mark.unwrap_or((0, 0));
        let from = line.text.floor_char_boundary(from);
        let to = line.text.floor_char_boundary(to).max(from);
        Self {
            number: line.number,
            start,
            text: line.text.clone(),
            cut_before: line.cut_before,
            cut_after: line.cut_after,
            marks: line.mark.iter().map(|_| Mark { range: from..to, label, speaks }).collect(),
        }
    }

    /// Whether `next`, which does not begin before this row, continues it, and all marks fit on one screen's line.
    fn joins(&self, next: &Row, budget: usize) -> bool {
        let distance = match (self.start, next.start) {
            (Some(here), Some(there)) => there.checked_sub(here),
            _ => (self.text == next.text && self.cut_before == next.cut_before).then_some(0),
        };
        let Some(distance) = distance.filter(|_| self.number == next.number) else { return false };
        let Some(shared) = self.text.get(distance..) else { return false };
        if !(shared.starts_with(&next.text) || next.text.starts_with(shared)) {
            return false;
        }
        let from = self.marks.iter().map(|mark| mark.range.start).min().unwrap_or(distance);
        let here = self.marks.iter().map(|mark| mark.range.end).max().unwrap_or(from);
        let there = next.marks.iter().map(|mark| mark.range.end + distance).max().unwrap_or(here);
        let marked = self.text.get(from..).unwrap_or_default();
        let more = next.text.get(shared.len()..).unwrap_or_default();
        let length = here.max(there).saturating_sub(from);
        let marked = marked.chars().chain(more.chars()).scan(0, |at, character| {
            let start = *at;
            *at += character.len_utf8();
            (start < length).then_some(columns(character))
        });
        marked.sum::<usize>() <= budget - budget / 4
    }

    fn join(&mut self, next: Row) {
        let distance = match (self.start, next.start) {
            (Some(here), Some(there)) => there.saturating_sub(here),
            _ => 0,
        };
        let shared = self.text.len().saturating_sub(distance);
        if let Some(more) = next.text.get(shared..).filter(|more| !more.is_empty()) {
            self.text.push_str(more);
            self.cut_after = next.cut_after;
        }
        let moved = |mark: Mark| Mark { range: mark.range.start + distance..mark.range.end + distance, ..mark };
        self.marks.extend(next.marks.into_iter().map(moved));
    }

    /// Puts the row, visible and cut to `budget` columns, into `lines`, and tells where each mark went.
    fn put(&self, lines: &mut Lines, budget: usize, told: &mut impl FnMut(Mark, usize, usize)) {
        let from = self.marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
        let to = self.marks.iter().map(|mark| mark.range.end).max().unwrap_or(from);
        let seen = window(&self.text, from..to, budget, columns);
        let shown = Shown::new(&self.text[seen.clone()]);
        let before = if self.cut_before || seen.start > 0 { "…" } else { "" };
        let after = if self.cut_after || seen.end < self.text.len() { "…" } else { "" };
        let start = lines.push(self.number, &[before, &shown.text, after].concat()) + before.len();
        for mark in &self.marks {
            let [from, to] = [mark.range.start, mark.range.end]
                .map(|at| start + shown.at(at.clamp(seen.start, seen.end) - seen.start));
            told(mark.clone(), from, to - from);
        }
    }
}
