//! A buffer's text, and its places as the client counts them.

use crate::source::LineIndex;
use lsp_types::{Position, PositionEncodingKind, Range};
use std::ops;

/// What a client counts the characters of a line in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of the client's encodings that is known here; UTF-16 where it names none (LSP 3.17, `positionEncodings`).
    pub fn negotiated<'n>(mut offered: impl Iterator<Item = &'n str>) -> Self {
        offered.find_map(Self::named).unwrap_or(Self::Utf16)
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Utf8, Self::Utf16, Self::Utf32].into_iter().find(|encoding| encoding.kind().as_str() == name)
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn length(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Text with its lines, which end at LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct Text {
    text: String,
    lines: LineIndex,
}

impl Text {
    /// A text.
    pub fn new(text: String) -> Self {
        let lines = LineIndex::new(text.as_bytes());
        Self { text, lines }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the byte `offset` is.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let at = self.lines.position(self.text.as_bytes(), self.text.floor_char_boundary(offset));
        let column = match encoding {
            Encoding::Utf8 => at.byte,
            Encoding::Utf16 => at.utf16,
            Encoding::Utf32 => at.column,
        };
        Position::new(number(at.line - 1), number(column - 1))
    }

    /// Where the bytes of `span` are.
    pub fn range(&self, span: ops::Range<usize>, encoding: Encoding) -> Range {
        Range::new(self.position(span.start, encoding), self.position(span.end, encoding))
    }

    /// The byte at a position. Behind the end of a line it is the end of the line, behind the last line the end of the text, inside a character its
    /// beginning.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let Ok(line) = usize::try_from(position.line) else { return self.text.len() };
        if line >= self.lines.lines() {
            return self.text.len();
        }
        let start = self.lines.start(line + 1);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut counted = 0;
        for (at, character) in self.text[start..].char_indices() {
            counted += encoding.length(character);
            if counted > wanted || matches!(character, '\n' | '\r') {
                return start + at;
            }
        }
        self.text.len()
    }

    /// The bytes of a range; a range the wrong way round is turned.
    pub fn span(&self, range: Range, encoding: Encoding) -> ops::Range<usize> {
        let (start, end) = (self.offset(range.start, encoding), self.offset(range.end, encoding));
        start.min(end)..start.max(end)
    }

    /// Puts `new` in the place of `range`; of all, where there is none.
    pub fn edit(&mut self, range: Option<Range>, new: &str, encoding: Encoding) {
        match range {
            Some(range) => self.text.replace_range(self.span(range, encoding), new),
            None => new.clone_into(&mut self.text),
        }
        self.lines = LineIndex::new(self.text.as_bytes());
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn the_client_s_order_counts() {
        for (offered, negotiated) in [
            (&["utf-8", "utf-16"][..], Encoding::Utf8),
            (&["utf-16", "utf-8"], Encoding::Utf16),
            (&["utf-7", "utf-32"], Encoding::Utf32),
            (&["utf-7"], Encoding::Utf16),
            (&[], Encoding::Utf16),
        ] {
            assert_eq!(Encoding::negotiated(offered.iter().copied()), negotiated, "{offered:?}");
        }
    }

    #[test]
    fn what_lies_outside_is_brought_in() {
        let text = Text::new("é🎁x\r\n\n€".to_owned());
        for (line, character, offsets) in [
            (0, 0, [0, 0, 0]),
            (0, 1, [0, 2, 2]),
            (0, 2, [2, 2, 6]),
            (0, 3, [2, 6, 7]),
            (0, 99, [7, 7, 7]),
            (1, 5, [9, 9, 9]),
            (2, 1, [10, 13, 13]),
            (3, 0, [13, 13, 13]),
            (u32::MAX, u32::MAX, [13, 13, 13]),
        ] {
            let found = ALL.map(|encoding| text.offset(Position::new(line, character), encoding));
            assert_eq!(found, offsets, "{line}:{character}");
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec!["a", "é", "€", "🎁", "\n", "\r\n", "\r", "<b>"]);
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn an_edit_is_what_it_is_to_a_string(
            text in pieces(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), pieces()), 1..6),
            encoding in prop::sample::select(ALL.to_vec()),
        ) {
            let (mut text, mut wanted) = (Text::new(text.clone()), text);
            for (one, other, new) in edits {
                let boundary = |at: prop::sample::Index| wanted.floor_char_boundary(at.index(wanted.len() + 1));
                let (one, other) = (boundary(one), boundary(other));
                let span = one.min(other)..one.max(other);
                // between CR and LF no position can be told from the end of the line
                if [span.start, span.end].iter().any(|&at| wanted[..at].ends_with('\r') && wanted[at..].starts_with('\n')) {
                    continue;
                }
                text.edit(Some(text.range(span.clone(), encoding)), &new, encoding);
                wanted.replace_range(span, &new);
                prop_assert_eq!(text.as_str(), wanted.as_str());
            }
        }

        #[test]
        fn any_position_is_safe(text in pieces(), numbers: [u32; 4], small in any::<[u8; 4]>()) {
            for [a, b, c, d] in [numbers, small.map(|small| u32::from(small % 16))] {
                for encoding in ALL {
                    let mut text = Text::new(text.clone());
                    text.edit(Some(Range::new(Position::new(a, b), Position::new(c, d))), "x", encoding);
                    prop_assert!(text.as_str().contains('x'));
                }
            }
        }
    }
}
