//! A subject that pretends to be a reply.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::knowledge::words;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "fake-reply-subject",
    summary: "subject of a reply or forward on a message that is none",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("fake_reply_subject.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    let Some(length) = words::reply_prefix(&subject.text) else { return };
    if facts.names_another_mail() || facts.message.header("Resent-From").is_some() || facts.is_list_traffic() {
        return;
    }
    // Some programs leave out the fields of an answer, but hardly one what is answered.
    if facts.quotes() && !facts.purpose().is_bulk() {
        findings.silent("it quotes another mail, as answers do");
        return;
    }
    // "Re: {{ ticket.subject }}" answers what a reader wrote.
    if subject.tags.iter().any(|tag| !subject.text[length..tag.span.start.max(length)].contains(char::is_alphanumeric))
    {
        findings.silent("a merge tag brings the subject that is answered");
        return;
    }
    let prefix = subject.text[..length].trim_end();
    let marked = subject.at(0..prefix.len());
    let finding = findings.report(marked, format!("the subject begins with `{prefix}`, but the message answers none"));
    finding
        .label("readers take this for a conversation that they had")
        .because("subjects should be accurate, and headers must not deceive", sources::HIGH_VOLUME)
        .because("a reply names the message that it answers in In-Reply-To and References", sources::IDENTIFICATION);
    if subject.text[length..].trim().is_empty() {
        finding.help("write a subject that says what the message is about");
    } else {
        // "RE:Store" may yet be a name.
        let is_apart = !subject.text[..length].ends_with(':') || !subject.text[length..].starts_with(char::is_uppercase);
        let sure = if is_apart { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect };
        finding.suggest("remove the prefix", sure, subject.at(0..length), "");
    }
}
