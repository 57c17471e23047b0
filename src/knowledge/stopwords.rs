//! Words that say nothing of what a mail is about. The list is `lints/data/stopwords.toml`.

use crate::knowledge::table::{Text, holds};
include!(concat!(env!("OUT_DIR"), "/stopwords.rs"));

/// Whether `word` (lower case) says nothing of what a mail is about, in any language.
pub fn is_stopword(word: &str) -> bool {
    holds(&STOPWORDS, word)
}
