//! Keeps from the tree builder what it would take too long over.

use super::super::guard::{MAX_COPIES, MAX_OPEN, MAX_ROOTS, MAX_TAGS};
use super::super::mjml;
use super::super::ties::{Held, Ties};
use ego_tree::NodeId;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};
use std::collections::HashMap;

/// How much was read, and which limits were reached by it.
#[derive(Default)]
pub(super) struct Load {
    tags: usize,
    roots: usize,
    crowded: bool,
    /// End tags that belong to start tags left out.
    skipped: HashMap<LocalName, usize>,
    /// What follows is not read.
    pub stopped: bool,
    pub limits: Vec<String>,
}

impl Load {
    pub fn limit(&mut self, what: String) {
        if !self.limits.contains(&what) {
            self.limits.push(what);
        }
    }

    fn stop(&mut self, what: String) {
        self.stopped = true;
        self.limit(what);
    }

    /// Counts a tag.
    pub fn count(&mut self, builder: &TreeBuilder<NodeId, Ties>) {
        self.tags += 1;
        if self.tags > MAX_TAGS {
            self.stop(format!("more than {MAX_TAGS} tags: what follows was not read"));
        }
        if builder.sink.copies() > MAX_COPIES {
            self.stop("too many unclosed formatting elements: what follows was not read".to_owned());
        }
        if self.tags.is_multiple_of(32) {
            let held = Held::default();
            builder.trace_handles(&held);
            self.crowded = held.0.get() > MAX_OPEN;
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
        self.limit(format!("more than {MAX_OPEN} elements are open at a time: deeper ones were left out"));
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
