//! The language that a mail is written in, as far as it needs to be known to suggest words for it.

use super::Facts;
use crate::knowledge::words;
use std::collections::BTreeMap;

/// Phrases by which a mail tells its language, at least.
const FEWEST: usize = 2;

/// The language that the mail says it has, unless that is English, which templates say whatever is written into them; else the one of most of its known
/// phrases; else English.
pub(super) fn of(facts: &Facts<'_>) -> &'static str {
    let labelled = labels(facts).flat_map(|labels| languages(&labels)).find(|language| *language != "en");
    labelled.or_else(|| said(facts)).unwrap_or("en")
}

/// The language that the mail says it has, where that is none of the lists and its phrases don't tell another one: what it says can't be known.
pub(super) fn unknown(facts: &Facts<'_>) -> Option<String> {
    let mut named: Vec<String> = Vec::new();
    for tags in labels(facts) {
        named.extend(tags.split(',').map(|tag| tag.split('(').next().unwrap_or(tag).trim().to_ascii_lowercase()));
    }
    let is_known = |tag: &String| words::language(tag).is_some_and(|language| language != "en");
    if named.iter().any(is_known) || said(facts).is_some() {
        return None;
    }
    named.into_iter().find(|tag| is_of_another(tag)).filter(|_| !is_english(facts))
}

/// Languages that mail is written in and that the lists don't have. Tags of countries, and old codes of three letters, name none of them.
const OTHERS: [&str; 44] = [
    "af", "am", "az", "be", "bn", "bs", "ca", "cy", "et", "eu", "fa", "fil", "ga", "gl", "gu", "hy", "is", "ka", "kk",
    "km", "kn", "ku", "lb", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "pa", "ps", "si", "sl",
    "sq", "sr", "sw", "ta", "te", "ur",
];

/// English words that no text of some length is without.
const ENGLISH: [&str; 5] = [" the ", " and ", " you ", " your ", " our "];

fn is_of_another(tag: &str) -> bool {
    OTHERS.contains(&tag.split(['-', '_']).next().unwrap_or_default())
}

/// Several of the words: a template may keep the tag of another.
fn is_english(facts: &Facts<'_>) -> bool {
    let has = |word: &&&str| facts.prose().iter().any(|prose| prose.text.contains(**word));
    ENGLISH.iter().filter(has).count() >= 2
}

/// The `lang` of the HTML bodies, and Content-Language (RFC 3282).
fn labels(facts: &Facts<'_>) -> impl Iterator<Item = String> {
    let roots = facts.html_bodies().filter_map(|(_, _, document)| {
        let mut roots = document.elements().filter(|element| matches!(element.name(), "html" | "mjml"));
        let root = roots.next()?;
        root.attribute("lang").or_else(|| root.attribute("xml:lang")).map(|lang| lang.value.to_string())
    });
    let fields = facts.message.headers_named("Content-Language");
    roots.chain(fields.map(|field| facts.message.value(field).to_owned()))
}

/// Those of a list of tags, with what stands in brackets behind them.
fn languages(tags: &str) -> Vec<&'static str> {
    let named = tags.split(',').map(|tag| tag.split('(').next().unwrap_or(tag));
    named.filter_map(words::language).collect()
}

/// The language of two thirds of the phrases.
fn said(facts: &Facts<'_>) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for hit in facts.prose().iter().flat_map(|prose| prose.hits()).filter(|hit| !hit.weak) {
        *counts.entry(hit.language).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let (language, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= FEWEST && count * 3 >= total * 2).then_some(language)
}
