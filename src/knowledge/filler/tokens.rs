//! Words as filler phrases are compared: lower case, without accents and apostrophes. Shared by the program and `build.rs`.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in their compared form, with their places.
pub fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let length = text[start..].find(|c: char| !is_of_word(c)).unwrap_or(text.len() - start);
        at = start + length;
        let word = text[start..at].nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
        Some((word.flat_map(char::to_lowercase).collect(), start..at))
    })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’' | '\u{ad}')
}
