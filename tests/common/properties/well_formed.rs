//! HTML and XML as strict readers want them.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;

/// Panics unless `text` is one XML document.
#[track_caller]
pub fn xml(text: &str) {
    if let Err(error) = roxmltree::Document::parse(text) {
        panic!("no XML: {error}\n{text:.2000}");
    }
}

/// Panics unless `text` is HTML without a parse error whose elements are closed in order, and nothing in it, or in the
/// documents of its frames, runs or fetches anything. Gives the number of frames.
#[track_caller]
pub fn html(text: &str) -> usize {
    let page = Seen::of(text);
    assert!(page.open.is_empty() && page.crossed.is_empty(), "open: {:?}, {:?} in\n{text}", page.open, page.crossed);
    for frame in &page.frames {
        // its elements are those of the message, closed as there
        assert!(Seen::of(frame).frames.is_empty(), "a frame in a frame: {frame}");
    }
    page.frames.len()
}

/// Elements without an end tag (HTML §13.1.2).
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements that run or fetch something, or hide markup from a reader of tokens.
const ACTIVE: &[&str] = &[
    "script",
    "object",
    "embed",
    "link",
    "base",
    "applet",
    "form",
    "input",
    "svg",
    "math",
    "template",
    "noscript",
    "plaintext",
];

/// What a reader of tokens sees.
#[derive(Default)]
struct Seen {
    open: Vec<String>,
    crossed: Vec<String>,
    faults: Vec<String>,
    frames: Vec<String>,
}

impl Seen {
    #[track_caller]
    fn of(text: &str) -> Self {
        let tokenizer = Tokenizer::new(Reader::default(), Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(text));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let seen = tokenizer.sink.0.into_inner();
        assert!(seen.faults.is_empty(), "{:?} in\n{text}", seen.faults);
        seen
    }

    fn attributes(&mut self, tag: &Tag) {
        for attribute in &tag.attrs {
            let name: &str = &attribute.name.local;
            if name.starts_with("on") {
                self.faults.push(format!("an attribute `{name}`"));
            }
            if name == "srcdoc" {
                self.frames.push(attribute.value.to_string());
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.attributes(tag);
        match tag.kind {
            TagKind::StartTag if ACTIVE.contains(&name) => self.faults.push(format!("an element `{name}`")),
            TagKind::StartTag if VOID.contains(&name) => {}
            TagKind::StartTag => self.open.push(name.to_owned()),
            TagKind::EndTag => {
                let last = self.open.pop();
                if last.as_deref() != Some(name) {
                    self.crossed.push(format!("`</{name}>` closes {last:?}"));
                }
            }
        }
        match (tag.kind, name) {
            (TagKind::StartTag, "style") => TokenSinkResult::RawData(RawKind::Rawtext),
            (TagKind::StartTag, "title" | "textarea") => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

#[derive(Default)]
struct Reader(RefCell<Seen>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        match token {
            Token::ParseError(error) => seen.faults.push(error.into_owned()),
            Token::NullCharacterToken => seen.faults.push("NUL".to_owned()),
            Token::TagToken(tag) => return seen.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
