//! MJML on the way to the tree builder: tags that HTML does not know to end here are ended for it.
//!
//! The tree builder takes `<mj-image/>` for an open tag, ignores `</mj-text>` while a `<p>` is open, and throws away the rows of an `<mj-table>`.
//! So end tags are implied where MJML has them, and what MJML renders around the HTML of an element stands in the tree: something that keeps
//! unclosed formatting in (`<td>` once it is rendered, `<applet>` here, which may stand anywhere), and a `<table>`. Implied elements have no tag, so
//! nobody sees them.

use super::super::entity::Place;
use super::super::{guard, mjml};
use super::{Reader, State};
use crate::source::ViewSpan;
use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSinkResult};
use html5ever::{LocalName, local_name};

/// End tags in a row that may leave the current node as it is before it is given up.
const PATIENCE: usize = 8;

impl Reader<'_> {
    /// A start tag of MJML, or of HTML inside it.
    pub(super) fn mjml_start_tag(
        &self,
        state: &mut State,
        mut tag: Tag,
        span: ViewSpan,
        line: u64,
    ) -> TokenSinkResult<NodeId> {
        let name = tag.name.clone();
        let known = mjml::is_known(&name);
        if known && name != *"mj-raw" {
            self.leave_component(state, span.start, line);
        }
        if state.component.is_none() {
            self.leave_empty(state, span.start, line);
        }
        let in_component = state.component.is_some();
        let closed = tag.self_closing && !in_component;
        if name == *"mj-style" && !closed && !in_component {
            tag.name = local_name!("style");
            let _ = self.start_tag(state, name, tag, span, line);
            self.sheet(state, line);
            return TokenSinkResult::Continue;
        }
        let result = self.start_tag(state, name.clone(), tag, span, line);
        let node = self.builder.sink.own();
        if closed && state.current == node {
            self.imply(state, TagKind::EndTag, name, line);
            state.outline.close_around(state.current, span.end, &self.builder.sink);
        } else if !in_component && !closed && mjml::is_ending(&name) && node.is_some() {
            state.component = node;
            self.imply(state, TagKind::StartTag, local_name!("applet"), line);
            if name == *"mj-table" {
                self.imply(state, TagKind::StartTag, local_name!("table"), line);
            }
        }
        result
    }

    /// The inside of `<mj-style>`, which is no markup. The tokenizer can't read it: no element of HTML that it would do that for has a hyphen.
    fn sheet(&self, state: &mut State, line: u64) {
        let start = self.position();
        let end = mjml::end_of_sheet(self.text, start);
        guard::skip(self.queue, end - start);
        state.place = Some(Place::Raw);
        let css = StrTendril::from(self.text.get(start..end).unwrap_or_default());
        let _ = self.pass(state, Token::CharacterTokens(css), line);
    }

    /// What has to be closed before an end tag of MJML, and the name by which the tree builder knows its element.
    pub(super) fn before_mjml_end_tag(
        &self,
        state: &mut State,
        name: &LocalName,
        span: ViewSpan,
        line: u64,
    ) -> LocalName {
        if !name.starts_with("mj") {
            return name.clone();
        }
        if let Some(node) = state.outline.innermost(name) {
            self.close_down_to(state, node, span.start, line);
            let ties = &self.builder.sink;
            state.component = state.component.filter(|open| *open != node && ties.stands_in(Some(node), *open));
        }
        if *name == *"mj-style" { local_name!("style") } else { name.clone() }
    }

    /// An element of MJML can't stand in the HTML of another: that one was not closed.
    fn leave_component(&self, state: &mut State, at: usize, line: u64) {
        let Some(node) = state.component.take() else { return };
        self.close_down_to(state, node, at, line);
        self.close_current(state, node, at, line);
    }

    /// An element that holds nothing, not closed, ends before the next tag.
    fn leave_empty(&self, state: &mut State, at: usize, line: u64) {
        if let Some(node) = state.outline.top().filter(|top| mjml::is_empty(&top.name)).map(|top| top.node) {
            self.close_down_to(state, node, at, line);
            self.close_current(state, node, at, line);
        }
    }

    fn close_current(&self, state: &mut State, node: NodeId, at: usize, line: u64) {
        if state.current == Some(node)
            && let Some(name) = self.builder.sink.name(node)
        {
            self.imply(state, TagKind::EndTag, name, line);
            state.outline.close_around(state.current, at, &self.builder.sink);
        }
    }

    /// Closes what is open inside `node`.
    fn close_down_to(&self, state: &mut State, node: NodeId, at: usize, line: u64) {
        let mut unmoved = 0;
        while let Some(current) = state.current.filter(|current| *current != node) {
            let Some(name) = self.builder.sink.name(current) else { break };
            if matches!(name, local_name!("html") | local_name!("body")) || unmoved > PATIENCE {
                break;
            }
            self.imply(state, TagKind::EndTag, LocalName::from(name.to_ascii_lowercase()), line);
            unmoved = if state.current == Some(current) { unmoved + 1 } else { 0 };
        }
        state.outline.close_around(state.current, at, &self.builder.sink);
    }

    /// Hands a tag to the tree builder that the source does not have.
    fn imply(&self, state: &mut State, kind: TagKind, name: LocalName, line: u64) {
        let tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let _ = self.pass(state, Token::TagToken(tag), line);
    }
}
