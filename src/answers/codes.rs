//! The codes in a reply: three digits (RFC 5321 §4.2) and the enhanced status code (RFC 3463).

use crate::knowledge::replies::Enhanced;

/// The first reply code in `text`: three digits of their own, 2xx to 5xx, followed by a blank, a hyphen or the end.
pub fn basic(text: &str) -> Option<u16> {
    words(text).find_map(|word| {
        let digits = word.split('-').next()?;
        let code: u16 = (digits.len() == 3).then(|| digits.parse().ok())??;
        (200..600).contains(&code).then_some(code)
    })
}

/// The first enhanced status code in `text`. Addresses of four numbers are none, nor are versions with other first numbers.
pub fn enhanced(text: &str) -> Option<Enhanced> {
    words(text).find_map(|word| {
        let word = word.strip_prefix("smtp;").unwrap_or(word);
        // `550-5.1.1`, the first line of several
        let after = word.get(4..).filter(|_| word.as_bytes().get(3) == Some(&b'-') && basic(word).is_some());
        whole(after.unwrap_or(word))
    })
}

/// Reads a code that stands alone: `5.7.606`, or the first of a range, `5.7.606-649`.
pub fn whole(word: &str) -> Option<Enhanced> {
    let mut numbers = word.split('.');
    let class = numbers.next()?;
    let subject = number(numbers.next()?)?;
    let detail = numbers.next()?;
    let detail = number(detail.split('-').next()?)?;
    let class = matches!(class, "2" | "4" | "5").then(|| number(class))??;
    numbers.next().is_none().then_some((class, subject, detail))
}

/// A number of one to three digits.
fn number(digits: &str) -> Option<u16> {
    (digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// Words without the signs around them: `(#5.1.1)`, `5.1.1:`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let sign = |c: char| !c.is_ascii_alphanumeric();
    text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '<' | '>' | '(' | ')' | '\'' | '"'))
        .map(move |word| word.trim_matches(sign))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_where_they_stand_alone() {
        for (text, digits, code) in [
            ("550 5.7.606 Access denied, banned sending IP [198.51.100.2]", Some(550), Some((5, 7, 606))),
            ("550-5.1.1 The email account", Some(550), Some((5, 1, 1))),
            ("smtp;550 5.2.2 <a@example.com>... Mailbox Full", Some(550), Some((5, 2, 2))),
            ("smtp; 451 4.7.650 The mail server [192.0.2.25]", Some(451), Some((4, 7, 650))),
            ("Sorry, no mailbox here by that name. (#5.1.1)", None, Some((5, 1, 1))),
            ("host 192.0.2.1 refused", None, None),
            ("Exim 4.72 said so", None, None),
            ("", None, None),
            ("5.7.606-649", None, Some((5, 7, 606))),
            ("#< #5.1.1 smtp; 550 x> #SMTP#", Some(550), Some((5, 1, 1))),
        ] {
            assert_eq!((basic(text), enhanced(text)), (digits, code), "{text}");
        }
    }
}
