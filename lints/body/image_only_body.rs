//! A message that says nothing once its images are blocked.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Image, ImageRole};
use crate::knowledge::providers;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::tags::Role;

pub static LINT: Lint = Lint {
    name: "image-only-body",
    summary: "message that is only an image, or nearly so",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("image_only_body.md"),
    check,
};

/// Up to this many words the images are all there is: denied.
const NOTHING: usize = 5;
/// Slices of so many square pixels make a picture.
const PICTURE: f32 = 90_000.0;
/// Up to this many words they are nearly all: warned about.
const LITTLE: usize = 25;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let words = facts.words();
    if words.readable() > LITTLE || facts.is_fragment() || facts.is_signup_page() {
        return;
    }
    let Some(image) = largest(facts) else { return };
    if let Some(why) = may_bring_text(facts, image.body) {
        findings.silent(why);
        return;
    }
    let count = words.readable();
    let message = match count {
        0 => "the message is only an image".to_owned(),
        1 => "beside images the message has only 1 word".to_owned(),
        _ => format!("beside images the message has only {count} words"),
    };
    findings
        .report(image.spot, message)
        .label("what this shows, nobody can read while images are blocked")
        .because("avoid messages that are solely composed of an image", sources::TRANSPARENT)
        .note("counted: words that can be seen outside of the footer and the small print, and words in `alt` texts")
        .help("write the offer as text beside the image, and what the image says into its `alt`")
        .soften_if(count > NOTHING);
}

/// The content image with the largest declared area; or the largest of the slices of one picture.
fn largest<'f>(facts: &'f Facts<'_>) -> Option<&'f Image> {
    let body = facts.html_bodies().next()?.0;
    let seen = || facts.images().iter().filter(|image| image.body == body && !image.hidden && !image.source.is_empty());
    let larger = |best: &'f Image, image: &'f Image| if image.area() > best.area() { image } else { best };
    let content = seen().filter(|image| image.role == ImageRole::Content && !image.is_like_logo()).reduce(larger);
    let sized = |image: &&Image| match image.role {
        ImageRole::Small => image.width.is_some() && image.height.is_some(),
        ImageRole::Content => image.is_like_logo() && !image.is_called_logo(),
        _ => false,
    };
    let slices = || seen().filter(sized);
    content.or_else(|| {
        let together: f32 = slices().map(Image::area).sum();
        (together >= PICTURE).then(|| slices().reduce(larger)).flatten()
    })
}

/// Text that is not here: an include, a loop, a value of unknown length.
fn may_bring_text(facts: &Facts<'_>, body: usize) -> Option<String> {
    if facts.is_rendered() {
        return None;
    }
    if !facts.unknown().includes.is_empty() {
        return Some(facts.unknown().may_hold("the text"));
    }
    let prose = &facts.prose()[body];
    let text = facts.message.view(prose.view).text();
    let values = facts.message.bodies[body].tags.iter().filter(|tag| tag.role == Role::Output);
    let mut long = values.filter(|tag| !is_short(&text[tag.span.range()]) && !prose.range_of(tag.span).is_empty());
    long.next().map(|_| "merge tags bring text of unknown length".to_owned())
}

/// A value of a few words: a name, an address, a date, a link.
fn is_short(tag: &str) -> bool {
    const NAMES: [&str; 13] = [
        "name", "mail", "address", "url", "link", "date", "year", "city", "phone", "code", "subject", "price", "unsub",
    ];
    let tag = tag.to_ascii_lowercase();
    providers::tag_meaning(&tag, None).is_some() || NAMES.iter().any(|name| tag.contains(name))
}
