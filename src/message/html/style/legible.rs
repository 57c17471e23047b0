//! Text that is too small to be read hides its element, unless something in it is seen for all that.

use super::super::entity;
use super::super::outline::Entry;
use super::super::{Document, ElementId};
use super::{Style, is_image};
use ego_tree::NodeId;
use std::collections::HashSet;

/// Text of this size in pixels, or a smaller one, is not seen.
const UNREADABLE: f32 = 1.0;

/// Notes as hidden what has text of an unreadable size and holds nothing that is seen: an image or a field, which no font size hides, or text of a
/// readable size. `copies` are formatting elements that the parser has copied (and what it has implied), with their styles: which text stands in them is
/// not known, so one of a readable size is taken to hold some.
pub(super) fn hide_unreadable(document: &Document, styles: &mut [Style], copies: &[(NodeId, Style)]) {
    if !styles.iter().any(is_unreadable) {
        return;
    }
    let mut seen = Seen { document, elements: vec![false; styles.len()], nodes: HashSet::new() };
    if document.has_copies {
        copies.iter().filter(|(_, style)| !is_unreadable(style)).for_each(|(copy, _)| seen.around(*copy));
    }
    for entry in &document.entries {
        let holder = match *entry {
            Entry::Start(id) => Some(id).filter(|_| is_image(document.element(ElementId(id)).name())),
            Entry::Text { span, parent, place } => parent.filter(|parent| {
                let raw = || document.masked().get(span.range()).unwrap_or_default();
                styles.get(*parent as usize).is_some_and(|style| !is_unreadable(style))
                    && !is_blank(&entity::decode(raw(), place, &[]).text)
            }),
            Entry::End(..) | Entry::Comment { .. } => None,
        };
        if let Some(id) = holder {
            seen.element(ElementId(id));
        }
    }
    for (style, seen) in styles.iter_mut().zip(seen.elements) {
        style.hidden |= !seen && is_unreadable(style);
    }
}

/// In what something is seen.
struct Seen<'d> {
    document: &'d Document,
    /// By their number.
    elements: Vec<bool>,
    /// Nodes of the tree from which all that is around them is noted already.
    nodes: HashSet<NodeId>,
}

impl Seen<'_> {
    /// Something is seen in an element, and so in all that is around it.
    fn element(&mut self, id: ElementId) {
        let element = self.document.element(id);
        let is_new = self.note(id);
        if self.document.has_copies {
            if let Some(record) = element.record() {
                self.around(record.node);
            }
        } else if is_new {
            let mut holders = element.ancestors();
            while holders.next().is_some_and(|holder| self.note(holder.id)) {}
        }
    }

    /// The same of what is around a node.
    fn around(&mut self, node: NodeId) {
        let mut next = Some(node);
        while let Some(node) = next.filter(|node| self.nodes.insert(*node)) {
            let Some((holder, outer)) = self.document.around(node) else { break };
            self.note(holder.id);
            next = outer;
        }
    }

    /// Whether that is new.
    fn note(&mut self, id: ElementId) -> bool {
        self.elements.get_mut(id.0 as usize).is_some_and(|seen| !std::mem::replace(seen, true))
    }
}

/// Nearly all text begins with a letter or has one behind its blanks.
fn is_blank(text: &str) -> bool {
    let first = text.bytes().find(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    first.is_none_or(|first| !first.is_ascii_graphic() && text.trim().is_empty())
}

fn is_unreadable(style: &Style) -> bool {
    style.font_size.is_some_and(|size| size <= UNREADABLE)
}
