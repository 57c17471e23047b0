//! A mail that asks to confirm a subscription, and gives no way to do it.

use crate::config::Purpose;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::words::Meaning;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "missing-confirmation-link",
    summary: "mail that asks for a confirmation without a link to confirm",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("missing_confirmation_link.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.purpose().purpose != Purpose::Confirmation || facts.is_fragment() || facts.is_signup_page() {
        return;
    }
    if facts.unknown().first().is_some() {
        findings.silent(facts.unknown().may_hold("the link"));
        return;
    }
    if facts.confirmation_way().is_some() {
        return;
    }
    if facts.included().iter().any(|included| !included.facts.links().is_empty()) {
        findings.silent("a link in an included file may be the one");
        return;
    }
    let Some(body) = facts.html_bodies().map(|(index, ..)| index).next().or((!facts.prose().is_empty()).then_some(0))
    else {
        return;
    };
    let prose = &facts.prose()[body];
    let request = prose.hits().iter().find(|hit| hit.meaning == Meaning::Confirm && !prose.is_hidden(hit.range.start));
    let place = request.map_or_else(|| facts.end_of_body(body), |hit| prose.spot(hit.range.clone()));
    findings
        .report(place, "the mail asks for a confirmation, but has no link to confirm")
        .label(if request.is_some() { "asked here" } else { "a link is missing in this body" })
        .because(
            "a verification email is sent with a URL that allows users to confirm their decision",
            sources::OPT_IN,
        )
        .note(format!("taken for a confirmation because {}", facts.purpose().because))
        .help("add a link to the page that confirms; write it out in full in the text version too");
}
