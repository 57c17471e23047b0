//! Each tracking pixel, with its provider: an inventory.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, PixelEvidence};
use crate::lint::{Findings, Lint};
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

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for pixel in facts.pixels() {
        let (message, label) = match &pixel.evidence {
            PixelEvidence::Tracker(name) => (format!("a tracking pixel of {name}"), "the shape of its address is known"),
            PixelEvidence::TellingPath => ("a tracking pixel".to_owned(), "its address says that it reports opens"),
            PixelEvidence::Tag => ("the provider puts its tracking pixel here".to_owned(), "the tag for it"),
            PixelEvidence::TinyWithToken => (
                "an image that is too small to be seen reports who opened the mail".to_owned(),
                "its address differs from reader to reader",
            ),
        };
        findings
            .report(pixel.spot, message)
            .label(label)
            .because("public privacy settings should clearly state the presence of tracking pixels", sources::TRANSPARENT)
            .help("name it in your privacy policy, and link to that");
    }
}
