//! The attributes of a start tag, found in its source text as the HTML tokenizer finds them (HTML §13.2.5.32 to .40).

use std::ops::Range;

/// An attribute's places, as byte offsets in the text.
pub(super) struct Found {
    pub name: Range<usize>,
    /// Without quotes.
    pub value: Option<Range<usize>>,
    /// Behind the value and its closing quote.
    pub end: usize,
}

/// Iterates over the attributes of one tag, duplicates included.
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scanner<'t> {
    /// `tag` is the offset of the tag's `<` in `text`.
    pub fn new(text: &'t str, tag: usize) -> Self {
        let mut scanner = Self { bytes: text.as_bytes(), at: tag + 1 };
        if scanner.here() == Some(b'/') {
            scanner.at += 1;
        }
        scanner.pass(|byte| !matches!(byte, b'/' | b'>') && !is_blank(byte));
        scanner
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn pass(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.here().is_some_and(&belongs) {
            self.at += 1;
        }
    }

    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        // An equals sign in front belongs to the name.
        self.at += 1;
        self.pass(|byte| !matches!(byte, b'/' | b'>' | b'=') && !is_blank(byte));
        start..self.at
    }

    fn value(&mut self) -> Option<Range<usize>> {
        let behind_name = self.at;
        self.pass(is_blank);
        if self.here() != Some(b'=') {
            self.at = behind_name;
            return None;
        }
        self.at += 1;
        self.pass(is_blank);
        match self.here() {
            Some(quote @ (b'"' | b'\'')) => Some(self.quoted(quote)),
            _ => {
                let start = self.at;
                self.pass(|byte| byte != b'>' && !is_blank(byte));
                Some(start..self.at)
            }
        }
    }

    fn quoted(&mut self, quote: u8) -> Range<usize> {
        let start = self.at + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = memchr::memchr(quote, rest).map_or(self.bytes.len(), |length| start + length);
        self.at = (end + 1).min(self.bytes.len());
        start.min(end)..end
    }
}

impl Iterator for Scanner<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        self.pass(|byte| byte == b'/' || is_blank(byte));
        if matches!(self.here(), None | Some(b'>')) {
            return None;
        }
        let name = self.name();
        let value = self.value();
        Some(Found { name, value, end: self.at })
    }
}

/// ASCII whitespace as HTML counts it; a carriage return becomes a line feed before the tokenizer sees it.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn attributes_as_the_tokenizer_finds_them() {
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
            ("<a\r\nb\x0c=\tc>", "b=c"),
            ("<a \"b\" 'c=d>", "\"b\"|'c=d"),
            ("</a b=1>", "b=1"),
            ("<a b='unclosed>", "b=unclosed>"),
        ] {
            let said: Vec<String> = Scanner::new(tag, 0)
                .map(|attribute| {
                    let name = &tag[attribute.name];
                    attribute.value.map_or(name.to_owned(), |value| format!("{name}={}", &tag[value]))
                })
                .collect();
            assert_eq!(said.join("|"), found, "{tag:?}");
        }
    }
}
