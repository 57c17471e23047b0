//! scraper's tree under html5ever's tree builder, watched: which node belongs to the tag that is being read.

use ego_tree::NodeId;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::Tracer;
use html5ever::{Attribute, LocalName, QualName, local_name};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// A map whose keys are nodes.
type NodeMap<V> = HashMap<NodeId, V, BuildHasherDefault<NodeHasher>>;

/// The number of a node in its tree. ego-tree does not tell it, but it is all that there is to hash.
fn number(node: NodeId) -> usize {
    struct Number(usize);
    impl Hasher for Number {
        fn finish(&self) -> u64 {
            self.0 as u64
        }
        fn write(&mut self, _: &[u8]) {}
        fn write_usize(&mut self, number: usize) {
            self.0 = number;
        }
    }
    let mut number = Number(0);
    node.hash(&mut number);
    number.0
}

/// Which record belongs to each node. Nodes count up, so a list finds them quicker than a map.
#[derive(Debug, Default)]
pub(super) struct ByNode(Vec<Option<u32>>);

impl ByNode {
    pub fn get(&self, node: NodeId) -> Option<u32> {
        self.0.get(number(node)).copied().flatten()
    }

    pub fn insert(&mut self, node: NodeId, record: u32) {
        let number = number(node);
        if self.0.len() <= number {
            self.0.resize(number + 1, None);
        }
        if let Some(slot) = self.0.get_mut(number) {
            *slot = Some(record);
        }
    }
}

/// Hashes a node by its number in the tree.
#[derive(Default)]
struct NodeHasher(u64);

impl Hasher for NodeHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0.rotate_left(5) ^ number as u64).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// The sink of the tree builder.
///
/// The tree builder inserts a token's own element last, so the last element of the tag's name that is created before the token is done is the tag's.
/// All else that is made on the way is implied, or a copy of a formatting element (adoption agency, reconstruction).
pub(super) struct Ties {
    tree: HtmlTreeSink,
    wanted: RefCell<Option<LocalName>>,
    own: Cell<Option<NodeId>>,
    merged_into: Cell<Option<NodeId>>,
    popped: RefCell<Vec<NodeId>>,
    asked: Cell<Option<NodeId>>,
    before: Cell<Option<NodeId>>,
    fostered: RefCell<NodeMap<NodeId>>,
    copies: RefCell<Vec<NodeId>>,
    attributes: Cell<usize>,
}

/// More steps than any chain of parents has within the limits: a chain of foster parents can't be proven to end.
const MAX_CLIMB: usize = 100_000;

impl Ties {
    pub fn new(html: Html) -> Self {
        Self {
            tree: HtmlTreeSink::new(html),
            wanted: RefCell::default(),
            own: Cell::default(),
            merged_into: Cell::default(),
            popped: RefCell::default(),
            asked: Cell::default(),
            before: Cell::default(),
            fostered: RefCell::default(),
            copies: RefCell::default(),
            attributes: Cell::default(),
        }
    }

    /// A token begins: a start tag called `wanted`, or another one. `current` is the current node before it.
    pub fn begin(&self, wanted: Option<LocalName>, current: Option<NodeId>) {
        *self.wanted.borrow_mut() = wanted;
        self.own.set(None);
        self.merged_into.set(None);
        self.popped.borrow_mut().clear();
        self.before.set(current);
    }

    /// The element of the start tag.
    pub fn own(&self) -> Option<NodeId> {
        self.own.get()
    }

    /// The element that took the attributes of a repeated `<html>` or `<body>`.
    pub fn merged_into(&self) -> Option<NodeId> {
        self.merged_into.get()
    }

    /// What an element is called.
    pub fn name(&self, node: NodeId) -> Option<LocalName> {
        let html = self.tree.0.borrow();
        html.tree.get(node)?.value().as_element().map(|element| element.name.local.clone())
    }

    /// Whether `node` is an element called `name`.
    pub fn is_named(&self, node: NodeId, name: &LocalName) -> bool {
        let html = self.tree.0.borrow();
        html.tree
            .get(node)
            .and_then(|node| node.value().as_element())
            .is_some_and(|element| element.name.local == *name)
    }

    /// What `said` says of the name of an element.
    pub fn with_name<T>(&self, node: NodeId, said: impl FnOnce(&QualName) -> T) -> Option<T> {
        let html = self.tree.0.borrow();
        html.tree.get(node)?.value().as_element().map(|element| said(&element.name))
    }

    /// Whether the token took `node` off the stack of open elements.
    pub fn was_popped(&self, node: NodeId) -> bool {
        self.popped.borrow().contains(&node)
    }

    /// How many copies of formatting elements the parser has made.
    pub fn copies(&self) -> usize {
        self.copies.borrow().len()
    }

    /// How many attributes all elements have that the parser has made.
    pub fn attributes(&self) -> usize {
        self.attributes.get()
    }

    /// Forgets which node was asked for last.
    pub fn forget_asked(&self) {
        self.asked.set(None);
    }

    /// The node whose name was asked for last.
    pub fn asked(&self) -> Option<NodeId> {
        self.asked.get()
    }

    /// Whether `node` is `ancestor` or stands in it; what was moved out of a table by foster parenting still stands in the table.
    pub fn stands_in(&self, node: Option<NodeId>, ancestor: NodeId) -> bool {
        let mut node = node;
        for _ in 0..MAX_CLIMB {
            match node {
                None => return false,
                Some(here) if here == ancestor => return true,
                Some(here) => node = self.source_parent(here),
            }
        }
        false
    }

    /// The tree, and the copies in it.
    pub fn finish(self) -> (Html, Vec<NodeId>) {
        (self.tree.finish(), self.copies.into_inner())
    }

    /// What a node stands in, in the source.
    pub fn source_parent(&self, node: NodeId) -> Option<NodeId> {
        let fostered = self.fostered.borrow().get(&node).copied();
        fostered.or_else(|| self.tree.0.borrow().tree.get(node)?.parent().map(|parent| parent.id()))
    }

    /// The part of a table in which a node stood that is put before the `table`.
    fn table_part(&self, table: NodeId) -> NodeId {
        let mut node = self.before.get();
        for _ in 0..MAX_CLIMB {
            let Some(here) = node else { break };
            if here == table || self.is_table_part(here) {
                return here;
            }
            node = self.source_parent(here);
        }
        table
    }

    fn is_table_part(&self, node: NodeId) -> bool {
        [local_name!("table"), local_name!("tbody"), local_name!("thead"), local_name!("tfoot"), local_name!("tr")]
            .iter()
            .any(|name| self.is_named(node, name))
    }

    fn tie(&self, name: &QualName, node: NodeId) {
        if self.wanted.borrow().as_ref().is_some_and(|wanted| names(wanted, &name.local)) {
            if let Some(copy) = self.own.replace(Some(node)) {
                self.copies.borrow_mut().push(copy);
            }
        } else if is_formatting(&name.local) {
            self.copies.borrow_mut().push(node);
        }
    }

    fn settle(&self, child: &NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(node) = child {
            self.fostered.borrow_mut().remove(node);
        }
    }
}

/// Whether a tag called `tag` makes an element called `element`: SVG names get their capitals back, and `image` is read as `img`.
fn names(tag: &LocalName, element: &LocalName) -> bool {
    tag == element
        || tag.eq_ignore_ascii_case(element)
        || (*tag == local_name!("image") && *element == local_name!("img"))
}

/// The formatting elements (HTML §13.2.4.2): the ones that the parser copies.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Whether it is no text.
fn is_node(child: &NodeOrText<NodeId>) -> bool {
    matches!(child, NodeOrText::AppendNode(_))
}

/// Counts what the tree builder holds: open elements and active formatting elements.
#[derive(Default)]
pub(super) struct Held(pub Cell<usize>);

impl Tracer for Held {
    type Handle = NodeId;

    fn trace_handle(&self, _node: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

impl TreeSink for Ties {
    type Handle = NodeId;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.attributes.set(self.attributes.get() + attrs.len());
        let node = self.tree.create_element(name.clone(), attrs, flags);
        self.tie(&name, node);
        node
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.settle(&child);
        if is_node(&child) || self.is_named(*parent, &local_name!("style")) {
            self.tree.append(parent, child);
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, prev_element: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(node) = &child {
            let part = self.table_part(*element);
            self.fostered.borrow_mut().insert(*node, part);
            self.tree.append_based_on_parent_node(element, prev_element, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.merged_into.set(Some(*target));
        self.tree.add_attrs_if_missing(target, attrs);
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.asked.set(Some(*target));
        self.tree.elem_name(target)
    }

    fn pop(&self, node: &NodeId) {
        self.popped.borrow_mut().push(*node);
    }

    fn finish(self) -> Html {
        self.tree.finish()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.create_pi(target, data)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.tree.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        self.settle(&new_node);
        if is_node(&new_node) {
            self.tree.append_before_sibling(sibling, new_node);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.tree.reparent_children(node, new_parent);
    }
}
