//! The readable text of a body leads back to where it stands.

use super::Choice;
use super::lint::{TEMPLATES, settings};
use presend::facts::{Facts, Prose};
use presend::message::{Given, Message};
use presend::source::Source;

/// Each character of the prose leads, in order, to whole characters of its view, and from there back.
pub fn leads_back(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let names = [&["a.html", "a.mjml", "a.eml"], TEMPLATES].concat();
    let source = Source::new(choice.of(&names), None, bytes.to_vec(), None);
    let settings = settings(choice.byte());
    let message = Message::parse(&source, &Given::default());
    let facts = Facts::new(&message, &settings);
    facts.prose().iter().for_each(|prose| holds(prose, message.view(prose.view).text()));
}

fn holds(prose: &Prose, view: &str) {
    let mut last = 0;
    for (at, character) in prose.text.char_indices() {
        let range = at..at + character.len_utf8();
        let span = prose.spot(range.clone()).span;
        assert!(view.get(span.range()).is_some(), "{character:?} leads to {span:?} of {} bytes", view.len());
        assert!(span.start >= last, "{character:?} at {at} leads to {span:?}, behind {last}");
        last = span.start;
        let back = prose.range_of(span);
        assert!(span.is_empty() || back.start <= range.start && range.end <= back.end, "{range:?} {span:?} {back:?}");
    }
    let mut end = 0;
    for (range, ..) in prose.runs() {
        assert!(range.start >= end && prose.text.get(range.clone()).is_some());
        end = range.end;
    }
    for hit in prose.hits() {
        assert!(prose.text.get(hit.range.clone()).is_some(), "{hit:?}");
    }
}
