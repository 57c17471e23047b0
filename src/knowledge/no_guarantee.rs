//! The sentence, in each language, that a request to be added to an address book needs beside it. The list is `lints/data/no_guarantee.toml`.

include!(concat!(env!("OUT_DIR"), "/no_guarantee.rs"));

/// The sentence in a language (BCP 47, as `lints/data/words` names it), as HTML and as text alike; in English where there is none.
pub fn sentence(language: &str) -> &'static str {
    let find = |language: &str| SENTENCES.iter().find(|(known, _)| *known == language).map(|(_, sentence)| *sentence);
    find(language).or_else(|| find("en")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::words::{self, Meaning};

    #[test]
    fn each_sentence_says_that_nothing_is_guaranteed() {
        for (language, sentence) in SENTENCES {
            assert!(words::any(sentence, Meaning::NoGuarantee), "{language}: {sentence}");
        }
    }

    #[test]
    fn a_language_without_one_gets_english() {
        assert_eq!(sentence("tlh"), sentence("en"));
        assert!(sentence("de").starts_with("Bitte"));
    }
}
