//! Readers who see each other's addresses.

use crate::diagnostic::{Level, Standard};
use crate::facts::{AddressField, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "exposed-recipients",
    summary: "mail that shows its readers who else got it",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume],
    since: "0.2.0",
    page: include_str!("exposed_recipients.md"),
    check,
};

/// As many addresses in To and Cc are nobody's campaign.
const MOST: usize = 10;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let hidden = facts.address_fields().iter().find(|field| field.name == "Bcc" && has_address(field));
    if let Some(field) = hidden {
        findings
            .report(field.spot, "the message carries a Bcc field, and readers can see who is in it")
            .label("not hidden once the file is sent as it is")
            .because("recipients of a blind copy are not to be shown to others", sources::DESTINATION)
            .because("mailing should be transparent and happen with consent", sources::HIGH_VOLUME)
            .help("remove the field, and name these recipients in the envelope only");
    }
    let shown: Vec<&AddressField> =
        facts.address_fields().iter().filter(|field| matches!(field.name, "To" | "Cc") && has_address(field)).collect();
    let addresses: HashSet<String> = shown.iter().flat_map(|field| addresses(field)).collect();
    let Some(largest) = shown.iter().max_by_key(|field| field.list.mailboxes.len()).filter(|_| addresses.len() > MOST) else {
        return;
    };
    let finding = findings.report(largest.spot, format!("{} addresses stand in To and Cc, where every reader sees them", addresses.len()));
    finding.label("personal data of others");
    for field in shown.iter().filter(|field| field.spot != largest.spot).take(3) {
        finding.also(field.spot, "and here");
    }
    finding
        .because("mailing should be transparent and happen with consent", sources::HIGH_VOLUME)
        .help("send each reader a message of their own, with one address in To")
        .soften_if(true);
}

fn has_address(field: &AddressField) -> bool {
    field.list.mailboxes.iter().any(|mailbox| !mailbox.tagged && !mailbox.domain.is_empty())
}

fn addresses(field: &AddressField) -> impl Iterator<Item = String> {
    let whole = field.list.mailboxes.iter().filter(|mailbox| !mailbox.domain.is_empty());
    whole.map(|mailbox| field.slice(mailbox.address).to_lowercase())
}
