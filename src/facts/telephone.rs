//! Numbers of telephones in running text.

/// `+49 421 12345`, `0421/12345`, `(030) 123 456`, `1-800-555-0142`, `555-010-0142`: six digits or more, as numbers of telephones begin, and no date.
pub(super) fn names_telephone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "+()-/.– \u{a0}".contains(c);
    text.split(|c| !is_part(c)).any(|run| {
        let number = run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
        let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let digits: usize = groups.iter().map(|group| group.len()).sum();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let is_date = matches!(lengths[..], [1 | 2, 1 | 2, 2 | 4]);
        let begins = number.starts_with(['+', '(', '0']) || matches!(groups[..], ["1", three, ..] if three.len() == 3);
        (6..=15).contains(&digits) && !is_date && (begins || matches!(lengths[..], [3, 3, 4]))
    })
}

#[cfg(test)]
mod tests {
    use super::names_telephone;

    #[test]
    fn telephones_and_other_numbers() {
        for (text, is) in [
            ("call 1-800-555-0142.", true),
            ("call 555-010-0142", true),
            ("unter 0421 12345", true),
            ("Tel. +49 (421) 123-45", true),
            ("(030) 123 456", true),
            ("at any time, 24 hours a day", false),
            ("until 06.10.2026", false),
            ("10115 Berlin", false),
            ("order 20261234", false),
            ("save 20 % on 100 bags", false),
            ("", false),
        ] {
            assert_eq!(names_telephone(text), is, "{text}");
        }
    }
}
