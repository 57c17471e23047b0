//! Which provider is at work: what the text of a body, the header fields and the hosts say.
//!
//! What begins with a delimiter is looked for where delimiters stand, which are rare; all else at every second byte of the text, by four bytes of its
//! beginning. Bit sets tell most places apart at once, a sorted table the rest. Only where one may begin the text is folded.

use super::fold::{escape, fold, head_bit};
use super::{HEAD_BITS, HEADERS, HEADS, HOST_SHAPES, HOSTS, LOOSE_TAGS, NEEDLES, PROVIDERS, Provider};
use crate::knowledge::heads::{Fours, Heads};
use crate::knowledge::table::{List, Text};
use crate::knowledge::trackers::shape::host_is_under;
use crate::knowledge::trackers::url::by_suffix;
use crate::sort;

/// A reason to think that a provider is at work.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Which.
    pub provider: &'static Provider,
    /// How telling it is: 3 for something only it has, 1 for something that others have too.
    pub weight: u8,
    /// What was found, for `--verbose`.
    pub what: String,
}

/// A string whose presence tells, folded.
#[derive(Debug)]
pub(super) struct Needle {
    pub text: Text,
    /// Providers and weights.
    pub owners: List<Owner>,
}

/// A provider, by its number, and how telling it is.
#[derive(Debug)]
pub struct Owner(pub u16, pub u8);

/// A header field that tells.
#[derive(Debug)]
pub(super) struct HeaderSign {
    /// Lower case; with `*` at its end a beginning.
    pub name: Text,
    /// Lower case; empty for any value.
    pub contains: Text,
    pub weight: u8,
    pub provider: u16,
}

/// How the needles that begin with a delimiter may begin in a text that is not folded, by two bytes. Few places of a text get past them.
static PAIRS: Heads = {
    let mut pairs = Heads::of(&[]);
    let mut at = 0;
    while at < NEEDLES.len() {
        let needle = NEEDLES[at].text.as_str().as_bytes();
        let (first, second) = (needle[0], needle[1]);
        assert!(first != b'&', "`tag_at` passes over `&amp`");
        if !is_plainly_begun(needle) {
            // `<%`, `<#`, `</#`
            let delimiter = if first == b'<' { if second == b'/' { needle[2] } else { second } } else { first };
            assert!(is_delimiter(delimiter), "`at_delimiters` looks for no such byte");
            let seconds = [second, second.to_ascii_uppercase(), b'%', b'&'];
            let mut case = 0;
            while case < seconds.len() {
                // the last two: the second one escaped
                pairs.add(&[first, seconds[case]]);
                case += 1;
            }
        }
        at += 1;
    }
    // the first one escaped
    let mut digit = b'2';
    while digit <= b'7' {
        pairs.add(&[b'%', digit]);
        digit += 1;
    }
    pairs.add(b"&#");
    let mut letter = 0;
    while letter < ESCAPED.len() {
        pairs.add(&[b'&', ESCAPED[letter]]);
        pairs.add(&[b'&', ESCAPED[letter].to_ascii_uppercase()]);
        letter += 1;
    }
    pairs
};

/// The other needles: four of their bytes from the first and from the second one on, one of which stands at an even place.
static STARTS: Fours = {
    let mut starts = Fours::of(&[]);
    let mut at = 0;
    while at < NEEDLES.len() {
        let needle = NEEDLES[at].text.as_str().as_bytes();
        if is_plainly_begun(needle) {
            starts.add(needle);
            starts.add(needle.split_at(1).1);
        }
        at += 1;
    }
    starts
};

/// Whether the first five bytes of a needle are always written as they are, but for their case: of a name, or of an element.
const fn is_plainly_begun(needle: &[u8]) -> bool {
    let mut at = 0;
    while at < 5 {
        if at == needle.len() {
            return false;
        }
        let is_plain = match needle[at] {
            b'<' => at == 0,
            b'-' | b':' | b'=' | b'"' => at > 0,
            byte => byte.is_ascii_alphanumeric() || byte == b'_',
        };
        if !is_plain {
            return false;
        }
        at += 1;
    }
    true
}

/// What tags begin with, `<` aside, and what it is escaped with.
const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'{' | b'[' | b'%' | b'$' | b'*' | b'#' | b'@' | b'~' | b'&')
}

/// How the names of the references begin that stand for the first character of a needle: `&lt;`, `&percnt;`, `&ast;`.
const ESCAPED: &[u8] = b"lpa";

/// Bytes of a text in which the first four of a folded needle stand, however they are written.
const HEAD: usize = 24;
/// Bytes of a text in which a whole folded needle stands, if no long blanks are in it: so many more, and twice its own.
const MORE: usize = 32;
/// Bytes of a text that tell what stands before a needle.
const BEFORE: usize = 12;

/// How the whole tags of the providers' loose syntaxes begin.
static LOOSE: Fours = {
    let mut at = 0;
    while at < LOOSE_TAGS.len() {
        let first = LOOSE_TAGS[at].as_str().as_bytes()[0];
        assert!(
            matches!(first, b'[' | b'{' | b'%' | b'#' | b'$' | b'@'),
            "`may_have_loose_tag` looks for no such byte"
        );
        at += 1;
    }
    Fours::of(&LOOSE_TAGS)
};

/// Whether a tag of one of the loose syntaxes stands in the raw text of a body, whoever sends it: `[unsubscribe]`, `%recipient%`.
pub fn may_have_loose_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = |tag: &Text| tag.as_bytes().first_chunk::<4>().copied();
    let is_one = |here: &[u8]| {
        // sorted: those that begin alike stand together
        let first = here.first_chunk::<4>().map(|four| four.map(|byte| byte.to_ascii_lowercase()));
        let from = LOOSE_TAGS.partition_point(|tag| head(tag) < first);
        let mut alike = LOOSE_TAGS.iter().skip(from).take_while(|tag| head(tag) == first);
        alike.any(|tag| here.get(..tag.len()).is_some_and(|here| here.eq_ignore_ascii_case(tag.as_bytes())))
    };
    let begins = |at: usize| bytes.get(at..).is_some_and(|here| LOOSE.begin(here) && is_one(here));
    memchr::memchr3_iter(b'[', b'{', b'%', bytes).any(begins)
        || memchr::memchr3_iter(b'#', b'$', b'@', bytes).any(begins)
}

/// What the raw text of a body says about the provider: tokens and signs. Each once, in the order of the providers' ids and weights.
pub fn evidence_in_text(text: &str) -> Vec<Evidence> {
    let mut found = vec![false; NEEDLES.len()];
    at_delimiters(text, &mut found);
    at_starts(text, &mut found);
    let mut evidence: Vec<Evidence> =
        NEEDLES.iter().zip(found).filter(|(_, seen)| *seen).flat_map(|(needle, _)| of(needle)).collect();
    sort::by(&mut evidence, |a, b| (a.provider.id, b.weight, &a.what).cmp(&(b.provider.id, a.weight, &b.what)));
    evidence
}

/// Notes what begins with a delimiter.
fn at_delimiters(text: &str, found: &mut [bool]) {
    let bytes = text.as_bytes();
    let mut look = |at: usize| {
        let begins = |at: usize| {
            let pair = bytes.get(at..).and_then(|rest| rest.first_chunk::<2>());
            pair.is_some_and(|[first, second]| PAIRS.begin(*first, *second))
        };
        // `<%`, `</#`: the delimiter is not their first byte
        let opening = match bytes.get(..at) {
            Some([.., b'<', b'/']) => Some(at - 2),
            Some([.., b'<']) => Some(at - 1),
            _ => None,
        };
        for at in opening.into_iter().chain([at]).filter(|at| begins(*at)) {
            if let Some(head) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
                tag_at(text, at, *head, found);
            }
        }
    };
    memchr::memchr3_iter(b'{', b'[', b'*', bytes).for_each(&mut look);
    memchr::memchr3_iter(b'%', b'$', b'@', bytes).for_each(&mut look);
    memchr::memchr3_iter(b'&', b'~', b'#', bytes).for_each(&mut look);
}

/// Notes what begins as it is always written.
fn at_starts(text: &str, found: &mut [bool]) {
    let bytes = text.as_bytes();
    let mut look = |at: usize| match bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        Some(head) if head[0] == b'<' => tag_at(text, at, *head, found),
        Some(head) if head[0].is_ascii_alphabetic() || head[0] == b'_' => sign_at(text, at, *head, found),
        Some(_) | None => {}
    };
    for at in STARTS.even_places(bytes) {
        if let Some(before) = at.checked_sub(1) {
            look(before);
        }
        look(at);
    }
}

/// Notes the signs at `at` that begin with a letter. They are names of attributes and functions: nobody escapes the beginning of one.
fn sign_at(text: &str, at: usize, mut head: [u8; 4], found: &mut [bool]) {
    if !may_begin(head) {
        return;
    }
    head.make_ascii_lowercase();
    let here = text.as_bytes().get(at..).unwrap_or_default();
    let is_here = |needle: &Needle| {
        let needle = needle.text.as_bytes();
        here.get(..needle.len()).is_some_and(|here| here.eq_ignore_ascii_case(needle))
    };
    for index in candidates(head) {
        if let (Some(needle), Some(seen)) = (NEEDLES.get(index), found.get_mut(index)) {
            // blanks and delimiters in it may be written otherwise
            let folds = || needle.text.contains([' ', '{', '}', '[', ']', '*', '|', '%', '<', '>']);
            let folded = || fold(cut(text, at, 2 * needle.text.len() + MORE));
            *seen = *seen || is_here(needle) || folds() && folded().starts_with(needle.text.as_str());
        }
    }
}

/// Notes the tags at `at`, which begin with a delimiter, or with one that is escaped.
fn tag_at(text: &str, at: usize, mut head: [u8; 4], found: &mut [bool]) {
    if head == *AMPERSAND || matches!(head[0], b'%' | b'&') && !may_be_escaped(text, at) {
        return;
    }
    // a trim mark behind a delimiter
    let opens = |before: &[u8]| [b"{{", b"{%", b"<%"].iter().any(|open| before.ends_with(*open));
    if head[0] == b'~' && text.as_bytes().get(..at).is_some_and(opens) {
        return;
    }
    if is_plain(head, text.as_bytes().get(at + 4).copied()) {
        head.make_ascii_lowercase();
    } else {
        let folded = fold(cut(text, at, HEAD));
        let Some(folded) = folded.as_bytes().first_chunk::<4>() else { return };
        head = *folded;
    }
    // `{unsubscribe}` inside of `{{unsubscribe}}` is another tag
    if may_begin(head) && before(text, at) != Some(head[0]) {
        note(text, at, head, found);
    }
}

/// Whether a needle may begin with the escape at `at`, if there is one: nearly all escapes stand for something else. In a run of the same one only
/// the first may.
fn may_be_escaped(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    match escape(rest) {
        Some((character, length)) => {
            let repeats = || at.checked_sub(length).is_some_and(|before| text.get(before..at) == rest.get(..length));
            character.is_ascii_punctuation() && !repeats()
        }
        None => !rest.starts_with('&'),
    }
}

/// By far the most frequent reference, which stands for nothing that a tag begins with.
const AMPERSAND: &[u8; 4] = b"&amp";

/// Notes the needles that the text at `at` begins with.
fn note(text: &str, at: usize, head: [u8; 4], found: &mut [bool]) {
    let candidates = candidates(head);
    let unseen = candidates.clone().filter(|index| found.get(*index).is_some_and(|seen| !seen));
    let Some(longest) = unseen.filter_map(|index| NEEDLES.get(index)).map(|needle| needle.text.len()).max() else {
        return;
    };
    let here = fold(cut(text, at, 2 * longest + MORE));
    for index in candidates {
        if let (Some(needle), Some(seen)) = (NEEDLES.get(index), found.get_mut(index)) {
            *seen = *seen || here.starts_with(needle.text.as_str());
        }
    }
}

/// At most `most` bytes of `text` from `at` on.
fn cut(text: &str, at: usize, most: usize) -> &str {
    text.get(at..text.floor_char_boundary(at + most)).unwrap_or_default()
}

/// The last byte of what stands before `at`, folded.
fn before(text: &str, at: usize) -> Option<u8> {
    let last = *text.as_bytes().get(at.checked_sub(1)?)?;
    // what may end an escape, or be dropped
    if !(last == b';' || last.is_ascii_hexdigit() || last.is_ascii_whitespace() || matches!(last, b'-' | b'~')) {
        return Some(last);
    }
    let from = text.ceil_char_boundary(at.saturating_sub(BEFORE));
    fold(text.get(from..at)?).bytes().last()
}

/// Bytes that folding leaves as they are but for their case, whatever stands around them.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut at = b'!';
    while at <= b'~' {
        plain[at as usize] = !matches!(at, b'%' | b'&' | b'-' | b'~');
        at += 1;
    }
    plain
};

/// Whether folding leaves `head`, behind which `next` stands, as it is but for its case: plain bytes, and single blanks between letters and digits.
fn is_plain(head: [u8; 4], next: Option<u8>) -> bool {
    let at = |at: usize| head.get(at).copied().or(next).unwrap_or_default();
    let is_word_part = |place: usize| at(place).is_ascii_alphanumeric();
    (0..head.len()).all(|place| match at(place) {
        b' ' => place > 0 && is_word_part(place - 1) && is_word_part(place + 1),
        byte => PLAIN[usize::from(byte)],
    })
}

/// A quick look at whether a needle begins with `head`.
fn may_begin(head: [u8; 4]) -> bool {
    let bit = head_bit(head);
    HEAD_BITS.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
}

/// The needles that begin with `head`.
fn candidates(head: [u8; 4]) -> std::ops::Range<usize> {
    let entry = HEADS.binary_search_by_key(&head, |(head, _, _)| *head).ok().and_then(|at| HEADS.get(at));
    entry.map_or(0..0, |(_, from, to)| usize::from(*from)..usize::from(*to))
}

fn of(needle: &'static Needle) -> impl Iterator<Item = Evidence> {
    needle.owners.iter().filter_map(|Owner(provider, weight)| {
        let provider = PROVIDERS.get(usize::from(*provider))?;
        Some(Evidence { provider, weight: *weight, what: format!("`{}` in the text", needle.text) })
    })
}

/// Fields whose hosts are those of the sending system, not of what the mail is about.
const FIELDS_WITH_HOSTS: [&str; 8] = [
    "list-unsubscribe",
    "return-path",
    "message-id",
    "dkim-signature",
    "x-report-abuse",
    "x-report-abuse-to",
    "x-complaints-to",
    "list-id",
];

/// What a header field says (X-Mailer, X-MC-User, X-SG-EID, Feedback-ID, List-Unsubscribe hosts, …).
pub fn evidence_in_header(name: &str, value: &str) -> Option<Evidence> {
    let name = name.trim().to_ascii_lowercase();
    let value = value.to_ascii_lowercase();
    let sign = HEADERS
        .iter()
        .filter(|sign| has_name(sign, &name) && value.contains(sign.contains.as_str()))
        .max_by_key(|sign| sign.weight);
    if let Some(sign) = sign
        && let Some(provider) = PROVIDERS.get(usize::from(sign.provider))
    {
        return Some(Evidence { provider, weight: sign.weight, what: format!("the header field `{name}`") });
    }
    if !FIELDS_WITH_HOSTS.contains(&name.as_str()) {
        return None;
    }
    let (provider, host) = hosts_in(&value).find_map(|host| Some((owner_of_host(host)?, host)))?;
    Some(Evidence { provider, weight: 3, what: format!("`{host}` in the header field `{name}`") })
}

fn has_name(sign: &HeaderSign, name: &str) -> bool {
    match sign.name.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => sign.name == *name,
    }
}

/// Runs of characters that could be a host name.
fn hosts_in(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-')
        .map(|run| run.trim_matches('.'))
        .filter(|run| run.contains('.') && run.len() <= 253)
}

/// The provider that owns `host` (by suffix).
pub fn owner_of_host(host: &str) -> Option<&'static Provider> {
    let host = host.trim().trim_end_matches('.');
    let index = by_suffix(&HOSTS, host)
        .or_else(|| HOST_SHAPES.iter().find(|(labels, _)| host_is_under(labels, host)).map(|(_, provider)| provider))?;
    PROVIDERS.get(usize::from(*index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The whole text folded, and every needle looked for at each place.
    fn plainly(text: &str) -> Vec<&'static str> {
        let folded = fold(text);
        let stands = |needle: &Needle| {
            let begins = |at: usize| {
                let first = needle.text.as_bytes()[0];
                let doubled = at > 0 && first.is_ascii_punctuation() && folded.as_bytes()[at - 1] == first;
                !doubled && folded.as_bytes()[at..].starts_with(needle.text.as_bytes())
            };
            (0..folded.len()).any(begins)
        };
        NEEDLES.iter().filter(|needle| stands(needle)).map(|needle| needle.text.as_str()).collect()
    }

    fn quickly(text: &str) -> Vec<&'static str> {
        let evidence = evidence_in_text(text);
        let said = |needle: &&Needle| {
            let what = format!("`{}` in the text", needle.text);
            evidence.iter().any(|evidence| evidence.what == what)
        };
        NEEDLES.iter().filter(said).map(|needle| needle.text.as_str()).collect()
    }

    /// A needle as somebody may write it.
    fn written(text: &str, how: usize) -> String {
        match how {
            0 => text.to_owned(),
            1 => text.to_ascii_uppercase(),
            2 => text.replace("{{", "{{- ").replace("}}", " -}}").replace("<%=", "<%= ").replace("*|", "*| "),
            3 => text.replace('{', "%7B").replace('[', "%5b").replace('*', "%2A").replace('|', "%7C"),
            4 => text.replace('{', "&#123;").replace('%', "&#37;").replace('<', "&lt;").replace('[', "&lsqb;"),
            5 => text.replacen('{', "&lcub;", 1).replacen('[', "%5B", 1).replacen('%', "&percnt;", 1),
            _ => text.replace(' ', "\n\t "),
        }
    }

    #[test]
    fn a_loose_tag_is_seen_wherever_it_stands() {
        let whole =
            |token: &&crate::knowledge::providers::Token| token.loose && !token.prefix && !token.text.starts_with('<');
        let providers = PROVIDERS.iter().filter(|provider| !provider.engine);
        for token in providers.flat_map(|provider| provider.tokens.iter()).filter(whole) {
            for text in [token.text.to_string(), format!("ä x{}", token.text.to_ascii_uppercase())] {
                assert!(may_have_loose_tag(&text), "{text}");
            }
        }
        assert!(!may_have_loose_tag("<p style=\"color:#0b6e4f; width:100%\">$5 @ [1] {x} 20 %"));
    }

    #[test]
    fn each_needle_is_found_at_even_and_odd_places() {
        for needle in NEEDLES.iter().map(|needle| needle.text.as_str()) {
            for text in [needle.to_owned(), format!(" {needle}"), format!("é {}", needle.to_ascii_uppercase())] {
                assert!(quickly(&text).contains(&needle), "{text}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_is_found_is_what_a_look_at_every_place_of_the_folded_text_finds(
            needles in prop::collection::vec((any::<prop::sample::Index>(), 0usize..7, "[ a-z{}&%;<-]{0,3}"), 1..5),
        ) {
            let one = |(index, how, rest): &(prop::sample::Index, usize, String)| {
                // apart, or folding makes one delimiter of the end of one and the beginning of the next
                written(NEEDLES[index.index(NEEDLES.len())].text.as_str(), *how) + rest + " x "
            };
            let text: String = needles.iter().map(one).collect();
            prop_assert_eq!(quickly(&text), plainly(&text), "{}", text);
        }
    }
}
