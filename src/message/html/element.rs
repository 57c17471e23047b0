//! An element of the source: its tag, its attributes, what is around it and what is in it.

use super::attribute::{self, Attribute};
use super::outline::Record;
use super::{AttributeNames, Document, Node, mjml};
use crate::source::ViewSpan;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use std::borrow::Cow;

/// Names an element of a document; they count up in source order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

/// An element that has a tag in the source (implied ones and the parser's copies of formatting elements are left out).
#[derive(Debug, Clone, Copy)]
pub struct Element<'d> {
    pub(super) document: &'d Document,
    /// Its number.
    pub id: ElementId,
}

impl<'d> Element<'d> {
    #[inline]
    pub(super) fn record(self) -> Option<&'d Record> {
        self.document.records.get(self.id.0 as usize)
    }

    /// Local name in lower case, with its prefix where it has one: `v:rect`, `o:p`.
    #[inline]
    pub fn name(self) -> &'d str {
        self.record().map_or("", |record| &record.name)
    }

    /// The start tag in the view.
    #[inline]
    pub fn span(self) -> ViewSpan {
        self.record().map_or(ViewSpan::at(0), |record| record.span)
    }

    /// The end tag that closes it, where it has one.
    pub fn end_tag(self) -> Option<ViewSpan> {
        self.record()?.end_tag
    }

    /// From the start tag to the end of the element: its end tag, or where the parser closes it.
    pub fn extent(self) -> ViewSpan {
        self.record().map_or(ViewSpan::at(0), |record| ViewSpan::new(record.span.start, record.end))
    }

    /// The attribute called `name` (lower case); the first, where there are several.
    pub fn attribute(self, name: &str) -> Option<Attribute<'d>> {
        attribute::attribute(self, name)
    }

    /// The same, if its value has less than `bytes` as it is written: for what many elements ask of one around them.
    pub fn short_attribute(self, name: &str, bytes: usize) -> Option<Attribute<'d>> {
        attribute::short(self, name, bytes)
    }

    /// Whether it has an attribute called `name` (lower case), whatever its value.
    pub fn has(self, name: &str) -> bool {
        attribute::has(self, name)
    }

    /// Whether it may have an attribute called `name` (lower case): a quick look that says no for most.
    pub fn may_have(self, name: &str) -> bool {
        attribute::may_have(self, name)
    }

    /// It shows code, or stands in what does: `<code>`, `<pre>`.
    pub fn is_code(self) -> bool {
        const CODE: [&str; 5] = ["code", "pre", "samp", "kbd", "tt"];
        CODE.contains(&self.name()) || self.enclosing(&CODE).is_some()
    }

    /// Whether it may have an attribute with one of `names`.
    pub fn may_have_any(self, names: AttributeNames) -> bool {
        attribute::may_have_any(self, names)
    }

    /// The names of all attributes in lower case, as [`Element::attributes`] lists them.
    pub fn attribute_names(self) -> impl Iterator<Item = Cow<'d, str>> {
        attribute::names(self)
    }

    /// Whether an attribute's name begins with `on`, as those of event handlers do.
    pub fn may_have_handler(self) -> bool {
        attribute::may_have_handler(self)
    }

    /// All attributes called `name` (lower case) in source order.
    pub fn attributes_named(self, name: &'d str) -> impl Iterator<Item = Attribute<'d>> {
        attribute::attributes_named(self, name)
    }

    /// The values of all attributes called `name` (lower case) as they are written, references not decoded.
    pub fn written_values(self, name: &str) -> impl Iterator<Item = &'d str> {
        attribute::written_values(self, name)
    }

    /// Where they are in the view.
    pub fn value_spans(self, name: &str) -> impl Iterator<Item = ViewSpan> {
        attribute::value_spans(self, name)
    }

    /// All attributes in source order, duplicates included. (For `<html>` and `<body>`: also those that it takes over from a repeated tag.)
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'d>> {
        attribute::attributes(self)
    }

    /// The element that it stands in, in the tree.
    pub fn parent(self) -> Option<Element<'d>> {
        let parent = self.record()?.parent?;
        Some(self.document.element(ElementId(parent)))
    }

    /// Parent, its parent, and so on: what is around it in the tree. (Where the parser has copied a formatting element, it is found from inside the
    /// copy, too, and so is everything around the copy; then this is more than parent, its parent, and so on.)
    pub fn ancestors(self) -> impl Iterator<Item = Element<'d>> {
        let document = self.document;
        let mut node = self.record().map(|record| record.node);
        let mut element = Some(self);
        std::iter::from_fn(move || {
            if document.has_copies {
                let outer;
                (outer, node) = document.around(node?)?;
                return Some(outer);
            }
            // Each element is one node: what is around it is known already.
            element = element?.parent();
            element
        })
    }

    /// The nearest element around it that is called as one of `names`. Quick where there is none, however deep it stands.
    pub fn enclosing(self, names: &[&str]) -> Option<Element<'d>> {
        if !self.record()?.around.may_hold(names) {
            return None;
        }
        self.ancestors().find(|ancestor| names.contains(&ancestor.name()))
    }

    /// The source is MJML.
    pub fn is_in_mjml(self) -> bool {
        self.document.is_mjml()
    }

    /// Whether it stands among the elements of MJML without being one: a component of the sender's own, which may become anything.
    pub fn is_custom_component(self) -> bool {
        let is_custom = |name: &str| name.contains('-') && !mjml::is_known(name);
        self.document.is_mjml()
            && is_custom(self.name())
            && !self.ancestors().any(|ancestor| mjml::is_ending(ancestor.name()))
    }

    /// How many elements are around it.
    pub fn depth(self) -> usize {
        self.ancestors().count()
    }

    /// Whether it is `other` or inside it.
    pub fn is_within(self, other: Element<'_>) -> bool {
        self.id == other.id || self.ancestors().any(|ancestor| ancestor.id == other.id)
    }

    /// What stands inside it, in source order.
    pub fn inside(self) -> impl Iterator<Item = Node<'d>> {
        let entries = self.record().and_then(|record| self.document.entries.get(record.inside.clone()));
        entries.unwrap_or_default().iter().map(move |entry| Node::of(self.document, entry))
    }
}

impl Document {
    /// What each element takes from what is around it: `of` makes it of what is around, and the element. `None` for elements that stand
    /// outside of the tree, or what they would take. As in [`Element::ancestors`], a copy of a formatting element stands for the element itself.
    pub fn inherited<T: Clone>(&self, outside: T, of: impl Fn(&T, Element<'_>) -> T) -> Vec<Option<T>> {
        match self.parents_come_first() {
            true => self.inherited_by_numbers(&outside, of),
            false => self.inherited_in_the_tree(outside, of),
        }
    }

    /// Each element is one node, and none stands before what is around it: nearly always.
    fn parents_come_first(&self) -> bool {
        let is_behind = |(id, record): (usize, &Record)| record.parent.is_none_or(|parent| (parent as usize) < id);
        !self.has_copies && self.records.iter().enumerate().all(is_behind)
    }

    fn inherited_by_numbers<T>(&self, outside: &T, of: impl Fn(&T, Element<'_>) -> T) -> Vec<Option<T>> {
        let mut known: Vec<Option<T>> = Vec::with_capacity(self.records.len());
        for (element, record) in self.elements().zip(&self.records) {
            let around = record.parent.and_then(|parent| known.get(parent as usize)?.as_ref());
            let own = of(around.unwrap_or(outside), element);
            known.push(Some(own));
        }
        known
    }

    fn inherited_in_the_tree<T: Clone>(&self, outside: T, of: impl Fn(&T, Element<'_>) -> T) -> Vec<Option<T>> {
        let mut known = vec![None; self.records.len()];
        let mut around = vec![outside];
        for edge in self.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if node.value().is_element() => {
                    let Some(outer) = around.last() else { continue };
                    let element = self.element_at(node.id());
                    let inner = element.map_or_else(|| outer.clone(), |element| of(outer, element));
                    let own = element.filter(|element| element.record().is_some_and(|record| record.node == node.id()));
                    if let Some(slot) = own.and_then(|element| known.get_mut(element.id.0 as usize)) {
                        *slot = Some(inner.clone());
                    }
                    around.push(inner);
                }
                Edge::Close(node) if node.value().is_element() => {
                    around.pop();
                }
                Edge::Open(_) | Edge::Close(_) => {}
            }
        }
        known
    }

    /// The nearest element around a node of the tree, and the node at which it was found.
    pub(super) fn around(&self, node: NodeId) -> Option<(Element<'_>, Option<NodeId>)> {
        let mut around = self.html.tree.get(node)?.parent();
        while let Some(node) = around {
            if let Some(element) = self.element_at(node.id()) {
                return Some((element, Some(node.id())));
            }
            around = node.parent();
        }
        None
    }

    /// The element that a node of the tree is, or is a copy of.
    #[inline]
    pub(super) fn element_at(&self, node: NodeId) -> Option<Element<'_>> {
        self.by_node.get(node).map(|id| self.element(ElementId(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::Document;
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "<div>",
        "</div>",
        "<p>",
        "<table>",
        "<td>",
        "</table>",
        "<body id=x>",
        "<form>",
        "<svg>",
        "<title>",
        "</title>",
        "x",
    ];

    proptest! {
        #[test]
        fn what_is_inherited_by_numbers_is_what_is_inherited_in_the_tree(pieces in prop::collection::vec(0..PIECES.len(), 0..30)) {
            let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
            let document = Document::parse(&text, &[]);
            if document.parents_come_first() {
                let names = |around: &String, element: super::Element<'_>| format!("{around}/{}", element.name());
                let by_numbers = document.inherited_by_numbers(&String::new(), names);
                let in_the_tree = document.inherited_in_the_tree(String::new(), names);
                for (one, other) in by_numbers.iter().zip(&in_the_tree) {
                    prop_assert!(other.is_none() || one == other, "{one:?}, {other:?}");
                }
                prop_assert_eq!(by_numbers.len(), in_the_tree.len());
            }
        }
    }
}
