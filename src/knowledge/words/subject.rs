//! Subjects that say nothing, and the prefixes of replies and forwards.

use super::fold::fold;

include!(concat!(env!("OUT_DIR"), "/subjects.rs"));

/// The whole subject (trimmed, without emoji and reply prefix) is one generic word or phrase.
pub fn is_vague_subject(subject: &str) -> bool {
    let rest = reply_prefix(subject).and_then(|length| subject.get(length..)).unwrap_or(subject);
    let folded = fold(rest).text;
    let bare = folded.trim_matches(|character: char| !character.is_alphanumeric());
    VAGUE.binary_search(&bare).is_ok()
}

/// Length in bytes of the reply or forward prefixes at the start of `subject` ("Re:", "AW:", "Re: Fwd: "), with the blanks behind them.
pub fn reply_prefix(subject: &str) -> Option<usize> {
    let (mut length, mut sure) = (0, 0);
    while let Some(one) = subject.get(length..).and_then(one_prefix) {
        length += one;
        if !begins_name(&subject[..length], &subject[length..]) {
            sure = length;
        }
    }
    (sure > 0).then_some(sure)
}

/// The subject begins as that of a program that answers for somebody who is away: "Out of office: ".
pub fn is_automatic_reply(subject: &str) -> bool {
    let prefix = subject.split_once([':', '：']).map(|(prefix, _)| prefix.trim());
    prefix.is_some_and(|prefix| prefix.len() <= 64 && AUTOMATIC_PREFIXES.binary_search(&&*fold(prefix).text).is_ok())
}

/// "re:Invent 2026", "Re:publica": prefix and word are one name where no blank parts them. "RE:Your order" is how mailers write in capitals that add none,
/// and scripts without capitals take none.
fn begins_name(prefix: &str, rest: &str) -> bool {
    let mut letters = rest.chars();
    let is_cased = |letter: char| letter.is_lowercase() || letter.is_uppercase();
    let Some(first) = letters.next().filter(|first| is_cased(*first) || first.is_ascii_digit()) else { return false };
    let is_sentence = first.is_uppercase() && letters.next().is_some_and(char::is_lowercase);
    prefix.ends_with(':') && (!is_sentence || prefix.contains(char::is_lowercase))
}

/// Prefixes that also stand before the number of an order or a case. "Ref:" without its accent is never French, so that it is that only.
const REFERENCES: [&str; 2] = ["ref", "rif"];
/// So many characters behind the colon, at most, that number begins.
const NUMBER_NEAR: usize = 32;

/// `Re:`, `RE[2]:`, `Re(3) :`, `回复：`. "AW26:" is autumn and winter 2026: a number has to stand between brackets.
fn one_prefix(text: &str) -> Option<usize> {
    // the longest is two words; no need to look at a long subject again and again
    let colon = text.char_indices().take(32).find(|&(_, character)| matches!(character, ':' | '：'))?;
    let word = text.get(..colon.0)?.trim();
    let unnumbered = word.trim_end_matches([']', ')']).trim_end_matches(|character: char| character.is_ascii_digit());
    let word = match unnumbered.ends_with(['[', '(', '^', '*']) {
        true => unnumbered.trim_end_matches(['[', '(', '^', '*']).trim_end(),
        false => word,
    };
    let folded = fold(word).text;
    REPLY_PREFIXES.binary_search(&folded.as_str()).ok()?;
    let behind = text.get(colon.0 + colon.1.len_utf8()..)?;
    let is_numbered = || behind.chars().take(NUMBER_NEAR).any(|character| character.is_ascii_digit());
    let is_reference = || folded == "ref" && word.is_ascii() || is_numbered();
    if REFERENCES.contains(&&*folded) && is_reference() {
        return None;
    }
    Some(text.len() - behind.trim_start().len())
}
