//! What stands in the source, in its order: tags, texts, comments.

use super::attribute::span_of;
use super::entity::{Map, Place};
use super::outline::Entry;
use super::{Document, Element, ElementId};
use crate::source::ViewSpan;
use std::borrow::Cow;
use std::ops::Range;

/// A thing in the source, in source order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'d> {
    /// A start tag (or an empty-element tag).
    Start(Element<'d>),
    /// An end tag: what it closes, where it is known.
    End(Option<Element<'d>>, ViewSpan),
    /// A run of text outside of tags.
    Text(Text<'d>),
    /// A comment: its inside. Conditional comments are `Document::conditionals` besides.
    Comment(ViewSpan),
}

/// A run of text.
#[derive(Debug, Clone, Copy)]
pub struct Text<'d> {
    /// Where, raw (entities not decoded).
    pub span: ViewSpan,
    /// The element that it stands in (in the source; foster parenting is undone), `None` at the top.
    pub parent: Option<Element<'d>>,
    document: &'d Document,
    place: Place,
}

/// Text with its entities decoded, and the way back to the view.
#[derive(Debug, Clone)]
pub struct DecodedText<'d> {
    /// The text as a reader gets it, white space as written (line ends as line feeds); merge tags are in it as they are written.
    pub text: Cow<'d, str>,
    span: ViewSpan,
    map: Map,
    view: &'d str,
}

impl<'d> Text<'d> {
    /// The text as written.
    pub fn raw(self) -> &'d str {
        self.document.text.get(self.span.range()).unwrap_or_default()
    }

    /// The text with its entities decoded, where it is in an element that has them (not in `<style>` or `<script>`).
    pub fn decoded(self) -> DecodedText<'d> {
        let (text, map) = self.document.decode(self.span, self.place);
        DecodedText { text, span: self.span, map, view: &self.document.text }
    }
}

impl Document {
    /// Decodes the entities of a piece of text, as between tags.
    pub fn decode_text(&self, span: ViewSpan) -> DecodedText<'_> {
        let (text, map) = self.decode(span, Place::Text);
        DecodedText { text, span, map, view: &self.text }
    }
}

impl Document {
    /// Writes a piece of text, as between tags, decoded to the end of `text`, and its [`DecodedText::offsets`] to the end of `offsets`.
    pub fn write_text(&self, span: ViewSpan, text: &mut String, offsets: &mut Vec<(u32, u32)>) {
        self.decode_to(span, Place::Text, text, offsets);
    }
}

impl DecodedText<'_> {
    /// Offsets in `text` with those in the raw text (bytes, from its start): the ends of all stretches that run in step
    /// or stand for one another as a whole. Empty where text and raw text are the same.
    pub fn offsets(&self) -> Vec<(u32, u32)> {
        self.map.offsets(self.text.len(), self.span.len())
    }

    /// The place in the view of a byte range of `text`: whole entities and characters. What lies behind the text's end is cut off.
    pub fn span_of(&self, range: Range<usize>) -> ViewSpan {
        span_of(self.view, self.span, &self.map, range)
    }
}

impl<'d> Node<'d> {
    #[inline]
    pub(super) fn of(document: &'d Document, entry: &Entry) -> Self {
        let element = |id: u32| document.element(ElementId(id));
        match *entry {
            Entry::Start(id) => Self::Start(element(id)),
            Entry::End(id, span) => Self::End(id.map(element), span),
            Entry::Text { span, parent, place } => {
                Self::Text(Text { span, parent: parent.map(element), document, place })
            }
            Entry::Comment { inside, .. } => Self::Comment(inside),
        }
    }
}
