//! The wording of opt-outs, privacy links, consent and the like, in 32 languages, found in one pass with ready tables.
//!
//! The phrases are in `lints/data/words/`, one file a language; `build/words` folds, checks and compiles them.

pub(super) mod find;
mod fold;
mod heads;
mod language;
mod meaning;
mod packed;
mod record;
mod subject;
#[cfg(test)]
mod tests;
pub(super) mod trie;
mod url_hint;

use crate::sort;
use std::ops::Range;

pub use language::language;
pub use meaning::Meaning;
pub use subject::{is_automatic_reply, is_vague_subject, reply_prefix};
use trie::{Trie, trie};
pub use url_hint::url_hint;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

static PHRASES: Trie = trie!("phrases");

/// A phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it means.
    pub meaning: Meaning,
    /// BCP 47 language of the entry.
    pub language: &'static str,
    /// It needs a second cue: alone it accuses or excuses wrongly.
    pub weak: bool,
    /// Byte range in the text that was given (not in the folded text).
    pub range: Range<usize>,
}

/// Finds every phrase of every language in `text` (decoded, raw case). Folding (NFKC, case, quotes, dashes, blanks, diacritics, Turkish i, Arabic
/// letters) is done inside. Sorted by start.
///
/// Of hits that overlap and mean the same, a strong one wins over a weak one, then the longest; consent inside a refusal or an
/// opt-out is no hit.
pub fn find(text: &str) -> Vec<Hit> {
    let folded = fold::fold(text);
    let found = find::phrases(&PHRASES, &folded.text);
    let mut hits: Vec<Hit> =
        found.iter().filter_map(|found| hit(found.entry, folded.source_range(found.start..found.end))).collect();
    keep_best(&mut hits);
    sort::by_key(&mut hits, |hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.meaning));
    drop_consent_in_opt_outs(&mut hits);
    hits
}

/// `text` in the one spelling in which words are compared: lower case, no diacritics, single blanks, plain quotes and dashes.
pub fn folded(text: &str) -> String {
    fold::fold(text).text
}

/// Whether one of the phrases means `meaning`, whatever its strength.
pub fn any(text: &str, meaning: Meaning) -> bool {
    find(text).iter().any(|hit| hit.meaning == meaning)
}

fn hit(entry: u16, range: Range<usize>) -> Option<Hit> {
    let &[language, meaning, weak] = PHRASES.entries.get(usize::from(entry))?;
    let language = LANGUAGES.get(usize::from(language))?;
    Some(Hit { meaning: Meaning::from_number(meaning)?, language, weak: weak != 0, range })
}

/// Meanings that compete for the same words.
fn rival(meaning: Meaning) -> Meaning {
    match meaning {
        Meaning::UnsubscribeWeak => Meaning::Unsubscribe,
        Meaning::Refusal => Meaning::Consent,
        other => other,
    }
}

/// Better of two rivals that overlap: a refusal, a strong one, a long one, in this order.
fn worth(hit: &Hit) -> (bool, bool, usize) {
    (hit.meaning == Meaning::Refusal, !hit.weak, hit.range.len())
}

fn keep_best(hits: &mut Vec<Hit>) {
    sort::by_key(hits, |hit| (rival(hit.meaning), hit.range.start, std::cmp::Reverse(hit.range.end), hit.weak));
    hits.dedup_by(|later, kept| {
        let overlap = rival(later.meaning) == rival(kept.meaning) && later.range.start < kept.range.end;
        if overlap && worth(later) > worth(kept) {
            std::mem::swap(later, kept);
        }
        overlap
    });
}

/// "ยกเลิกการรับข่าวสาร" and "取消订阅" contain the words that consent. Sorted by start, the longest first.
fn drop_consent_in_opt_outs(hits: &mut Vec<Hit>) {
    let mut opted_out = 0;
    hits.retain(|hit| {
        if matches!(hit.meaning, Meaning::Unsubscribe | Meaning::UnsubscribeWeak) {
            opted_out = opted_out.max(hit.range.end);
        }
        hit.meaning != Meaning::Consent || hit.range.end > opted_out
    });
}
