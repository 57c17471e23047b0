//! A campaign that says neither to whom nor why it was sent.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::Adds;
use crate::knowledge::suggested_words;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "missing-recipient-notice",
    summary: "campaign that says neither to whom nor why it was sent",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("missing_recipient_notice.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().is_bulk() || facts.notices().recipient.is_some() {
        return;
    }
    if let Some(why) = facts.may_be_elsewhere(&[Adds::Unsubscribe, Adds::Address]) {
        findings.silent(why);
        return;
    }
    let Some(body) = facts.main_body().filter(|_| !facts.is_blank()) else { return };
    let (place, line) = facts.added_line(body, suggested_words::of(facts.language()).receiving_because);
    findings
        .report(facts.end_of_text(body), "readers are not told why they get this")
        .label("neither the reader's address nor a reason stands above")
        .because("the article's model footer says to whom and by whom the message was sent", sources::UNSUBSCRIBE)
        .suggest("add a line to the footer", Applicability::HasPlaceholders, place, line);
}
