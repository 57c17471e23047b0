//! What reports that a mail was opened where nobody looks for it, and requests for a read receipt.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Beacon, BeaconWay, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use crate::source::ViewSpan;

pub static LINT: Lint = Lint {
    name: "covert-beacon",
    summary: "style, medium or receipt that reports who opened the mail",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("covert_beacon.md"),
    check,
};

/// As many beacons as are pointed at.
const SHOWN: usize = 4;

/// Fields that ask the reader's mail client for a receipt; only the first is a standard.
const RECEIPTS: [&str; 4] = ["Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To", "X-PMRQC"];

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    beacons(facts, findings);
    if facts.purpose().is_bulk() {
        receipts(facts, findings);
    }
}

fn beacons(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(first) = facts.beacons().first() else { return };
    let finding = findings.report(first.spot, format!("{} reports who opened the mail", subject(first.way)));
    finding.label(describe(first));
    for beacon in facts.beacons().iter().take(SHOWN).skip(1) {
        finding.also(beacon.spot, describe(beacon));
    }
    finding
        .because("public privacy settings should clearly state the presence of tracking pixels, web bugs or beacons", sources::TRANSPARENT)
        .help("take it out: an image at the end of the mail, named in your privacy policy, says as much");
}

fn receipts(facts: &Facts<'_>, findings: &mut Findings) {
    for name in RECEIPTS {
        let Some(header) = facts.message.header(name) else { continue };
        let place = Spot { view: header.value, span: ViewSpan::new(0, facts.message.value(header).len()) };
        findings
            .report(place, format!("the campaign asks every reader for a read receipt (`{name}`)"))
            .label("where the receipts go")
            .because("the field asks mail clients to report to this address that the mail was displayed", sources::READ_RECEIPTS)
            .help("take the field out: many clients ask the reader first, and who sees the question takes the campaign for spam");
        return;
    }
}

fn subject(way: BeaconWay) -> &'static str {
    match way {
        BeaconWay::Style => "a background in the style",
        BeaconWay::Print => "a style for print",
        BeaconWay::Sheet => "a style sheet",
        BeaconWay::Prefetch => "a file that is fetched ahead",
        BeaconWay::Media => "a sound or a film",
    }
}

fn describe(beacon: &Beacon) -> String {
    match beacon.tracker {
        Some(name) => format!("a beacon of {name}"),
        None => "its address differs from reader to reader".to_owned(),
    }
}
