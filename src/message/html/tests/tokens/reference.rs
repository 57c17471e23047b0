//! html5ever's tokenizer, with the places read off its queue: after each token, what is left says where the token ended.

use super::super::super::tokenizer;
use super::record::{self, Said};
use ego_tree::NodeId;
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::TreeBuilder;
use scraper::{Html, HtmlTreeSink};
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// What html5ever's tokenizer says of `text`, and the tree that comes of it.
pub(super) fn read(text: &str) -> (Vec<Said>, Html) {
    let start = tokenizer::start(text);
    let queue = BufferQueue::default();
    queue.push_back(text[start..].into());
    let reader =
        Reader { text, queue: &queue, builder: record::builder(), said: RefCell::default(), seen: Cell::new(start) };
    // It would drop a byte order mark wherever it has stopped, behind a script for instance.
    let tokenizer = Tokenizer::new(reader, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    let Reader { builder, said, .. } = tokenizer.sink;
    (said.into_inner(), builder.sink.finish())
}

struct Reader<'t> {
    text: &'t str,
    queue: &'t BufferQueue,
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    said: RefCell<Vec<Said>>,
    /// The end of the last token.
    seen: Cell<usize>,
}

impl Reader<'_> {
    fn position(&self) -> usize {
        self.text.len() - left(self.queue)
    }

    /// The place of the markup that has just ended.
    fn markup(&self) -> Range<usize> {
        let (seen, end) = (self.seen.get(), self.position());
        // A `<` that turned out to be text is sent when the character behind it, perhaps a `<` itself, is already taken.
        let taken = seen.checked_sub(1).filter(|before| self.text.as_bytes().get(*before) == Some(&b'<'));
        self.seen.set(end);
        opening(self.text, taken.unwrap_or(seen)).unwrap_or(end).min(end)..end
    }
}

/// How many bytes a queue holds. It may have put back a few characters in pieces of their own.
fn left(queue: &BufferQueue) -> usize {
    let Some(piece) = queue.pop_front() else { return 0 };
    let bytes = piece.len() + left(queue);
    queue.push_front(piece);
    bytes
}

/// The first `<` at or after `from` that opens markup (HTML §13.2.5.6), not mere text.
fn opening(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|at| match &bytes[*at..] {
        [b'<', b'/', next, ..] => *next != b'>',
        [b'<', b'!' | b'?', ..] => true,
        [b'<', next, ..] => next.is_ascii_alphabetic(),
        _ => false,
    })
}

impl TokenSink for Reader<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let mut said = self.said.borrow_mut();
        match &token {
            // Not passed on: html5ever forgets to skip the line feed behind <pre> when an error comes between.
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) => record::tag(&mut said, tag, self.markup()),
            Token::CommentToken(text) => said.push(Said::Comment(text.to_string(), self.markup())),
            Token::DoctypeToken(doctype) => said.push(Said::Doctype(doctype.clone(), self.markup())),
            Token::CharacterTokens(text) if text.is_empty() => {}
            Token::CharacterTokens(text) => {
                record::text(&mut said, text);
                self.seen.set(self.position());
            }
            Token::NullCharacterToken => {
                record::text(&mut said, "\0");
                self.seen.set(self.position());
            }
            Token::EOFToken => {}
        }
        drop(said);
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
