//! The images of the HTML bodies: what is content, what is a spacer, what is an icon.

use super::{Facts, hollow, mjml};
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
    /// `src` (or `background-url`), decoded, trimmed, tags as written; where there is none the first URL of `srcset`.
    pub source: String,
    /// CSS pixels, where known.
    pub width: Option<f32>,
    /// CSS pixels, where known.
    pub height: Option<f32>,
    /// `alt`, where there is one.
    pub alt: Option<String>,
    /// It takes the width that there is: a percentage, or a `max-width`.
    pub is_fluid: bool,
    /// A merge tag or a framework's binding may bring the `alt` that is missing.
    pub may_have_alt: bool,
    /// What it is there for.
    pub role: ImageRole,
    /// CSS hides it.
    pub hidden: bool,
    /// The link that it stands in, or is (`<mj-image href>`).
    pub link: Option<ElementId>,
    /// Desktop or mobile twin.
    pub responsive: bool,
}

impl Image {
    /// The Content-ID of the part that it shows (`cid:`, RFC 2392).
    pub fn content_id(&self) -> Option<&str> {
        let (scheme, id) = self.source.split_once(':')?;
        scheme.eq_ignore_ascii_case("cid").then_some(id)
    }

    /// Of the size of a logo, or called one and not known to be larger.
    pub fn is_like_logo(&self) -> bool {
        let within = |side: Option<f32>, most: f32| side.is_none_or(|side| side <= most);
        let small = self.width.is_some_and(|width| width <= 200.0) && within(self.height, 100.0);
        small || self.is_called_logo() && within(self.width, 300.0) && within(self.height, 150.0)
    }

    /// Its file or its `alt` says so.
    pub fn is_called_logo(&self) -> bool {
        let path = self.source.split(['?', '#']).next().unwrap_or_default();
        let file = path.rsplit('/').next().unwrap_or_default().to_lowercase();
        let alt = self.alt.as_deref().unwrap_or_default().to_lowercase();
        ["logo", "icon", "avatar", "signature"]
            .iter()
            .any(|name| file.contains(name) || alt.split(' ').any(|word| word == *name))
    }

    /// Declared area in square pixels, unknown sides taken as 200 (as SpamAssassin's HTML_IMAGE_RATIO does).
    pub fn area(&self) -> f32 {
        self.width.unwrap_or(200.0) * self.height.unwrap_or(200.0)
    }
}

impl Image {
    /// Its URL holds it.
    pub fn is_data(&self) -> bool {
        self.source.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
    }

    /// Where its `src` begins: of a `data:` URL what stands before the data.
    pub fn source_start(&self, facts: &Facts<'_>) -> Spot {
        super::image_files::beginning(facts, self.source_spot)
    }
}

/// An SVG drawing in the text.
#[derive(Debug)]
pub struct Drawing {
    /// The tag.
    pub spot: Spot,
}

/// The outermost `<svg>` elements that are to be seen.
pub(super) fn drawings(facts: &Facts<'_>) -> Vec<Drawing> {
    let mut drawings = Vec::new();
    for (_, body, document) in facts.html_bodies() {
        let seen = document
            .named(&["svg"])
            .filter(|element| !document.style(*element).hidden && element.enclosing(&["svg"]).is_none());
        drawings.extend(seen.map(|element| Drawing { spot: Spot { view: body.view, span: element.span() } }));
    }
    drawings
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
    let source = source.filter(|source| !source.value.trim().is_empty());
    let set = element.attribute("srcset").filter(|_| source.is_none());
    let source_span = source.as_ref().or(set.as_ref()).map_or(element.span(), |source| source.value_span);
    let source = source.map(|source| source.value.trim().to_owned());
    let source = source.or_else(|| set.and_then(|set| set.value.split_whitespace().next().map(str::to_owned)));
    let (width, height) = (style.width, style.height);
    Image {
        body,
        element: element.id,
        spot: Spot { view, span: element.span() },
        source_spot: Spot { view, span: source_span },
        source: source.unwrap_or_default(),
        width,
        height,
        alt: element.attribute("alt").map(|alt| alt.value.trim().to_owned()),
        // Without a width it takes that of its column.
        is_fluid: is_fluid(element) || element.name().starts_with("mj-") && width.is_none(),
        may_have_alt: may_have_alt(facts, body, element),
        role: if behind && !style.hidden { ImageRole::Background } else { role(width, height, style.hidden) },
        hidden: style.hidden,
        link: link_of(element).map(|link| link.id),
        responsive: super::prose::is_responsive(document, element),
    }
}

/// `<img {{ attributes }}>`, `<img :alt="name">`, `<img th:alt="…">`.
fn may_have_alt(facts: &Facts<'_>, body: usize, element: Element<'_>) -> bool {
    let bound = |name: &str| name.strip_suffix("alt").is_some_and(|before| before.ends_with([':', '.']));
    hollow::has_tag_for_attributes(&facts.message.bodies[body].tags, element)
        || element.attribute_names().any(|name| bound(&name))
}

fn link_of(element: Element<'_>) -> Option<Element<'_>> {
    let mut itself = std::iter::once(element).filter(|element| mjml::href(*element).is_some());
    let around = || {
        element.enclosing(&["a"])?;
        element.ancestors().find(|outer| outer.name() == "a" && outer.has("href"))
    };
    itself.next().or_else(around)
}

fn is_fluid(element: Element<'_>) -> bool {
    let says = |name: &str, what: &[&str]| {
        element.attribute(name).is_some_and(|attribute| what.iter().any(|what| attribute.value.contains(what)))
    };
    says("width", &["%"]) || says("style", &["%", "max-width"])
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
