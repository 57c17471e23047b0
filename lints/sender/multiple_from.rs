//! Several senders, and none that answers for the mail.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "multiple-from",
    summary: "several addresses in From without a Sender field",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.2.0",
    page: include_str!("multiple_from.md"),
    check,
};

/// As many addresses as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(field) = facts.address_field("From") else { return };
    let has_sender = facts.address_field("Sender").is_some_and(|sender| !sender.list.mailboxes.is_empty());
    let [first, second, further @ ..] = &field.list.mailboxes[..] else { return };
    // A tag may leave nothing behind.
    if has_sender || !field.tags.is_empty() {
        return;
    }
    let count = field.list.mailboxes.len();
    let finding = findings.report(field.at(second.address), format!("From holds {count} addresses, and no Sender field says which of them sends"));
    finding.label("a further sender").also(field.at(first.address), "the first");
    for mailbox in further.iter().take(SHOWN - 2) {
        finding.also(field.at(mailbox.address), "and another");
    }
    finding
        .because("a message with several From addresses and no Sender is refused with 550 5.1.20", sources::SEVERAL_FROM)
        .because("if From holds more than one mailbox, Sender must name one", sources::ORIGINATOR)
        .help("keep one address in From; others may go into Reply-To");
}
