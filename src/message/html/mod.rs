//! HTML as a browser builds it (scraper's tree), with the place of each tag, attribute and text in the view.

mod around;
mod attribute;
mod conditional;
mod element;
mod entity;
mod guard;
mod mjml;
mod node;
mod outline;
mod parse;
mod style;
#[cfg(test)]
mod tests;
mod ties;
mod tokenizer;

pub use attribute::{Attribute, Names as AttributeNames};
pub use conditional::Conditional;
pub use element::{Element, ElementId};
pub use node::{DecodedText, Node, Text};
pub use style::Style;

use super::budget::Budget;
use super::tags::Tag;
use crate::source::ViewSpan;
use ego_tree::NodeId;
use html5ever::LocalName;
use outline::{Entry, Record};
use parse::{Context, Input, Language, Parsed};
use scraper::Html;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use ties::ByNode;
use tokenizer::Found;

/// An HTML body: its elements and texts in source order, and the tree that a browser would build of it.
pub struct Document {
    /// All of the view.
    text: Arc<str>,
    /// The view with filler for merge tags; `None` when it has none.
    masked: Option<Arc<str>>,
    /// The places of the merge tags.
    tags: Arc<[Range<usize>]>,
    language: Language,
    html: Html,
    records: Vec<Record>,
    entries: Vec<Entry>,
    attributes: Vec<Found>,
    stray: Vec<ViewSpan>,
    by_node: ByNode,
    /// Which names its elements may have, and which their attributes.
    occurring: (AttributeNames, AttributeNames),
    /// A copy of a formatting element stands in the tree.
    has_copies: bool,
    conditionals: Vec<Conditional>,
    has_root: bool,
    styles: OnceCell<style::Styles>,
}

impl Document {
    /// Parses `text` (the whole view), HTML, with its merge tags taken out of the parser's way.
    ///
    /// It never fails and takes time linear in the length of the text; what is beyond measure is left out.
    pub fn parse(text: &str, tags: &[Tag]) -> Self {
        Self::parse_within(text, tags, &mut Budget::default())
    }

    /// The same, with what is left for it.
    pub(crate) fn parse_within(text: &str, tags: &[Tag], budget: &mut Budget) -> Self {
        let masked = super::tags::mask(text, tags);
        Self::whole(text, masked, tags, Language::Html, &[], budget)
    }

    /// Parses `text` (the whole view), MJML, likewise: self-closing tags are closed, and what stands in one element of MJML stays in it.
    pub(crate) fn parse_mjml(text: &str, tags: &[Tag], budget: &mut Budget) -> Self {
        let masked = super::tags::mask(text, tags);
        let cuts = mjml::cdata_delimiters(&masked);
        let masked = if cuts.is_empty() { masked } else { Cow::Owned(mjml::blanked(&masked, &cuts)) };
        Self::whole(text, masked, tags, Language::Mjml, &cuts, budget)
    }

    fn whole(
        text: &str,
        masked: Cow<'_, str>,
        tags: &[Tag],
        language: Language,
        cuts: &[Range<usize>],
        budget: &mut Budget,
    ) -> Self {
        let parsed = parse::parse(Input { text: &masked, base: 0, language, cuts }, Context::Document, budget);
        let masked = (!tags.is_empty() || !cuts.is_empty()).then(|| Arc::from(masked.as_ref()));
        let tags = tags.iter().map(|tag| tag.span.range()).collect();
        let mut document = Self::new(Arc::from(text), masked, tags, language, parsed);
        document.conditionals = conditional::conditionals(&document, budget);
        document
    }

    /// The source is MJML.
    pub fn is_mjml(&self) -> bool {
        self.language == Language::Mjml
    }

    /// The tree that a browser builds; merge tags are filler in it. Of attributes it has those alone that the tree builder looks at: they are
    /// asked of the elements.
    pub fn tree(&self) -> &Html {
        &self.html
    }

    /// Tags, texts and comments in source order.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        self.entries.iter().map(|entry| Node::of(self, entry))
    }

    /// The elements in source order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.records.len()).map(|id| self.element(ElementId(u32::try_from(id).unwrap_or(u32::MAX))))
    }

    /// The elements with one of `names` (in lower case), in source order. Most questions are about names that a mail does not have.
    pub fn named<'d>(&'d self, names: &'static [&'static str]) -> impl Iterator<Item = Element<'d>> {
        let elements = self.may_have(names).then(|| self.elements()).into_iter().flatten();
        elements.filter(move |element| names.contains(&element.name()))
    }

    /// Whether an element may have one of `names`.
    pub fn may_have(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.occurring.0.may_hold(name))
    }

    /// Whether the name of an attribute begins with `on`.
    pub fn may_have_handlers(&self) -> bool {
        self.occurring.1.may_hold_handler()
    }

    /// The first element whose start tag begins at `offset` of the view or behind it.
    pub fn first_from(&self, offset: usize) -> Option<Element<'_>> {
        let index = self.records.partition_point(|record| record.span.start < offset);
        (index < self.records.len()).then(|| self.element(ElementId(u32::try_from(index).unwrap_or(u32::MAX))))
    }

    /// The element behind an id.
    pub fn element(&self, id: ElementId) -> Element<'_> {
        Element { document: self, id }
    }

    /// Downlevel-hidden conditional comments, in order. (The inside of `<!--[if !mso]><!--> … <!--<![endif]-->` is ordinary content.)
    pub fn conditionals(&self) -> &[Conditional] {
        &self.conditionals
    }

    /// Whether the source has a document root of its own: `<html>`, `<body>` or a doctype; for MJML, `<mjml>`.
    pub fn has_root(&self) -> bool {
        self.has_root
    }

    /// Start tags that the parser throws away, a `<td>` outside of a table or a `<form>` inside another.
    pub fn stray_tags(&self) -> &[ViewSpan] {
        &self.stray
    }

    /// The computed style of an element, as far as mail clients agree on it; made once for the whole document when first asked for.
    #[inline]
    pub fn style(&self, element: Element<'_>) -> &Style {
        self.styles.get_or_init(|| style::styles(self)).of.get(element.id.0 as usize).unwrap_or(&style::UNSTYLED)
    }

    /// Somebody asked for a style, and there were too many rules to try them all.
    pub fn has_untried_rules(&self) -> bool {
        self.styles.get().is_some_and(|styles| styles.untried)
    }

    /// The view with filler in the place of merge tags.
    fn masked(&self) -> &str {
        self.masked.as_deref().unwrap_or(&self.text)
    }

    /// A part of the view, parsed for itself.
    fn piece(&self, range: Range<usize>, context: Context, budget: &mut Budget) -> Self {
        let text = self.masked().get(range.clone()).unwrap_or_default();
        let parsed =
            parse::parse(Input { text, base: range.start, language: self.language, cuts: &[] }, context, budget);
        Self::new(self.text.clone(), self.masked.clone(), self.tags.clone(), self.language, parsed)
    }

    fn new(
        text: Arc<str>,
        masked: Option<Arc<str>>,
        tags: Arc<[Range<usize>]>,
        language: Language,
        parsed: Parsed,
    ) -> Self {
        let Parsed { html, outline, copies, has_root } = parsed;
        let mut document = Self {
            text,
            masked,
            tags,
            language,
            html,
            records: outline.records,
            entries: outline.entries,
            attributes: outline.attributes,
            stray: outline.stray,
            by_node: outline.by_node,
            occurring: Default::default(),
            has_copies: !copies.is_empty(),
            conditionals: Vec::new(),
            has_root,
            styles: OnceCell::new(),
        };
        document.fold(&copies);
        let around = |record: &Record| document.around(record.node).map(|(parent, _)| parent.id.0);
        let parents: Vec<_> = document.records.iter().map(around).collect();
        let (mut names, mut attributes) = document.occurring;
        for (record, parent) in document.records.iter_mut().zip(parents) {
            record.parent = parent;
            names = names.and(AttributeNames::one(&record.name));
            attributes = attributes.and(record.attributes);
        }
        document.occurring = (names, attributes);
        if !document.has_copies {
            around::note(&mut document.records);
        }
        document
    }

    /// Lets each copy of a formatting element stand for its original: the last element before it of the same name and attributes.
    fn fold(&mut self, copies: &[NodeId]) {
        if copies.is_empty() {
            return;
        }
        let likeness = |node: NodeId| {
            let element = self.html.tree.get(node)?.value().as_element()?;
            let attributes: Vec<(&LocalName, &str)> =
                element.attrs.iter().map(|(name, value)| (&name.local, &**value)).collect();
            Some((&element.name.local, attributes))
        };
        let mut originals: HashMap<_, Vec<(NodeId, u32)>> = HashMap::new();
        for (id, record) in self.records.iter().enumerate().filter(|(_, record)| ties::is_formatting(&record.name)) {
            if let Some(likeness) = likeness(record.node) {
                originals.entry(likeness).or_default().push((record.node, u32::try_from(id).unwrap_or(u32::MAX)));
            }
        }
        let folded: Vec<_> = copies
            .iter()
            .filter_map(|copy| {
                let alike = originals.get(&likeness(*copy)?)?;
                // Nodes count up as they are made.
                let before = alike.partition_point(|(node, _)| node < copy);
                let (_, id) = alike.get(before.saturating_sub(1))?;
                Some((*copy, *id))
            })
            .collect();
        for (copy, id) in folded {
            self.by_node.insert(copy, id);
        }
    }
}

impl fmt::Debug for Document {
    /// Short: the tree may be deep.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Document");
        shown
            .field("elements", &self.records.len())
            .field("conditionals", &self.conditionals.len())
            .finish_non_exhaustive()
    }
}
