//! A tokenizer of HTML (HTML §13.2.5) over a whole text, which knows the place of everything that it finds.
//!
//! It stands in the place of html5ever's own before html5ever's tree builder: it need not stop in the middle of anything, so it looks ahead
//! instead of going from state to state, and what it hands on shares the memory of the source. A test holds it to html5ever's tokens.

mod declaration;
mod doctype;
mod names;
mod raw;
mod tag;
mod text;

use super::entity;
use entity::Place;
use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind};
use names::Names;
use std::ops::Range;

/// What takes the tokens. All ranges are byte offsets in the text.
pub(super) trait Sink {
    /// A tag at `span`. It decides how to go on.
    fn tag(&mut self, tag: Tag, span: Range<usize>, attributes: Attributes<'_>) -> Next;

    /// Whether the attributes of a start tag called `name` are wanted as such, not only their places.
    fn wants_attributes(&self, _name: &LocalName) -> bool {
        true
    }

    /// Text, decoded, without NUL. A run of text may come in pieces.
    fn characters(&mut self, text: StrTendril);

    /// Whether that is all it wants to hear of the text `raw`, which is written as it is in `place` and has no NUL: else it gets the characters.
    fn hears(&mut self, _raw: &str, _place: Place) -> bool {
        false
    }

    /// A NUL between tags, which the tree builder treats by where it stands.
    fn null(&mut self);

    /// A comment, real or bogus; `inside` is what stands in it.
    fn comment(&mut self, text: StrTendril, span: Range<usize>, inside: Range<usize>);

    /// A doctype.
    fn doctype(&mut self, doctype: Doctype, span: Range<usize>);

    /// Something between tags that is no text in the way its neighbours are: `</>`, which is nothing, or a CDATA section around `inside`.
    fn break_text(&mut self, span: Range<usize>, inside: Option<Range<usize>>);

    /// Whether the current node is one of SVG or MathML, where CDATA sections are text.
    fn is_foreign(&self) -> bool;

    /// The end. A tag that does not end begins at `at`; without one it is the end of the text.
    fn end(&mut self, at: usize);
}

/// The places of a start tag's attributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a> {
    /// In source order, duplicates included.
    pub found: &'a [Found],
    /// There are more, which were left out.
    pub surplus: bool,
}

/// An attribute's places, as byte offsets in the text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub name: Range<usize>,
    /// Without quotes.
    pub value: Option<Range<usize>>,
    /// Behind the value and its closing quote.
    pub end: usize,
}

/// How the text goes on behind a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// With text and tags.
    Data,
    /// With text up to the end tag of the element.
    Raw(Raw),
    /// With text and tags, further on.
    From(usize),
}

/// Elements whose inside is no markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// `<title>`, `<textarea>`: character references are decoded (RCDATA).
    Escapable,
    /// `<style>`, `<xmp>`, `<iframe>` and others (RAWTEXT).
    Text,
    /// `<script>`.
    Script,
    /// `<plaintext>`, which has no end.
    Plain,
}

/// Reads one text.
pub(super) struct Tokenizer<'t, S> {
    text: &'t str,
    /// The same text, for what is cut out of it to share.
    source: StrTendril,
    /// There is a NUL somewhere.
    has_null: bool,
    at: usize,
    /// Attributes of one tag that are read; further ones are left out.
    most_attributes: usize,
    /// The attributes of the tag that is read.
    found: Vec<Found>,
    names: Names<'t>,
    /// For text that is decoded.
    scratch: String,
    last_start_tag: LocalName,
    sink: S,
}

/// What a `<` opens.
enum Opening {
    StartTag,
    EndTag,
    /// `</>`
    Nothing,
    /// `<!`
    Declaration,
    /// A bogus comment, whose inside begins so many bytes further.
    Bogus(usize),
}

impl<'t, S: Sink> Tokenizer<'t, S> {
    /// Nothing is read yet. A byte order mark is text: see [`start`].
    pub fn new(text: &'t str, most_attributes: usize, sink: S) -> Self {
        Self {
            text,
            source: StrTendril::from(text),
            has_null: memchr::memchr(b'\0', text.as_bytes()).is_some(),
            at: 0,
            most_attributes,
            found: Vec::new(),
            names: Names::default(),
            scratch: String::new(),
            last_start_tag: LocalName::default(),
            sink,
        }
    }

    /// Begins inside an element called `name`.
    #[cfg(test)]
    pub fn inside(mut self, name: &str) -> Self {
        self.last_start_tag = LocalName::from(name);
        self
    }

    /// Hands all tokens to the sink; the text begins as `next` says.
    pub fn run(mut self, next: Next) -> S {
        let mut next = Some(next);
        while let Some(state) = next {
            next = match state {
                Next::Data => self.data(),
                Next::Raw(raw) => self.raw(raw),
                Next::From(at) => {
                    self.at = at.max(self.at);
                    Some(Next::Data)
                }
            };
        }
        self.sink
    }

    /// Text up to the next markup, and that (HTML §13.2.5.1).
    fn data(&mut self) -> Option<Next> {
        let Some((open, opening)) = self.opening() else {
            return self.last_characters();
        };
        self.characters_and_nulls(self.at..open, Place::Text);
        match opening {
            Opening::StartTag => self.tag(TagKind::StartTag, open, open + 1),
            Opening::EndTag => self.tag(TagKind::EndTag, open, open + 2),
            Opening::Nothing => {
                self.at = open + 3;
                self.sink.break_text(open..self.at, None);
                Some(Next::Data)
            }
            Opening::Declaration => Some(self.declaration(open)),
            Opening::Bogus(offset) => Some(self.bogus_comment(open, open + offset)),
        }
    }

    /// The next `<` that opens markup (HTML §13.2.5.6 and .7), not mere text.
    fn opening(&self) -> Option<(usize, Opening)> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            at += memchr::memchr(b'<', bytes.get(at..)?)?;
            let opening = match (bytes.get(at + 1)?, bytes.get(at + 2)) {
                (b'/', Some(b'>')) => Some(Opening::Nothing),
                (b'/', Some(byte)) if byte.is_ascii_alphabetic() => Some(Opening::EndTag),
                (b'/', Some(_)) => Some(Opening::Bogus(2)),
                (b'!', _) => Some(Opening::Declaration),
                (b'?', _) => Some(Opening::Bogus(1)),
                (byte, _) if byte.is_ascii_alphabetic() => Some(Opening::StartTag),
                _ => None,
            };
            match opening {
                Some(opening) => return Some((at, opening)),
                None => at += 1,
            }
        }
    }

    fn last_characters(&mut self) -> Option<Next> {
        self.characters_and_nulls(self.at..self.text.len(), Place::Text);
        self.end_at(self.text.len())
    }

    fn end_at(&mut self, at: usize) -> Option<Next> {
        self.sink.end(at);
        None
    }
}

/// Where a text begins behind its byte order mark.
pub(super) fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
