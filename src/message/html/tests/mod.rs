//! What a document says of tricky sources, and that its tree is the plain parser's own.

#![allow(clippy::unwrap_used)]

mod faithful;
mod limits;
mod outline;
mod soup;
mod tags;

use super::*;
use crate::message::tags::{Role, Syntax};

/// Parses `text`; `{{ … }}` is an output tag and `{% … %}` a control tag.
fn parse(text: &str) -> Document {
    Document::parse(text, &tags_of(text))
}

fn tags_of(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['{']).map(|offset| at + offset) {
        let (closing, role) = match text.get(start..start + 2) {
            Some("{{") => ("}}", Role::Output),
            Some("{%") => ("%}", Role::Control),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(end) = text[start..].find(closing).map(|offset| start + offset + 2) else { break };
        tags.push(Tag {
            span: ViewSpan::new(start, end),
            inner: ViewSpan::new(start + 2, end - 2),
            syntax: Syntax::Mustache,
            role,
        });
        at = end;
    }
    tags
}

/// The source at a span.
fn at(text: &str, span: ViewSpan) -> &str {
    &text[span.range()]
}

/// The first element called `name`.
fn first<'d>(document: &'d Document, name: &str) -> Element<'d> {
    document.elements().find(|element| element.name() == name).unwrap()
}
