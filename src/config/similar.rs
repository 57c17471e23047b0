//! "Did you mean": the known name nearest to one that nobody knows.

/// Longer words are no slips of the finger; comparing them costs their length times that of each candidate.
const LONGEST: usize = 64;

/// Lower case, `-` for `_`: how names are compared.
pub fn folded(name: &str) -> String {
    name.trim().replace('_', "-").to_ascii_lowercase()
}

/// The candidate that `word` most likely stands for: the same words in another order, or at most a third of the letters wrong.
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = folded(word);
    let words = sorted_words(&word);
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = match sorted_words(candidate) == words {
                true => 0,
                false => strsim::osa_distance(&word, candidate),
            };
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn sorted_words(name: &str) -> Vec<&str> {
    let mut words: Vec<_> = name.split('-').collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn the_nearest_name_is_proposed() {
        let names = ["missing-unsubscribe", "missing-subject", "links", "rfc"];
        for (word, expected) in [
            ("missing-unsubscrib", Some("missing-unsubscribe")),
            ("Missing_Subjet", Some("missing-subject")),
            ("unsubscribe-missing", Some("missing-unsubscribe")),
            ("link", Some("links")),
            ("rcf", Some("rfc")),
            ("something-else", None),
            ("", None),
        ] {
            assert_eq!(did_you_mean(word, names), expected, "{word}");
        }
        assert_eq!(did_you_mean(&"links".repeat(100_000), names), None);
    }
}
