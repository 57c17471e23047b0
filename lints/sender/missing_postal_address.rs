//! A campaign without a postal address.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::Adds;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "missing-postal-address",
    summary: "campaign without the sender's postal address",
    level: Level::Allow,
    standards: &[Standard::CanSpam],
    since: "0.2.0",
    page: include_str!("missing_postal_address.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().is_bulk() || facts.notices().postal_address.is_some() || shows_the_configured(facts) {
        return;
    }
    if let Some(why) = facts.may_be_elsewhere(&[Adds::Address, Adds::Unsubscribe]) {
        findings.silent(why);
        return;
    }
    let Some(body) = facts.main_body().filter(|_| !facts.is_blank()) else { return };
    let (place, line) = facts.added_line(body, "YOUR ORGANISATION, STREET AND NUMBER, POSTCODE CITY");
    findings
        .report(facts.end_of_text(body), "no postal address of the sender is to be seen")
        .label("it would stand in the footer")
        .because("commercial mail to readers in the US gives a valid physical postal address: a street, a box or a private mailbox", sources::CAN_SPAM_ADDRESS)
        .suggest("add it to the footer", Applicability::HasPlaceholders, place, line);
}

/// The address that the configuration names is in a body, however its lines are broken and its words are cased.
fn shows_the_configured(facts: &Facts<'_>) -> bool {
    let Some(address) = facts.settings.address.as_deref().map(plain).filter(|address| !address.trim().is_empty()) else {
        return false;
    };
    facts.prose().iter().any(|prose| plain(&prose.text).contains(&address))
}

/// Words in lower case with one blank before and after each.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |plain, word| plain + &word.to_lowercase() + " ")
}
