//! How a mail that asks for a confirmation can be answered: by a link, by a code, by a reply, by telephone.

use super::prose::{BLOCK_BREAK, Prose};
use super::telephone::names_telephone;
use super::{Facts, LinkKind, LinkRole};
use crate::knowledge::words::Meaning;
use crate::message::tags::Role;
use std::ops::Range;

/// A way to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmationWay {
    /// A link, or a merge tag that may be one.
    Link,
    /// A code to type in.
    Code,
    /// A reply, or another mail.
    Reply,
    /// A call, or another place that the request names.
    Elsewhere,
}

/// Words that stand before a code, in the languages that have one of their own.
const CODE_WORDS: [&str; 16] = [
    "code",
    "kod",
    "kód",
    "kode",
    "koodi",
    "código",
    "codigo",
    "codice",
    "cod",
    "pin",
    "otp",
    "код",
    "コード",
    "验证码",
    "驗證碼",
    "코드",
];

/// The first way that is found; `None` where there is none.
pub(super) fn way(facts: &Facts<'_>) -> Option<ConfirmationWay> {
    let is_service =
        |role| matches!(role, LinkRole::Unsubscribe | LinkRole::Preferences | LinkRole::Privacy | LinkRole::Common);
    let has_link = facts.links().iter().any(|link| {
        link.kind != LinkKind::RenderedByTag && link.is_web() && !link.href.is_empty() && !is_service(link.role)
    });
    let may_be_link = || {
        facts
            .message
            .bodies
            .iter()
            .any(|body| body.tags.iter().any(|tag| matches!(tag.role, Role::Output | Role::Include)))
    };
    if has_link || !facts.is_rendered() && may_be_link() {
        return Some(ConfirmationWay::Link);
    }
    let replies = |prose: &Prose| {
        prose.hits().iter().any(|hit| hit.meaning == Meaning::MailOptOut) || prose.text.to_lowercase().contains("reply")
    };
    if facts.links().iter().any(|link| link.is_mail()) || facts.prose().iter().any(replies) {
        return Some(ConfirmationWay::Reply);
    }
    if facts.prose().iter().any(|prose| has_code(&prose.text)) {
        return Some(ConfirmationWay::Code);
    }
    facts.prose().iter().any(sends_elsewhere).then_some(ConfirmationWay::Elsewhere)
}

/// "Bitte bestätigen Sie Ihren Termin telefonisch unter …": the request, or the sentence behind it, asks for a call. Where only the subject has the
/// request, any sentence may.
fn sends_elsewhere(prose: &Prose) -> bool {
    let asks = |sentence: Range<usize>| {
        prose.hits_in(sentence.clone(), Meaning::Gate).any(|hit| !hit.weak) || names_telephone(&prose.text[sentence])
    };
    let mut requests = prose.hits().iter().filter(|hit| hit.meaning == Meaning::Confirm).peekable();
    if requests.peek().is_none() {
        return asks(0..prose.text.len());
    }
    // each sentence once, however often it asks
    let mut seen = 0;
    requests.any(|request| {
        if request.range.start < seen {
            return false;
        }
        let sentence = prose.sentence_around(request.range.start).range;
        seen = sentence.end;
        let block = prose.block_around(request.range.start);
        let end = block.end.max(sentence.end);
        let behind = prose.text[sentence.end..end].trim_start();
        let next = (!behind.is_empty()).then(|| prose.sentence_around(end - behind.len()).range);
        asks(sentence) || next.is_some_and(asks)
    })
}

/// Four to eight digits, alone in their block or behind a word for "code".
fn has_code(text: &str) -> bool {
    let mut named_before = false;
    for block in text.split(BLOCK_BREAK).map(str::trim).filter(|block| !block.is_empty()) {
        let lower = block.to_lowercase();
        let named = CODE_WORDS.iter().any(|word| lower.contains(word));
        let digits: usize = block.chars().filter(char::is_ascii_digit).count();
        let only_code = block.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '\u{a0}'));
        if (4..=8).contains(&digits) && only_code || (named || named_before) && block.split(is_no_code).any(is_code) {
            return true;
        }
        named_before = named;
    }
    false
}

fn is_no_code(character: char) -> bool {
    !character.is_ascii_alphanumeric() && character != '-'
}

fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (4..=8).contains(&digits)
        && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::has_code;

    #[test]
    fn codes_and_other_numbers() {
        for (text, is_code) in [
            ("Your code:\u{2029}482913", true),
            ("Your confirmation code is 4829.", true),
            ("Ihr Bestätigungscode lautet 48-29-13", true),
            ("確認コード：482913", true),
            ("482 913", true),
            ("Hello\u{2029}© 2026 Brand, 10115 Berlin", false),
            ("Call 0800 123456 for help", false),
            ("", false),
        ] {
            assert_eq!(has_code(text), is_code, "{text}");
        }
    }
}
