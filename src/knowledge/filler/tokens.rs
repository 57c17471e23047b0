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
    let start = find(text, from, LETTER, |c| !is_general_punctuation(c) && c.is_alphanumeric())?;
    let end = find(text, start, OUTSIDE, |c| !is_of_word(c));
    Some(start..end.unwrap_or(text.len()))
}

/// Where from `from` on the first character stands that is wanted: of ASCII those of the sort `ascii`, of others those that `others` says.
fn find(text: &str, from: usize, ascii: u8, others: impl Fn(char) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| SORTS[usize::from(*byte)] & (ascii | BEYOND) != 0)?;
        if bytes.get(at)?.is_ascii() {
            return Some(at);
        }
        let character = text.get(at..)?.chars().next()?;
        if others(character) {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

const LETTER: u8 = 1;
const OUTSIDE: u8 = 2;
const BEYOND: u8 = 4;

/// What each byte is: a letter or digit, outside of words, or of a character beyond ASCII. (An apostrophe is nothing of these.)
const SORTS: [u8; 256] = {
    let mut sorts = [BEYOND; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        sorts[at] = if byte.is_ascii_alphanumeric() {
            LETTER
        } else if byte == b'\'' {
            0
        } else {
            OUTSIDE
        };
        at += 1;
    }
    sorts
};

/// Whether the compared form of a word is `form`.
#[allow(dead_code, reason = "the build compares nothing")]
pub fn is(word: &str, form: &str) -> bool {
    match word.is_ascii() {
        // an apostrophe is nothing
        true => word.bytes().filter(|byte| *byte != b'\'').map(|byte| byte.to_ascii_lowercase()).eq(form.bytes()),
        false => compared(word) == form,
    }
}

/// The compared form of a word.
pub fn compared(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    if word.is_ascii() {
        return word
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    let letters = word.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_of_word(c: char) -> bool {
    match c {
        '\'' | '’' | '\u{ad}' => true,
        _ => !is_general_punctuation(c) && (c.is_alphanumeric() || is_combining_mark(c)),
    }
}

/// Dashes, quotation marks, breaks between blocks: common, and it takes long to find out that they are no letters.
pub fn is_general_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}')
}
