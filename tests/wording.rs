//! Messages are the product: lowercase, no final punctuation, the reason with its source, the way out in a help.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_all};
use presend::diagnostic::Diagnostic;
use presend::lints::REGISTRY;
use std::path::Path;

/// Every diagnostic of every page's example and of every fixture.
fn diagnostics() -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, lint) in REGISTRY.lints() {
        for fence in lint.page.split("\n```").skip(1).step_by(2) {
            let (info, code) = fence.split_once('\n').expect("a fence has an info line");
            let (language, options) = info.split_once(' ').unwrap_or((info, ""));
            let options = Options::parse(&format!("example.{language}"), options);
            found.extend(lint_all(&options, code.as_bytes()).diagnostics);
        }
    }
    for file in files(Path::new("fixtures")) {
        let options = Options { name: file.clone(), ..Options::default() };
        found.extend(lint_all(&options, &std::fs::read(&file).unwrap()).diagnostics);
    }
    found
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path.to_str().unwrap().to_owned()),
        }
    }
    found.sort();
    found
}

/// Words that may begin a message in capitals: names and abbreviations.
fn is_name(word: &str) -> bool {
    let letters = word.chars().filter(|character| character.is_alphabetic());
    letters.clone().count() > 1 && letters.filter(|character| character.is_uppercase()).count() > 1
        || ["Microsoft", "Outlook", "Gmail", "From", "Subject", "Reply-To", "List-Unsubscribe", "Date", "Message-ID"]
            .iter()
            .any(|name| word.starts_with(name))
}

fn fault(text: &str) -> Option<&'static str> {
    let first = text.split_whitespace().next()?;
    let last = text.chars().last()?;
    if first.chars().next()?.is_uppercase() && !is_name(first) {
        return Some("begins with a capital");
    }
    if ['.', ';', ','].contains(&last) && !text.ends_with("…") {
        return Some("ends with punctuation");
    }
    let lower = text.to_lowercase();
    ["try this", "please ", "oops", "sorry", "invalid input"]
        .iter()
        .any(|word| lower.starts_with(word))
        .then_some("is not how rustc says it")
}

#[test]
fn what_is_said_reads_as_rustc_says_it() {
    let mut faults = Vec::new();
    for diagnostic in diagnostics() {
        let labels = diagnostic.primary.iter().chain(&diagnostic.labels).map(|label| &label.text);
        let notes = diagnostic.notes.iter().map(|note| &note.text);
        let suggestions = diagnostic.suggestions.iter().map(|suggestion| &suggestion.message);
        for text in
            std::iter::once(&diagnostic.message).chain(labels).chain(notes).chain(&diagnostic.help).chain(suggestions)
        {
            if let Some(what) = fault(text) {
                faults.push(format!("{}: {what}: {text}", diagnostic.lint));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_lint_but_those_on_presend_itself_gives_a_reason_with_its_source_and_a_way_out() {
    // nobody asks for what is only about how presend reads a file
    let own = ["mistaken-kind", "analysis-limit"];
    let is_own = |diagnostic: &&Diagnostic| diagnostic.topic == "suppression" || own.contains(&diagnostic.lint);
    for diagnostic in diagnostics().iter().filter(|diagnostic| !is_own(diagnostic)) {
        let has_source = diagnostic.notes.iter().any(|note| note.source.is_some());
        let has_way_out = !diagnostic.help.is_empty() || !diagnostic.suggestions.is_empty();
        assert!(has_source, "{}: no reason with a source", diagnostic.lint);
        assert!(has_way_out, "{}: no way out", diagnostic.lint);
    }
}
