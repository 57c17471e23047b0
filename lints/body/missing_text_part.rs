//! A message of HTML only.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::BodyContent;

pub static LINT: Lint = Lint {
    name: "missing-text-part",
    summary: "message without a plain text alternative",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("missing_text_part.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let bodies = &facts.message.bodies;
    let Some((_, body, _)) = facts.html_bodies().next() else { return };
    if !facts.message.is_mail() || bodies.iter().any(|body| matches!(body.content, BodyContent::Plain)) {
        return;
    }
    if !facts.purpose().may_be_bulk() || facts.is_blank() {
        return;
    }
    if let Some(why) = facts.unread() {
        return findings.silent(why);
    }
    let draft_of = facts.provider().provider.filter(|_| !facts.is_received());
    let finding = findings.report(facts.part_pointer(body.part), "the message has no plain text alternative");
    finding
        .label("HTML only")
        .because("a sender that writes HTML offers a plain text for those who can't read it", sources::ALTERNATIVES)
        .help("put the same words as `text/plain` before the HTML, both in one `multipart/alternative`");
    if let Some(provider) = draft_of {
        finding.note(format!("{} can make it when it sends", provider.name));
    }
    finding.soften_if(draft_of.is_some() || !facts.purpose().is_bulk());
}
