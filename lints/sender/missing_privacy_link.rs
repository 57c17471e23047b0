//! A campaign without a link to a privacy policy.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::Adds;
use crate::knowledge::suggested_words;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::BodyContent;

pub static LINT: Lint = Lint {
    name: "missing-privacy-link",
    summary: "campaign without a link to a privacy policy",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("missing_privacy_link.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().is_bulk() || facts.disclosure().privacy_link.is_some() {
        return;
    }
    if let Some(why) = facts.may_be_elsewhere(&[Adds::Unsubscribe]) {
        findings.silent(why);
        return;
    }
    let Some(body) = facts.main_body().filter(|_| !facts.is_blank()) else { return };
    let page = facts.settings.privacy_url.as_deref().unwrap_or("https://YOUR-DOMAIN/PRIVACY");
    let label = suggested_words::of(facts.language()).privacy;
    let link = match facts.message.bodies[body].content {
        BodyContent::Html(_) => format!("<a href=\"{}\">{label}</a>", page.replace('&', "&amp;")),
        BodyContent::Plain => format!("{label}: {page}"),
    };
    let (place, line) = facts.added_line(body, &link);
    let known = facts.settings.privacy_url.is_some();
    let applicability = if known { Applicability::MaybeIncorrect } else { Applicability::HasPlaceholders };
    findings
        .report(facts.end_of_text(body), "no link leads to a privacy policy")
        .label("nothing above says what happens with the reader's data")
        .because("the article's model footer has a link to the privacy policy", sources::UNSUBSCRIBE)
        .suggest("add it to the footer", applicability, place, line);
}
