//! Links without a target, or without anything to press.

use crate::diagnostic::Level;
use crate::facts::{Facts, HollowAnchor, Lack};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "empty-link",
    summary: "link without a target, or with nothing in it",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("empty_link.md"),
    check,
};

/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    // Without a target they are `dead-unsubscribe`'s.
    let ways_out: HashSet<Spot> =
        facts.optouts().iter().filter_map(|optout| optout.link).map(|link| facts.links()[link].spot).collect();
    let is_way_out = |anchor: &HollowAnchor| anchor.lack == Lack::Target && ways_out.contains(&anchor.element);
    let of = |lack: Lack| -> Vec<Spot> {
        let anchors = facts.hollow_anchors().iter().filter(|anchor| anchor.lack == lack && !is_way_out(anchor));
        anchors.map(|anchor| anchor.spot).collect()
    };
    report(
        findings,
        &of(Lack::Target),
        ["the link has no target", "links have no target"],
        "nothing happens when this is pressed",
    )
    .map(|finding| {
        finding
            .because("an empty address leads back to the mail itself", sources::SAME_DOCUMENT)
            .help("put the address of the page in, or take the link away")
    });
    report(
        findings,
        &of(Lack::Content),
        ["the link has nothing in it to press", "links have nothing in them to press"],
        "no text, no image",
    )
    .map(|finding| {
        finding
            .because("the purpose of a link should show from its text", sources::LINK_NAMES)
            .help("take it away: screen readers announce it all the same")
    });
}

fn report<'f>(
    findings: &'f mut Findings,
    spots: &[Spot],
    what: [&str; 2],
    label: &str,
) -> Option<&'f mut crate::lint::Finding> {
    let first = spots.first()?;
    let message = if spots.len() == 1 { what[0].to_owned() } else { format!("{} {}", spots.len(), what[1]) };
    let finding = findings.report(*first, message);
    finding.label(label);
    for spot in spots.iter().take(SHOWN).skip(1) {
        finding.also(*spot, "and here");
    }
    Some(finding)
}
