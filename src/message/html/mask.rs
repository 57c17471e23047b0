//! A stand-in for `message::tags::mask`, which takes its place: merge tags become filler of the same length.

use crate::message::tags::{Role, Tag};
use std::borrow::Cow;

/// Replaces the bytes of all `tags`: by blanks where an attribute name could stand and for tags that leave nothing behind, else by `x`.
pub(super) fn mask<'t>(text: &'t str, tags: &[Tag]) -> Cow<'t, str> {
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut place = Place::Text;
    let mut at = 0;
    for tag in tags {
        let (Some(before), Some(inside)) = (text.get(at..tag.span.start), text.get(tag.span.range())) else { continue };
        place = before.bytes().fold(place, Place::after);
        masked.push_str(before);
        let blank = place == Place::Name || !matches!(tag.role, Role::Output | Role::Include);
        masked.extend(std::iter::repeat_n(if blank { ' ' } else { 'x' }, inside.len()));
        if place == Place::Equals {
            place = Place::Unquoted;
        }
        at = tag.span.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(masked)
}

/// Where in a tag a byte stands, roughly.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Opening,
    Name,
    Equals,
    Unquoted,
    Quoted(u8),
}

impl Place {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Text, b'<') => Self::Opening,
            (Self::Opening, byte) if byte.is_ascii_alphabetic() => Self::Name,
            (Self::Opening, _) => Self::Text,
            (Self::Name | Self::Equals | Self::Unquoted, b'>') => Self::Text,
            (Self::Name, b'=') => Self::Equals,
            (Self::Equals, b'"' | b'\'') => Self::Quoted(byte),
            (Self::Equals, byte) if byte.is_ascii_whitespace() => Self::Equals,
            (Self::Equals, _) => Self::Unquoted,
            (Self::Unquoted, byte) if byte.is_ascii_whitespace() => Self::Name,
            (Self::Quoted(quote), byte) if byte == quote => Self::Name,
            (place, _) => place,
        }
    }
}
