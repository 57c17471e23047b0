//! What a URL says by its path, query and host labels, without fetching it.

use super::Meaning;
use super::find::{Found, any_beginning, phrases};
use super::fold::fold;
use super::trie::{Trie, trie};
use crate::knowledge::eights::{STEP, Step};
use std::borrow::Cow;

include!(concat!(env!("OUT_DIR"), "/url_hints.rs"));

static HINTS: Trie = trie!("url_hints");

/// Bytes of a URL that are looked at; what stands behind is a token.
const LONGEST: usize = 4096;

/// What a URL says by its path, query and host labels: any of `Unsubscribe`, `Preferences`, `WebVersion`, `Privacy`.
///
/// A word in the slug of an article ("/blog/reduce-unsubscribe-rates") or in a campaign parameter (`utm_content`) says nothing, and an opt-out on a
/// privacy page is one of cookies: `Privacy`.
pub fn url_hint(url: &str) -> Option<Meaning> {
    if !may_hint(url) {
        return None;
    }
    let mut said: Vec<Meaning> = Vec::new();
    let mut in_articles = false;
    components(url, |component| {
        for found in phrases(&HINTS, component) {
            if !is_article_slug(component, found, in_articles) {
                said.extend(
                    HINTS
                        .entries
                        .get(usize::from(found.entry))
                        .and_then(|&[_, meaning, _]| Meaning::from_number(meaning)),
                );
            }
        }
        in_articles |= ARTICLE_FOLDERS.binary_search(&component).is_ok();
    });
    let says = |meaning| said.contains(&meaning);
    let unsubscribes = says(Meaning::Unsubscribe) || (says(Meaning::UnsubscribeWeak) && !says(Meaning::Privacy));
    if unsubscribes {
        return Some(Meaning::Unsubscribe);
    }
    [Meaning::Preferences, Meaning::WebVersion, Meaning::Privacy].into_iter().find(|&meaning| says(meaning))
}

/// As much of `url` as is looked at.
fn cut(url: &str) -> &str {
    url.get(..url.floor_char_boundary(LONGEST)).unwrap_or(url)
}

/// Whether a part of a hint stands somewhere in the place that `url` names, taken as a whole, or in one of its parameters: in nearly none.
fn may_hint(url: &str) -> bool {
    let mut room = Vec::new();
    let mut has_part = |text: &str| {
        let decoded = percent_decoded(text);
        if !decoded.is_ascii() {
            return true;
        }
        let spelled = plain_spelling(&decoded, &mut room);
        any_beginning(&HINTS, spelled, |at, _| begins_part(spelled.as_bytes().get(at..).unwrap_or_default()))
    };
    let Places { place, query } = places(url);
    let in_place = match place {
        Place::Mailbox(local) => has_part(local),
        Place::Page { labels, path } => !matches!(labels, "" | "www") && has_part(labels) || has_part(path),
    };
    in_place || parameters(query).any(has_part)
}

/// Where a URL says something, as it is written.
struct Places<'u> {
    place: Place<'u>,
    query: &'u str,
}

enum Place<'u> {
    /// The local part of an address: an opt-out mailbox, or the command of a list server.
    Mailbox(&'u str),
    /// The labels of a host before its last two, and the path.
    Page { labels: &'u str, path: &'u str },
}

fn places(url: &str) -> Places<'_> {
    let url = cut(url.trim());
    let colon = memchr::memchr(b':', url.as_bytes()).and_then(|at| Some((url.get(..at)?, url.get(at + 1..)?)));
    let is_scheme = |text: &str| text.chars().all(char::is_alphanumeric);
    let (scheme, rest) = colon.filter(|(scheme, _)| is_scheme(scheme)).unwrap_or(("", url));
    let (place, query) = place_and_query(rest);
    let place = if scheme.eq_ignore_ascii_case("mailto") {
        Place::Mailbox(place.split('@').next().unwrap_or_default())
    } else {
        let (host, path) = host_and_path(place);
        let mut dots = memchr::memrchr_iter(b'.', host.as_bytes());
        Place::Page { labels: dots.nth(1).and_then(|dot| host.get(..dot)).unwrap_or_default(), path }
    };
    Places { place, query }
}

fn begins_part(spelled: &[u8]) -> bool {
    let mut begins = false;
    HINTS.parts(spelled, |_, _| begins = true);
    begins
}

/// Whether the hint is a word of a headline: a long slug, a telling neighbour ("rate"), or several words in a folder of articles.
fn is_article_slug(component: &str, found: Found, in_articles: bool) -> bool {
    let words: Vec<&str> = component.split('-').filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| DECOYS.binary_search(word).is_ok()) {
        return true;
    }
    let hint_words = component.get(found.start..found.end).map_or(1, |hint| hint.split('-').count());
    let others = words.len().saturating_sub(hint_words);
    (in_articles && others > 0) || (others >= 4 && found.start > 0)
}

/// Gives `take` the host labels, path segments, and parameters by name and value, in one spelling: words joined by `-`, lower case, decoded.
fn components(url: &str, mut take: impl FnMut(&str)) {
    let Places { place, query } = places(url);
    let mut raw: Vec<&str> = Vec::new();
    match place {
        Place::Mailbox(local) => raw.push(local),
        Place::Page { labels, path } => {
            raw.extend(labels.rsplit('.').filter(|_| !labels.is_empty()));
            raw.extend(split(path, |byte| byte == b'/'));
        }
    }
    raw.extend(parameters(query).flat_map(|pair| split(pair, |byte| byte == b'=')));
    let (mut spelled, mut plain) = (String::new(), Vec::new());
    for part in raw {
        for piece in split(&percent_decoded(part), |byte| matches!(byte, b'/' | b'?' | b'&' | b'=')) {
            if piece.is_ascii() {
                take(plain_spelling(piece, &mut plain));
            } else {
                spelling(piece, &mut spelled);
                take(&fold(spelled.trim_matches('-')).text);
            }
        }
    }
}

/// The parameters of `query`, by name and value, but those that name the campaign.
fn parameters(query: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(query);
    let pairs = std::iter::from_fn(move || {
        let query = rest?;
        let end = memchr::memchr3(b'&', b';', b'#', query.as_bytes());
        rest = end.and_then(|end| query.get(end + 1..));
        query.get(..end.unwrap_or(query.len()))
    });
    pairs.filter(|pair| !is_campaign_parameter(pair))
}

/// What stands before the query or the fragment, and what behind the sign that begins it.
fn place_and_query(url: &str) -> (&str, &str) {
    let parts = memchr::memchr2(b'?', b'#', url.as_bytes()).and_then(|at| Some((url.get(..at)?, url.get(at + 1..)?)));
    parts.unwrap_or((url, ""))
}

/// `text` between the ASCII bytes that part it.
fn split(text: &str, parts: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(&parts);
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    })
}

fn host_and_path(place: &str) -> (&str, &str) {
    let Some(rest) = place.strip_prefix("//") else { return ("", place) };
    rest.split_once('/').unwrap_or((rest, ""))
}

/// `utm_content=unsubscribe` names the place of a link in the campaign, not where it leads.
fn is_campaign_parameter(pair: &str) -> bool {
    let bytes = pair.as_bytes();
    let first = bytes.first().map(u8::to_ascii_lowercase);
    CAMPAIGN_PARAMETERS.iter().any(|prefix| {
        prefix.as_bytes().first() == first.as_ref()
            && bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    })
}

fn percent_decoded(part: &str) -> Cow<'_, str> {
    if !part.contains('%') {
        return Cow::Borrowed(part);
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// The same as [`spelling`], of ASCII, in lower case and without hyphens around it.
fn plain_spelling<'s>(part: &str, spelled: &'s mut Vec<u8>) -> &'s str {
    spelled.clear();
    let spelled_byte = |byte: u8| SPELLED[usize::from(byte)];
    let bytes = part.as_bytes();
    let mut room = [0; STEP];
    let (mut from, mut is_behind_small) = (0, false);
    for at in (0..bytes.len()).step_by(STEP) {
        let step = Step::at(bytes, at).unwrap_or_else(|| Step::rest(bytes, at, &mut room));
        // "optOut" is two words
        let mut humps = step.humps(is_behind_small);
        while humps != 0 {
            let hump = at + humps.trailing_zeros() as usize;
            spelled.extend(bytes[from..hump].iter().copied().map(spelled_byte));
            spelled.push(b'-');
            from = hump;
            humps &= humps - 1;
        }
        is_behind_small = bytes.get(at + STEP - 1).is_some_and(u8::is_ascii_lowercase);
    }
    spelled.extend(bytes[from..].iter().copied().map(spelled_byte));
    let mut trimmed = &spelled[..];
    while let [b'-', rest @ ..] | [rest @ .., b'-'] = trimmed {
        trimmed = rest;
    }
    std::str::from_utf8(trimmed).unwrap_or_default()
}

/// What each byte of ASCII is spelled as.
const SPELLED: [u8; 256] = {
    let mut spelled = [b'-'; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            spelled[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    spelled
};

/// "optOut", "opt_out" and "Opt+Out" all become "opt-out", but for the case.
fn spelling(part: &str, spaced: &mut String) {
    spaced.clear();
    let mut lower_before = false;
    for character in part.chars() {
        if !character.is_alphanumeric() && character != '\u{301}' {
            spaced.push('-');
        } else {
            if lower_before && character.is_ascii_uppercase() {
                spaced.push('-');
            }
            spaced.push(character);
        }
        lower_before = character.is_ascii_lowercase();
    }
}

#[cfg(test)]
mod tests {
    use super::{HINTS, components, may_hint, phrases, plain_spelling, spelling};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_has_no_part_of_a_hint_has_no_hint(
            url in "(mailto:|https://(a\\.|go\\.|unsubscribe\\.|x\\.optout\\.)?b\\.de/)(([a-c%2F/?&=;.-]|%6[35]|[uU]n|sub|scribe|opt|Out|_|privacy|view|blog/){0,12})",
        ) {
            let mut found = false;
            components(&url, |component| found |= !phrases(&HINTS, component).is_empty());
            prop_assert!(!found || may_hint(&url), "{}", url);
        }

        #[test]
        fn ascii_is_spelled_as_all_text_is(part in "[a-cX-Z0-9_+-]{0,12}") {
            let (mut spelled, mut plain) = (String::new(), Vec::new());
            spelling(&part, &mut spelled);
            let spelled = spelled.to_ascii_lowercase();
            prop_assert_eq!(plain_spelling(&part, &mut plain), spelled.trim_matches('-'));
        }
    }
}
