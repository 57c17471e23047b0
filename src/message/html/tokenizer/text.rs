//! Text as the reader gets it: character references decoded, line ends as line feeds (HTML §13.2.3.5, §13.2.5.72 to .80).

use super::super::entity::{self, Place};
use super::{Sink, Tokenizer};
use html5ever::tendril::StrTendril;
use std::ops::Range;

impl<S: Sink> Tokenizer<'_, S> {
    /// Hands on the text at `range`, in which a NUL is a replacement character, and goes to its end.
    pub(super) fn characters(&mut self, range: Range<usize>, place: Place) {
        self.at = range.end;
        if !range.is_empty() {
            let text = self.decoded(range, place);
            self.sink.characters(text);
        }
    }

    /// The same where a NUL is a token of its own: between tags and in CDATA sections.
    pub(super) fn characters_and_nulls(&mut self, range: Range<usize>, place: Place) {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        if !self.has_null && (raw.is_empty() || self.sink.hears(raw, place)) {
            self.at = range.end;
            return;
        }
        if entity::is_plain(raw) {
            return self.characters(range, place);
        }
        let mut start = range.start;
        for at in memchr::memchr_iter(b'\0', raw.as_bytes()) {
            let null = range.start + at;
            self.characters(start..null, place);
            self.sink.null();
            start = null + 1;
        }
        self.characters(start..range.end, place);
    }

    /// The text at `range`, decoded.
    pub(super) fn decoded(&mut self, range: Range<usize>, place: Place) -> StrTendril {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        if entity::is_plain(raw) {
            return self.cut(range);
        }
        self.scratch.clear();
        entity::append(raw, place, &mut self.scratch);
        StrTendril::from_slice(&self.scratch)
    }

    /// A piece of the source that shares its memory.
    fn cut(&self, range: Range<usize>) -> StrTendril {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.source.try_subtendril(number(range.start), number(range.len())).unwrap_or_default()
    }
}
