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
        let word = next(text, at)?;
        at = word.end;
        Some(word)
    })
}

/// The place of the first word of a text from `from` on, which is at no word or at the beginning of one. ASCII, of which nearly all texts are, is not
/// decoded.
pub fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let start = find(text, from, |byte| byte.is_ascii_alphanumeric(), char::is_alphanumeric)?;
    let end = find(text, start, |byte| !byte.is_ascii_alphanumeric() && byte != b'\'', |c| !is_of_word(c));
    Some(start..end.unwrap_or(text.len()))
}

/// Where from `from` on the first character stands that is wanted: `ascii` tells of those of ASCII, `others` of the others.
fn find(text: &str, from: usize, ascii: impl Fn(u8) -> bool, others: impl Fn(char) -> bool) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        let length = rest.iter().position(|byte| !byte.is_ascii() || ascii(*byte))?;
        at += length;
        if rest.get(length)?.is_ascii() {
            return Some(at);
        }
        let character = text.get(at..)?.chars().next()?;
        if others(character) {
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
