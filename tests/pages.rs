//! Every page is a test: its example gives exactly one diagnostic, what to use instead gives none, and where the lint
//! has a machine-applicable suggestion, applying it to the example gives what to use instead.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::lint_only;
use common::pages::{sample, sections};
use presend::diagnostic::Applicability;
use presend::lints::REGISTRY;

const HEADINGS: [&str; 5] = ["What it reports", "Why", "Example", "Use instead", "When to allow it"];

#[test]
fn every_page_has_its_headings_in_order() {
    for (_, lint) in REGISTRY.lints() {
        let found: Vec<_> = sections(lint.page).into_iter().map(|(heading, _)| heading).collect();
        assert_eq!(found, HEADINGS, "{}", lint.name);
        assert!(lint.page.starts_with(&format!("# {}\n", lint.name)), "{}", lint.name);
    }
}

#[test]
fn every_example_fires_once_and_its_cure_is_silent() {
    for (topic, lint) in REGISTRY.lints() {
        let sections = sections(lint.page);
        let example = sample(lint.name, &sections[2].1);
        let cure = sample(lint.name, &sections[3].1);
        let found = lint_only(lint.name, &example.options, &example.bytes);
        assert_eq!(found.diagnostics.len(), 1, "{topic}/{}: example: {:#?}", lint.name, found.diagnostics);
        let silent = lint_only(lint.name, &cure.options, &cure.bytes);
        assert!(silent.diagnostics.is_empty(), "{topic}/{}: use instead: {:#?}", lint.name, silent.diagnostics);

        for suggestion in &found.diagnostics[0].suggestions {
            if suggestion.applicability == Applicability::MachineApplicable {
                let edit = suggestion.file_edit.as_ref().unwrap_or_else(|| panic!("{}: edit not lowered", lint.name));
                let mut bytes = example.bytes.clone();
                bytes.splice(edit.span.range(), edit.replacement.iter().copied());
                let (fixed, wanted) = (String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&cure.bytes));
                assert_eq!(fixed, wanted, "{}: the suggestion does not lead to what to use instead", lint.name);
            }
        }
    }
}

#[test]
fn names_are_unique_and_read_well() {
    let mut names: Vec<_> = REGISTRY.lints().map(|(_, lint)| lint.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "two lints have one name");
    for (topic, lint) in REGISTRY.lints() {
        let kebab = lint.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(kebab, "{}: names are kebab-case", lint.name);
        assert_ne!(topic, lint.name);
        assert!(
            !lint.summary.ends_with('.') && !lint.summary.is_empty(),
            "{}: the summary is a noun phrase",
            lint.name
        );
    }
}
