//! Images that report that the mail was opened.

use super::{Facts, Image, ImageRole};
use crate::knowledge::providers::{self, TagMeaning};
use crate::knowledge::trackers::{self, Certainty};
use crate::message::Spot;
use crate::message::tags::Role;

/// Why an image is taken for a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PixelEvidence {
    /// The shape of a known tracker's URL; its name for people.
    Tracker(&'static str),
    /// Its path says so (`/track/open`), and it is too small to be seen.
    TellingPath,
    /// A provider's merge tag for its pixel.
    Tag,
    /// One or two pixels, or hidden, and its URL carries something that differs from reader to reader.
    TinyWithToken,
}

/// A tracking pixel.
#[derive(Debug)]
pub struct Pixel {
    /// The tag of the image, or the merge tag.
    pub spot: Spot,
    /// Its URL, where it has one.
    pub source: String,
    /// Why.
    pub evidence: PixelEvidence,
    /// How sure.
    pub certainty: Certainty,
}

/// The entry of the trackers' data for paths that tell, whoever's they are.
const GENERIC: &str = "generic";

/// A tiny image that is repeated this often is layout (Trocker: fewer than five).
const REPEATS_OF_LAYOUT: usize = 5;

pub(super) fn all(facts: &Facts<'_>) -> Vec<Pixel> {
    let mut pixels: Vec<_> = facts.images().iter().filter_map(|image| of_image(facts, image)).collect();
    pixels.extend(of_tags(facts));
    pixels.sort_by_key(|pixel| pixel.spot);
    pixels
}

fn of_image(facts: &Facts<'_>, image: &Image) -> Option<Pixel> {
    if !is_remote(&image.source) || image.source.is_empty() {
        return None;
    }
    let pixel = |evidence, certainty| Pixel { spot: image.spot, source: image.source.clone(), evidence, certainty };
    let tiny = image.role == ImageRole::Tiny;
    if let Some(tracker) = trackers::open(&image.source) {
        // A shape alone is sure only when the image can't be meant to be seen.
        let seen = !tiny
            && (image.width.is_some()
                || image.height.is_some()
                || image.alt.as_deref().is_some_and(|alt| !alt.is_empty()));
        match tracker.certainty {
            Certainty::High if !seen => return Some(pixel(PixelEvidence::Tracker(tracker.name), Certainty::High)),
            Certainty::Medium | Certainty::Low if tiny => {
                let telling = tracker.id == GENERIC;
                let evidence = if telling { PixelEvidence::TellingPath } else { PixelEvidence::Tracker(tracker.name) };
                return Some(pixel(evidence, Certainty::High));
            }
            _ => {}
        }
    }
    if !tiny || is_layout(facts, image) {
        return None;
    }
    has_token(&image.source).then(|| pixel(PixelEvidence::TinyWithToken, Certainty::High))
}

/// `{{ TrackView }}`, `%open-track%`, `[[trackingImage]]`: the provider puts its pixel here.
fn of_tags(facts: &Facts<'_>) -> Vec<Pixel> {
    let mut pixels = Vec::new();
    for body in &facts.message.bodies {
        let text = facts.message.view(body.view).text();
        for tag in body.tags.iter().filter(|tag| tag.role != Role::Comment) {
            let written = &text[tag.span.range()];
            if providers::tag_meaning(written, facts.settings.provider.as_deref()) == Some(TagMeaning::OpenPixel) {
                let spot = Spot { view: body.view, span: tag.span };
                let covered = facts
                    .images()
                    .iter()
                    .any(|image| image.spot.view == spot.view && image.spot.span.contains(spot.span));
                if !covered {
                    pixels.push(Pixel {
                        spot,
                        source: written.to_owned(),
                        evidence: PixelEvidence::Tag,
                        certainty: Certainty::High,
                    });
                }
            }
        }
    }
    pixels
}

/// Loaded from somewhere else: not embedded, not a data URL.
fn is_remote(source: &str) -> bool {
    let scheme = source.split(':').next().unwrap_or("").to_ascii_lowercase();
    !matches!(scheme.as_str(), "cid" | "data" | "blob" | "file")
}

/// A spacer: the same tiny image again and again, or its name says so and nothing in its URL differs.
fn is_layout(facts: &Facts<'_>, image: &Image) -> bool {
    let path = image.source.split(['?', '#']).next().unwrap_or("");
    let same = facts.images().iter().filter(|other| other.source.split(['?', '#']).next() == Some(path)).count();
    let name = path.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    let called_spacer =
        ["spacer", "spacr", "blank.", "clear.", "transparent", "shim", "dot.gif", "trans.gif", "leer.gif"]
            .iter()
            .any(|word| name.contains(word));
    let has_query = image.source.contains('?');
    same >= REPEATS_OF_LAYOUT || called_spacer && !has_query || image.hidden && image.responsive
}

/// Something that differs from reader to reader: a merge tag, a query of some length, a long random path segment.
fn has_token(source: &str) -> bool {
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    let has_tag = !crate::message::tags::scan(source, false, &Default::default()).is_empty();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let segments = path.split('/').skip(1);
    has_tag || query.len() >= 8 && query.contains('=') || segments.chain(query.split(['&', '='])).any(is_random)
}

/// Twenty or more characters, and among the words in it one of letters and digits mixed, or all of them hexadecimal, as
/// identifiers are and names of files are not.
fn is_random(segment: &str) -> bool {
    let segment = segment.rsplit_once('.').map_or(segment, |(stem, _)| stem);
    let is_token = segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=~.%".contains(&byte));
    let mut words = segment.split(['-', '_', '.', '~']).filter(|word| !word.is_empty()).peekable();
    let mixed = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() >= 10 && digits >= 3 && word.len() - digits >= 2
    };
    let is_hex = |word: &str| word.bytes().all(|byte| byte.is_ascii_hexdigit());
    segment.len() >= 20 && is_token && words.peek().is_some() && (words.clone().any(mixed) || words.all(is_hex))
}

#[cfg(test)]
mod tests {
    use super::{has_token, is_random};

    #[test]
    fn what_differs_from_reader_to_reader() {
        assert!(is_random("4f6a9c0e2b7d41aa93c1"));
        assert!(is_random("8c1f7a52-0d3e-4b7a-9c11-2f60aa6be801"));
        assert!(!is_random("summer-collection-2026-hero-image"));
        assert!(has_token("https://t.example/o.gif?u=4711&c=99"));
        assert!(!has_token("https://img.example/line.gif"));
        assert!(has_token("https://img.example/o/{{ subscriber.id }}.gif"));
    }
}
