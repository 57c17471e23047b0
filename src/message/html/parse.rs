//! A whole text, tokenised and handed to html5ever's tree builder, with the place of each token.
//!
//! What lies between two tags is text.

mod ground;
mod limits;
mod mjml;

use super::attribute::Names;
use super::entity::{self, Place};
use super::outline::{Opened, Outline};
use super::ties::{self, Ties};
use super::tokenizer::{self, Attributes, Found, Next, Raw, Sink, Tokenizer};
use crate::config::limits::Limit;
use crate::message::budget::Budget;
use crate::source::ViewSpan;
use ego_tree::{NodeId, Tree};
use ground::{Built, Ground, Hearing};
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, local_name, ns};
use limits::Load;
use scraper::{Html, Node};
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
}

/// Parses `input`, as far as the budget goes.
pub(super) fn parse(input: Input<'_>, context: Context, budget: &mut Budget) -> Parsed {
    let start = tokenizer::start(input.text);
    let attributes = budget.limits.of(Limit::Attributes);
    let mut reader = Reader::new(input, context, start);
    reader.load.budget = std::mem::take(budget);
    let mut reader = Tokenizer::new(input.text, attributes, reader).run(Next::From(start));
    *budget = std::mem::take(&mut reader.load.budget);
    reader.finish()
}

/// Stands between the tokenizer and the tree builder.
struct Reader<'t> {
    input: Input<'t>,
    builder: TreeBuilder<NodeId, Ties>,
    outline: Outline,
    /// The end of the last tag, comment or doctype: where text begins.
    gap: usize,
    /// Texts between the last tag and the gap, which something that is no text cuts off.
    texts: Vec<(Range<usize>, Place)>,
    /// How the text of the gap is to be read, inside an element that holds no markup.
    place: Option<Place>,
    /// The parser's current node.
    current: Option<NodeId>,
    /// The element of MJML that is open and holds HTML.
    component: Option<NodeId>,
    has_root: bool,
    ground: Ground,
    load: Load,
}

/// About as many nodes as `text` has, for which room is made at once; in lists that grow, everything is moved again and again. No more than what a
/// mail has: the text may be nothing but `<`.
fn expected(text: &str) -> usize {
    memchr::memchr_iter(b'<', text.as_bytes()).count().min(16 * 1024)
}

impl<'t> Reader<'t> {
    fn new(input: Input<'t>, context: Context, start: usize) -> Self {
        // Mail is read without scripts: the inside of <noscript> is content.
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let builder = match context {
            Context::Document => {
                let mut html = Html::new_document();
                html.tree = Tree::with_capacity(Node::Document, expected(input.text) / 2 * 3);
                TreeBuilder::new(Ties::new(html), options)
            }
            Context::Fragment => {
                let ties = Ties::new(Html::new_fragment());
                let template =
                    create_element(&ties, QualName::new(None, ns!(html), local_name!("template")), Vec::new());
                TreeBuilder::new_for_fragment(ties, template, None, options)
            }
        };
        let mut outline = Outline::default();
        outline.reserve(expected(input.text));
        Self {
            input,
            builder,
            outline,
            gap: start,
            texts: Vec::new(),
            place: None,
            current: None,
            component: None,
            has_root: false,
            ground: Ground::default(),
            load: Load::default(),
        }
    }

    fn finish(self) -> Parsed {
        let (html, copies) = self.builder.sink.finish();
        Parsed { html, outline: self.outline, copies, has_root: self.has_root }
    }

    fn span(&self, range: Range<usize>) -> ViewSpan {
        ViewSpan::from(range).shifted(self.input.base)
    }

    /// The parser's current node. The tree builder does not tell, but it asks the sink for the node's name to answer this.
    fn current(&self) -> Option<NodeId> {
        self.builder.sink.forget_asked();
        let _ = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        self.builder.sink.asked()
    }

    /// Hands a token to the tree builder; `wanted` is the name of a start tag.
    fn build(&mut self, token: Token, wanted: Option<LocalName>) -> TokenSinkResult<NodeId> {
        let started = wanted.clone();
        let ended = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => Some(tag.name.clone()),
            _ => None,
        };
        let before = self.current;
        self.builder.sink.begin(wanted, before);
        let result = self.builder.process_token(token, 1);
        self.current = self.current();
        let built = Built { started: started.as_ref(), ended: ended.as_ref(), before, current: self.current };
        self.ground.built(built, &self.builder.sink);
        result
    }

    /// Writes down the text up to `end`.
    fn text(&mut self, end: usize) {
        let rest = self.gap..end.max(self.gap);
        if let Some(place) = self.place {
            self.outline.text(self.span(rest), place);
            return;
        }
        for (range, place) in std::mem::take(&mut self.texts) {
            self.text_between_cuts(range, place);
        }
        self.text_between_cuts(rest, Place::Text);
    }

    fn text_between_cuts(&mut self, range: Range<usize>, place: Place) {
        let mut at = range.start;
        let cuts = self.input.cuts;
        let first = cuts.partition_point(|cut| cut.end <= range.start);
        let cuts = cuts.get(first..).unwrap_or_default().iter().take_while(|cut| cut.start < range.end);
        for cut in cuts {
            self.outline.text(self.span(at..cut.start.max(at)), place);
            at = cut.end;
        }
        self.outline.text(self.span(at..range.end.max(at)), place);
    }

    /// A start tag; `name` is what the source calls it, `tag` what the tree builder shall take it for.
    fn start_tag(&mut self, name: LocalName, tag: Tag, span: ViewSpan, found: &[Found]) -> Next {
        let names = found.iter().map(|found| self.input.text.get(found.name.clone()).unwrap_or_default());
        let attributes = Names::of(names);
        let wanted = Some(tag.name.clone());
        let result = self.build(Token::TagToken(tag), wanted);
        self.has_root |= match self.input.language {
            Language::Html => matches!(name, local_name!("html") | local_name!("body")),
            Language::Mjml => name == *"mjml",
        };
        let (ties, current) = (&self.builder.sink, self.current);
        if let Some(node) = ties.own() {
            let name = if ties.is_named(node, &local_name!("img")) { local_name!("img") } else { name };
            let places = self.outline.attributes(found, self.input.base);
            self.outline.start(Opened { name, span, attributes, places }, node, ties, current);
        } else if let Some(node) = ties.merged_into() {
            let places = self.outline.attributes(found, self.input.base);
            self.outline.merge(Opened { name, span, attributes, places }, node);
        } else {
            self.outline.stray(span, ties, current);
        }
        let next = match result {
            TokenSinkResult::RawData(RawKind::Rcdata) => Next::Raw(Raw::Escapable),
            TokenSinkResult::RawData(RawKind::Rawtext) => Next::Raw(Raw::Text),
            TokenSinkResult::RawData(_) => Next::Raw(Raw::Script),
            TokenSinkResult::Plaintext => Next::Raw(Raw::Plain),
            _ => Next::Data,
        };
        self.place = match next {
            Next::Raw(Raw::Escapable) => Some(Place::Escapable),
            Next::Raw(_) => Some(Place::Raw),
            Next::Data | Next::From(_) => None,
        };
        next
    }

    fn end_tag(&mut self, mut tag: Tag, span: ViewSpan) -> Next {
        let name = tag.name.clone();
        if self.input.language == Language::Mjml {
            tag.name = self.before_mjml_end_tag(&name, span);
        }
        let _ = self.build(Token::TagToken(tag), None);
        self.outline.end(&name, span, &self.builder.sink, self.current);
        Next::Data
    }

    /// Hands on a piece of text. It closes what it can't stand in, a `<head>` or a `<colgroup>`.
    fn piece(&mut self, token: Token) {
        if self.load.stopped {
            return;
        }
        let before = self.current;
        let _ = self.build(token, None);
        if self.current != before {
            let start = self.texts.first().map_or(self.gap, |(range, _)| range.start);
            self.outline.close_around(self.current, start + self.input.base, &self.builder.sink);
        }
    }
}

impl Sink for Reader<'_> {
    fn tag(&mut self, tag: Tag, span: Range<usize>, attributes: Attributes<'_>) -> Next {
        if self.load.stopped {
            return Next::Data;
        }
        if attributes.surplus && self.place.is_none() {
            self.load.budget.reach(Limit::Attributes);
        }
        self.text(span.start);
        self.place = None;
        self.gap = span.end;
        let in_component = self.component.is_some();
        self.load.count(&tag, &self.builder);
        let leaves_out = self.load.leaves_out(&tag, in_component);
        let span = self.span(span);
        match (tag.kind, self.input.language) {
            (TagKind::EndTag, _) if leaves_out => {
                self.outline.end_of_skipped(span);
                Next::Data
            }
            (TagKind::StartTag, _) if leaves_out => {
                self.outline.stray.push(span);
                Next::Data
            }
            (TagKind::StartTag, Language::Html) => self.start_tag(tag.name.clone(), tag, span, attributes.found),
            (TagKind::StartTag, Language::Mjml) => self.mjml_start_tag(tag, span, attributes.found),
            (TagKind::EndTag, _) => self.end_tag(tag, span),
        }
    }

    /// The tree holds the attributes that the tree builder looks at: those of elements that it copies, hidden fields, the shadow roots of templates,
    /// MathML's annotations. Nobody asks the tree for the others. (For MJML, defaults are read from the tree.)
    fn wants_attributes(&self, name: &LocalName) -> bool {
        self.input.language == Language::Mjml
            || ties::is_formatting(name)
            || matches!(*name, local_name!("input") | local_name!("template") | local_name!("annotation-xml"))
    }

    fn characters(&mut self, text: StrTendril) {
        self.piece(Token::CharacterTokens(text));
    }

    fn hears(&mut self, raw: &str, place: Place) -> bool {
        match self.ground.hearing(|| is_blank(raw, place)) {
            Hearing::Nothing => {}
            Hearing::All => return false,
            Hearing::Sort => {
                let is_blank = is_blank(raw, place);
                self.piece(Token::CharacterTokens(StrTendril::from_slice(stand_in(raw, place, is_blank))));
                if !is_blank {
                    self.ground.said();
                }
            }
        }
        true
    }

    fn null(&mut self) {
        self.piece(Token::NullCharacterToken);
    }

    fn comment(&mut self, text: StrTendril, span: Range<usize>, inside: Range<usize>) {
        if self.load.stopped {
            return;
        }
        self.text(span.start);
        self.gap = span.end;
        self.load.count_node();
        self.outline.comment(self.span(span), self.span(inside));
        let _ = self.build(Token::CommentToken(text), None);
    }

    fn doctype(&mut self, doctype: Doctype, span: Range<usize>) {
        if self.load.stopped {
            return;
        }
        self.text(span.start);
        self.gap = span.end;
        self.load.count_node();
        self.has_root |= self.input.language == Language::Html;
        let _ = self.build(Token::DoctypeToken(doctype), None);
    }

    fn break_text(&mut self, span: Range<usize>, inside: Option<Range<usize>>) {
        if self.load.stopped {
            return;
        }
        self.load.count_node();
        self.texts.push((self.gap..span.start, Place::Text));
        self.texts.extend(inside.map(|inside| (inside, Place::Raw)));
        self.gap = span.end;
    }

    fn is_foreign(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn end(&mut self, at: usize) {
        let length = self.input.text.len();
        if !self.load.stopped {
            // A tag that does not end is nothing.
            self.text(if self.place.is_some() { length } else { at });
        }
        let _ = self.build(Token::EOFToken, None);
        self.builder.end();
        self.outline.finish(length + self.input.base);
    }
}

/// A short text that the tree builder treats as it treats `raw`.
fn stand_in(raw: &str, place: Place, is_blank: bool) -> &'static str {
    let decoded = decoded_blanks(raw, place);
    let text = decoded.as_deref().unwrap_or(raw).as_bytes();
    // behind `<pre>` a line feed is none, and what follows counts
    let (is_feed, rest) = match text {
        [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    match (is_feed, is_blank) {
        (true, true) if rest.is_empty() => "\n",
        (true, true) => "\n ",
        (true, false) => "\nx",
        (false, true) => " ",
        (false, false) if text.first().is_some_and(u8::is_ascii_whitespace) => " x",
        (false, false) => "x",
    }
}

/// Whether a reader gets nothing but blanks of `raw`, or nothing.
fn is_blank(raw: &str, place: Place) -> bool {
    let decoded = decoded_blanks(raw, place);
    decoded.as_deref().unwrap_or(raw).bytes().all(|byte| byte.is_ascii_whitespace())
}

/// `raw` decoded, where its first character that is no blank may be a reference to one: `&#32;`, `&Tab;`, `&NewLine;`.
fn decoded_blanks(raw: &str, place: Place) -> Option<String> {
    let first = raw.bytes().position(|byte| !byte.is_ascii_whitespace())?;
    matches!(raw.as_bytes().get(first..), Some([b'&', b'#' | b'T' | b'N', ..])).then(|| {
        let mut text = String::new();
        entity::append(raw, place, &mut text);
        text
    })
}
