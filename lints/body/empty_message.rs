//! A message with nothing inside.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::html::{Document, Element};
use crate::message::{BodyContent, Part};
use crate::lint::Whereabouts;

pub static LINT: Lint = Lint {
    name: "empty-message",
    summary: "message with nothing inside",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("empty_message.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_fragment() || has_file(facts) || has_text(facts) || has_something_to_see(facts) {
        return;
    }
    let body = facts.message.bodies.first().map(|body| facts.part_pointer(body.part)).filter(|span| !span.is_empty());
    findings
        .report(body.map_or(Whereabouts::WholeFile, Whereabouts::File), "the message is empty")
        .label("neither text nor images nor attachments")
        .because("empty messages count against their sender", sources::ASF)
        .help("see whether the content was lost on the way: an export, a merge, a wrong boundary");
}

/// A part that is no body: an attachment, an image, a calendar entry, something encrypted.
fn has_file(facts: &Facts<'_>) -> bool {
    let parts = facts.message.parts.iter().enumerate();
    let is_file = |index: usize, part: &Part| {
        !part.content_type.starts_with("multipart/") && facts.message.bodies.iter().all(|body| body.part != index)
    };
    parts.into_iter().any(|(index, part)| is_file(index, part) && part.decoded_len > 0 && facts.message.is_mail())
}

/// Words, or a merge tag that brings some.
fn has_text(facts: &Facts<'_>) -> bool {
    let said = facts.prose().iter().any(|prose| prose.text.chars().any(|character| !is_blank(character)));
    said || facts.message.bodies.iter().any(|body| !body.tags.is_empty())
}

/// White space, and what mailers put in its place.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2029}' | '\u{feff}' | '\u{ad}' | '\u{34f}')
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
        "img" | "mj-image" | "svg" | "input" | "button" | "iframe" | "object" | "embed" | "video" | "audio" | "canvas"
            | "form" | "script"
    ) || element.name().contains(['-', ':'])
        || document.style(element).background_image
}
