//! A subject that still says that the mail is a test or a copy.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::knowledge::test_markers::{self, Mark};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "test-marker",
    summary: "subject that marks the mail as a test, a draft or a copy",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("test_marker.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    let Some(found) = test_markers::find(&subject.text) else { return };
    // A receipt may well be the copy of something.
    let is_copy = found.mark == Mark::Copy;
    if is_copy && !facts.purpose().may_be_bulk() {
        return;
    }
    let mark = &subject.text[found.range.clone()];
    let what = if is_copy { "a copy of another mail" } else { "a test" };
    let finding = findings.report(subject.at(found.range.clone()), format!("the subject says `{mark}`: it marks the mail as {what}"));
    finding
        .label("a note to yourself that every reader will see")
        .because("subjects should be accurate; this is a slip that every reader sees", sources::HIGH_VOLUME)
        .soften_if(!facts.is_rendered());
    let rest = [&subject.text[..found.range.start], &subject.text[found.range.end..]].map(without_separators);
    match rest {
        ["", ""] => finding.help("write the subject that readers are to see"),
        [before, after] => {
            let clean = if before.is_empty() { after } else { before };
            let whole = subject.at(0..subject.text.len());
            finding.suggest("take the mark out", Applicability::MaybeIncorrect, whole, clean)
        }
    };
}

fn without_separators(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || ":-–—|：/".contains(character))
}
