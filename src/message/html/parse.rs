//! html5ever's tokenizer and tree builder over a whole text, with the place of each token.
//!
//! The tokenizer is fed one piece of text; after each token, what is left in its queue says where the token ended. It began at the first `<` behind
//! the token before it that can open markup. What lies between two tags is text. A faster tokenizer could take this module's place.

mod mjml;

use super::entity::Place;
use super::guard::{self, MAX_ATTRIBUTES, MAX_COPIES, MAX_OPEN, MAX_ROOTS, MAX_TAGS};
use super::outline::Outline;
use super::ties::{Held, Ties};
use crate::source::ViewSpan;
use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use scraper::Html;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

/// The language that a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Html,
    Mjml,
}

/// A text to parse.
#[derive(Clone, Copy)]
pub(super) struct Input<'t> {
    /// Merge tags and the like are filler in it.
    pub text: &'t str,
    /// How many bytes further the spans are.
    pub base: usize,
    pub language: Language,
    /// Stretches of `text` that are filler for nothing: no text. In order.
    pub cuts: &'t [Range<usize>],
}

/// What a text is parsed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A whole page.
    Document,
    /// A piece that may stand anywhere, cells and rows of a table included: the inside of a `<template>`.
    Fragment,
}

/// What came of it.
pub(super) struct Parsed {
    pub html: Html,
    pub outline: Outline,
    /// Copies of formatting elements, in the order of their making.
    pub copies: Vec<NodeId>,
    /// It has a doctype, `<html>` or `<body>`.
    pub has_root: bool,
    /// Limits that were reached.
    pub limits: Vec<String>,
}

/// Parses `input`.
pub(super) fn parse(input: Input<'_>, context: Context) -> Parsed {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(input.text));
    let tokenizer = Tokenizer::new(Reader::new(input, &queue, context), TokenizerOpts::default());
    // The tokenizer stops where a browser would run a script or change the encoding.
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.finish()
}

/// Stands between the tokenizer and the tree builder.
struct Reader<'t> {
    text: &'t str,
    base: usize,
    language: Language,
    cuts: &'t [Range<usize>],
    queue: &'t BufferQueue,
    builder: TreeBuilder<NodeId, Ties>,
    state: RefCell<State>,
    /// The end of the last token, text included.
    seen: Cell<usize>,
}

#[derive(Default)]
struct State {
    outline: Outline,
    /// The end of the last tag, comment or doctype: where text begins.
    gap: usize,
    /// How the text of the gap is to be read.
    place: Option<Place>,
    current: Option<NodeId>,
    /// The element of MJML that is open and holds HTML.
    component: Option<NodeId>,
    has_root: bool,
    tags: usize,
    roots: usize,
    crowded: bool,
    /// End tags that belong to start tags left out.
    skipped: HashMap<LocalName, usize>,
    stopped: bool,
    limits: Vec<String>,
}

impl State {
    fn limit(&mut self, what: String) {
        if !self.limits.contains(&what) {
            self.limits.push(what);
        }
    }

    fn stop(&mut self, what: String) {
        self.stopped = true;
        self.limit(what);
    }
}

impl<'t> Reader<'t> {
    fn new(input: Input<'t>, queue: &'t BufferQueue, context: Context) -> Self {
        let Input { text, base, language, cuts } = input;
        // Mail is read without scripts: the inside of <noscript> is content.
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let builder = match context {
            Context::Document => TreeBuilder::new(Ties::new(Html::new_document()), options),
            Context::Fragment => {
                let ties = Ties::new(Html::new_fragment());
                let template =
                    create_element(&ties, QualName::new(None, ns!(html), local_name!("template")), Vec::new());
                TreeBuilder::new_for_fragment(ties, template, None, options)
            }
        };
        // The tokenizer drops a byte order mark.
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let state = RefCell::default();
        let reader = Self { text, base, language, cuts, queue, builder, state, seen: Cell::default() };
        reader.after(&mut reader.state.borrow_mut(), start);
        reader
    }

    fn finish(self) -> Parsed {
        let state = self.state.into_inner();
        let (html, copies) = self.builder.sink.finish();
        Parsed { html, outline: state.outline, copies, has_root: state.has_root, limits: state.limits }
    }

    fn span(&self, start: usize, end: usize) -> ViewSpan {
        ViewSpan::new(start.min(end), end).shifted(self.base)
    }

    /// How far the tokenizer has read. It may have put back a few characters in pieces of their own.
    fn position(&self) -> usize {
        let left = left(self.queue);
        self.text.len() - left.min(self.text.len())
    }

    /// Where the markup that ends at `end` began.
    fn start(&self, end: usize) -> usize {
        let seen = self.seen.get();
        // A `<` that turned out to be text is sent when the character behind it, perhaps a `<` itself, is already taken.
        let taken = seen.checked_sub(1).filter(|before| self.text.as_bytes().get(*before) == Some(&b'<'));
        guard::opening(self.text, taken.unwrap_or(seen)).unwrap_or(end).min(end)
    }

    /// The parser's current node. The tree builder does not tell, but it asks the sink for the node's name to answer this.
    fn current(&self) -> Option<NodeId> {
        self.builder.sink.forget_asked();
        let _ = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        self.builder.sink.asked()
    }

    /// Writes down the text up to `end`.
    fn text(&self, state: &mut State, end: usize) {
        let (start, place) = (state.gap, state.place.unwrap_or(Place::Text));
        if state.place.is_some() {
            state.outline.text(self.span(start, end), place);
            return;
        }
        let mut at = start;
        let first = self.cuts.partition_point(|cut| cut.end <= start);
        let cuts = self.cuts.get(first..).unwrap_or_default().iter().take_while(|cut| cut.start < end);
        for stop in cuts.cloned().chain(std::iter::once(end..end)) {
            super::gap::pieces(self.text, at..stop.start, |range, place| {
                state.outline.text(self.span(range.start, range.end), place)
            });
            at = stop.end;
        }
    }

    /// What follows a tag, a comment or a doctype that ended at `end`.
    fn after(&self, state: &mut State, end: usize) {
        self.seen.set(end);
        state.gap = end;
        if state.place.is_none() && self.guard(end) {
            state.limit(format!("a tag has more than {MAX_ATTRIBUTES} attributes"));
        }
    }

    /// Takes surplus attributes out of the next tag, if it is a tag that comes next.
    fn guard(&self, from: usize) -> bool {
        let foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let Some(tag) = super::gap::next_tag(self.text, from, foreign) else { return false };
        guard::surplus(self.text, tag).map(|range| guard::blank(self.queue, self.position(), range)).is_some()
    }

    fn tag(&self, tag: Tag, line: u64) -> TokenSinkResult<NodeId> {
        let end = self.position();
        let span = self.span(self.start(end), end);
        let mut state = self.state.borrow_mut();
        if state.stopped {
            return TokenSinkResult::Continue;
        }
        self.text(&mut state, span.start - self.base);
        state.place = None;
        self.count(&mut state);
        let result = if state.leaves_out(&tag) {
            if tag.kind == TagKind::EndTag {
                state.outline.end_of_skipped(span);
            } else {
                state.outline.stray.push(span);
            }
            TokenSinkResult::Continue
        } else {
            match (tag.kind, self.language) {
                (TagKind::StartTag, Language::Html) => self.start_tag(&mut state, tag.name.clone(), tag, span, line),
                (TagKind::StartTag, Language::Mjml) => self.mjml_start_tag(&mut state, tag, span, line),
                (TagKind::EndTag, _) => self.end_tag(&mut state, tag, span, line),
            }
        };
        self.after(&mut state, end);
        if self.language == Language::Mjml {
            // The inside of <mj-style> has been read by now.
            self.seen.set(self.position());
        }
        result
    }

    fn count(&self, state: &mut State) {
        state.tags += 1;
        if state.tags > MAX_TAGS {
            state.stop(format!("more than {MAX_TAGS} tags: what follows was not read"));
        }
        if self.builder.sink.copies() > MAX_COPIES {
            state.stop("too many unclosed formatting elements: what follows was not read".to_owned());
        }
        if state.tags.is_multiple_of(32) {
            let held = Held::default();
            self.builder.trace_handles(&held);
            state.crowded = held.0.get() > MAX_OPEN;
        }
    }

    /// `name` is what the source calls it, `tag` what the tree builder shall take it for.
    fn start_tag(
        &self,
        state: &mut State,
        name: LocalName,
        tag: Tag,
        span: ViewSpan,
        line: u64,
    ) -> TokenSinkResult<NodeId> {
        let ties = &self.builder.sink;
        ties.begin(Some(tag.name.clone()), state.current);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        state.current = self.current();
        state.has_root |= match self.language {
            Language::Html => matches!(name, local_name!("html") | local_name!("body")),
            Language::Mjml => name == *"mjml",
        };
        if let Some(node) = ties.own() {
            let name = if ties.is_named(node, &local_name!("img")) { local_name!("img") } else { name.clone() };
            state.outline.start(name, span, node, ties, state.current);
        } else if let Some(node) = ties.merged_into() {
            state.outline.merge(name.clone(), span, node);
        } else {
            state.outline.stray(span, ties, state.current);
        }
        state.place = match result {
            TokenSinkResult::RawData(_) if matches!(name, local_name!("title") | local_name!("textarea")) => {
                Some(Place::Escapable)
            }
            TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext => Some(Place::Raw),
            _ => None,
        };
        result
    }

    fn end_tag(&self, state: &mut State, mut tag: Tag, span: ViewSpan, line: u64) -> TokenSinkResult<NodeId> {
        let name = tag.name.clone();
        if self.language == Language::Mjml {
            tag.name = self.before_mjml_end_tag(state, &name, span, line);
        }
        let ties = &self.builder.sink;
        ties.begin(None, state.current);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        state.current = self.current();
        state.outline.end(&name, span, ties, state.current);
        result
    }

    fn characters(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let mut state = self.state.borrow_mut();
        if state.stopped {
            return TokenSinkResult::Continue;
        }
        self.builder.sink.begin(None, state.current);
        let result = self.builder.process_token(token, line);
        self.seen.set(self.position());
        let current = self.current();
        if current != state.current {
            state.current = current;
            // Text closes what it can't stand in, a <head> or a <colgroup>.
            let at = state.gap + self.base;
            state.outline.close_around(current, at, &self.builder.sink);
        }
        result
    }

    fn comment(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let end = self.position();
        let start = self.start(end);
        let mut state = self.state.borrow_mut();
        if state.stopped {
            return TokenSinkResult::Continue;
        }
        self.text(&mut state, start);
        let inside = super::gap::inside_comment(self.text, start..end);
        state.outline.comment(self.span(start, end), self.span(inside.start, inside.end));
        let result = self.pass(&mut state, token, line);
        self.after(&mut state, end);
        result
    }

    fn doctype(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let end = self.position();
        let mut state = self.state.borrow_mut();
        if state.stopped {
            return TokenSinkResult::Continue;
        }
        self.text(&mut state, self.start(end));
        state.has_root |= self.language == Language::Html;
        let result = self.pass(&mut state, token, line);
        self.after(&mut state, end);
        result
    }

    fn end_of_file(&self, line: u64) -> TokenSinkResult<NodeId> {
        let mut state = self.state.borrow_mut();
        let end = match state.place {
            // A tag that does not end is nothing.
            None => self.start(self.text.len()),
            Some(_) => self.text.len(),
        };
        if !state.stopped {
            self.text(&mut state, end);
        }
        self.builder.sink.begin(None, state.current);
        let result = self.builder.process_token(Token::EOFToken, line);
        state.outline.finish(self.text.len() + self.base);
        result
    }

    /// Hands a token to the tree builder that neither opens nor closes anything of the source.
    fn pass(&self, state: &mut State, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        self.builder.sink.begin(None, state.current);
        let result = self.builder.process_token(token, line);
        state.current = self.current();
        result
    }
}

impl State {
    /// Whether a tag is kept from the tree builder, which would take too long over it.
    fn leaves_out(&mut self, tag: &Tag) -> bool {
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
        if !(tag.self_closing && self.component.is_none() && super::mjml::is_known(&tag.name)) {
            *self.skipped.entry(tag.name.clone()).or_default() += 1;
        }
        self.limit(format!("more than {MAX_OPEN} elements are open at a time: deeper ones were left out"));
        true
    }
}

/// How many bytes a queue holds.
fn left(queue: &BufferQueue) -> usize {
    let Some(piece) = queue.pop_front() else { return 0 };
    let bytes = piece.len() + if queue.is_empty() { 0 } else { left(queue) };
    queue.push_front(piece);
    bytes
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

impl TokenSink for Reader<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match token {
            // Not passed on: html5ever forgets to skip the line feed behind <pre> when an error comes between.
            Token::ParseError(_) => TokenSinkResult::Continue,
            Token::TagToken(tag) => self.tag(tag, line),
            Token::CharacterTokens(_) | Token::NullCharacterToken => self.characters(token, line),
            Token::CommentToken(_) => self.comment(token, line),
            Token::DoctypeToken(_) => self.doctype(token, line),
            Token::EOFToken => self.end_of_file(line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
