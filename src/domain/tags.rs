//! `tag=value; tag=value`, as DKIM (RFC 6376 §3.2) and DMARC (RFC 9989 §4.7) write it.

use std::collections::HashSet;
use std::ops::Range;

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name as written.
    pub name: String,
    /// Its value as written, without the blanks around it.
    pub value: String,
    /// From the name to the end of the value.
    pub span: Range<usize>,
    /// The value.
    pub value_span: Range<usize>,
}

/// A list of tags; what is no tag is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags {
    /// The tags in order.
    pub tags: Vec<Tag>,
    /// Pieces between semicolons that are no tag.
    pub stray: Vec<Range<usize>>,
}

impl Tags {
    /// Reads a list.
    pub fn read(text: &str) -> Self {
        let mut list = Self::default();
        let mut start = 0;
        for piece in text.split(';') {
            let end = start + piece.len();
            let inner = trimmed(text, start..end);
            start = end + 1;
            if inner.is_empty() {
                continue;
            }
            let tag = text[inner.clone()].split_once('=').map(|(name, _)| {
                let name_span = trimmed(text, inner.start..inner.start + name.len());
                let value_span = trimmed(text, inner.start + name.len() + 1..inner.end);
                Tag {
                    name: text[name_span.clone()].to_owned(),
                    value: text[value_span.clone()].to_owned(),
                    span: name_span.start..inner.end,
                    value_span,
                }
            });
            match tag.filter(|tag| is_name(&tag.name)) {
                Some(tag) => list.tags.push(tag),
                None => list.stray.push(inner),
            }
        }
        list
    }

    /// The first tag of that name; case matters, as both standards say.
    pub fn get(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }

    /// The tags whose name was there before.
    pub fn repeated(&self) -> impl Iterator<Item = &Tag> {
        let mut seen = HashSet::new();
        self.tags.iter().filter(move |tag| !seen.insert(&*tag.name))
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `span` without the blanks at its ends.
pub fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..(start + inner.trim().len())
}

#[cfg(test)]
mod tests {
    use super::Tags;
    use proptest::prelude::*;

    #[test]
    fn tags_have_places() {
        let text = "v=DMARC1 ; p = none;; rua=mailto:a@b?x=y ;nonsense; p=reject";
        let list = Tags::read(text);
        let read: Vec<_> = list.tags.iter().map(|tag| (&*tag.name, &*tag.value, &text[tag.span.clone()])).collect();
        assert_eq!(
            read,
            [
                ("v", "DMARC1", "v=DMARC1"),
                ("p", "none", "p = none"),
                ("rua", "mailto:a@b?x=y", "rua=mailto:a@b?x=y"),
                ("p", "reject", "p=reject")
            ]
        );
        assert_eq!(list.stray.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), ["nonsense"]);
        assert_eq!(list.repeated().map(|tag| &*tag.value).collect::<Vec<_>>(), ["reject"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[;= a-zé\\t]{0,80}") {
            for tag in Tags::read(&text).tags {
                prop_assert_eq!(&text[tag.value_span], &tag.value);
                prop_assert!(text[tag.span].starts_with(&tag.name));
            }
        }
    }
}
