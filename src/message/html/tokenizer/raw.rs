//! The inside of elements that hold no markup: only their end tag ends it (HTML §13.2.5.2 to .5, .9 to .31).

use super::super::entity::Place;
use super::tag::is_blank;
use super::{Next, Raw, Sink, Tokenizer};
use html5ever::tokenizer::TagKind;

impl<S: Sink> Tokenizer<'_, S> {
    /// Text up to the end tag, and that.
    pub(super) fn raw(&mut self, raw: Raw) -> Option<Next> {
        let place = if raw == Raw::Escapable { Place::Escapable } else { Place::Raw };
        let close = match raw {
            Raw::Escapable | Raw::Text => self.end_tag(self.at),
            Raw::Script => self.end_of_script(self.at),
            Raw::Plain => None,
        };
        self.characters(self.at..close.unwrap_or(self.text.len()), place);
        match close {
            Some(open) => self.tag(TagKind::EndTag, open, open + 2),
            None => self.end_at(self.text.len()),
        }
    }

    fn end_tag(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr(b'<', self.text.as_bytes().get(at..)?)?;
            if self.closes(at) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Whether an appropriate end tag opens at `open` (HTML §13.2.5).
    fn closes(&self, open: usize) -> bool {
        let name = self.last_start_tag.as_bytes();
        let rest = self.text.as_bytes().get(open..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix(b"</").filter(|rest| rest.len() > name.len()) else { return false };
        let (word, behind) = rest.split_at(name.len());
        !name.is_empty()
            && word.eq_ignore_ascii_case(name)
            && behind.first().is_some_and(|byte| matches!(byte, b'/' | b'>') || is_blank(*byte))
    }

    /// Where the end tag of a script opens: in what looks like a comment, not the one of a script inside it.
    fn end_of_script(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut escape = Escape::None;
        let mut at = from;
        loop {
            at += memchr::memchr2(b'<', b'-', bytes.get(at..)?)?;
            let rest = bytes.get(at..)?;
            if rest.first() == Some(&b'-') {
                let dashes = rest.iter().take_while(|byte| **byte == b'-').count();
                at += dashes;
                if dashes >= 2 && bytes.get(at) == Some(&b'>') {
                    escape = Escape::None;
                }
                continue;
            }
            match escape {
                Escape::None if rest.starts_with(b"<!--") => {
                    escape = Escape::Single;
                    // The dashes may end it, too.
                    at += 2;
                }
                Escape::None | Escape::Single if self.closes(at) => return Some(at),
                Escape::Single if is_script(rest, b"<") => {
                    escape = Escape::Double;
                    at += 1;
                }
                Escape::Double if is_script(rest, b"</") => {
                    escape = Escape::Single;
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }
}

/// How deep in a script's comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    /// Behind `<!--`.
    Single,
    /// In a `<script>` behind it.
    Double,
}

/// Whether `rest` is `opening`, the word `script` and what ends a name.
fn is_script(rest: &[u8], opening: &[u8]) -> bool {
    let word = rest.strip_prefix(opening).and_then(|rest| rest.split_at_checked(6));
    word.is_some_and(|(word, behind)| {
        word.eq_ignore_ascii_case(b"script")
            && behind.first().is_some_and(|byte| matches!(byte, b'/' | b'>') || is_blank(*byte))
    })
}
