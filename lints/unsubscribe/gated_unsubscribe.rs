//! Readers have to log in, to call or to write a letter to get out.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, OptOutWay};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "gated-unsubscribe",
    summary: "campaign that readers can leave only with a login, a call or a letter",
    level: Level::Warn,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("gated_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let optouts = facts.optouts();
    let Some(first) = optouts.first() else { return };
    if !facts.purpose().may_be_bulk() || optouts.iter().any(|optout| optout.way != OptOutWay::Gated) {
        return;
    }
    if let Some(why) = facts.optout_elsewhere() {
        findings.silent(why);
        return;
    }
    let (place, label) = match first.link {
        Some(link) => (facts.links()[link].target, "first a login or a call"),
        None => (first.spot, "no way to do it from here"),
    };
    findings
        .report(place, "readers can't unsubscribe without a login, a call or a letter")
        .label(label)
        .because("the way to unsubscribe is to be clearly documented, and easy to find and use", sources::GUIDELINES)
        .help("add a link that unsubscribes the reader it was sent to, without asking for anything")
        .soften_if(!facts.may_be_told_by_words());
}
