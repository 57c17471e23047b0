//! Dates (RFC 5322 §3.3, and §4.3 for how they were once written): when they mean, and what is wrong with that of the Date field.

use super::Facts;
use crate::message::Spot;
use crate::source::ViewSpan;
use std::ops::Range;

/// What is wrong with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFault {
    /// Where.
    pub spot: Spot,
    /// What.
    pub flaw: DateFlaw,
    /// What should stand there, where that is sure.
    pub fix: Option<String>,
}

/// A flaw of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFlaw {
    /// Nothing stands there.
    Empty,
    /// What stands there is not what comes next in a date.
    Unexpected(&'static str),
    /// It ends too early.
    Missing(&'static str),
    /// A number that no calendar and no clock has.
    OutOfRange(&'static str),
    /// The day of the week is another one.
    WrongWeekday(&'static str),
    /// A zone by its name (RFC 5322 §4.3).
    NamedZone,
    /// A year of two or three digits (RFC 5322 §4.3).
    ShortYear,
}

impl DateFlaw {
    /// Whether readers have to understand it all the same.
    pub fn is_understood(self) -> bool {
        matches!(self, Self::WrongWeekday(_) | Self::NamedZone | Self::ShortYear)
    }
}

pub(super) fn fault(facts: &Facts<'_>) -> Option<DateFault> {
    let header = facts.message.header("Date")?;
    if !facts.field_tags(header).is_empty() {
        return None;
    }
    let flaw = examine(facts.message.value(header))?;
    let span = ViewSpan::new(flaw.range.start, flaw.range.end);
    Some(DateFault { spot: Spot { view: header.value, span }, flaw: flaw.flaw, fix: flaw.fix })
}

#[derive(Debug, PartialEq, Eq)]
struct Flaw {
    range: Range<usize>,
    flaw: DateFlaw,
    fix: Option<String>,
}

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const LONG_DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Zones that everyone takes for the same (RFC 5322 §4.3, and UTC).
const ZONES: [(&str, &str); 12] = [
    ("GMT", "+0000"),
    ("UT", "+0000"),
    ("UTC", "+0000"),
    ("Z", "+0000"),
    ("EST", "-0500"),
    ("EDT", "-0400"),
    ("CST", "-0600"),
    ("CDT", "-0500"),
    ("MST", "-0700"),
    ("MDT", "-0600"),
    ("PST", "-0800"),
    ("PDT", "-0700"),
];

/// The first flaw that keeps readers from understanding the date, or else the first one.
fn examine(text: &str) -> Option<Flaw> {
    if text.trim().is_empty() {
        return Some(Flaw { range: 0..0, flaw: DateFlaw::Empty, fix: None });
    }
    let mut reader = Reader::new(text);
    match reader.date() {
        Err(flaw) => Some(flaw),
        Ok(_) => reader.understood.into_iter().next(),
    }
}

/// When `text` says: seconds since 1970 in UTC, as far as readers understand it. A zone that nobody knows means UTC (RFC 5322 §4.3).
pub fn moment(text: &str) -> Option<i64> {
    Reader::new(text).date().ok()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    understood: Vec<Flaw>,
}

type Read<T> = Result<T, Flaw>;

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, understood: Vec::new() }
    }

    /// Seconds since 1970 in UTC.
    fn date(&mut self) -> Read<i64> {
        let weekday = self.weekday()?;
        let (day, day_range) = self.number("the day of the month", 1..=2)?;
        let month = self.month()?;
        let (year, year_range) = self.number("the year", 2..=4)?;
        let year = match year_range.len() {
            4 => year,
            length => {
                self.understood.push(Flaw { range: year_range, flaw: DateFlaw::ShortYear, fix: None });
                year + if length == 2 && year < 50 { 2000 } else { 1900 }
            }
        };
        if day == 0 || day > days_in(month, year) {
            return Err(Flaw { range: day_range, flaw: DateFlaw::OutOfRange("the day of the month"), fix: None });
        }
        if let Some((said, range)) = weekday
            && said != day_of_week(year, month, day)
        {
            let right = DAYS[day_of_week(year, month, day)];
            self.understood.push(Flaw { range, flaw: DateFlaw::WrongWeekday(right), fix: Some(right.to_owned()) });
        }
        let time = self.time()?;
        let east = self.zone()?;
        self.blanks();
        match self.rest().is_empty() {
            true => Ok(days_since_1970(year, month, day) * 86_400 + time - east),
            false => Err(self.unexpected("the end of the date")),
        }
    }

    fn weekday(&mut self) -> Read<Option<(usize, Range<usize>)>> {
        let (word, range) = self.word();
        if word.is_empty() {
            return Ok(None);
        }
        let Some(day) = position(&DAYS, word) else {
            let fix = position(&LONG_DAYS, word).map(|day| DAYS[day].to_owned());
            return Err(Flaw { range, flaw: DateFlaw::Unexpected("a day of the week, such as `Mon`"), fix });
        };
        self.blanks();
        if self.rest().starts_with(',') {
            self.at += 1;
            return Ok(Some((day, range)));
        }
        Err(self.unexpected("a comma behind the day of the week"))
    }

    fn month(&mut self) -> Read<u32> {
        let (word, range) = self.word();
        if word.is_empty() {
            return Err(self.unexpected("the month, such as `Feb`"));
        }
        let Some(month) = position(&MONTHS, word) else {
            let fix = position(&LONG_MONTHS, word).map(|month| MONTHS[month].to_owned());
            return Err(Flaw { range, flaw: DateFlaw::Unexpected("the month, such as `Feb`"), fix });
        };
        Ok(month as u32 + 1)
    }

    /// Seconds since midnight.
    fn time(&mut self) -> Read<i64> {
        let hour = self.clock("the hour", 23)?;
        if !self.rest().starts_with(':') {
            return Err(self.unexpected("a colon and the minutes"));
        }
        self.at += 1;
        let minutes = self.clock("the minutes", 59)?;
        let mut seconds = 0;
        if self.rest().starts_with(':') {
            self.at += 1;
            // a leap second
            seconds = self.clock("the seconds", 60)?;
        }
        Ok(i64::from(hour * 3600 + minutes * 60 + seconds))
    }

    fn clock(&mut self, what: &'static str, most: u32) -> Read<u32> {
        let (number, range) = self.number(what, 2..=2)?;
        if number > most {
            return Err(Flaw { range, flaw: DateFlaw::OutOfRange(what), fix: None });
        }
        Ok(number)
    }

    /// Seconds that the zone is east of UTC.
    fn zone(&mut self) -> Read<i64> {
        const WHAT: &str = "the time zone, such as `+0100`";
        self.blanks();
        if self.rest().starts_with(['+', '-']) {
            let start = self.at;
            self.at += 1;
            let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
            let minutes = self.rest().get(2..4).and_then(|minutes| minutes.parse::<u32>().ok());
            self.at += digits;
            return match (digits, minutes) {
                (4, Some(0..=59)) => Ok(east(&self.text[start..self.at])),
                (4, _) => Err(Flaw { range: start..self.at, flaw: DateFlaw::OutOfRange("the time zone"), fix: None }),
                _ => Err(Flaw { range: start..self.at, flaw: DateFlaw::Unexpected(WHAT), fix: None }),
            };
        }
        let (word, range) = self.word();
        if word.is_empty() {
            return Err(self.unexpected(WHAT));
        }
        let known = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, zone)| *zone);
        self.understood.push(Flaw { range, flaw: DateFlaw::NamedZone, fix: known.map(str::to_owned) });
        Ok(known.map_or(0, east))
    }

    fn number(&mut self, what: &'static str, digits: std::ops::RangeInclusive<usize>) -> Read<(u32, Range<usize>)> {
        self.blanks();
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let range = self.at..self.at + count;
        match self.text[range.clone()].parse() {
            Ok(number) if digits.contains(&count) => {
                self.at = range.end;
                Ok((number, range))
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// The letters that come next.
    fn word(&mut self) -> (&'t str, Range<usize>) {
        self.blanks();
        let rest = self.rest();
        let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        let range = self.at..self.at + length;
        self.at = range.end;
        (&rest[..length], range)
    }

    /// Blanks and comments.
    fn blanks(&mut self) {
        let mut depth = 0usize;
        for (offset, character) in self.text[self.at..].char_indices() {
            match character {
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                _ if depth > 0 || character.is_whitespace() => {}
                _ => {
                    self.at += offset;
                    return;
                }
            }
        }
        self.at = self.text.len();
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// What stands here is not `what`, which should.
    fn unexpected(&self, what: &'static str) -> Flaw {
        let rest = self.rest();
        let start = self.at + (rest.len() - rest.trim_start().len());
        let length = self.text[start..].find(char::is_whitespace).unwrap_or(self.text.len() - start);
        let flaw = if length == 0 { DateFlaw::Missing(what) } else { DateFlaw::Unexpected(what) };
        Flaw { range: start..start + length, flaw, fix: None }
    }
}

fn position(names: &[&str], word: &str) -> Option<usize> {
    names.iter().position(|name| name.eq_ignore_ascii_case(word))
}

fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The seconds that `+0130` is east of UTC.
fn east(zone: &str) -> i64 {
    let number = |range| zone.get::<Range<usize>>(range).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    let seconds = number(1..3) * 3600 + number(3..5) * 60;
    if zone.starts_with('-') { -seconds } else { seconds }
}

/// Days since 1 January 1970 in the Gregorian calendar; years count from March so that leap days come last.
fn days_since_1970(year: u32, month: u32, day: u32) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
        - 719_469
}

/// Days since Sunday, by Zeller's congruence.
fn day_of_week(year: u32, month: u32, day: u32) -> usize {
    let (year, month) = if month < 3 { (year.saturating_sub(1), month + 12) } else { (year, month) };
    let sum = day + 13 * (month + 1) / 5 + year + year / 4 + 6 * (year / 100) + year / 400;
    ((sum + 6) % 7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_well() {
        for text in [
            "Mon, 30 Nov 2026 09:00:00 +0100",
            "30 Nov 2026 09:00 -0000",
            "Thu,29 feb 2024  23:59:60 +1400 (x (y))",
            " Sat, 1 Jan 2000 00:00:00 -0330",
        ] {
            assert_eq!(examine(text), None, "{text}");
        }
    }

    #[test]
    fn moments_count_from_1970_whatever_the_zone() {
        for (text, seconds) in [
            ("Thu, 1 Jan 1970 00:00:00 +0000", 0),
            ("1 Jan 1970 01:00 +0100", 0),
            ("31 Dec 1969 16:00:01 PST", 1),
            ("29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("1 Mar 1900 00:00:00 -0330", -2_203_878_600),
            ("Sun, 3 Sep 2023 00:55:18 +0000", 1_693_702_518),
            ("Sat, 02 Sep 2023 17:55:18 -0700 (PDT)", 1_693_702_518),
            ("3 Sep 23 00:55:18 MESZ", 1_693_702_518),
        ] {
            assert_eq!(moment(text), Some(seconds), "{text}");
        }
        assert_eq!([moment("yesterday"), moment(""), moment("31 Nov 2026 09:00:00 +0100")], [None; 3]);
    }

    #[test]
    fn flaws_are_shown_where_they_are() {
        for (text, marked, flaw, fix) in [
            ("Mon, 30 Nov 2026 09:00:00 GMT", "GMT", DateFlaw::NamedZone, Some("+0000")),
            ("Mon, 30 Nov 2026 09:00:00 MESZ", "MESZ", DateFlaw::NamedZone, None),
            ("Tue, 30 Nov 2026 09:00:00 +0100", "Tue", DateFlaw::WrongWeekday("Mon"), Some("Mon")),
            ("30 Nov 26 09:00:00 +0100", "26", DateFlaw::ShortYear, None),
            (
                "Monday, 30 Nov 2026 09:00:00 +0100",
                "Monday",
                DateFlaw::Unexpected("a day of the week, such as `Mon`"),
                Some("Mon"),
            ),
            ("30 Dez 2026 09:00:00 +0100", "Dez", DateFlaw::Unexpected("the month, such as `Feb`"), None),
            ("2026-11-30 09:00:00", "2026-11-30", DateFlaw::Unexpected("the day of the month"), None),
            ("Mon Nov 30 09:00:00 2026", "Nov", DateFlaw::Unexpected("a comma behind the day of the week"), None),
            ("30 Nov 2026 9:00:00 +0100", "9:00:00", DateFlaw::Unexpected("the hour"), None),
            ("30 Nov 2026 25:00:00 +0100", "25", DateFlaw::OutOfRange("the hour"), None),
            ("31 Nov 2026 09:00:00 +0100", "31", DateFlaw::OutOfRange("the day of the month"), None),
            ("29 Feb 2026 09:00:00 +0100", "29", DateFlaw::OutOfRange("the day of the month"), None),
            ("30 Nov 2026 09:00:00 +0170", "+0170", DateFlaw::OutOfRange("the time zone"), None),
            ("30 Nov 2026 09:00:00", "", DateFlaw::Missing("the time zone, such as `+0100`"), None),
            ("30 Nov 2026 09:00:00 +0100 CET", "CET", DateFlaw::Unexpected("the end of the date"), None),
            ("demain", "demain", DateFlaw::Unexpected("a day of the week, such as `Mon`"), None),
            (" ", "", DateFlaw::Empty, None),
        ] {
            let found = examine(text).map(|found| (&text[found.range.clone()], found.flaw, found.fix.clone()));
            assert_eq!(found, Some((marked, flaw, fix.map(str::to_owned))), "{text}");
        }
    }
}
