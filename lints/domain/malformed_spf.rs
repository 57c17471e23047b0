//! An SPF record against the grammar.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::{Domain, RecordSpot};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "malformed-spf",
    summary: "SPF record that receivers can't read",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("malformed_spf.md"),
    check,
};

/// Further faults that are told.
const TOLD: usize = 8;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    let spot = |fault: &crate::domain::spf::Fault| RecordSpot::new(walk.root.record, &fault.span);
    let Some(first) = walk.root.policy.faults.first() else { return };
    let place = spot(first);
    let message = format!("the SPF record of `{}` can't be read at `{}`", domain.name, domain.marked(place));
    let finding = findings.report(place, message);
    finding.label(first.what.as_str());
    for fault in walk.root.policy.faults.iter().skip(1).take(TOLD) {
        finding.also(spot(fault), fault.what.as_str());
    }
    finding.because("one term that is wrong makes the whole record void (`permerror`)", sources::SPF_SYNTAX);
    if is_glued(domain, place) {
        finding.because("strings of one record are joined without a blank between them", sources::SPF_STRINGS);
        finding.help("end the first string with a blank, or begin the second with one");
    } else {
        finding.help("correct the term, or take it out");
    }
}

/// The term runs over the end of a string.
fn is_glued(domain: &Domain, spot: RecordSpot) -> bool {
    domain.is_joined(RecordSpot { start: spot.start + 1, end: spot.end.saturating_sub(1), ..spot })
}
