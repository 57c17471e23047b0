//! Writes down what a tokenizer says on its way to the tree builder.

use super::super::super::tokenizer::{self, Attributes, Next, Raw, Sink, Tokenizer};
use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink};
use std::ops::Range;

/// A token and its place; what is not the tokenizers' to say alike (attributes of end tags, the cuts between texts) is left out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Start {
        name: String,
        attributes: Vec<(String, String)>,
        duplicates: bool,
        closed: bool,
        span: Range<usize>,
    },
    End {
        name: String,
        span: Range<usize>,
    },
    /// With U+0000 for NUL tokens.
    Text(String),
    Comment(String, Range<usize>),
    Doctype(Doctype, Range<usize>),
}

pub(super) fn tag(said: &mut Vec<Said>, tag: &Tag, span: Range<usize>) {
    let name = tag.name.to_string();
    said.push(match tag.kind {
        TagKind::EndTag => Said::End { name, span },
        TagKind::StartTag => {
            let attributes = tag.attrs.iter();
            Said::Start {
                name,
                attributes: attributes.map(|one| (one.name.local.to_string(), one.value.to_string())).collect(),
                duplicates: tag.had_duplicate_attributes,
                closed: tag.self_closing,
                span,
            }
        }
    });
}

pub(super) fn text(said: &mut Vec<Said>, more: &str) {
    match said.last_mut() {
        Some(Said::Text(text)) => text.push_str(more),
        _ => said.push(Said::Text(more.to_owned())),
    }
}

pub(super) fn builder() -> TreeBuilder<NodeId, HtmlTreeSink> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options)
}

/// What our tokenizer says of `text`, and the tree that comes of it.
pub(super) fn read(text: &str) -> (Vec<Said>, Html) {
    let recorder = Recorder { said: Vec::new(), builder: Some(builder()), foreign: false };
    let recorder = Tokenizer::new(text, usize::MAX, recorder).run(Next::From(tokenizer::start(text)));
    (recorder.said, recorder.builder.unwrap().sink.finish())
}

/// What our tokenizer says of `text` by itself, beginning as `next` says, in an element called `element`.
pub(super) fn tokens(text: &str, next: Next, element: &str, foreign: bool) -> Vec<Said> {
    Tokenizer::new(text, usize::MAX, Recorder { said: Vec::new(), builder: None, foreign })
        .inside(element)
        .run(next)
        .said
}

struct Recorder {
    said: Vec<Said>,
    builder: Option<TreeBuilder<NodeId, HtmlTreeSink>>,
    foreign: bool,
}

impl Recorder {
    fn pass(&self, token: Token) -> TokenSinkResult<NodeId> {
        self.builder.as_ref().map_or(TokenSinkResult::Continue, |builder| builder.process_token(token, 1))
    }
}

use html5ever::interface::TreeSink;

impl Sink for Recorder {
    fn tag(&mut self, token: Tag, span: Range<usize>, attributes: Attributes<'_>) -> Next {
        assert!(!attributes.surplus);
        tag(&mut self.said, &token, span);
        match self.pass(Token::TagToken(token)) {
            TokenSinkResult::RawData(RawKind::Rcdata) => Next::Raw(Raw::Escapable),
            TokenSinkResult::RawData(RawKind::Rawtext) => Next::Raw(Raw::Text),
            TokenSinkResult::RawData(_) => Next::Raw(Raw::Script),
            TokenSinkResult::Plaintext => Next::Raw(Raw::Plain),
            _ => Next::Data,
        }
    }

    fn characters(&mut self, characters: StrTendril) {
        text(&mut self.said, &characters);
        let _ = self.pass(Token::CharacterTokens(characters));
    }

    fn null(&mut self) {
        text(&mut self.said, "\0");
        let _ = self.pass(Token::NullCharacterToken);
    }

    fn comment(&mut self, text: StrTendril, span: Range<usize>, inside: Range<usize>) {
        assert!(span.start < inside.start && inside.end <= span.end);
        self.said.push(Said::Comment(text.to_string(), span));
        let _ = self.pass(Token::CommentToken(text));
    }

    fn doctype(&mut self, doctype: Doctype, span: Range<usize>) {
        self.said.push(Said::Doctype(doctype.clone(), span));
        let _ = self.pass(Token::DoctypeToken(doctype));
    }

    fn break_text(&mut self, _span: Range<usize>, _inside: Option<Range<usize>>) {}

    fn is_foreign(&self) -> bool {
        let builder = self.builder.as_ref();
        builder.map_or(self.foreign, |builder| builder.adjusted_current_node_present_but_not_in_html_namespace())
    }

    fn end(&mut self, _at: usize) {
        let _ = self.pass(Token::EOFToken);
        if let Some(builder) = &self.builder {
            builder.end();
        }
    }
}
