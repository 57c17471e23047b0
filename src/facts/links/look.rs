//! What a link looks like: running text, a button, a picture. And text that is linked only so that nobody else links it.

use super::{Link, LinkKind};
use crate::facts::{Facts, ImageRole};
use crate::knowledge::domains;
use crate::message::BodyContent;
use crate::message::html::{Document, Element, Node};

/// What a link looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkLook {
    /// Words among others.
    Text,
    /// A coloured box to press.
    Button,
    /// An image that is there to be looked at: a teaser, an advertisement.
    Picture,
    /// A logo or an icon.
    Icon,
}

/// Markup of a cell that is only a button is no longer, in bytes.
const LARGEST_BUTTON: usize = 8_000;

impl Facts<'_> {
    /// What a reader sees of `link`.
    pub fn look_of(&self, link: &Link) -> LinkLook {
        let BodyContent::Html(document) = &self.message.bodies[link.body].content else { return LinkLook::Text };
        match (link.kind, link.element) {
            (LinkKind::Area, _) => LinkLook::Picture,
            (LinkKind::Vml | LinkKind::Form, _) => LinkLook::Button,
            (_, None) => LinkLook::Text,
            (_, Some(id)) => self.look_of_element(link, document, document.element(id)),
        }
    }

    fn look_of_element(&self, link: &Link, document: &Document, element: Element<'_>) -> LinkLook {
        match element.name() {
            "mj-button" | "button" => return LinkLook::Button,
            "mj-image" | "mj-carousel-image" => return LinkLook::Picture,
            "mj-social-element" => return LinkLook::Icon,
            _ => {}
        }
        let roles = element.inside().filter_map(|node| match node {
            Node::Start(inner) => self.image_role(link.body, inner),
            _ => None,
        });
        match roles.min_by_key(|role| match role {
            ImageRole::Content => 0,
            ImageRole::Small => 1,
            ImageRole::Tiny | ImageRole::Background => 2,
        }) {
            Some(ImageRole::Content) => LinkLook::Picture,
            Some(ImageRole::Small) if link.text.is_empty() => LinkLook::Icon,
            _ if self.is_button(link, document, element) => LinkLook::Button,
            _ => LinkLook::Text,
        }
    }

    fn image_role(&self, body: usize, element: Element<'_>) -> Option<ImageRole> {
        let images = self.images();
        let at = images.binary_search_by_key(&(body, element.id), |image| (image.body, image.element)).ok()?;
        images.get(at).map(|image| image.role)
    }

    /// It has a background of its own, or is all that stands in a cell that has one, or its class says so.
    fn is_button(&self, link: &Link, document: &Document, element: Element<'_>) -> bool {
        let called = |element: Element<'_>| {
            element.attribute("class").is_some_and(|class| {
                let class = class.value.to_ascii_lowercase();
                ["btn", "button", "cta"].iter().any(|word| class.contains(word))
            })
        };
        let background = |element: Option<Element<'_>>| {
            element.and_then(|element| document.style(element).background).unwrap_or([255, 255, 255])
        };
        if link.text.is_empty() {
            return false;
        }
        if called(element) || background(Some(element)) != background(element.parent()) {
            return true;
        }
        let prose = &self.prose()[link.body];
        let words = prose.text[link.text.clone()].trim().len();
        let is_close = |around: &Element<'_>| {
            !matches!(around.name(), "tr" | "table" | "body") && around.extent().len() < LARGEST_BUTTON
        };
        element.ancestors().take(3).take_while(is_close).any(|around| {
            let inside = prose.range_of(around.extent());
            prose.text[inside].trim().len() <= words + 3
                && (called(around) || background(Some(around)) != background(around.parent()))
        })
    }

    /// An address, a telephone number, a date, a domain or a mail address that is put into a link which leads nowhere, so that mail clients make none
    /// of their own of it.
    pub fn is_kept_from_linking(&self, text: &str, element: Option<Element<'_>>) -> bool {
        let text = text.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_name = text.contains('@') && !text.contains(' ') || domains::registrable(&text.to_lowercase()).is_some();
        let plain = || {
            let style = element.and_then(|element| element.attribute("style"));
            style.is_some_and(|style| {
                let style: String = style.value.to_ascii_lowercase().split_whitespace().collect();
                ["text-decoration:none", "cursor:default", "pointer-events:none", "color:inherit"]
                    .iter()
                    .any(|declared| style.contains(declared))
            })
        };
        is_name || digits >= 5 && !text.contains('%') || is_time(text) || digits > 0 && plain()
    }
}

/// `10:30`, `12.05.2026`, `5/10`: a number, a mark, a number.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(
        |window| matches!(window, [first, b':' | b'/' | b'.', last] if first.is_ascii_digit() && last.is_ascii_digit()),
    )
}
