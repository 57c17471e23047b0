//! Tags and their attributes (HTML §13.2.5.8, .32 to .40).

use super::super::entity::Place;
use super::{Next, Sink, Tokenizer};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, QualName, ns};

impl<S: Sink> Tokenizer<'_, S> {
    /// The tag that opens at `open` and whose name begins at `name`; `None` where the text ends before it does.
    pub(super) fn tag(&mut self, kind: TagKind, open: usize, name: usize) -> Option<Next> {
        self.at = name;
        self.pass(|byte| !matches!(byte, b'/' | b'>') && !is_blank(byte));
        let name = self.names.name(self.text.get(name..self.at).unwrap_or_default());
        let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let Some(surplus) = self.attributes(&mut tag) else { return self.end_at(open) };
        if kind == TagKind::StartTag {
            self.last_start_tag = tag.name.clone();
        }
        Some(self.sink.tag(tag, open..self.at, surplus))
    }

    /// Reads what stands up to the tag's `>` and passes that. Says whether attributes were left out.
    fn attributes(&mut self, tag: &mut Tag) -> Option<bool> {
        let mut count = 0;
        loop {
            self.pass(is_blank);
            match self.here()? {
                b'>' => {
                    self.at += 1;
                    return Some(count > self.most_attributes);
                }
                b'/' => {
                    self.at += 1;
                    tag.self_closing = self.here()? == b'>';
                }
                _ => {
                    count += 1;
                    self.attribute(tag, count <= self.most_attributes)?;
                }
            }
        }
    }

    fn attribute(&mut self, tag: &mut Tag, wanted: bool) -> Option<()> {
        let start = self.at;
        // An equals sign in front belongs to the name.
        self.at += 1;
        self.pass(|byte| !matches!(byte, b'/' | b'>' | b'=') && !is_blank(byte));
        let end = self.at;
        let (from, to) = self.value()?;
        // End tags have none to speak of.
        if !wanted || tag.kind == TagKind::EndTag {
            return Some(());
        }
        let name = self.names.name(self.text.get(start..end).unwrap_or_default());
        if tag.attrs.iter().any(|attribute| attribute.name.local == name) {
            tag.had_duplicate_attributes = true;
        } else {
            let value = if from == to { StrTendril::new() } else { self.decoded(from..to, Place::Attribute) };
            tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
        Some(())
    }

    /// Where the value behind an attribute's name lies, without quotes; empty where there is none.
    fn value(&mut self) -> Option<(usize, usize)> {
        self.pass(is_blank);
        if self.here()? != b'=' {
            return Some((self.at, self.at));
        }
        self.at += 1;
        self.pass(is_blank);
        match self.here()? {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let length = memchr::memchr(quote, self.text.as_bytes().get(start..)?)?;
                self.at = start + length + 1;
                Some((start, start + length))
            }
            _ => {
                let start = self.at;
                self.pass(|byte| byte != b'>' && !is_blank(byte));
                Some((start, self.at))
            }
        }
    }

    pub(super) fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn pass(&mut self, belongs: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
    }
}

/// ASCII whitespace as HTML counts it; a carriage return counts as a line feed.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}
