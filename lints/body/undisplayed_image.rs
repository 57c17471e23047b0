//! Images that most readers' clients do not show.

use crate::diagnostic::{Level};
use crate::facts::{Facts, ImageRole};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;

pub static LINT: Lint = Lint {
    name: "undisplayed-image",
    summary: "inline SVG or `data:` image, which Gmail and Outlook do not show",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("undisplayed_image.md"),
    check,
};

/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    let drawings: Vec<Spot> = facts.drawings().iter().map(|drawing| drawing.spot).collect();
    report(
        findings,
        &drawings,
        "an inline SVG drawing is not shown by Gmail and Outlook",
        "they take `<svg>` out of the message",
    );
    let data = facts.images().iter().filter(|image| image.is_data() && image.role != ImageRole::Tiny && !image.hidden);
    let data: Vec<Spot> = data.map(|image| image.source_start(facts)).collect();
    report(findings, &data, "a `data:` image is not shown by Gmail and Outlook", "they do not read images from URLs like this");
}

/// One finding for all of one kind.
fn report(findings: &mut Findings, spots: &[Spot], message: &str, label: &str) {
    let Some((first, more)) = spots.split_first() else { return };
    let finding = findings.report(*first, message);
    finding.label(label);
    for spot in more.iter().take(SHOWN - 1) {
        finding.also(*spot, "another one");
    }
    if more.len() >= SHOWN {
        finding.note(format!("there are {} of them", spots.len()));
    }
    finding
        .because("Gmail and Outlook for Windows show neither SVG nor images in URLs", sources::CAN_I_EMAIL)
        .help("save it as a PNG, JPEG or GIF on your image host, and show that with `<img src=\"https://…\">`");
}
