//! Numbers of telephones in running text.

/// `+49 421 12345`, `0421/12345`, `(030) 123 456`, `1-800-555-0142`, `555-010-0142`: six digits or more, as numbers of telephones begin, and no date.
pub(super) fn names_telephone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "+()-/.– \u{a0}".contains(c);
    text.split(|c| !is_part(c)).any(|run| {
        let number = run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
        let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let digits: usize = groups.iter().map(|group| group.len()).sum();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let is_date = has_date(&groups, digits);
        let begins = number.starts_with(['+', '(', '0']) || matches!(groups[..], ["1", three, ..] if three.len() == 3);
        (6..=15).contains(&digits) && !is_date && (begins || matches!(lengths[..], [3, 3, 4]))
    })
}

/// Whether the groups of digits begin with a date, or have one with its year anywhere: "06.10.2026 10", "01.02.–28.02.2026".
fn has_date(groups: &[&str], digits: usize) -> bool {
    let at_most = |group: &str, most: u8| group.len() <= 2 && group.parse::<u8>().is_ok_and(|number| number <= most);
    let is_day =
        |day: &str, month: &str| at_most(day, 31) && at_most(month, 12) || at_most(day, 12) && at_most(month, 31);
    let is_year = |year: &str| year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let with_year = groups.windows(3).any(|three| is_day(three[0], three[1]) && is_year(three[2]));
    let short = matches!(groups, [day, month, year, ..] if is_day(day, month) && year.len() == 2 && digits < 9);
    with_year || short
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
            ("until 06.10.2026 10:00", false),
            ("01.02.–28.02.2026", false),
            ("bis 06.10.26 um", false),
            ("06.10.26 10:00", false),
            ("01.23.45.67.89", true),
            ("01 10 45 67 89", true),
            ("10115 Berlin", false),
            ("order 20261234", false),
            ("save 20 % on 100 bags", false),
            ("", false),
        ] {
            assert_eq!(names_telephone(text), is, "{text}");
        }
    }
}
