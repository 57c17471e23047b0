//! Words as filler phrases are compared: lower case, without accents and apostrophes. Shared by the program and `build.rs`.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in their compared form, with their places.
#[allow(dead_code, reason = "the build needs whole lists of words, the program looks at few")]
pub fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    places(text).map(|place| (compared(&text[place.clone()]), place))
}

/// The places of the words of a text.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = find(text, at, char::is_alphanumeric)?;
        at = find(text, start, |c| !is_of_word(c)).unwrap_or(text.len());
        Some(start..at)
    })
}

/// Where from `from` on the first character stands that is `wanted`. ASCII, of which nearly all texts are, is not decoded.
fn find(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut at = from;
    loop {
        let byte = *text.as_bytes().get(at)?;
        let character = if byte.is_ascii() { char::from(byte) } else { text.get(at..)?.chars().next()? };
        if wanted(character) {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

/// The compared form of a word.
pub fn compared(word: &str) -> String {
    let letters = word.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’' | '\u{ad}')
}
