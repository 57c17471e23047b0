//! Text for HTML: what steers or hides is made visible, what is markup is escaped.

use crate::report::visible::{is_hidden, visible};

/// Text on one line, for content and for attributes in double quotes.
pub(super) fn text(raw: &str) -> String {
    escaped(&visible(raw))
}

/// Markup as the value of an attribute in double quotes, or text that is visible already.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some((at, reference)) = next_special(rest) {
        out.push_str(&rest[..at]);
        out.push_str(reference);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// The first byte that is not written as it is, and what is written for it.
fn next_special(text: &str) -> Option<(usize, &'static str)> {
    text.bytes().enumerate().find_map(|(at, byte)| Some((at, reference(byte)?)))
}

fn reference(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => return None,
    })
}

/// Text of a body as a reader gets it: line ends and the invisible parts of emoji and scripts stay; what turns text
/// around is shown.
pub(super) fn flowing(raw: &str) -> String {
    // ASCII of text, as nearly all is
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return escaped(raw);
    }
    let mut out = String::with_capacity(raw.len());
    for run in raw.split_inclusive(is_shown) {
        let (head, last) = match run.char_indices().next_back() {
            Some((at, last)) if is_shown(last) => (&run[..at], Some(last)),
            _ => (run, None),
        };
        out.push_str(&escaped(head));
        out.extend(last.map(|last| text(last.encode_utf8(&mut [0; 4]))));
    }
    out
}

/// Whether a reader has to be told of a character: controls, and embedding or overriding of directions.
fn is_shown(character: char) -> bool {
    let is_layout = matches!(character, '\n' | '\r' | '\t' | '\u{85}');
    let turns = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control() && is_hidden(character) && !is_layout
}

/// A message of a diagnostic: what stands in backticks becomes code.
pub(super) fn inline(raw: &str) -> String {
    let mut out = String::new();
    for (nth, part) in raw.split('`').enumerate() {
        let is_last = nth == raw.matches('`').count();
        match nth % 2 {
            1 if is_last => out.push_str(&format!("`{}", text(part))),
            1 => out.push_str(&format!("<code>{}</code>", text(part))),
            _ => out.push_str(&text(part)),
        }
    }
    out
}

/// As [`inline`], beginning with a capital.
pub(super) fn sentence(raw: &str) -> String {
    let mut characters = raw.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => {
            inline(&(first.to_uppercase().collect::<String>() + characters.as_str()))
        }
        _ => inline(raw),
    }
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_what_steers_is_text() {
        assert_eq!(text("<b a=\"x\" b='y'>&\u{202e}"), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;&lt;U+202E&gt;");
        assert_eq!(flowing("a\n<b>\u{202e}c\u{200d}\0"), "a\n&lt;b&gt;&lt;U+202E&gt;c\u{200d}␀");
    }

    #[test]
    fn backticks_are_code() {
        assert_eq!(inline("a `<b>` c"), "a <code>&lt;b&gt;</code> c");
        assert_eq!(inline("a `b"), "a `b");
        assert_eq!(sentence("the `x`"), "The <code>x</code>");
        assert_eq!(sentence("`x` is"), "<code>x</code> is");
    }
}
