//! Images that report that the mail was opened.

use super::{Cover, Facts, Image, ImageRole};
use crate::knowledge::providers::TagMeaning;
use crate::knowledge::trackers::{self, Certainty};
use crate::message::Spot;
use crate::message::tags::{self, Dialect, Role};
use crate::sort;
use std::cell::LazyCell;
use std::collections::HashMap;

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
    let repeats = LazyCell::new(|| {
        let mut repeats: HashMap<&str, usize> = HashMap::new();
        for image in facts.images() {
            *repeats.entry(&image.source).or_default() += 1;
        }
        repeats
    });
    let repeated = |image: &Image| repeats.get(image.source.as_str()).copied().unwrap_or(0);
    let images = facts.images().iter();
    let mut pixels: Vec<_> = images.filter_map(|image| of_image(image, repeated)).collect();
    pixels.extend(of_tags(facts));
    sort::by_key(&mut pixels, |pixel| pixel.spot);
    pixels
}

fn of_image(image: &Image, repeats: impl Fn(&Image) -> usize) -> Option<Pixel> {
    let source = original(&image.source);
    if !is_remote(source) {
        return None;
    }
    let pixel = |evidence, certainty| Pixel { spot: image.spot, source: image.source.clone(), evidence, certainty };
    let tiny = is_tiny(image);
    // A shape alone is sure only when the image can't be meant to be seen.
    let sized = image.width.is_some() || image.height.is_some();
    if !tiny && (sized || image.alt.as_deref().is_some_and(|alt| !alt.is_empty())) {
        return None;
    }
    if let Some(tracker) = trackers::open(source) {
        match tracker.certainty {
            Certainty::High => return Some(pixel(PixelEvidence::Tracker(tracker.name), Certainty::High)),
            Certainty::Medium | Certainty::Low if tiny => {
                let telling = tracker.id == GENERIC;
                let evidence = if telling { PixelEvidence::TellingPath } else { PixelEvidence::Tracker(tracker.name) };
                return Some(pixel(evidence, Certainty::High));
            }
            _ => {}
        }
    }
    if !tiny || repeats(image) >= REPEATS_OF_LAYOUT || is_layout(image, source) {
        return None;
    }
    has_token(source).then(|| pixel(PixelEvidence::TinyWithToken, Certainty::High))
}

/// Not meant to be seen: a dot (a line across the mail is a separator), or hidden and not a picture that is kept for other screens or for a preview.
fn is_tiny(image: &Image) -> bool {
    let dot = |side: Option<f32>| side.is_none_or(|side| side <= 10.0);
    let is_dot = image.role == ImageRole::Tiny && dot(image.width) && dot(image.height);
    if !is_dot || !image.hidden || image.responsive {
        return is_dot && !image.hidden;
    }
    let path = path(&image.source).to_ascii_lowercase();
    let is_picture = [".jpg", ".jpeg", ".png", ".webp"].iter().any(|extension| path.ends_with(extension));
    let has_size = image.width.is_some() || image.height.is_some();
    // `{{ post.image }}`: what it is can't be known.
    let is_unknown = begins_with_tag(&image.source) && !image.source.contains(['?', '/']);
    has_size || !is_picture && !is_unknown
}

/// The URL that a proxy of Gmail has rewritten: `https://ci3.googleusercontent.com/…#https://…`.
fn original(source: &str) -> &str {
    match source.split_once(".googleusercontent.com/").and_then(|(_, rest)| rest.split_once('#')) {
        Some((_, original)) => original,
        None => source,
    }
}

/// `{{ TrackView }}`, `%open-track%`, `[[trackingImage]]`: the provider puts its pixel here.
fn of_tags(facts: &Facts<'_>) -> Vec<Pixel> {
    let mut pixels = Vec::new();
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let images = facts.images().iter().filter(|image| image.body == index);
        let images = Cover::of(images.map(|image| image.spot.span.range()));
        let text = facts.message.view(body.view).text();
        for tag in body.tags.iter().filter(|tag| tag.role != Role::Comment) {
            let written = &text[tag.span.range()];
            if facts.tag_meaning(written) == Some(TagMeaning::OpenPixel) {
                let spot = Spot { view: body.view, span: tag.span };
                if !images.holds(&spot.span.range()) {
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

/// Loaded from somewhere else: not embedded, no data URL, no file beside a draft.
fn is_remote(source: &str) -> bool {
    let scheme = source.split(':').next().unwrap_or("").to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https") || source.starts_with("//") || begins_with_tag(source)
}

fn begins_with_tag(source: &str) -> bool {
    tags::scan(source, false, &Dialect::default()).first().is_some_and(|tag| tag.span.start == 0)
}

/// A spacer: its name says so and nothing in its URL differs.
fn is_layout(image: &Image, source: &str) -> bool {
    let name = path(source).rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    let called_spacer = [
        "spacer",
        "spacr",
        "blank.",
        "clear.",
        "transparent",
        "shim",
        "dot.gif",
        "trans.gif",
        "leer.gif",
        "pixel.gif",
        "1x1.gif",
        "1p.gif",
    ]
    .iter()
    .any(|word| name.contains(word));
    called_spacer && !source.contains('?') || image.hidden && image.responsive
}

fn path(source: &str) -> &str {
    source.split(['?', '#']).next().unwrap_or("")
}

/// Something that differs from reader to reader: a merge tag, a parameter, a long random path segment, several codes in the path.
fn has_token(source: &str) -> bool {
    let found = tags::scan(source, false, &Dialect::default());
    if let Some(first) = found.first() {
        // `{{ cdn }}/line.gif`: the tag is the host of a file.
        let is_host = first.span.start == 0 && found.len() == 1 && first.span.end < source.len();
        return !is_host || source.contains('?');
    }
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    let path = path.split_once("//").map_or(path, |(_, rest)| rest);
    let segments = || path.split('/').skip(1);
    let is_file = [".gif", ".png", ".jpg", ".jpeg", ".webp"].iter().any(|end| path.to_ascii_lowercase().ends_with(end));
    query.split(['&', ';']).any(is_telling)
        || segments().any(is_random)
        || !is_file && segments().filter(|segment| is_code(segment)).count() >= 2
}

/// A parameter that is more than the size or the version of a picture.
fn is_telling(parameter: &str) -> bool {
    const COSMETIC: [&str; 22] = [
        "v", "ver", "version", "rev", "w", "h", "width", "height", "q", "quality", "format", "fm", "auto", "fit",
        "crop", "dpr", "resize", "size", "sz", "scale", "cache", "mtime",
    ];
    let (name, value) = parameter.split_once('=').unwrap_or(("", parameter));
    let is_cosmetic = COSMETIC.contains(&name.to_ascii_lowercase().as_str());
    !is_cosmetic && (value.len() >= 4 && !name.is_empty() || is_random(value))
}

/// A short code of capitals and digits, as `16QHKV`.
fn is_code(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    segment.len() >= 5
        && digits >= 1
        && digits < segment.len()
        && segment.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Twenty or more characters, and among the words in it one of letters and digits mixed, or all of them hexadecimal, as
/// identifiers are and names of files are not.
fn is_random(segment: &str) -> bool {
    let segment = segment.rsplit_once('.').map_or(segment, |(stem, _)| stem);
    let is_token = segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=~.%,".contains(&byte));
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
    use super::{is_code, is_random, is_telling};

    #[test]
    fn what_differs_from_reader_to_reader() {
        assert!(is_random("4f6a9c0e2b7d41aa93c1"));
        assert!(is_random("E178767,5114587XXmediaunspunXX18970"));
        assert!(!is_random("summer-collection-2026-hero-image"));
        assert!(is_telling("u=4711"));
        assert!(is_telling("4f6a9c0e2b7d41aa93c1"));
        assert!(!is_telling("v=20260101"));
        assert!(!is_telling("w=600"));
        assert!(is_code("16QHKV"));
        assert!(!is_code("2026"));
        assert!(!is_code("IMAGES"));
        assert!(!is_code("img100"));
    }
}
