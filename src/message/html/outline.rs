//! The flat list of what stands in the source, written while the tree is built.

use super::around::Around;
use super::attribute::Names;
use super::entity::Place;
use super::ties::{ByNode, Ties};
use super::tokenizer::Found;
use crate::source::ViewSpan;
use ego_tree::NodeId;
use html5ever::{LocalName, local_name};
use std::ops::Range;

/// An element that has a tag in the source.
#[derive(Debug)]
pub(super) struct Record {
    pub name: LocalName,
    pub node: NodeId,
    pub span: ViewSpan,
    /// Which attributes it may have, those of `merged` included.
    pub attributes: Names,
    /// Where the element ends (byte offset), its end tag included.
    pub end: usize,
    pub end_tag: Option<ViewSpan>,
    /// What stands in it: a range of the entries.
    pub inside: Range<usize>,
    /// Where the places of its attributes are noted: a range of the outline's.
    pub places: Range<usize>,
    /// The same of later `<html>` or `<body>` tags, whose attributes the element took over.
    pub merged: Vec<Range<usize>>,
    /// The nearest element around it in the tree; set once the tree is finished.
    pub parent: Option<u32>,
    /// Which names the elements around it may have; all, where that is not worth knowing.
    pub around: Around,
}

/// A start tag, as the source has it.
pub(super) struct Opened {
    pub name: LocalName,
    pub span: ViewSpan,
    pub attributes: Names,
    pub places: Range<usize>,
}

/// A thing in the source.
#[derive(Debug)]
pub(super) enum Entry {
    Start(u32),
    End(Option<u32>, ViewSpan),
    Text { span: ViewSpan, parent: Option<u32>, place: Place },
    Comment { span: ViewSpan, inside: ViewSpan },
}

/// What the source holds, in its order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub records: Vec<Record>,
    pub entries: Vec<Entry>,
    /// Attributes of the elements, in the order of their tags.
    pub attributes: Vec<Found>,
    /// Start tags that the parser throws away.
    pub stray: Vec<ViewSpan>,
    pub by_node: ByNode,
    /// Elements that are open, outermost first.
    open: Vec<u32>,
}

impl Outline {
    /// Makes room for what a text holds in which `marks` tags and comments open.
    pub fn reserve(&mut self, marks: usize) {
        // not all elements have an end tag
        self.records.reserve(marks / 8 * 5);
        // and mostly there is text between two of them
        self.entries.reserve(2 * marks);
        self.attributes.reserve(marks);
    }

    /// Notes where the attributes of the next element stand, `base` bytes further; hands back where that is noted.
    pub fn attributes(&mut self, found: &[Found], base: usize) -> Range<usize> {
        let start = self.attributes.len();
        let further = |range: &Range<usize>| range.start + base..range.end + base;
        self.attributes.extend(found.iter().map(|found| Found {
            name: further(&found.name),
            value: found.value.as_ref().map(further),
            end: found.end + base,
        }));
        start..self.attributes.len()
    }

    pub fn text(&mut self, span: ViewSpan, place: Place) {
        if !span.is_empty() {
            self.entries.push(Entry::Text { span, parent: self.open.last().copied(), place });
        }
    }

    pub fn comment(&mut self, span: ViewSpan, inside: ViewSpan) {
        self.entries.push(Entry::Comment { span, inside });
    }

    /// A start tag that made the element `node`; `current` is the parser's current node after it.
    pub fn start(&mut self, tag: Opened, node: NodeId, ties: &Ties, current: Option<NodeId>) {
        self.close_around(Some(node), tag.span.start, ties);
        if matches!(tag.name, local_name!("a") | local_name!("nobr")) {
            self.close_replaced(&tag.name, node, tag.span.start, ties);
        }
        let id = self.record(tag, node);
        if current == Some(node) {
            self.open.push(id);
        }
    }

    /// A repeated `<html>` or `<body>`, whose attributes went to `node`.
    pub fn merge(&mut self, tag: Opened, node: NodeId) {
        if let Some(record) = self.by_node.get(node).and_then(|id| self.records.get_mut(id as usize)) {
            record.merged.push(tag.places);
            record.attributes = record.attributes.and(tag.attributes);
            return;
        }
        // The element was implied until now; it is around all that is open but <html>.
        let outer = usize::from(
            tag.name == local_name!("body")
                && self.open.first().is_some_and(|id| self.is_named(*id, &local_name!("html"))),
        );
        let id = self.record(tag, node);
        self.open.insert(outer, id);
    }

    /// A start tag that made nothing.
    pub fn stray(&mut self, span: ViewSpan, ties: &Ties, current: Option<NodeId>) {
        self.close_around(current, span.start, ties);
        self.stray.push(span);
    }

    /// An end tag; `current` is the parser's current node after it.
    pub fn end(&mut self, name: &LocalName, span: ViewSpan, ties: &Ties, current: Option<NodeId>) {
        let closed = self.closed_by(name, ties, current).and_then(|index| {
            let id = *self.open.get(index)?;
            if !is_root(name) {
                self.open.remove(index);
            }
            Some(id)
        });
        if let Some(id) = closed {
            self.close(id, span.end, Some(span));
        }
        self.close_around(current, span.start, ties);
        self.entries.push(Entry::End(closed, span));
    }

    /// An end tag whose start tag was left out.
    pub fn end_of_skipped(&mut self, span: ViewSpan) {
        self.entries.push(Entry::End(None, span));
    }

    /// Closes the elements at the top of the stack in which `node` does not stand.
    pub fn close_around(&mut self, node: Option<NodeId>, at: usize, ties: &Ties) {
        while let Some(&top) = self.open.last() {
            if self.node(top).is_some_and(|top| ties.stands_in(node, top)) {
                break;
            }
            self.open.pop();
            self.close(top, at, None);
        }
    }

    /// The node of the innermost open element called `name`.
    pub fn innermost(&self, name: &LocalName) -> Option<NodeId> {
        let id = self.open.iter().rfind(|id| self.is_named(**id, name))?;
        self.node(*id)
    }

    /// The element that was opened last and is still open.
    pub fn top(&self) -> Option<&Record> {
        self.records.get(*self.open.last()? as usize)
    }

    /// The source ends.
    pub fn finish(&mut self, at: usize) {
        while let Some(id) = self.open.pop() {
            self.close(id, at, None);
        }
    }

    fn record(&mut self, Opened { name, span, attributes, places }: Opened, node: NodeId) -> u32 {
        let id = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry::Start(id));
        let here = self.entries.len();
        self.records.push(Record {
            name,
            node,
            span,
            attributes,
            end: span.end,
            end_tag: None,
            inside: here..here,
            places,
            merged: Vec::new(),
            parent: None,
            around: Around::ANYTHING,
        });
        self.by_node.insert(node, id);
        id
    }

    fn close(&mut self, id: u32, at: usize, end_tag: Option<ViewSpan>) {
        let here = self.entries.len();
        // <body> and <html> stay open behind their end tags, but they end there.
        if let Some(record) = self.records.get_mut(id as usize).filter(|record| record.end_tag.is_none()) {
            record.end = at.max(record.span.end);
            record.end_tag = end_tag;
            record.inside.end = here;
        }
    }

    /// The open element that an end tag called `name` has closed, as an index of the stack.
    fn closed_by(&self, name: &LocalName, ties: &Ties, current: Option<NodeId>) -> Option<usize> {
        let index = self.open.iter().rposition(|id| self.is_named(*id, name))?;
        let node = self.node(*self.open.get(index)?)?;
        (is_root(name) || ties.was_popped(node) || !ties.stands_in(current, node)).then_some(index)
    }

    /// Closes the `<a>` in which another `<a>` can't stand, though blocks between the two stay open.
    fn close_replaced(&mut self, name: &LocalName, node: NodeId, at: usize, ties: &Ties) {
        let Some(index) = self.open.iter().rposition(|id| self.is_named(*id, name)) else { return };
        let Some(id) = self.open.get(index).copied() else { return };
        if self.node(id).is_some_and(|open| !ties.stands_in(Some(node), open)) {
            self.open.remove(index);
            self.close(id, at, None);
        }
    }

    fn is_named(&self, id: u32, name: &LocalName) -> bool {
        self.records.get(id as usize).is_some_and(|record| record.name == *name)
    }

    fn node(&self, id: u32) -> Option<NodeId> {
        self.records.get(id as usize).map(|record| record.node)
    }
}

/// Elements that stay open behind their end tags.
fn is_root(name: &LocalName) -> bool {
    matches!(*name, local_name!("html") | local_name!("body"))
}
