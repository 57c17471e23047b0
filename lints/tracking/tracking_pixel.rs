//! The tracking pixels, by their provider: an inventory.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, PixelEvidence};
use crate::lint::{Findings, Lint};
use crate::lints::grouping::grouped;
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "tracking-pixel",
    summary: "image that reports who opened the mail",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("tracking_pixel.md"),
    check,
};

/// As many pixels of one kind as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let told = facts.pixels().iter().map(|pixel| (whose(&pixel.evidence), pixel));
    for ((one, many, label), pixels) in grouped(told) {
        let message = match pixels.len() {
            1 => one,
            count => format!("{count} {many}"),
        };
        let finding = findings.report(pixels[0].spot, message);
        finding.label(label);
        for pixel in pixels.iter().take(SHOWN).skip(1) {
            finding.also(pixel.spot, "another one");
        }
        finding
            .because(
                "public privacy settings should clearly state the presence of tracking pixels",
                sources::TRANSPARENT,
            )
            .help("name it in your privacy policy, and link to that");
    }
}

/// What is said of one, of several, and of the place.
fn whose(evidence: &PixelEvidence) -> (String, String, &'static str) {
    let (one, many, label) = match evidence {
        PixelEvidence::Tracker(name) => {
            let one = format!("a tracking pixel of {name} reports who opened the mail");
            let many = format!("tracking pixels of {name} report who opened the mail");
            return (one, many, "the shape of its address is known");
        }
        PixelEvidence::TellingPath => (
            "a tracking pixel reports who opened the mail",
            "tracking pixels report who opened the mail",
            "its address says that it reports opens",
        ),
        PixelEvidence::Tag => {
            ("the provider puts its tracking pixel here", "tags bring the provider's tracking pixel", "the tag for it")
        }
        PixelEvidence::TinyWithToken => (
            "an image that is too small to be seen reports who opened the mail",
            "images that are too small to be seen report who opened the mail",
            "its address differs from reader to reader",
        ),
    };
    (one.to_owned(), many.to_owned(), label)
}
