//! Readers can change what they get, but find no way out.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, LinkRole};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "preferences-only-unsubscribe",
    summary: "campaign whose only way out is a preferences or profile link",
    level: Level::Warn,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("preferences_only_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.optouts().is_empty() || !facts.purpose().may_be_bulk() || facts.is_fragment() || facts.is_signup_page() {
        return;
    }
    let Some(link) = facts.links().iter().find(|link| link.role == LinkRole::Preferences) else { return };
    if facts.unknown().first().is_some() {
        findings.silent(facts.unknown().may_hold("the opt-out"));
        return;
    }
    findings
        .report(link.spot, "the only way out is a link to the preferences")
        .label("it does not say that one can unsubscribe here")
        .because("the way to unsubscribe should be easy to find and clearly visible", sources::HIGH_VOLUME)
        .help("add a link that says \"unsubscribe\" beside it, or say so in this one")
        .soften_if(!facts.purpose().is_bulk());
}
