//! A subject that is longer than mail servers and readers take.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::tags::Role;

pub static LINT: Lint = Lint {
    name: "long-subject",
    summary: "subject of more than 255 characters",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("long_subject.md"),
    check,
};

/// Characters after which hardly anybody reads on.
const MANY: usize = 150;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    // Of the branches of a block only one will be there.
    if subject.tags.iter().any(|tag| matches!(tag.role, Role::Open | Role::Middle | Role::Include)) {
        return;
    }
    let mut tags = subject.tags.iter().map(|tag| tag.span).peekable();
    let is_own = |at: &usize| {
        while tags.next_if(|tag| tag.end <= *at).is_some() {}
        tags.peek().is_none_or(|tag| *at < tag.start)
    };
    let own: Vec<usize> = subject.text.char_indices().map(|(at, _)| at).filter(is_own).collect();
    // by default as many characters as Exchange Online takes
    let most = usize::try_from(facts.settings.max_subject).unwrap_or(usize::MAX);
    let limit = if own.len() > most { most } else { MANY };
    let Some(from) = own.get(limit) else { return };
    let finding = findings.report(
        subject.at(*from..subject.text.len()),
        format!("the subject is {} characters long", own.len()),
    );
    finding
        .label(format!("beyond the first {limit} characters"))
        .because("the Subject should be a brief summary of what the message is about", sources::FROM_NAME)
        .because("mail servers of Microsoft 365 take 255 characters", sources::LIMITS)
        .help("put what matters into the first 50 characters; phones show no more")
        .soften_if(own.len() <= most);
}
