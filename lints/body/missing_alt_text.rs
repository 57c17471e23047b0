//! Images that say nothing to those who don't see them.

use crate::diagnostic::{Level};
use crate::facts::{Facts, Image, ImageRole, Link, PROSE_TAG};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use crate::message::html::ElementId;
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

pub static LINT: Lint = Lint {
    name: "missing-alt-text",
    summary: "linked image without `alt` text and without other words in the link",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("missing_alt_text.md"),
    check,
};

/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    if facts.lacks_attributes() {
        return findings.silent("not all attributes were read");
    }
    let links = LazyCell::new(|| Links::of(facts));
    let pixels: HashSet<Spot> = facts.pixels().iter().map(|pixel| pixel.spot).collect();
    let silent: Vec<&Image> = facts.images().iter().filter(|image| is_content(image, &pixels)).collect();
    let (linked, others): (Vec<&Image>, Vec<&Image>) = silent.into_iter().partition(|image| image.link.is_some());
    let linked: Vec<&Image> = linked.into_iter().filter(|image| links.leave_nameless(image)).collect();
    // `alt=""` says that an image is decoration.
    let others: Vec<&Image> = others.into_iter().filter(|image| image.alt.is_none()).collect();
    report(findings, &linked, true);
    report(findings, &others, false);
}

/// An image to be looked at that brings no words of its own.
fn is_content(image: &Image, pixels: &HashSet<Spot>) -> bool {
    image.role == ImageRole::Content
        && image.alt.as_deref().is_none_or(str::is_empty)
        && !image.may_have_alt
        && !image.source.is_empty()
        && !pixels.contains(&image.spot)
}

/// Which links have words.
struct Links<'f> {
    by_element: HashMap<(usize, ElementId), &'f Link>,
    /// Where links with words lead.
    named: HashSet<(usize, &'f str)>,
}

impl<'f> Links<'f> {
    fn of(facts: &'f Facts<'_>) -> Self {
        let by_element =
            facts.links().iter().filter_map(|link| Some(((link.body, link.element?), link))).collect();
        let named = facts.links().iter().filter(|link| has_words(&link.label));
        Self { by_element, named: named.map(|link| (link.body, link.href.as_str())).collect() }
    }

    /// The link around the image has no text, title or label. Where another link to the same place has words, `alt=""` is right.
    fn leave_nameless(&self, image: &Image) -> bool {
        let link = image.link.and_then(|element| self.by_element.get(&(image.body, element)));
        link.is_some_and(|link| {
            let has_twin = self.named.contains(&(link.body, link.href.as_str()));
            !has_words(&link.label) && (image.alt.is_none() || !has_twin)
        })
    }
}

fn has_words(label: &str) -> bool {
    label.chars().any(|character| character.is_alphanumeric() || character == PROSE_TAG)
}

/// One finding for all of them.
fn report(findings: &mut Findings, images: &[&Image], linked: bool) {
    let Some((first, more)) = images.split_first() else { return };
    let message = match (linked, images.len()) {
        (true, 1) => "a linked image has no `alt` text, and its link no other words".to_owned(),
        (true, count) => format!("{count} linked images have no `alt` text, and their links no other words"),
        (false, 1) => "an image has no `alt` text".to_owned(),
        (false, count) => format!("{count} images have no `alt` text"),
    };
    let finding = findings.report(first.spot, message);
    finding.label(if linked { "while images are blocked, nobody knows where this leads" } else { "no `alt`" });
    for image in more.iter().take(SHOWN - 1) {
        finding.also(image.spot, "nor has this");
    }
    finding
        .because("what is not text has a text that serves the same purpose", sources::TEXT_ALTERNATIVES)
        .help(if linked {
            "say in `alt` what the image says, or where its link leads"
        } else {
            "say in `alt` what the image says; `alt=\"\"` if it is decoration"
        })
        .soften_if(!linked);
}
