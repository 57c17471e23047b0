//! `--fix`: what it writes is linted, differs only where suggestions say so, and has nothing left to mend.

use super::lint::{LEVELS, TEMPLATES, lint, report, settings};
use super::{Choice, reports};
use presend::config::Settings;
use presend::diagnostic::{Diagnostic, FileEdit};
use presend::fix::{PASSES, Trust, fix};
use presend::lint::Linted;
use presend::message::{Given, Message};
use presend::source::{FileSpan, Kind, Source};

/// Any kind of source, mended.
pub fn mends(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let names = [&["a.eml", "a.html", "a.mjml"], TEMPLATES].concat();
    let source = Source::new(choice.of(&names), None, bytes.to_vec(), None);
    let settings = settings(choice.byte());
    changes_what_it_says(&source, &settings, &lint(&source, &settings, &LEVELS));
}

/// Panics if mending `source`, of which `first` was said, does anything else.
pub fn changes_what_it_says(source: &Source, settings: &Settings, first: &Linted) {
    for trust in [Trust::Sure, Trust::Unsure] {
        let mut before = (source.bytes.clone(), first.diagnostics.clone());
        let mut passes = 0;
        let fixed = fix(source, first, trust, |source| {
            passes += 1;
            only_edits_differ(&before.0, &before.1, &source.bytes);
            let linted = lint(source, settings, &LEVELS);
            before = (source.bytes.clone(), linted.diagnostics.clone());
            linted
        });
        let Ok(Some(fixed)) = fixed else { continue };
        assert!(passes < PASSES && fixed.count > 0, "{} mended in {passes} passes", fixed.count);
        let again = Source { bytes: fixed.bytes.clone(), ..copy(source) };
        let linted = lint(&again, settings, &LEVELS);
        let nothing = fix(&again, &linted, trust, |_| panic!("there is more to mend"));
        assert!(matches!(nothing, Ok(None)));
        keeps_its_parts(source, &again);
        assert_eq!(reports::json(&report(&again, fixed.linted)), reports::json(&report(&again, linted)));
    }
}

fn copy(source: &Source) -> Source {
    let Source { kind, mistaken, decoded, .. } = *source;
    Source { name: source.name.clone(), path: None, bytes: Vec::new(), kind, mistaken, decoded }
}

/// Outside of the edits that were suggested every byte is as it was.
fn only_edits_differ(before: &[u8], said: &[Diagnostic], after: &[u8]) {
    let suggestions = said.iter().flat_map(|found| &found.suggestions);
    let edits: Vec<&FileEdit> = suggestions.filter_map(|suggestion| suggestion.file_edit.as_ref()).collect();
    let mut spans: Vec<FileSpan> = edits.iter().map(|edit| edit.span).collect();
    spans.sort();
    let mut kept = Vec::new();
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            kept.push(&before[at..span.start]);
        }
        at = at.max(span.end);
    }
    let last = &before[at..];
    let mut rest = after;
    for (nth, piece) in kept.into_iter().enumerate() {
        let found = if nth == 0 { rest.starts_with(piece).then_some(0) } else { find(rest, piece) };
        let found =
            found.unwrap_or_else(|| panic!("changed outside of {edits:?}: {:?}", piece.escape_ascii().to_string()));
        rest = &rest[found + piece.len()..];
    }
    assert!(rest.ends_with(last), "changed behind {edits:?}");
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    if what.is_empty() { Some(0) } else { bytes.windows(what.len()).position(|window| window == what) }
}

/// A message still has the parts and bodies that it had.
fn keeps_its_parts(before: &Source, after: &Source) {
    if before.kind != Kind::Message {
        return;
    }
    let given = Given::default();
    let [before, after] = [before, after].map(|source| {
        let message = Message::parse(source, &given);
        (message.parts.len(), message.bodies.len())
    });
    assert_eq!(before, after, "parts and bodies");
}
