//! How postal addresses are written. The list is `lints/data/postal.toml`.

use super::heads::{Fours, Heads};
use crate::knowledge::table::{Text, holds};

include!(concat!(env!("OUT_DIR"), "/postal.rs"));

static BOX_HEADS: Fours = Fours::of(&BOXES);
static MARK_HEADS: Heads = Heads::of(&MARKS);

/// As many words may stand between a street's name and its number.
const NEAR: usize = 3;

/// Whether `text` (a block of a mail) holds a postal address: a box, a street with a number, or a postcode that only addresses have. When in doubt, it
/// does.
pub fn is_address(text: &str) -> bool {
    if has_box(text) {
        return true;
    }
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return !text.is_ascii() && text.chars().any(char::is_numeric) && has_mark(text);
    }
    let words: Vec<&str> = words(text).collect();
    let has_digit = |at: &usize| words.get(*at).is_some_and(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    let numbers: Vec<usize> = (0..words.len()).filter(has_digit).collect();
    // A digit is a number.
    has_street(&words, &numbers) || has_mark(text) || has_postcode(&words, &numbers) || has_lines(text)
}

/// Whether a street stands near a house number; `numbers` are the words with digits.
fn has_street(words: &[&str], numbers: &[usize]) -> bool {
    let mut looked_at = 0;
    numbers.iter().filter(|at| is_house_number(words[**at])).any(|at| {
        let from = at.saturating_sub(NEAR).max(looked_at);
        looked_at = (at + NEAR + 1).min(words.len());
        words[from.min(looked_at)..looked_at].iter().any(|word| is_street(word))
    })
}

/// A house number or a street beside a postcode and its city, as the lines of an address or between commas: "Grote Markt 1, 2000 Antwerpen",
/// "1075 Budapest, Kazinczy u. 21.", "191186, Санкт-Петербург".
fn has_lines(text: &str) -> bool {
    let mut lines =
        text.split([',', '\n', '|', '•', '·', ';']).map(str::trim).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek() else { return false };
        let is_index = digits(line, 6) && next.chars().next().is_some_and(|first| ('А'..='Я').contains(&first));
        if is_index || ends_with_number(line) && is_place(next) || is_place(line) && begins_with_hungarian_street(next)
        {
            return true;
        }
    }
    false
}

/// "Grote Markt 1": a name and a house number.
fn ends_with_number(line: &str) -> bool {
    let mut words = line.split_whitespace().rev();
    let number = words.next().unwrap_or_default();
    let name = line.split_whitespace().next().unwrap_or_default();
    is_house_number(number)
        && digits_at_start(number) <= 3
        && (1..=4).contains(&words.count())
        && name.chars().next().is_some_and(char::is_uppercase)
}

/// "Kazinczy u. 21.": a name, and before long a house number with the full stop that Hungarians write behind it.
fn begins_with_hungarian_street(line: &str) -> bool {
    let is_number = |word: &str| {
        word.strip_suffix('.').is_some_and(|number| is_house_number(number) && digits_at_start(number) <= 3)
    };
    line.starts_with(char::is_uppercase) && line.split_whitespace().take(5).skip(1).any(is_number)
}

/// "1075 Budapest", and nothing behind it.
fn is_place(line: &str) -> bool {
    begins_with_place(line) && line.split_whitespace().count() <= 3
}

/// "2000 Antwerpen": no year, which stands before names as well ("5 May, 2026 Berlin").
fn begins_with_place(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(code), Some(city)) = (words.next(), words.next()) else { return false };
    let is_year = ("1990"..="2039").contains(&code) && code != "2000";
    digits(code, 4) && !is_year && is_name(city)
}

fn digits_at_start(word: &str) -> usize {
    word.bytes().take_while(u8::is_ascii_digit).count()
}

/// The marks are of scripts beyond ASCII.
fn has_mark(text: &str) -> bool {
    !text.is_ascii() && MARK_HEADS.places(text).any(|at| MARKS.iter().any(|mark| text[at..].starts_with(mark.as_str())))
}

/// Whether one of the phrases for a box stands in `text` as words.
fn has_box(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut places = may_begin_boxes(bytes);
    if text.is_ascii() {
        return places.any(|at| BOXES.iter().any(|phrase| begins_with_words(&bytes[at..], phrase.as_bytes())));
    }
    if places.next().is_none() {
        return false;
    }
    let lower = text.to_lowercase();
    let begins_word = |at: usize| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let places = lower.char_indices().map(|(at, _)| at).filter(|at| BOX_HEADS.begin(&lower.as_bytes()[*at..]));
    places.filter(|at| begins_word(*at)).any(|at| BOXES.iter().any(|phrase| is_word_at(&lower, at, phrase)))
}

/// Where phrases for a box may begin: not behind a letter or a digit of ASCII.
fn may_begin_boxes(text: &[u8]) -> impl Iterator<Item = usize> {
    places(text, 0)
}

/// A quick look that says no for most of what is no address to [`is_address`].
pub fn may_be_address(text: &str) -> bool {
    places(text.as_bytes(), NUMBER).next().is_some()
}

/// Where phrases for a box may begin, and where a byte of the sorts `always` stands.
fn places(text: &[u8], always: u8) -> impl Iterator<Item = usize> {
    let (mut before, mut next) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(next..)?;
            let at = rest.iter().position(|byte| {
                let sort = SORTS[usize::from(*byte)];
                let counts = sort & always != 0 || sort & FIRST != 0 && before & IN_WORD == 0;
                before = sort;
                counts
            })?;
            let rest = rest.get(at..)?;
            next += at + 1;
            // the letters beyond ASCII have capitals
            if before & always != 0 || rest.first().is_some_and(|first| !first.is_ascii()) || BOX_HEADS.begin(rest) {
                return Some(next - 1);
            }
        }
    })
}

const IN_WORD: u8 = 1;
const FIRST: u8 = 2;
/// A digit, or the first byte of a mark.
const NUMBER: u8 = 4;

/// What each byte is: one of a word of ASCII, the first of a box, in small letters or capitals, a number.
static SORTS: [u8; 256] = {
    let mut sorts = [0; 256];
    let mut at = 0;
    while at < 128 {
        sorts[at] = (at as u8).is_ascii_alphanumeric() as u8;
        if (at as u8).is_ascii_digit() {
            sorts[at] |= NUMBER;
        }
        at += 1;
    }
    let mut mark = 0;
    while mark < MARKS.len() {
        sorts[MARKS[mark].as_str().as_bytes()[0] as usize] |= NUMBER;
        mark += 1;
    }
    let mut phrase = 0;
    while phrase < BOXES.len() {
        let first = BOXES[phrase].as_str().as_bytes()[0];
        sorts[first as usize] |= FIRST;
        sorts[first.to_ascii_uppercase() as usize] |= FIRST;
        phrase += 1;
    }
    sorts
};

/// Whether `text`, ASCII, begins with `phrase` in any case, and a word ends there.
fn begins_with_words(text: &[u8], phrase: &[u8]) -> bool {
    text.split_at_checked(phrase.len()).is_some_and(|(start, rest)| {
        start.eq_ignore_ascii_case(phrase) && !rest.first().is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// What stands between blanks, commas, brackets and the like.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(length) = part_at(text, at) {
            at += length;
        }
        let start = at;
        while let Some(length) = bytes.get(at..)?.iter().position(|byte| MAY_PART[usize::from(*byte)]) {
            at += length;
            if part_at(text, at).is_some() {
                return text.get(start..at);
            }
            at += 1;
        }
        at = bytes.len();
        text.get(start..).filter(|word| !word.is_empty())
    })
}

/// The length of what parts words at `at`, if it does.
fn part_at(text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if !MAY_PART[usize::from(byte)] {
        return None;
    }
    let first = text.get(at..)?.chars().next()?;
    parts_words(first).then(|| first.len_utf8())
}

/// The bytes with which a character begins that may part words: of ASCII all that do, and every other.
static MAY_PART: [bool; 256] = {
    let mut may = [true; 256];
    let mut at = 0;
    while at < 128 {
        may[at] = matches!(at as u8, b',' | b';' | b'|' | b'(' | b')' | b'<' | b'>' | b' ' | b'\t'..=b'\r');
        at += 1;
    }
    may
};

fn parts_words(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '•' | '·' | '(' | ')' | '<' | '>' | '،' | '؛') || c.is_whitespace()
}

/// Whether `phrase` stands at `at` and ends a word.
fn is_word_at(text: &str, at: usize, phrase: &str) -> bool {
    text[at..].strip_prefix(phrase).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
}

/// `12`, `12a`, `12-14`, `№5`; no prices, percentages and years.
fn is_house_number(word: &str) -> bool {
    let word = word.trim_matches(|character: char| ".:#№nN°º".contains(character));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[digits..];
    let is_year = digits == 4 && rest.is_empty() && (word.starts_with("19") || word.starts_with("20"));
    (1..=5).contains(&digits)
        && !is_year
        && rest.len() <= 6
        && rest.chars().all(|c| c.is_alphanumeric() || "-/–".contains(c))
}

fn is_street(word: &str) -> bool {
    let lower = word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    let ends = |end: &Text| lower.len() > end.len() + 2 && lower.ends_with(end.as_str());
    let named = word.chars().next().is_some_and(|first| !first.is_lowercase()) || word.ends_with('.');
    let is_prose = || holds(&PROSE, &lower);
    holds(&STREETS, &lower) && (named || !is_prose()) || named && STREET_ENDS.iter().any(ends)
}

/// `CA 94105`, `SW1A 1AA`, `K1A 0B1`, `1012 AB Amsterdam`, `D-10115`, `10115 Berlin`; `numbers` are the words with digits.
fn has_postcode(words: &[&str], numbers: &[usize]) -> bool {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    numbers.iter().any(|&at| {
        at > 0 && is_pair(word(at - 1), word(at))
            || is_pair(word(at), word(at + 1))
            || is_parted(word(at), word(at + 1), word(at + 2))
            || is_with_country(word(at))
    })
}

/// Two words that make a postcode, or hold one.
fn is_pair(first: &str, second: &str) -> bool {
    let (first, second) = (first.trim_matches('.'), second.trim_matches('.'));
    is_state(first) && is_zip(second)
        || is_british(first, second)
        || is_canadian(first, second)
        || is_dutch(first, second)
        || is_city(first, second)
}

/// `110 00 Praha`, `831 21 Östersund`: three digits, two, and a city.
fn is_parted(first: &str, second: &str, city: &str) -> bool {
    digits(first, 3) && digits(second, 2) && is_name(city)
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_state(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_zip(word: &str) -> bool {
    digits(word, 5) || word.split_once('-').is_some_and(|(zip, more)| digits(zip, 5) && digits(more, 4))
}

/// Whether `word` has a capital of ASCII for each `A` of `shape`, a digit for each `9`, and else the same. Of a word, eight characters count.
fn has_shape(word: &str, shape: &str) -> bool {
    let kind = |character: char| match character {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        other => other,
    };
    word.chars().take(8).map(kind).eq(shape.chars())
}

fn is_british(first: &str, second: &str) -> bool {
    second.len() == 3
        && has_shape(second, "9AA")
        && ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].into_iter().any(|shape| has_shape(first, shape))
}

fn is_canadian(first: &str, second: &str) -> bool {
    first.len() == 3 && has_shape(first, "A9A") && has_shape(second, "9A9")
}

fn is_dutch(first: &str, second: &str) -> bool {
    digits(first, 4) && has_shape(second, "AA")
}

/// Five digits and a city with a capital: Germany, France, Spain, Italy and others; `00-950 Warszawa`, `1000-001 Lisboa`.
fn is_city(first: &str, second: &str) -> bool {
    (digits(first, 5) || has_shape(first, "99-999") || has_shape(first, "9999-999")) && is_name(second)
}

/// A capital and small letters.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(|letter| letter.is_lowercase() || "-'".contains(letter))
}

/// `D-10115`, `CH-8001`, `LV-1010`.
fn is_with_country(word: &str) -> bool {
    word.split_once('-').is_some_and(|(country, code)| {
        matches!(country.len(), 1..=3)
            && country.bytes().all(|byte| byte.is_ascii_uppercase())
            && (digits(code, 4) || digits(code, 5))
            && !code.starts_with("20")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each phrase looked for by itself, at each place.
    fn has_box_plainly(text: &str) -> bool {
        let lower = text.to_lowercase();
        let is_at = |phrase: &Text, at: usize| {
            !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric) && is_word_at(&lower, at, phrase)
        };
        BOXES.iter().any(|phrase| lower.match_indices(phrase.as_str()).any(|(at, _)| is_at(phrase, at)))
    }

    proptest! {
        #[test]
        fn words_are_what_lies_between(text in "[a1é•·\\u{a0}\\u{3000}\\u{85}\\u{1c}日 ,;()\n]{0,20}") {
            let plainly: Vec<&str> = text.split(parts_words).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), plainly);
        }

        #[test]
        fn boxes_are_found_where_a_look_for_each_finds_them(
            pieces in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), "[a Pé’.,Я]{0,2}"), 1..4),
        ) {
            let piece = |(index, upper, rest): &(prop::sample::Index, bool, String)| {
                let phrase = BOXES[index.index(BOXES.len())].as_str();
                if *upper { phrase.to_uppercase() + rest } else { rest.clone() + phrase }
            };
            let text: String = pieces.iter().map(piece).collect();
            prop_assert_eq!(has_box(&text), has_box_plainly(&text), "{}", text);
            prop_assert!(may_be_address(&text) || !is_address(&text), "{}", text);
        }
    }

    #[test]
    fn postal_addresses() {
        for text in [
            "Contoso, 1 Main Street, Springfield",
            "Contoso Ltd, 10 Downing St, London SW1A 2AA",
            "350 Rhode Island St., Suite 240, San Francisco, CA 94103",
            "PO Box 12, Sydney",
            "P.O. Box 4668",
            "Contoso GmbH, Hauptstraße 12, 10115 Berlin",
            "Hauptstr. 12a, D-10115 Berlin",
            "12 rue de la Paix, 75002 Paris",
            "Calle Mayor 5, 28013 Madrid",
            "Via Roma 1, Torino",
            "Keizersgracht 5, 1015 CN Amsterdam",
            "ul. Marszałkowska 10, Warszawa",
            "г. Москва, ул. Ленина, д. 5",
            "〒100-0001 東京都千代田区千代田1-1",
            "北京市朝阳区建国路88号",
            "Drottninggatan 5, Stockholm",
            "Firma s.r.o., Na Příkopě 12, 110 00 Praha 1",
            "Firma s.r.o., Hlavná 5, 811 01 Bratislava",
            "Fjällboden AB, Box 123, 831 21 Östersund",
            "Brouwerij, Grote Markt 1, 2000 Antwerpen",
            "Brouwerij\nGrote Markt 1\n2000 Antwerpen",
            "Kerek Kft., 1075 Budapest, Kazinczy u. 21.",
            "Kerek Kft., 1075 Budapest, Kazinczy u. 21/b. Leiratkozás",
            "191186, Санкт-Петербург, Дворцовая наб., д. 18",
            "191186, Санкт-Петербург",
            "Nowy Świat 15, 00-950 Warszawa",
            "متجر الورد، شارع الشيخ زايد 12، دبي، الإمارات العربية المتحدة",
            "Nhà sách Hoa Sen, 12 Lê Lợi, Quận 1, TP. Hồ Chí Minh",
            "25 Trần Phú, P. Hải Châu, Phường 4, Đà Nẵng",
        ] {
            assert!(is_address(text), "{text}");
            assert!(may_be_address(text), "{text}");
        }
    }

    #[test]
    fn other_text_with_numbers() {
        for text in [
            "© 2026 Shoppers Handbag",
            "Save 20 % on 100 bags until 31 December 2026",
            "Call us at 555 0100",
            "See our new bags",
            "10,000 readers can't be wrong",
            "The best way to save 50",
            "Monday, October 5, 2026 Berlin",
            "Our Top 5, 2027 Edition",
            "From 199 00 Kč, in all shops",
            "We have 100 20 l bags",
            "1500 Reader, Save 20",
            "u. a. 20 Titel",
            "عروض نهاية الأسبوع، 20 باقة ورد، حتى يوم الأحد",
            "Tháng 11 này, tất cả sách thiếu nhi giảm 20%.",
            "miễn phí cho 3 quận",
            "",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
