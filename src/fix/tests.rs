#![allow(clippy::unwrap_used)]

use super::*;
use crate::diagnostic::{Edit, Label, Level, Place, Positions, Suggestion};
use crate::source::{FileSpan, LineIndex, Source, ViewSpan};
use std::cell::Cell;

/// What a lint of these tests says wherever `find` stands: an edit to `put` (or nothing to do), at a level.
#[derive(Clone, Copy)]
struct Rule {
    lint: &'static str,
    find: &'static str,
    put: Option<&'static str>,
    sure: Applicability,
    level: Level,
    says: &'static str,
}

const fn rule(lint: &'static str, find: &'static str, put: &'static str) -> Rule {
    Rule { lint, find, put: Some(put), sure: Applicability::MachineApplicable, level: Level::Warn, says: "is no good" }
}

impl Rule {
    fn found(&self, text: &str) -> Vec<Diagnostic> {
        let lines = LineIndex::new(text.as_bytes());
        let diagnostic = |at: usize| {
            let span = FileSpan::new(at, at + self.find.len());
            let position = |offset| lines.position(text.as_bytes(), offset);
            let positions = Positions { span, start: position(span.start), end: position(span.end) };
            let place = Place { file: "a".into(), span: Some(positions), view: None, excerpt: None, record: None };
            let suggestion = |put: &str| Suggestion {
                message: String::new(),
                applicability: self.sure,
                edit: Edit { span: ViewSpan::new(span.start, span.end), replacement: put.to_owned() },
                file_edit: Some(FileEdit { span, replacement: put.as_bytes().to_vec() }),
                file_at: Some(positions),
                diff: Vec::new(),
            };
            Diagnostic {
                lint: self.lint,
                topic: "test",
                level: self.level,
                level_origin: String::new(),
                standards: &[],
                message: format!("`{}` {}", self.find, self.says),
                primary: Some(Label { place, text: String::new() }),
                labels: Vec::new(),
                notes: Vec::new(),
                help: Vec::new(),
                suggestions: self.put.map(suggestion).into_iter().collect(),
            }
        };
        text.match_indices(self.find).map(|(at, _)| diagnostic(at)).collect()
    }
}

fn linted(rules: &[Rule], source: &Source) -> Linted {
    let text = std::str::from_utf8(&source.bytes).unwrap();
    let mut diagnostics: Vec<_> = rules.iter().flat_map(|rule| rule.found(text)).collect();
    diagnostics.sort_by_key(|found| found.primary.as_ref().map(|label| label.place.offset()));
    Linted { diagnostics, ..Linted::default() }
}

/// The mended text, how many faults were mended, and how often it was linted again.
fn fixed_as(name: &str, trust: Trust, rules: &[Rule], text: &str) -> Result<Option<(String, usize, usize)>, Refused> {
    let source = Source::new(name, None, text.as_bytes().to_vec(), None);
    let passes = Cell::new(0);
    let lint = |source: &Source| {
        passes.set(passes.get() + 1);
        linted(rules, source)
    };
    let fixed = fix(&source, &linted(rules, &source), trust, lint)?;
    Ok(fixed.map(|fixed| (String::from_utf8(fixed.bytes).unwrap(), fixed.count, passes.get())))
}

fn fixed(rules: &[Rule], text: &str) -> Result<Option<(String, usize, usize)>, Refused> {
    fixed_as("a.html", Trust::Sure, rules, text)
}

fn done(text: &str, count: usize, passes: usize) -> Result<Option<(String, usize, usize)>, Refused> {
    Ok(Some((text.to_owned(), count, passes)))
}

#[test]
fn edits_are_applied_and_the_rest_stays() {
    assert_eq!(fixed(&[rule("a", "x", "yy")], "1x2x3"), done("1yy2yy3", 2, 1));
    assert_eq!(fixed(&[rule("a", "x", "")], "x\r\n\u{e4}x"), done("\r\n\u{e4}", 2, 1));
    assert_eq!(fixed(&[rule("a", "x", "y")], "123"), Ok(None));
    assert_eq!(fixed(&[Rule { put: None, ..rule("a", "x", "") }], "x"), Ok(None));
}

#[test]
fn of_edits_that_meet_the_first_wins_and_the_other_waits() {
    // "bc" is gone after the first pass; "cd" would have made it "a-"
    assert_eq!(fixed(&[rule("late", "cd", "-"), rule("early", "bc", "B")], "abcd"), done("aBd", 1, 1));
    assert_eq!(fixed(&[rule("a", "b", "B"), rule("b", "c", "C")], "abcd"), done("aBCd", 2, 2));
    // two lints that want the same
    assert_eq!(fixed(&[rule("a", "b", "B"), rule("b", "b", "B")], "abc"), done("aBc", 2, 1));
}

#[test]
fn lines_of_a_mail_get_one_edit_a_pass() {
    let rules = [rule("a", "x", "y"), rule("b", "z", "w")];
    for (text, passes) in [("x z", 2), ("x\nz", 1), ("x\r\nz", 1), ("x\r\n z", 2)] {
        let mail = fixed_as("a.eml", Trust::Sure, &rules, text).unwrap().unwrap();
        assert_eq!((mail.1, mail.2), (2, passes), "{text:?}");
        assert_eq!(fixed(&rules, text).unwrap().unwrap().2, 1, "{text:?}");
    }
}

#[test]
fn suggestions_are_applied_as_far_as_they_are_trusted() {
    for (sure, sure_only, unsure) in [
        (Applicability::MachineApplicable, true, true),
        (Applicability::MaybeIncorrect, false, true),
        (Applicability::HasPlaceholders, false, false),
        (Applicability::Unspecified, false, false),
    ] {
        let rules = [Rule { sure, ..rule("a", "x", "y") }];
        for (trust, applied) in [(Trust::Sure, sure_only), (Trust::Unsure, unsure)] {
            assert_eq!(fixed_as("a.html", trust, &rules, "x").unwrap().is_some(), applied, "{sure:?} {trust:?}");
        }
    }
}

#[test]
fn there_are_ten_passes() {
    // each pass hides what the next can see: the digits count down
    let rules: Vec<Rule> =
        [("9", "8"), ("8", "7"), ("7", "6"), ("6", "5"), ("5", "4"), ("4", "3"), ("3", "2"), ("2", "1"), ("1", "0")]
            .iter()
            .zip(["a", "b", "c", "d", "e", "f", "g", "h", "i"])
            .map(|((find, put), lint)| rule(lint, find, put))
            .collect();
    assert_eq!(fixed(&rules, "9"), done("0", 9, 9));
    // one that goes round for ever
    let error = fixed(&[rule("a", "x", "y"), rule("b", "y", "x")], "x").unwrap_err();
    assert_eq!(error, Refused::Remains { lint: "a", line: Some(1) });
}

#[test]
fn a_fault_that_stays_where_it_was_mended_is_refused() {
    assert_eq!(fixed(&[rule("a", "x", "<x>")], "1\nx"), Err(Refused::Remains { lint: "a", line: Some(2) }));
    // one of another place that can't be mended is none of its business
    let other = Rule { put: None, ..rule("a", "y", "") };
    assert_eq!(fixed(&[rule("a", "x", "z"), other], "y x y"), done("y z y", 1, 1));
}

#[test]
fn a_new_fault_at_deny_level_is_refused_and_a_warning_is_not() {
    let new = |level| [rule("a", "x", "y"), Rule { put: None, level, ..rule("b", "y", "") }];
    assert_eq!(fixed(&new(Level::Warn), "x"), done("y", 1, 1));
    assert_eq!(fixed(&new(Level::Deny), "x"), Err(Refused::Appeared { lint: "b", line: Some(1) }));
    assert_eq!(fixed(&new(Level::Forbid), "y\nx"), Err(Refused::Appeared { lint: "b", line: Some(2) }));
    // one that was there before stays, wherever it moves
    let old = [rule("a", "x", "12345"), Rule { put: None, level: Level::Deny, ..rule("b", "y", "") }];
    assert_eq!(fixed(&old, "xy"), done("12345y", 1, 1));
}

#[test]
fn what_a_mended_fault_hid_is_not_new() {
    let mended = Rule { level: Level::Deny, ..rule("a", "x", "y") };
    let hidden = Rule { put: None, find: "y", says: "is no better", ..mended };
    assert_eq!(fixed(&[mended, hidden], "x"), done("y", 1, 1));
    // in the same words it is the same fault
    let same = Rule { says: mended.says, ..hidden };
    assert_eq!(fixed(&[mended, same], "x"), Err(Refused::Remains { lint: "a", line: Some(1) }));
}

#[test]
fn a_lint_that_panics_on_the_result_is_refused() {
    let source = Source::new("a.html", None, b"x".to_vec(), None);
    let first = linted(&[rule("a", "x", "y")], &source);
    let broken = |_: &Source| Linted { panics: vec![("b", "it broke".to_owned())], ..Linted::default() };
    let refused = fix(&source, &first, Trust::Sure, broken).unwrap_err();
    assert_eq!(refused.to_string(), "the lint `b` panicked on the result: it broke");
}

#[test]
fn what_was_signed_or_received_is_sealed() {
    for (text, field) in [
        ("DKIM-Signature: v=1\nFrom: a@b.example\n\nx", Some("DKIM-Signature")),
        ("received: from a\nFrom: a@b.example\n\nx", Some("Received")),
        ("From: a@b.example\n\nReceived: x", None),
    ] {
        let source = Source::new("a.eml", None, text.as_bytes().to_vec(), None);
        assert_eq!(seal(&source), field, "{text}");
    }
}
