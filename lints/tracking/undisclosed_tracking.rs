//! A pixel that reports who opened the mail, and nothing that says so.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Pixel, PixelEvidence};
use crate::knowledge::trackers::Certainty;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "undisclosed-tracking",
    summary: "tracking pixel that neither the mail nor a privacy page tells of",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("undisclosed_tracking.md"),
    check,
};

/// As many pixels as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().is_bulk() {
        return;
    }
    let mut pixels = facts.pixels().iter().filter(|pixel| pixel.certainty == Certainty::High);
    let Some(first) = pixels.next() else { return };
    if is_disclosed(facts) {
        return;
    }
    if facts.is_fragment() || facts.unknown().first().is_some() {
        findings.silent(facts.unknown().may_hold("the link to the privacy policy"));
        return;
    }
    if let Some(why) = facts.unknown_language() {
        findings.silent(why);
        return;
    }
    let finding = findings.report(first.spot, "a tracking pixel reports who opened the mail, and nothing says so");
    finding.label(describe(first));
    for pixel in pixels.take(SHOWN - 1) {
        finding.also(pixel.spot, describe(pixel));
    }
    finding
        .because("public privacy settings should clearly state the presence of tracking pixels", sources::TRANSPARENT)
        .help(if facts.settings.strict_disclosure {
            "say in the mail that opens are measured, and link to your privacy policy"
        } else {
            "link to the page where you say that opens are measured"
        })
        .help("if readers know the page already, name it in presend.toml: privacy-url = \"https://YOUR-DOMAIN/PRIVACY\"")
        .soften_if(facts.is_received());
}

/// A sentence in the mail; or, unless that is asked for, a link to a privacy page here or in the configuration.
fn is_disclosed(facts: &Facts<'_>) -> bool {
    let disclosure = facts.disclosure();
    let by_page = disclosure.privacy_link.is_some() || facts.settings.privacy_url.is_some();
    disclosure.sentence.is_some() || by_page && !facts.settings.strict_disclosure
}

fn describe(pixel: &Pixel) -> String {
    match pixel.evidence {
        PixelEvidence::Tracker(name) => format!("a pixel of {name}"),
        PixelEvidence::TellingPath => "its address says that it reports opens".to_owned(),
        PixelEvidence::Tag => "the provider puts its pixel here".to_owned(),
        PixelEvidence::TinyWithToken => "too small to be seen, and its address differs from reader to reader".to_owned(),
    }
}
