//! Tags and their attributes (HTML §13.2.5.8, .32 to .40).

use super::super::entity::Place;
use super::{Attributes, Found, Next, Sink, Tokenizer};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, QualName, ns};
use std::ops::Range;

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
        Some(self.sink.tag(tag, open..self.at, Attributes { found: &self.found, surplus }))
    }

    /// Reads what stands up to the tag's `>` and passes that. Says whether attributes were left out.
    fn attributes(&mut self, tag: &mut Tag) -> Option<bool> {
        let mut count = 0;
        let wanted = tag.kind == TagKind::StartTag && self.sink.wants_attributes(&tag.name);
        self.found.clear();
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
                    let found = self.attribute()?;
                    // End tags have none to speak of.
                    if count <= self.most_attributes && tag.kind == TagKind::StartTag {
                        if wanted {
                            self.add(tag, &found);
                        }
                        self.found.push(found);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<Found> {
        let start = self.at;
        // An equals sign in front belongs to the name.
        self.at += 1;
        self.pass(|byte| !matches!(byte, b'/' | b'>' | b'=') && !is_blank(byte));
        let name = start..self.at;
        let value = self.value()?;
        let end = if value.is_none() { name.end } else { self.at };
        Some(Found { name, value, end })
    }

    /// Adds an attribute to the tag, unless it has one of that name.
    fn add(&mut self, tag: &mut Tag, found: &Found) {
        let local = self.names.name(self.text.get(found.name.clone()).unwrap_or_default());
        if tag.attrs.iter().any(|attribute| attribute.name.local == local) {
            tag.had_duplicate_attributes = true;
            return;
        }
        let value = match found.value.clone() {
            Some(value) if !value.is_empty() => self.decoded(value, Place::Attribute),
            _ => StrTendril::new(),
        };
        tag.attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
    }

    /// Where the value behind an attribute's name lies, without quotes. `None` where the text ends before it does.
    #[expect(clippy::option_option, reason = "an attribute without a value is something else than no attribute")]
    fn value(&mut self) -> Option<Option<Range<usize>>> {
        self.pass(is_blank);
        if self.here()? != b'=' {
            return Some(None);
        }
        self.at += 1;
        self.pass(is_blank);
        let start = self.at;
        if let quote @ (b'"' | b'\'') = self.here()? {
            let length = memchr::memchr(quote, self.text.as_bytes().get(start + 1..)?)?;
            self.at = start + length + 2;
            return Some(Some(start + 1..self.at - 1));
        }
        self.pass(|byte| byte != b'>' && !is_blank(byte));
        Some(Some(start..self.at))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::super::Document;

    #[test]
    fn attributes_as_they_are_written() {
        for (tag, found) in [
            ("<a>", ""),
            ("<a href>", "href"),
            ("<a href=x>", "href=x"),
            ("<a href=x/>", "href=x/"),
            ("<a href=\"x y\"id='1'>", "href=x y|id=1"),
            ("<a HREF = 'x>y' / b/c>", "HREF=x>y|b|c"),
            ("<a =b=c ==d>", "=b=c|==d"),
            ("<a b= >", "b="),
            ("<a b='' c=\"\">", "b=|c="),
            ("<a b c=d b=e>", "b|c=d|b=e"),
            ("<a\r\nb\x0c=\tc>", "b=c"),
            ("<a \"b\" 'c=d>", "\"b\"|'c=d"),
        ] {
            let document = Document::parse(tag, &[]);
            let said: Vec<String> = document
                .elements()
                .next()
                .unwrap()
                .attributes()
                .map(|attribute| {
                    let name = &tag[attribute.name_span.range()];
                    let value = &tag[attribute.value_span.range()];
                    if attribute.span.end == attribute.name_span.end {
                        name.to_owned()
                    } else {
                        format!("{name}={value}")
                    }
                })
                .collect();
            assert_eq!(said.join("|"), found, "{tag:?}");
        }
    }
}
