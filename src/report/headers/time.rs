//! Moments and durations for people.

/// `2026-10-05 07:00:03 UTC`, from seconds since 1970.
pub(super) fn moment(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC", second / 3600, second / 60 % 60, second % 60)
}

/// The Gregorian date, from days since 1 January 1970; years count from March so that leap days come last.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month < 3), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// `3 s`, `2 min 5 s`, `1 h 10 min`, `3 d 4 h`; with a minus sign where clocks differ.
pub(super) fn duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "\u{2212}" } else { "" };
    let seconds = seconds.unsigned_abs();
    let two = |big: u64, unit, small: u64, below| match small {
        0 => format!("{sign}{big} {unit}"),
        _ => format!("{sign}{big} {unit} {small} {below}"),
    };
    match seconds {
        0..60 => format!("{sign}{seconds} s"),
        60..3_600 => two(seconds / 60, "min", seconds % 60, "s"),
        3_600..86_400 => two(seconds / 3_600, "h", seconds / 60 % 60, "min"),
        _ => two(seconds / 86_400, "d", seconds / 3_600 % 24, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::format;

    #[test]
    fn moments_are_what_dates_say() {
        for (date, shown) in [
            ("Sun, 3 Sep 2023 00:55:18 +0000", "2023-09-03 00:55:18 UTC"),
            ("29 Feb 2000 23:59:59 +0100", "2000-02-29 22:59:59 UTC"),
            ("31 Dec 1969 23:59:59 +0000", "1969-12-31 23:59:59 UTC"),
            ("1 Mar 1900 00:00:00 +0000", "1900-03-01 00:00:00 UTC"),
        ] {
            assert_eq!(format::moment(date).map(moment).as_deref(), Some(shown));
        }
    }

    #[test]
    fn durations_in_two_units_at_most() {
        for (seconds, shown) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (125, "2 min 5 s"),
            (-3, "−3 s"),
            (4_200, "1 h 10 min"),
            (273_600, "3 d 4 h"),
        ] {
            assert_eq!(duration(seconds), shown);
        }
        assert!(duration(i64::MIN).starts_with('−'));
    }
}
