//! The computed style of elements, as far as mail clients agree on it.

mod cascade;
mod declaration;
mod legacy;
mod legible;
mod mjml;
mod selector;
mod sheet;
#[cfg(test)]
mod tests;
mod value;
mod written;

use super::{Document, ElementId, attribute};
use cascade::Computed;
use cssparser::Parser;
use declaration::Declared;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::{local_name, ns};
use mjml::Defaults;
use scraper::node::Element as Markup;
use selector::Subject;
use sheet::Sheets;
use std::borrow::Cow;
use std::collections::BTreeMap;
use written::Written;

/// What of CSS decides whether and how large something is seen. `None` is unknown or not said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    /// Its own or an ancestor's `display: none`, `visibility: hidden`, an opacity of at most 0.05, `hidden` attribute, zero height or width that clips what overflows,
    /// or a place off the screen, outside of media queries. Also a font size of at most one pixel, unless an image, a field or readable text is inside. Not: what is never shown by its nature (`<style>`, `<title>`), nor `mso-hide` alone.
    pub hidden: bool,
    /// `mso-hide: all`, its own or an ancestor's: Outlook on Windows does not show it, others do.
    pub mso_hidden: bool,
    /// Font size in pixels, inherited.
    pub font_size: Option<f32>,
    /// Colour of text, inherited, as sRGB.
    pub color: Option<[u8; 3]>,
    /// Nearest background colour, its own or an ancestor's, as sRGB.
    pub background: Option<[u8; 3]>,
    /// An image or a gradient lies over that background colour.
    pub background_image: bool,
    /// Own width in CSS pixels (attribute or style; percent is unknown).
    pub width: Option<f32>,
    /// Own height in CSS pixels.
    pub height: Option<f32>,
    /// A class or the id of it is switched on or off under a condition (a media query, `:checked`, one client's quirk): one of a pair of desktop
    /// and mobile twins, or a part of something interactive.
    pub responsive: bool,
}

/// Nothing is said.
pub(super) static UNSTYLED: Style = Style {
    hidden: false,
    mso_hidden: false,
    font_size: None,
    color: None,
    background: None,
    background_image: false,
    width: None,
    height: None,
    responsive: false,
};

/// Classes of an element, or of a selector, that are looked at: each of the one is compared with each of the other.
const MOST_CLASSES: usize = 100;

/// An element whose end is not reached yet.
struct Open {
    node: NodeId,
    computed: Computed,
}

/// The styles of a document's elements.
pub(super) struct Styles {
    /// By their number.
    pub of: Vec<Style>,
    /// There were too many rules for too many elements: the last of them were not tried.
    pub untried: bool,
}

/// The styles of all elements of `document`.
pub(super) fn styles(document: &Document) -> Styles {
    let tagged = document.masked.is_some();
    let mut sheets = sheets(document, tagged);
    let defaults = Defaults::of(document, tagged);
    let mut styles = vec![UNSTYLED.clone(); document.records.len()];
    let mut inline = Inline { tagged, said: Vec::new(), read: BTreeMap::new(), recent: [("", 0); 64] };
    let (mut hints, mut rules) = (Vec::new(), Vec::new());
    let mut open: Vec<Open> = Vec::new();
    let mut copies: Vec<(NodeId, Style)> = Vec::new();
    let mut path: Vec<Subject<'_>> = Vec::new();
    for edge in document.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let Some(markup) = node.value().as_element() else { continue };
                let is_foreign = markup.name.ns != ns!(html);
                let element = document.element_at(node.id());
                let Written { style, subject } = Written::of(element, markup.name(), is_foreign, &mut hints);
                path.push(subject);
                let base = Computed::default();
                let parent = open.last().map_or(&base, |open| &open.computed);
                let own = own(markup, style, &defaults, &mut inline);
                sheets.apply(&path, &mut rules);
                let mut computed = cascade::compute(parent, &hints, &rules, &own);
                computed.style.responsive = path.last().is_some_and(|subject| sheets.toggles(subject));
                open.push(Open { node: node.id(), computed });
            }
            Edge::Close(node) if node.value().is_element() => {
                path.pop();
                let Some(closed) = open.pop() else { continue };
                if close(document, &closed, &mut styles).is_none() {
                    copies.push((closed.node, closed.computed.style));
                }
            }
            Edge::Close(_) => {}
        }
    }
    legible::hide_unreadable(document, &mut styles, &copies);
    Styles { of: styles, untried: sheets.gave_up() }
}

/// Notes the style of an element; `None` where it is implied, or a copy of a formatting element, which does not speak for its original.
fn close(document: &Document, closed: &Open, styles: &mut [Style]) -> Option<()> {
    let ElementId(id) = document.element_at(closed.node)?.id;
    document.records.get(id as usize).filter(|record| record.node == closed.node)?;
    *styles.get_mut(id as usize)? = closed.computed.style.clone();
    Some(())
}

/// Style attributes, each read once: a mail has few different ones.
struct Inline<'d> {
    tagged: bool,
    /// What they say, by the number that they have in the other two.
    said: Vec<Vec<Declared>>,
    /// By length and text: most are told apart by the first.
    read: BTreeMap<(usize, &'d str), usize>,
    /// Those that were asked for last, by some of their bytes: whoever writes a mail can't make this slower than the other one.
    recent: [(&'d str, usize); 64],
}

impl<'d> Inline<'d> {
    /// What `css` (not decoded) says.
    fn declarations(&mut self, css: &'d str) -> &[Declared] {
        let bytes = css.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        let slot = (css.len() + byte(css.len() / 2) + 4 * byte(css.len().saturating_sub(2))) % self.recent.len();
        let number = match self.recent[slot] {
            (recent, number) if recent == css && !css.is_empty() => number,
            _ => *self.read.entry((css.len(), css)).or_insert_with(|| {
                self.said.push(declaration::declarations(&written::decoded(css), self.tagged));
                self.said.len() - 1
            }),
        };
        self.recent[slot] = (css, number);
        self.said.get(number).map_or(&[], Vec::as_slice)
    }
}

/// What an element says itself: its style attribute; for MJML, its other attributes, and what they are by default.
fn own<'i, 'd>(
    markup: &Markup,
    style: Option<&'d str>,
    defaults: &Defaults,
    inline: &'i mut Inline<'d>,
) -> Cow<'i, [Declared]> {
    let by_attributes = defaults.declared(markup);
    let Some(css) = style else { return Cow::Owned(by_attributes) };
    let said = inline.declarations(css);
    if by_attributes.is_empty() { Cow::Borrowed(said) } else { Cow::Owned([by_attributes.as_slice(), said].concat()) }
}

fn sheets(document: &Document, tagged: bool) -> Sheets {
    let mut sheets = Sheets::default();
    for node in document.html.tree.nodes() {
        if node.value().as_element().is_none_or(|markup| markup.name.local != local_name!("style")) {
            continue;
        }
        let attributes = document.element_at(node.id()).into_iter().flat_map(attribute::masked);
        let media = attributes.filter(|(name, _)| name.eq_ignore_ascii_case("media")).map(|(_, media)| media).next();
        let always = sheet::is_everywhere(&mut Parser::new(&written::decoded(media.unwrap_or_default())));
        let css: String = node.children().filter_map(|child| child.value().as_text()).map(|text| &**text).collect();
        sheets.add(&css, always, tagged);
    }
    sheets
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

fn is_image(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "svg"
            | "video"
            | "input"
            | "button"
            | "select"
            | "textarea"
            | "object"
            | "embed"
            | "iframe"
            | "canvas"
            | "hr"
            | "mj-image"
            | "mj-carousel-image"
            | "mj-social-element"
    ) || name.starts_with("v:")
}
