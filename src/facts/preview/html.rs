//! Draws a body: what its parser found, in the order of the source, as far as it is on the allow-list.
//!
//! The output keeps the order of the tags, so that a browser builds of it the tree that it would build of the source.

use super::pictures::Pictures;
use super::{Control, LONGEST_BODY, Piece, What, elements, mjml};
use crate::facts::Facts;
use crate::message::html::{Document, Element, Node, Text};
use crate::message::tags::{Role, Tag};
use crate::source::ViewSpan;

/// Longest merge tag that is shown whole, in characters.
const LONGEST_TAG: usize = 80;

/// A body, drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub pieces: Vec<Piece>,
    pub cut: bool,
    spent: usize,
}

impl Drawn {
    /// Adds a piece, unless the body is too long by now.
    fn add(&mut self, span: ViewSpan, what: What) {
        let piece = Piece { span, what };
        self.spent += piece.cost();
        self.cut |= self.spent > LONGEST_BODY;
        if !self.cut {
            self.pieces.push(piece);
        }
    }

    fn tag(&mut self, text: &str, tag: &Tag, span: ViewSpan) {
        let written = text.get(span.range()).unwrap_or_default();
        match tag.role {
            Role::Comment => self.add(span, What::Unseen),
            _ => self.add(span, What::Tag(shortened(written))),
        }
    }
}

/// Draws plain text.
pub(super) fn plain(text: &str, tags: &[Tag]) -> Drawn {
    let mut drawn = Drawn::default();
    let whole = ViewSpan::new(0, text.len());
    // a text that is too long is cut, not left out
    for span in between(whole, tags) {
        match span {
            Ok(tag) => drawn.tag(text, tag, tag.span),
            Err(span) => {
                let end = text.floor_char_boundary(span.end.min(span.start + LONGEST_BODY));
                let kept = text.get(span.start..end).unwrap_or_default().to_owned();
                drawn.cut |= end < span.end;
                drawn.spent += kept.len();
                drawn.pieces.push(Piece {
                    span: ViewSpan::new(span.start, end),
                    what: What::Text { text: kept, offsets: Vec::new() },
                });
            }
        }
        if drawn.cut || drawn.spent > LONGEST_BODY {
            drawn.cut = true;
            break;
        }
    }
    drawn
}

/// `whole`, divided into the merge tags in it and what stands between them.
fn between(whole: ViewSpan, tags: &[Tag]) -> impl Iterator<Item = Result<&Tag, ViewSpan>> {
    let first = tags.partition_point(|tag| tag.span.end <= whole.start);
    let mut tags =
        tags.get(first..).unwrap_or_default().iter().take_while(move |tag| tag.span.start < whole.end).peekable();
    let mut at = whole.start;
    std::iter::from_fn(move || {
        let next = tags.peek().map(|tag| tag.span);
        match next {
            Some(span) if span.start <= at => {
                at = span.end.max(at);
                tags.next().map(Ok)
            }
            _ => {
                let end = next.map_or(whole.end, |span| span.start);
                let text = (at < end).then(|| ViewSpan::new(at, end));
                at = end;
                text.map(Err)
            }
        }
    })
}

fn shortened(tag: &str) -> String {
    let mut shown: String = tag.chars().take(LONGEST_TAG).collect();
    if shown.len() < tag.len() {
        shown.push('…');
    }
    shown
}

/// Draws an HTML body.
pub(super) fn draw(facts: &Facts<'_>, index: usize, document: &Document) -> Drawn {
    let mut artist = Artist {
        document,
        text: facts.message.view(facts.message.bodies[index].view).text(),
        tags: &facts.message.bodies[index].tags,
        pictures: Pictures::of(facts, index),
        drawn: Drawn::default(),
        skipped: 0,
    };
    for node in document.nodes() {
        artist.node(node);
        if artist.drawn.cut {
            break;
        }
    }
    artist.drawn
}

struct Artist<'f, 'm> {
    document: &'f Document,
    text: &'f str,
    tags: &'f [Tag],
    pictures: Pictures<'f, 'm>,
    drawn: Drawn,
    /// Nothing before this offset is drawn.
    skipped: usize,
}

impl Artist<'_, '_> {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Start(element) if element.span().start >= self.skipped => self.start(element),
            Node::End(Some(element), span) if span.start >= self.skipped => {
                if let Some(name) = self.name(element).filter(|name| !elements::is_void(name)) {
                    self.drawn.add(span, What::Close(name));
                }
            }
            Node::Text(text) if text.span.start >= self.skipped => self.text(text),
            _ => {}
        }
    }

    /// The name that an element is shown under.
    fn name(&self, element: Element<'_>) -> Option<&'static str> {
        match element.is_in_mjml() {
            true => mjml::shown(element.name()).map(|(name, _)| name).or_else(|| elements::shown(element.name())),
            false => elements::shown(element.name()),
        }
    }

    fn start(&mut self, element: Element<'_>) {
        let span = element.span();
        let style = self.document.style(element);
        if let Some((name, seen)) = elements::left(element.name()) {
            self.skip(element);
            self.drawn.add(span, What::Left(name, seen && !style.hidden));
        } else if style.hidden && !style.responsive {
            self.skip(element);
            self.drawn.add(span, What::Unseen);
        } else if let Some(picture) = self.pictures.picture(element) {
            self.drawn.add(span, What::Image(picture));
        } else if let Some(what) = control(element) {
            self.skip(element);
            self.drawn.add(span, what);
        } else if let Some(name) = self.name(element) {
            let attributes = match element.is_in_mjml() && mjml::shown(element.name()).is_some() {
                true => mjml::attributes(element),
                false => elements::attributes(element),
            };
            let link = element.has("href");
            self.drawn.add(span, What::Open { name, attributes, link });
        } else {
            self.drawn.add(span, What::Unseen);
        }
    }

    fn skip(&mut self, element: Element<'_>) {
        self.skipped = element.extent().end.max(element.span().end);
    }

    fn text(&mut self, text: Text<'_>) {
        for piece in between(text.span, self.tags) {
            match piece {
                Ok(tag) => {
                    let span = ViewSpan::new(tag.span.start.max(text.span.start), tag.span.end.min(text.span.end));
                    self.drawn.tag(self.text, tag, span);
                }
                Err(span) => {
                    let decoded = self.document.decode_text(span);
                    let offsets = decoded.offsets();
                    self.drawn.add(span, What::Text { text: decoded.text.into_owned(), offsets });
                }
            }
            if self.drawn.cut {
                return;
            }
        }
    }
}

/// A field or a button.
fn control(element: Element<'_>) -> Option<What> {
    let value = |name: &str| element.attribute(name).map(|value| value.value.trim().to_owned());
    let kind = || value("type").unwrap_or_default().to_ascii_lowercase();
    let words = || shortened(&value("value").or_else(|| value("placeholder")).unwrap_or_default());
    match element.name() {
        "input" => Some(match kind().as_str() {
            "hidden" => What::Unseen,
            "checkbox" | "radio" => What::Control(Control::Box(element.has("checked")), String::new()),
            "submit" | "button" | "reset" => What::Control(Control::Button, words()),
            _ => What::Control(Control::Field, words()),
        }),
        "button" => Some(What::Control(Control::Button, inner(element))),
        "select" | "textarea" => Some(What::Control(Control::Field, inner(element))),
        _ => None,
    }
}

/// The text in an element, cut short.
fn inner(element: Element<'_>) -> String {
    let texts = element.inside().take(40).filter_map(|node| match node {
        Node::Text(text) => Some(text.decoded().text.split_whitespace().take(20).collect::<Vec<_>>().join(" ")),
        _ => None,
    });
    shortened(texts.collect::<Vec<_>>().join(" ").trim())
}
