//! The images of the HTML bodies: what is content, what is a spacer, what is an icon.

use super::{Facts, mjml};
use crate::message::Spot;
use crate::message::html::{Document, Element, ElementId};

/// What an image is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageRole {
    /// To be looked at.
    Content,
    /// A logo or an icon: small.
    Small,
    /// One or two pixels, or hidden: layout, or a pixel that counts.
    Tiny,
    /// The background of a section of MJML: something else stands on it, and no `alt` can speak for it.
    Background,
}

/// An `<img>`, an `<input type=image>`; of MJML, an `<mj-image>`, an `<mj-carousel-image>` or a `background-url`.
#[derive(Debug)]
pub struct Image {
    /// Index in `message.bodies`.
    pub body: usize,
    /// Its element.
    pub element: ElementId,
    /// The tag.
    pub spot: Spot,
    /// The value of `src` (or `background-url`); at the end of the tag where there is none.
    pub source_spot: Spot,
    /// `src` (or `background-url`), decoded, trimmed, tags as written.
    pub source: String,
    /// CSS pixels, where known.
    pub width: Option<f32>,
    /// CSS pixels, where known.
    pub height: Option<f32>,
    /// `alt`, where there is one.
    pub alt: Option<String>,
    /// What it is there for.
    pub role: ImageRole,
    /// CSS hides it.
    pub hidden: bool,
    /// It stands in a link.
    pub linked: bool,
    /// Desktop or mobile twin.
    pub responsive: bool,
}

impl Image {
    /// Declared area in square pixels, unknown sides taken as 200 (as SpamAssassin's HTML_IMAGE_RATIO does).
    pub fn area(&self) -> f32 {
        self.width.unwrap_or(200.0) * self.height.unwrap_or(200.0)
    }
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Image> {
    let mut images = Vec::new();
    for (body, document) in facts.html_bodies().map(|(index, _, document)| (index, document)) {
        images.extend(
            document
                .elements()
                .filter(|element| is_image(*element))
                .map(|element| image(facts, body, document, element)),
        );
    }
    images
}

fn is_image(element: Element<'_>) -> bool {
    match element.name() {
        "img" => true,
        "mj-image" | "mj-carousel-image" => !mjml::is_default(element),
        "input" => element.attribute("type").is_some_and(|kind| kind.value.eq_ignore_ascii_case("image")),
        _ => is_background(element),
    }
}

fn is_background(element: Element<'_>) -> bool {
    matches!(element.name(), "mj-hero" | "mj-section" | "mj-wrapper" | "mj-body")
        && element.attribute("background-url").is_some_and(|url| !url.value.trim().is_empty())
        && !mjml::is_default(element)
}

fn image(facts: &Facts<'_>, body: usize, document: &Document, element: Element<'_>) -> Image {
    let view = facts.message.bodies[body].view;
    let style = document.style(element);
    let behind = is_background(element);
    let source = element.attribute(if behind { "background-url" } else { "src" });
    let source_span = source.as_ref().map_or(element.span(), |source| source.value_span);
    let (width, height) = (style.width, style.height);
    Image {
        body,
        element: element.id,
        spot: Spot { view, span: element.span() },
        source_spot: Spot { view, span: source_span },
        source: source.map_or(String::new(), |source| source.value.trim().to_owned()),
        width,
        height,
        alt: element.attribute("alt").map(|alt| alt.value.trim().to_owned()),
        role: if behind && !style.hidden { ImageRole::Background } else { role(width, height, style.hidden) },
        hidden: style.hidden,
        linked: mjml::href(element).is_some() || element.ancestors().any(|ancestor| ancestor.name() == "a"),
        responsive: style.responsive,
    }
}

fn role(width: Option<f32>, height: Option<f32>, hidden: bool) -> ImageRole {
    let tiny = |side: Option<f32>| side.is_some_and(|side| side <= 3.0);
    if tiny(width) || tiny(height) || hidden {
        ImageRole::Tiny
    } else if width.is_some_and(|width| width <= 100.0) && height.is_none_or(|height| height <= 100.0)
        || height.is_some_and(|height| height <= 50.0)
    {
        ImageRole::Small
    } else {
        ImageRole::Content
    }
}
