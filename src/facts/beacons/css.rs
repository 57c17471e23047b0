//! The URLs in CSS and what loads them. Merge tags are passed over as they are.

use super::BeaconWay;
use std::ops::Range;

/// A URL in CSS.
pub(super) struct CssUrl {
    /// Bytes of the CSS, without quotes.
    pub range: Range<usize>,
    pub way: BeaconWay,
}

/// The URLs of `css` in order, those in comments and of fonts left out.
pub(super) fn urls(css: &str) -> Vec<CssUrl> {
    let bytes = css.as_bytes();
    let mut found = Vec::new();
    let mut reader = Reader { blocks: Vec::new(), prelude: 0 };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        at = match rest {
            [b'/', b'*', ..] => memchr::memmem::find(rest, b"*/").map_or(bytes.len(), |end| at + end + 2),
            [b'{', b'{', ..] => memchr::memmem::find(rest, b"}}").map_or(at + 2, |end| at + end + 2),
            [b'{', b'%', ..] => memchr::memmem::find(rest, b"%}").map_or(at + 2, |end| at + end + 2),
            [b'{', ..] => {
                reader.open(css, at);
                at + 1
            }
            [b'}' | b';', ..] => {
                reader.close(bytes[at], at);
                at + 1
            }
            [b'u' | b'U', ..] if starts(rest, b"url(") => {
                let (range, end) = argument(css, at + 4);
                found.extend(reader.way(css, at).map(|way| CssUrl { range, way }));
                end
            }
            [b'@', ..] if starts(rest, b"@import") => match quoted(css, at + 7) {
                Some(range) => {
                    let end = range.end + 1;
                    found.push(CssUrl { range, way: BeaconWay::Sheet });
                    end
                }
                None => at + 7,
            },
            _ => at + 1,
        };
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Print,
    Font,
    Other,
}

/// Which blocks are open, and where what is being read began.
struct Reader {
    blocks: Vec<Block>,
    prelude: usize,
}

impl Reader {
    fn open(&mut self, css: &str, at: usize) {
        let prelude = css.get(self.prelude..at).unwrap_or_default().to_ascii_lowercase();
        let prelude = prelude.trim_start();
        self.blocks.push(if prelude.starts_with("@media") && prelude.contains("print") {
            Block::Print
        } else if prelude.starts_with("@font-face") {
            Block::Font
        } else {
            Block::Other
        });
        self.prelude = at + 1;
    }

    fn close(&mut self, mark: u8, at: usize) {
        if mark == b'}' {
            self.blocks.pop();
        }
        self.prelude = at + 1;
    }

    /// What a URL at `at` is loaded for; `None` for a font.
    fn way(&self, css: &str, at: usize) -> Option<BeaconWay> {
        let before = css.get(self.prelude..at).unwrap_or_default();
        if before.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("@import")) {
            return Some(BeaconWay::Sheet);
        }
        match self.blocks.iter().find(|block| **block != Block::Other) {
            Some(Block::Font) => None,
            Some(_) => Some(BeaconWay::Print),
            None => Some(BeaconWay::Style),
        }
    }
}

fn starts(bytes: &[u8], what: &[u8]) -> bool {
    bytes.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what))
}

/// The inside of `url(…)` without blanks and quotes, and where to go on.
fn argument(css: &str, start: usize) -> (Range<usize>, usize) {
    let rest = css.get(start..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    let quote = rest[blanks..].chars().next().filter(|first| matches!(first, '"' | '\''));
    let from = start + blanks + usize::from(quote.is_some());
    let inside = css.get(from..).unwrap_or_default();
    let stop = |character: char| match quote {
        Some(quote) => character == quote,
        None => character == ')' || character == ';',
    };
    let length = inside.find(stop).unwrap_or(inside.len());
    let range = from..from + inside[..length].trim_end().len();
    (range, (from + length + 1).min(css.len()))
}

/// The string that follows, without its quotes.
fn quoted(css: &str, start: usize) -> Option<Range<usize>> {
    let rest = css.get(start..)?;
    let blanks = rest.len() - rest.trim_start().len();
    let quote = rest[blanks..].chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let from = start + blanks + 1;
    let length = css.get(from..)?.find(quote)?;
    Some(from..from + length)
}

#[cfg(test)]
mod tests {
    use super::{BeaconWay, urls};

    #[test]
    fn urls_and_what_loads_them() {
        let read = |css: &'static str| -> Vec<(&str, BeaconWay)> {
            urls(css).into_iter().map(|url| (&css[url.range], url.way)).collect()
        };
        assert_eq!(read("a{background:url( 'http://a.b/c' )}"), [("http://a.b/c", BeaconWay::Style)]);
        assert_eq!(
            read("@media print{ #t{background-image:url(http://a.b/p)} } b{background:URL(x.png)}"),
            [("http://a.b/p", BeaconWay::Print), ("x.png", BeaconWay::Style)]
        );
        assert_eq!(
            read("@import url(http://a.b/s); @import \"http://a.b/t\";"),
            [("http://a.b/s", BeaconWay::Sheet), ("http://a.b/t", BeaconWay::Sheet)]
        );
        assert_eq!(read("@font-face{src:url(http://a.b/f.woff)} /* url(no) */"), []);
        assert_eq!(read("{{ css }} a{background:url({{ x }})}"), [("{{ x }}", BeaconWay::Style)]);
        assert_eq!(read("url("), [("", BeaconWay::Style)]);
    }
}
