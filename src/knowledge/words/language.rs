//! Which of the languages of the lists a tag means.

use super::LANGUAGES;

/// The language of the lists that a BCP 47 tag names: `de` of `de-AT`, `zh-Hant` of `zh-TW`; `None` for any other.
pub fn language(tag: &str) -> Option<&'static str> {
    let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = match parts.next()? {
        // as older systems write them, and the two ways to write Norwegian
        "iw" => "he",
        "in" => "id",
        "no" | "nn" => "nb",
        "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => "zh-Hant",
        "zh" => "zh-Hans",
        primary => primary,
    };
    LANGUAGES.iter().find(|known| **known == primary).copied()
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn tags_name_languages_of_the_lists() {
        for (tag, named) in [
            ("de-AT", Some("de")),
            ("PT_br", Some("pt")),
            ("zh-Hant-HK", Some("zh-Hant")),
            ("zh-TW", Some("zh-Hant")),
            ("zh", Some("zh-Hans")),
            ("no", Some("nb")),
            ("{{ lang }}", None),
            ("tlh", None),
            ("", None),
        ] {
            assert_eq!(language(tag), named, "{tag}");
        }
    }
}
