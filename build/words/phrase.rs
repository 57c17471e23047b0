//! A phrase as an expert writes it, taken apart into what the automaton looks for.

use super::fold::fold;
use super::record::{AFTER_GAP, AFTER_REST, LAST, UNSPACED, WORD_END, WORD_START};

/// How a language parts words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Blanks: a phrase matches whole words.
    Words,
    /// Blanks, but particles are glued to the end of words (Korean).
    WordStart,
    /// None: a phrase matches anywhere (Japanese, Chinese, Thai).
    None,
}

/// A phrase with what the tables say about it.
#[derive(Debug)]
pub struct Entry {
    pub language: u8,
    pub meaning: u8,
    pub weak: bool,
    pub parts: Vec<(String, u8)>,
}

/// Folded text of a phrase, its marks kept: what must be unique in a list.
pub fn spelling(phrase: &str) -> String {
    let gaps: Vec<String> = phrase.split('…').map(|part| fold(part).text.trim().to_owned()).collect();
    gaps.join(" … ").trim().to_owned()
}

/// Parts with their rules. `…` is a gap, `*` at the end of a word the rest of that word.
pub fn parts(phrase: &str, spacing: Spacing) -> Result<Vec<(String, u8)>, String> {
    let mut parts: Vec<(String, u8)> = Vec::new();
    for (gap_index, stretch) in phrase.split('…').enumerate() {
        let stems: Vec<&str> = stretch.trim().split('*').collect();
        for (index, stem) in stems.iter().enumerate() {
            let ends_stem = index + 1 < stems.len();
            if stem.is_empty() && index > 0 && !ends_stem {
                continue;
            }
            if index > 0 && !stem.starts_with(' ') {
                return Err("`*` must end a word".into());
            }
            let text = fold(stem).text.trim().to_owned();
            if text.len() < 2 {
                return Err("a part of it is empty or a single letter".into());
            }
            let after = if index > 0 {
                AFTER_REST
            } else if gap_index > 0 {
                AFTER_GAP
            } else {
                0
            };
            let edges = boundaries(spacing, ends_stem, &text) & edges(&text);
            parts.push((text, after | edges));
        }
    }
    match parts.last_mut() {
        Some((_, rules)) => *rules |= LAST,
        None => return Err("it is empty".into()),
    }
    Ok(parts)
}

fn boundaries(spacing: Spacing, is_stem: bool, text: &str) -> u8 {
    match spacing {
        // "mail" of "mail配信停止" is a word like any other
        Spacing::None if text.starts_with(|first: char| first.is_ascii_alphanumeric()) => UNSPACED | WORD_START,
        Spacing::None => UNSPACED,
        Spacing::WordStart => WORD_START,
        Spacing::Words if is_stem => WORD_START,
        Spacing::Words => WORD_START | WORD_END,
    }
}

/// A phrase that begins or ends with a sign ("% off") may follow a digit.
fn edges(text: &str) -> u8 {
    let is_sign = |character: Option<char>| character.is_some_and(|character| character.is_ascii_punctuation());
    let start = if is_sign(text.chars().next()) { WORD_START } else { 0 };
    let end = if is_sign(text.chars().next_back()) { WORD_END } else { 0 };
    !(start | end)
}

/// Other usual spellings of a folded phrase: "e-mail" and "email", and in German "ue" for "ü".
pub fn variants(phrase: &str, language: &str) -> Vec<String> {
    let mut variants = vec![phrase.to_owned()];
    if language == "de" {
        let spelt = phrase.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        if spelt != phrase.to_lowercase() {
            variants.push(spelt);
        }
    }
    for (from, to) in
        [("e-mail", "email"), ("email", "e-mail"), ("e-post", "epost"), ("epost", "e-post"), ("e-bülten", "ebülten")]
    {
        if phrase.to_lowercase().contains(from) {
            variants.push(phrase.to_lowercase().replace(from, to));
        }
    }
    variants
}
