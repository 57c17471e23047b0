//! A message that does not say who it is from.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::source::FileSpan;

pub static LINT: Lint = Lint {
    name: "missing-from",
    summary: "message without a From field",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.2.0",
    page: include_str!("missing_from.md"),
    check,
};

/// Fields that a message has which is ready to be sent.
const ADDRESSED: [&str; 8] = ["To", "Cc", "Date", "Message-ID", "Received", "Reply-To", "Sender", "Return-Path"];

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // A draft without headers gets its sender somewhere else.
    let message = facts.message;
    if !message.is_mail() || facts.is_fragment() || message.header("From").is_some() {
        return;
    }
    if facts.unread_header().is_some() {
        return findings.silent("not all of the header was read");
    }
    let is_addressed = ADDRESSED.iter().any(|name| message.header(name).is_some());
    findings
        .report(FileSpan::at(message.header_end.unwrap_or(0)), "the message does not say who it is from")
        .label("no From field above this line")
        .because("a message without a valid From address is refused with 550 5.7.512", sources::NDR)
        .because("From is one of the two fields that every message has", sources::ORIGINATOR)
        .help("add who is writing: `From: \"YOUR ORGANISATION\" <news@YOUR-DOMAIN>`")
        .soften_if(!is_addressed);
}
