//! A sender that readers see as a bare address.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "missing-display-name",
    summary: "sender whose address has no name beside it",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("missing_display_name.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let (Some(sender), Some(field)) = (facts.sender(), facts.address_field("From")) else { return };
    // A mail server's report is nobody's to name.
    if facts.message.parts.first().is_some_and(|part| part.content_type == "multipart/report") {
        return;
    }
    // The name of a draft may be kept in a field of its own.
    if sender.host.is_none() || facts.message.header("From-Name").is_some() {
        return;
    }
    let address = field.slice(sender.mailbox.address);
    let (place, message) = match &sender.mailbox.display_name {
        None => (sender.mailbox.address, format!("the sender `{address}` has no name")),
        Some((name, span)) if name.trim().eq_ignore_ascii_case(address) => {
            (*span, format!("the sender's name only repeats the address `{address}`"))
        }
        Some((name, span)) if is_role_alone(name, address) => {
            (*span, format!("the sender's name, `{}`, names nobody", name.trim()))
        }
        Some(_) => return,
    };
    let finding = findings.report(field.at(place), message);
    finding
        .label("readers see this instead of who is writing")
        .because("the From name should reflect who is sending the message", sources::FROM_NAME);
    if field.list.mailboxes.len() == 1 {
        let named = format!("\"YOUR ORGANISATION\" <{address}>");
        finding.suggest("put the name before the address", Applicability::HasPlaceholders, field.spot, named);
    } else {
        finding.help(format!("put the name before the address: `\"YOUR ORGANISATION\" <{address}>`"));
    }
}

/// `info <info@brand.com>`: the mailbox again, and one that everybody has.
fn is_role_alone(name: &str, address: &str) -> bool {
    const ROLES: [&str; 12] = [
        "info", "mail", "email", "contact", "hello", "news", "newsletter", "marketing", "sales", "office", "admin", "no-reply",
    ];
    let name = name.trim();
    let is_role = ROLES.iter().any(|role| role.eq_ignore_ascii_case(name));
    is_role && address.split('@').next().is_some_and(|mailbox| mailbox.eq_ignore_ascii_case(name))
}
