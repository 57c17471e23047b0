//! Keeps from the tree builder what it would take too long over.

use super::super::guard::{MAX_COMPARED, MAX_COPIED_ATTRIBUTES, MAX_COPIES, MAX_ROOTS};
use super::super::mjml;
use super::super::ties::{Held, Ties, is_formatting};
use crate::config::limits::{Limit, Reached};
use crate::message::budget::Budget;
use ego_tree::NodeId;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};
use std::collections::HashMap;

/// How much was read.
#[derive(Default)]
pub(super) struct Load {
    pub budget: Budget,
    tags: usize,
    /// Attributes of these tags.
    attributes: usize,
    /// Attributes that the parser has compared.
    compared: usize,
    held: usize,
    roots: usize,
    crowded: bool,
    /// End tags that belong to start tags left out.
    skipped: HashMap<LocalName, usize>,
    /// What follows is not read.
    pub stopped: bool,
}

impl Load {
    /// Counts a tag, a comment or a piece of text.
    pub fn count_node(&mut self) {
        self.budget.nodes += 1;
        if self.budget.nodes > self.budget.limits.of(Limit::Nodes) {
            self.stopped = true;
            self.budget.reach(Limit::Nodes);
        }
    }

    /// Counts a tag.
    pub fn count(&mut self, tag: &Tag, builder: &TreeBuilder<NodeId, Ties>) {
        self.count_node();
        self.tags += 1;
        self.attributes += tag.attrs.len();
        if tag.kind == TagKind::StartTag && is_formatting(&tag.name) {
            self.compared += self.held * (1 + tag.attrs.len());
        }
        let copied = builder.sink.attributes().saturating_sub(self.attributes);
        if builder.sink.copies() > MAX_COPIES || copied > MAX_COPIED_ATTRIBUTES || self.compared > MAX_COMPARED {
            self.stopped = true;
            let words = "too many unclosed formatting elements: what follows was not read";
            self.budget.reached.insert(Reached::fixed(words));
        }
        if self.tags.is_multiple_of(32) {
            let held = Held::default();
            builder.trace_handles(&held);
            self.held = held.0.get();
            self.crowded = self.held > self.budget.limits.of(Limit::Depth);
        }
    }

    /// Whether a tag is kept from the tree builder.
    pub fn leaves_out(&mut self, tag: &Tag, in_component: bool) -> bool {
        if tag.kind == TagKind::EndTag {
            return self.skipped.get_mut(&tag.name).filter(|count| **count > 0).map(|count| *count -= 1).is_some();
        }
        if matches!(tag.name, local_name!("html") | local_name!("body")) {
            self.roots += 1;
            return self.roots > MAX_ROOTS;
        }
        if !self.crowded || holds_no_elements(&tag.name) {
            return false;
        }
        if !(tag.self_closing && !in_component && mjml::is_known(&tag.name)) {
            *self.skipped.entry(tag.name.clone()).or_default() += 1;
        }
        self.budget.reach(Limit::Depth);
        true
    }
}

/// Elements that never nest: they have no content, or only text, and how the tokenizer goes on depends on them.
fn holds_no_elements(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    ) || matches!(
        &**name,
        "iframe" | "noembed" | "noframes" | "plaintext" | "script" | "style" | "textarea" | "title" | "xmp"
    )
}
