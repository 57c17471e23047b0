//! MJML on the way to the tree builder: tags that HTML does not know to end here are ended for it.
//!
//! The tree builder takes `<mj-image/>` for an open tag, ignores `</mj-text>` while a `<p>` is open, and throws away the rows of an `<mj-table>`.
//! So end tags are implied where MJML has them, and what MJML renders around the HTML of an element stands in the tree: something that keeps
//! unclosed formatting in (`<td>` once it is rendered, `<applet>` here, which may stand anywhere), and a `<table>`. Implied elements have no tag, so
//! nobody sees them.

use super::super::entity::Place;
use super::super::mjml;
use super::super::tokenizer::{Found, Next};
use super::Reader;
use crate::source::ViewSpan;
use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token};
use html5ever::{LocalName, local_name};

/// End tags in a row that may leave the current node as it is before it is given up.
const PATIENCE: usize = 8;

impl Reader<'_> {
    /// A start tag of MJML, or of HTML inside it.
    pub(super) fn mjml_start_tag(&mut self, mut tag: Tag, span: ViewSpan, found: &[Found]) -> Next {
        let name = tag.name.clone();
        let known = mjml::is_known(&name);
        if known && name != *"mj-raw" {
            self.leave_component(span.start);
        }
        if self.component.is_none() {
            self.leave_empty(span.start);
        }
        let in_component = self.component.is_some();
        let closed = tag.self_closing && !in_component;
        if name == *"mj-style" && !closed && !in_component {
            tag.name = local_name!("style");
            let _ = self.start_tag(name, tag, span, found);
            return self.sheet();
        }
        let next = self.start_tag(name.clone(), tag, span, found);
        let node = self.builder.sink.own();
        if closed && self.current == node {
            self.imply(TagKind::EndTag, name);
            self.outline.close_around(self.current, span.end, &self.builder.sink);
        } else if !in_component && !closed && mjml::is_ending(&name) && node.is_some() {
            self.component = node;
            self.imply(TagKind::StartTag, local_name!("applet"));
            if name == *"mj-table" {
                self.imply(TagKind::StartTag, local_name!("table"));
            }
        }
        next
    }

    /// The inside of `<mj-style>`, which is no markup: no element of HTML that the tokenizer would read it as has a hyphen.
    fn sheet(&mut self) -> Next {
        let text = self.input.text;
        let end = mjml::end_of_sheet(text, self.gap);
        self.place = Some(Place::Raw);
        let css = StrTendril::from(text.get(self.gap..end).unwrap_or_default());
        let _ = self.build(Token::CharacterTokens(css), None);
        Next::From(end)
    }

    /// What has to be closed before an end tag of MJML, and the name by which the tree builder knows its element.
    pub(super) fn before_mjml_end_tag(&mut self, name: &LocalName, span: ViewSpan) -> LocalName {
        if !name.starts_with("mj") {
            return name.clone();
        }
        if let Some(node) = self.outline.innermost(name) {
            self.close_down_to(node, span.start);
            let ties = &self.builder.sink;
            self.component = self.component.filter(|open| *open != node && ties.stands_in(Some(node), *open));
        }
        if *name == *"mj-style" { local_name!("style") } else { name.clone() }
    }

    /// An element of MJML can't stand in the HTML of another: that one was not closed.
    fn leave_component(&mut self, at: usize) {
        let Some(node) = self.component.take() else { return };
        self.close_down_to(node, at);
        self.close_current(node, at);
    }

    /// An element that holds nothing, not closed, ends before the next tag.
    fn leave_empty(&mut self, at: usize) {
        if let Some(node) = self.outline.top().filter(|top| mjml::is_empty(&top.name)).map(|top| top.node) {
            self.close_down_to(node, at);
            self.close_current(node, at);
        }
    }

    fn close_current(&mut self, node: NodeId, at: usize) {
        if self.current == Some(node)
            && let Some(name) = self.builder.sink.name(node)
        {
            self.imply(TagKind::EndTag, name);
            self.outline.close_around(self.current, at, &self.builder.sink);
        }
    }

    /// Closes what is open inside `node`.
    fn close_down_to(&mut self, node: NodeId, at: usize) {
        let mut unmoved = 0;
        while let Some(current) = self.current.filter(|current| *current != node) {
            let Some(name) = self.builder.sink.name(current) else { break };
            if matches!(name, local_name!("html") | local_name!("body")) || unmoved > PATIENCE {
                break;
            }
            self.imply(TagKind::EndTag, LocalName::from(name.to_ascii_lowercase()));
            unmoved = if self.current == Some(current) { unmoved + 1 } else { 0 };
        }
        self.outline.close_around(self.current, at, &self.builder.sink);
    }

    /// Hands a tag to the tree builder that the source does not have.
    fn imply(&mut self, kind: TagKind, name: LocalName) {
        let tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let _ = self.build(Token::TagToken(tag), None);
    }
}
