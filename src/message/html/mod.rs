//! HTML as a browser builds it (scraper's tree), with the place of each tag, attribute and text in the view.

// (owner: html helper)  mod parse; mod sink; mod attribute; mod entity; mod style; mod conditional; …

use super::tags::Tag;
use crate::source::ViewSpan;
use std::borrow::Cow;

/// An HTML body: its elements and texts in source order, and the tree that a browser would build of it.
#[derive(Debug)]
pub struct Document {
    _private: (),
}

/// Names an element of a document; they count up in source order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

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
}

/// An element that has a tag in the source (implied ones and the parser's copies of formatting elements are left out).
#[derive(Debug, Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document,
    /// Its number.
    pub id: ElementId,
}

/// An attribute of a start tag.
#[derive(Debug, Clone)]
pub struct Attribute<'d> {
    /// The name in lower case.
    pub name: Cow<'d, str>,
    /// The name in the view.
    pub name_span: ViewSpan,
    /// The raw value in the view, without quotes; empty right behind the name when there is none.
    pub value_span: ViewSpan,
    /// The whole attribute, from the name to the closing quote, with one blank before it: what to remove.
    pub span: ViewSpan,
    /// The value with entities decoded; merge tags are in it as they are written.
    pub value: Cow<'d, str>,
}

impl Attribute<'_> {
    /// The place in the view of a byte range of the decoded `value`.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> ViewSpan {
        let _ = range;
        todo!()
    }
}

/// A downlevel-hidden conditional comment, `<!--[if mso]> … <![endif]-->`: only Outlook on Windows reads its inside.
#[derive(Debug)]
pub struct Conditional {
    /// The condition, `mso`, `gte mso 9`.
    pub condition: String,
    /// All of the comment.
    pub span: ViewSpan,
    /// Its inside, parsed as a fragment; spans are those of the whole view.
    pub document: Document,
}

impl Document {
    /// Parses `text` (the whole view) with its merge tags taken out of the parser's way.
    pub fn parse(text: &str, tags: &[Tag]) -> Self {
        let _ = (text, tags);
        todo!()
    }

    /// The tree that a browser builds, for CSS selectors; merge tags are filler in it.
    pub fn tree(&self) -> &scraper::Html {
        todo!()
    }

    /// Tags, texts and comments in source order.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        std::iter::empty()
    }

    /// The elements in source order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        std::iter::empty()
    }

    /// The element behind an id.
    pub fn element(&self, id: ElementId) -> Element<'_> {
        Element { document: self, id }
    }

    /// Downlevel-hidden conditional comments, in order. (The inside of `<!--[if !mso]><!--> … <!--<![endif]-->` is ordinary content.)
    pub fn conditionals(&self) -> &[Conditional] {
        todo!()
    }

    /// Whether the source has a document root of its own: `<html>`, `<body>` or a doctype.
    pub fn has_root(&self) -> bool {
        todo!()
    }

    /// The computed style of an element, as far as mail clients agree on it; made once for the whole document when first asked for.
    pub fn style(&self, element: Element<'_>) -> &Style {
        let _ = element;
        todo!()
    }
}

impl<'d> Element<'d> {
    /// Local name in lower case.
    pub fn name(self) -> &'d str {
        let _ = self.document;
        todo!()
    }

    /// The start tag in the view.
    pub fn span(self) -> ViewSpan {
        todo!()
    }

    /// From the start tag to the end of the element: its end tag, or where the parser closes it.
    pub fn extent(self) -> ViewSpan {
        todo!()
    }

    /// The attribute called `name` (lower case); the first, where there are several.
    pub fn attribute(self, name: &str) -> Option<Attribute<'d>> {
        let _ = name;
        todo!()
    }

    /// All attributes in source order, duplicates included.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'d>> {
        std::iter::empty()
    }

    /// The element that it stands in, in the tree.
    pub fn parent(self) -> Option<Element<'d>> {
        todo!()
    }

    /// Parent, its parent, and so on.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'d>> {
        std::iter::successors(self.parent(), |element| element.parent())
    }

    /// Whether it is `other` or inside it.
    pub fn is_within(self, other: Element<'_>) -> bool {
        self.id == other.id || self.ancestors().any(|ancestor| ancestor.id == other.id)
    }

    /// What stands inside it, in source order.
    pub fn inside(self) -> impl Iterator<Item = Node<'d>> {
        std::iter::empty()
    }
}

/// What of CSS decides whether and how large something is seen. `None` is unknown or not said.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Style {
    /// Its own or an ancestor's `display: none`, `visibility: hidden`, `mso-hide: all` with display, zero opacity, `max-height: 0`, `hidden` attribute, …
    /// outside of media queries.
    pub hidden: bool,
    /// Font size in pixels, inherited.
    pub font_size: Option<f32>,
    /// Colour of text, inherited, as sRGB.
    pub color: Option<[u8; 3]>,
    /// Nearest background colour, as sRGB.
    pub background: Option<[u8; 3]>,
    /// Own width in CSS pixels (attribute or style; percent is unknown).
    pub width: Option<f32>,
    /// Own height in CSS pixels.
    pub height: Option<f32>,
    /// A class of it is switched on or off in a media query: one of a pair of desktop and mobile twins.
    pub responsive: bool,
}
