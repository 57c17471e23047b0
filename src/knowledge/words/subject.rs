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
    let mut length = 0;
    while let Some(one) = subject.get(length..).and_then(one_prefix) {
        length += one;
    }
    (length > 0).then_some(length)
}

/// `Re:`, `RE[2]:`, `Re(3) :`, `回复：`.
fn one_prefix(text: &str) -> Option<usize> {
    // the longest is two words; no need to look at a long subject again and again
    let colon = text.char_indices().take(32).find(|&(_, character)| matches!(character, ':' | '：'))?;
    let word = text.get(..colon.0)?.trim();
    let word = word.trim_end_matches([']', ')']).trim_end_matches(|character: char| character.is_ascii_digit());
    let word = word.trim_end_matches(['[', '(', '^', '*']).trim_end();
    REPLY_PREFIXES.binary_search(&fold(word).text.as_str()).ok()?;
    let behind = text.get(colon.0 + colon.1.len_utf8()..)?;
    Some(text.len() - behind.trim_start().len())
}
