//! Every place that is told is one of the file, and every span is one of whole characters of its view.

use presend::diagnostic::{Diagnostic, ExcerptLine, Label, Suggestion};
use presend::message::{Header, Message, View, ViewId};
use presend::source::FileSpan;
use std::collections::HashMap;

/// The texts that were decoded from a source, by what they are called.
#[derive(Default)]
pub struct Views {
    texts: HashMap<String, Vec<String>>,
}

impl Views {
    /// Those that something can point at.
    pub fn of(message: &Message<'_>) -> Self {
        let mut views = Self::default();
        ids(message).into_iter().for_each(|id| views.add(message.view(id)));
        if let Some(file) = message.raw_spot(FileSpan::at(0)) {
            views.add(message.view(file.view));
        }
        views
    }

    fn add(&mut self, view: &View<'_>) {
        self.texts.entry(view.name().to_string()).or_default().push(view.text().to_owned());
    }

    /// The views called `name` where `range` is one of whole characters.
    fn with(&self, name: &str, range: std::ops::Range<usize>) -> impl Iterator<Item = &str> {
        let named = self.texts.get(name).into_iter().flatten();
        named.filter_map(move |text| text.get(range.clone()))
    }
}

/// The views of headers and bodies.
pub fn ids(message: &Message<'_>) -> Vec<ViewId> {
    let in_parts = message.parts.iter().flat_map(|part| &part.headers);
    let headers = message.headers.iter().chain(in_parts).map(|header: &Header| header.value);
    headers.chain(message.bodies.iter().map(|body| body.view)).collect()
}

/// Panics where one is not.
pub fn are_inside(diagnostics: &[Diagnostic], bytes: &[u8], views: &Views) {
    for found in diagnostics {
        for label in found.primary.iter().chain(&found.labels) {
            label_is_inside(label, found, bytes, views);
        }
        for suggestion in &found.suggestions {
            suggestion_is_inside(suggestion, found, bytes, views);
        }
    }
    let places = diagnostics.iter().filter_map(|found| found.primary.as_ref()).map(|label| label.place.offset());
    // one may lead: the rest is in order
    assert!(places.skip(1).is_sorted(), "out of order");
}

fn label_is_inside(label: &Label, found: &Diagnostic, bytes: &[u8], views: &Views) {
    let place = &label.place;
    if let Some(at) = &place.span {
        inside(at.span, bytes, found);
        assert!(at.start <= at.end && at.start.line >= 1 && at.start.column >= 1, "{found:?}");
    }
    if let Some(view) = &place.view {
        let mut texts = views.with(&view.name, view.span.span.range());
        assert!(texts.any(|text| text == view.text), "not of whole characters: {found:?}");
    }
    place.excerpt.iter().flat_map(|excerpt| &excerpt.lines).for_each(|line| mark_is_inside(line, found));
}

fn mark_is_inside(line: &ExcerptLine, found: &Diagnostic) {
    if let Some((start, end)) = line.mark {
        assert!(line.text.get(start..end).is_some(), "the mark {start}..{end} of {:?} in {found:?}", line.text);
    }
}

fn suggestion_is_inside(suggestion: &Suggestion, found: &Diagnostic, bytes: &[u8], views: &Views) {
    if let Some(edit) = &suggestion.file_edit {
        inside(edit.span, bytes, found);
    }
    let range = suggestion.edit.span.range();
    let anywhere = views.texts.values().flatten().any(|text| text.get(range.clone()).is_some());
    assert!(anywhere, "an edit in no view: {found:?}");
}

fn inside(span: FileSpan, bytes: &[u8], found: &Diagnostic) {
    assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} of {} bytes: {found:?}", bytes.len());
}
