//! What suggestions put into a mail, in its own language. The list is `lints/data/suggested_words.toml`.

include!(concat!(env!("OUT_DIR"), "/suggested_words.rs"));

/// The words of a language, as HTML and as text alike.
#[derive(Debug)]
pub struct Words {
    /// BCP 47, as `lints/data/words` names it.
    pub language: &'static str,
    /// The sentence that a request to be added to an address book needs beside it.
    pub no_guarantee: &'static str,
    /// The label of a link to unsubscribe.
    pub unsubscribe: &'static str,
    /// The label of a link to the privacy policy.
    pub privacy: &'static str,
    /// Why the reader gets the mail, from YOUR-DOMAIN.
    pub receiving_because: &'static str,
}

/// The words of a language; English where there are none.
pub fn of(language: &str) -> &'static Words {
    let find = |language: &str| WORDS.iter().find(|words| words.language == language);
    find(language).or_else(|| find("en")).unwrap_or(&WORDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::words::{self, Meaning};

    #[test]
    fn all_are_understood() {
        let mut misunderstood = Vec::new();
        for said in &WORDS {
            for (words, meaning) in [
                (said.no_guarantee, Meaning::NoGuarantee),
                (said.unsubscribe, Meaning::Unsubscribe),
                (said.privacy, Meaning::Privacy),
                (said.receiving_because, Meaning::ReceivingBecause),
            ] {
                let is_strong = |hit: &words::Hit| hit.meaning == meaning && !hit.weak;
                if !words::find(words).iter().any(is_strong) {
                    misunderstood.push((said.language, words));
                }
            }
        }
        assert!(misunderstood.is_empty(), "{misunderstood:#?}");
    }

    #[test]
    fn a_language_without_words_gets_english() {
        assert_eq!(of("tlh").language, "en");
        assert_eq!(of("de").unsubscribe, "Newsletter abmelden");
    }
}
