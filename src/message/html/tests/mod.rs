//! What a document says of tricky sources, and that its tree is the plain parser's own.

#![allow(clippy::unwrap_used)]

mod faithful;
mod limits;
mod mjml;
mod outline;
mod soup;
mod tags;
mod tokens;

use super::*;
use crate::message::tags as merge_tags;

/// Parses `text` with its merge tags.
fn parse(text: &str) -> Document {
    Document::parse(text, &tags_of(text))
}

fn tags_of(text: &str) -> Vec<Tag> {
    merge_tags::scan(text, true, &merge_tags::Dialect::default())
}

/// The source at a span.
fn at(text: &str, span: ViewSpan) -> &str {
    &text[span.range()]
}

/// The first element called `name`.
fn first<'d>(document: &'d Document, name: &str) -> Element<'d> {
    document.elements().find(|element| element.name() == name).unwrap()
}
