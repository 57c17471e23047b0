//! What a reader would see of a message, owned, so that a report can draw it when the message is gone.
//!
//! Nothing here is markup: elements, attributes and styles are those of an allow-list, taken from the parsed body piece
//! by piece, each with its place in the view. Whoever writes them escapes them.

mod css;
mod elements;
mod html;
mod inbox;
mod mjml;
mod pictures;
mod pieces;
mod shares;

pub use inbox::{Inbox, Mailbox};
pub use pieces::{Control, Embedded, Picture, Piece, What};
pub use shares::{Share, Shares};

use super::Facts;
use crate::message::BodyContent;
use crate::source::FileSpan;
use std::sync::Arc;

/// What is shown of one body, in bytes of text and attributes; longer ones are cut there.
pub const LONGEST_BODY: usize = 512 * 1024;
/// Bodies of one message that are shown.
const MOST_BODIES: usize = 4;

/// What a reader would see of a message.
#[derive(Debug)]
pub struct Preview {
    /// Sender, subject and preheader.
    pub inbox: Inbox,
    /// The bodies, in order.
    pub bodies: Vec<Body>,
    /// Where its links lead, and how it is divided between images and text.
    pub shares: Shares,
    /// It is only a piece of a mail.
    pub fragment: bool,
}

/// One body.
#[derive(Debug)]
pub struct Body {
    /// The name of its view, as labels have it.
    pub view: Arc<str>,
    /// Where its part is in the file.
    pub place: FileSpan,
    /// What it was written in.
    pub kind: BodyKind,
    /// What is shown, in the order of the source.
    pub pieces: Vec<Piece>,
    /// Its style sheets, filtered; `<` and `&` are never in it.
    pub sheet: String,
    /// It was longer than [`LONGEST_BODY`].
    pub cut: bool,
}

/// What a body was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// HTML.
    Html,
    /// MJML: it is laid out roughly, since it is not compiled.
    Mjml,
    /// Plain text.
    Text,
}

impl Preview {
    /// Looks at a message. Takes time linear in its size.
    pub fn of(facts: &Facts<'_>) -> Self {
        let bodies = facts.message.bodies.iter().enumerate().take(MOST_BODIES);
        Self {
            inbox: inbox::of(facts),
            bodies: bodies.map(|(index, _)| body(facts, index)).collect(),
            shares: shares::of(facts),
            fragment: facts.is_fragment(),
        }
    }
}

fn body(facts: &Facts<'_>, index: usize) -> Body {
    let body = &facts.message.bodies[index];
    let view = facts.message.view(body.view);
    let (kind, drawn, sheet) = match &body.content {
        BodyContent::Plain => (BodyKind::Text, html::plain(view.text(), &body.tags), String::new()),
        BodyContent::Html(document) => {
            let kind = if document.is_mjml() { BodyKind::Mjml } else { BodyKind::Html };
            (kind, html::draw(facts, index, document), css::sheets(document))
        }
    };
    let place = facts.message.parts.get(body.part).map_or(FileSpan::at(0), |part| part.body_span);
    Body { view: Arc::clone(view.name()), place, kind, pieces: drawn.pieces, sheet, cut: drawn.cut }
}
