//! Whether there is anything in the message at all.

use super::Facts;
use crate::message::html::{Document, Element};
use crate::message::{BodyContent, Part};
use std::collections::HashSet;

impl Facts<'_> {
    /// Neither text nor images nor attachments: nothing that a reader could see.
    pub fn is_blank(&self) -> bool {
        self.unread().is_none() && !has_file(self) && !has_text(self) && !has_something_to_see(self)
    }
}

/// A part that is no body: an attachment, an image, a calendar entry, something encrypted.
fn has_file(facts: &Facts<'_>) -> bool {
    let parts = facts.message.parts.iter().enumerate();
    let bodies: HashSet<usize> = facts.message.bodies.iter().map(|body| body.part).collect();
    let is_file = |index: usize, part: &Part| !part.content_type.starts_with("multipart/") && !bodies.contains(&index);
    parts.into_iter().any(|(index, part)| is_file(index, part) && part.decoded_len > 0 && facts.message.is_mail())
}

/// Words, or a merge tag that brings some.
fn has_text(facts: &Facts<'_>) -> bool {
    let said = facts.prose().iter().any(|prose| prose.text.chars().any(|character| !is_blank(character)));
    said || facts.message.bodies.iter().any(|body| !body.tags.is_empty())
}

/// White space, and what mailers put in its place.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2029}' | '\u{feff}' | '\u{ad}' | '\u{34f}')
}

fn has_something_to_see(facts: &Facts<'_>) -> bool {
    facts.message.bodies.iter().any(|body| match &body.content {
        BodyContent::Plain => false,
        BodyContent::Html(document) => {
            !document.conditionals().is_empty() || document.elements().any(|element| is_seen(document, element))
        }
    })
}

/// An image, a field, a frame, a background.
fn is_seen(document: &Document, element: Element<'_>) -> bool {
    matches!(
        element.name(),
        "img"
            | "mj-image"
            | "svg"
            | "input"
            | "button"
            | "iframe"
            | "object"
            | "embed"
            | "video"
            | "audio"
            | "canvas"
            | "form"
            | "script"
    ) || element.name().contains(['-', ':'])
        || document.style(element).background_image
}
