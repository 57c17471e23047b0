//! The lines of the source around a finding, decoded, with what is marked.

use super::cards::labels;
use super::escape::{escaped, inline, text};
use crate::diagnostic::{Diagnostic, ExcerptLine, Label, Place};
use crate::report::visible::Shown;
use crate::sort;
use std::fmt::Write;

/// Marks on one line.
const MOST_MARKS: usize = 8;

/// A line, and the marks on it.
struct Row<'d> {
    line: &'d ExcerptLine,
    marks: Vec<(usize, usize, bool)>,
    says: Vec<(&'d str, bool)>,
}

/// Writes the lines that a diagnostic shows, those of one view together.
pub(super) fn write(out: &mut String, diagnostic: &Diagnostic) {
    let mut groups: Vec<Vec<(&Label, bool)>> = Vec::new();
    for label in labels(diagnostic) {
        match groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|(first, _)| same_view(&first.place, &label.0.place)))
        {
            Some(group) => group.push(label),
            None => groups.push(vec![label]),
        }
    }
    groups.iter().for_each(|group| self::group(out, group));
}

fn same_view(one: &Place, other: &Place) -> bool {
    let view = |place: &Place| place.view.as_ref().map(|view| view.name.clone());
    one.file == other.file && view(one) == view(other)
}

fn group(out: &mut String, group: &[(&Label, bool)]) {
    let Some((first, _)) = group.first() else { return };
    let rows = rows(group);
    let _ = write!(out, "<div class=\"source\"><p class=\"place\">{}</p>", whereabouts(&first.place));
    if rows.is_empty() {
        for (label, _) in group.iter().filter(|(label, _)| !label.text.is_empty()) {
            let _ = write!(out, "<p class=\"says\">{}</p>", inline(&label.text));
        }
    } else {
        out.push_str("<ol class=\"code\">");
        rows.iter().for_each(|row| self::row(out, row));
        out.push_str("</ol>");
    }
    out.push_str("</div>");
}

/// Where a place is, for people: the line and what it is in.
fn whereabouts(place: &Place) -> String {
    let at = place.span.map(|span| format!("line {}, column {}", span.start.line, span.start.column));
    let inside = place.view.as_ref().filter(|view| &*view.name != "file").map(|view| text(&view.name));
    let decoded = place.view.as_ref().filter(|view| view.is_decoded()).map(|view| {
        let how: Vec<_> = [view.encoding, view.charset].into_iter().flatten().collect();
        format!("shown decoded: {}", how.join(", "))
    });
    let words: Vec<_> = [inside, at, decoded].into_iter().flatten().collect();
    if words.is_empty() { "the file as a whole".to_owned() } else { words.join(" · ") }
}

fn rows<'d>(group: &[(&'d Label, bool)]) -> Vec<Row<'d>> {
    let mut rows: Vec<Row<'d>> = Vec::new();
    for (label, primary) in group {
        let lines = label.place.excerpt.iter().flat_map(|excerpt| &excerpt.lines);
        let last = lines.clone().count().saturating_sub(1);
        for (nth, line) in lines.enumerate() {
            let row = match rows.iter_mut().position(|row| row.line.number == line.number && row.line.text == line.text)
            {
                Some(at) => &mut rows[at],
                None => {
                    rows.push(Row { line, marks: Vec::new(), says: Vec::new() });
                    let at = rows.len() - 1;
                    &mut rows[at]
                }
            };
            row.marks.extend(line.mark.map(|(start, end)| (start, end, *primary)));
            if nth == last && !label.text.is_empty() {
                row.says.push((&label.text, *primary));
            }
        }
    }
    sort::by_key(&mut rows, |row| row.line.number);
    rows
}

fn row(out: &mut String, row: &Row<'_>) {
    let dots = |cut: bool| if cut { "<span class=\"cut\">…</span>" } else { "" };
    let _ = write!(
        out,
        "<li><span class=\"line\">{}</span><span class=\"text\">{}",
        row.line.number,
        dots(row.line.cut_before)
    );
    marked(out, row);
    let _ = write!(out, "{}</span>", dots(row.line.cut_after));
    for (says, primary) in row.says.iter().take(MOST_MARKS) {
        let class = if *primary { "says primary" } else { "says" };
        let _ = write!(out, "<span class=\"{class}\">{}</span>", inline(says));
    }
    out.push_str("</li>");
}

/// The text of a line; a mark that begins in another is left out.
fn marked(out: &mut String, row: &Row<'_>) {
    let shown = Shown::new(&row.line.text);
    let mut marks = row.marks.clone();
    marks.sort_unstable();
    // where the text begins matters to nobody here, and lines are short
    let indentation = shown.text.len() - shown.text.trim_start().len();
    let first = marks.first().map_or(0, |(start, ..)| shown.at(*start));
    let mut at = indentation.min(first);
    for (start, end, primary) in marks.into_iter().take(MOST_MARKS) {
        let (start, end) = (shown.at(start), shown.at(end));
        let (Some(before), Some(inside)) = (shown.text.get(at..start), shown.text.get(start..end)) else { continue };
        let class = if primary { "primary" } else { "other" };
        let _ = write!(out, "{}<mark class=\"{class}\">{}</mark>", escaped(before), escaped(inside));
        at = end;
    }
    out.push_str(&escaped(shown.text.get(at..).unwrap_or_default()));
}
