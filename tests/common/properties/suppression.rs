//! `presend-allow` comments hide findings, and do nothing else.

use super::Choice;
use super::lint::{LEVELS, lint, settings};
use presend::config::Settings;
use presend::config::levels::{Levels, Setting};
use presend::diagnostic::{Diagnostic, Level};
use presend::lints::REGISTRY;
use presend::source::Source;
use std::sync::LazyLock;

const NAMES: &[&str] = &["a.html", "a.hbs", "a.liquid", "a.html.erb", "a.cshtml", "a.mjml", "a.eml"];

static FORBIDDEN: LazyLock<Levels> = LazyLock::new(|| {
    let known = REGISTRY.known();
    let mut levels = Levels::new(&known);
    let flags: Vec<_> = known.iter().map(|lint| Setting::flag(Level::Forbid, lint.name, &known).unwrap()).collect();
    levels.command_line(&flags).unwrap();
    levels
});

/// Panics if a comment brings something to light, or hides what is forbidden.
pub fn only_hides(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let name = choice.of(NAMES);
    let settings = settings(choice.byte());
    let bare = without_comments(bytes);
    let all = said(name, &bare, &settings, &LEVELS);
    let left = said(name, bytes, &settings, &LEVELS);
    for found in &left {
        assert!(all.contains(found), "brought to light: {found:?}");
    }
    assert_eq!(said(name, bytes, &settings, &FORBIDDEN), said(name, &bare, &settings, &FORBIDDEN));
}

/// The same text, in which the word means nothing.
fn without_comments(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() {
        if bytes[at..].starts_with(b"presend-allow") {
            bytes[at..at + 13].copy_from_slice(b"presend-alloy");
        }
    }
    bytes
}

/// What is said, but for what is said of the comments themselves.
fn said(name: &str, bytes: &[u8], settings: &Settings, levels: &Levels) -> Vec<(&'static str, usize)> {
    let source = Source::new(name, None, bytes.to_vec(), None);
    let linted = lint(&source, settings, levels);
    let place = |found: &Diagnostic| found.primary.as_ref().map_or(0, |label| label.place.offset());
    let others = linted.diagnostics.iter().filter(|found| found.topic != "suppression");
    others.map(|found| (found.lint, place(found))).collect()
}
