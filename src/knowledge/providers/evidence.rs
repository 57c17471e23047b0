//! Which provider is at work: what the text of a body, the header fields and the hosts say.
//!
//! The text is read once. Signs and tags are found by their first two bytes, then four: bit sets tell most places apart at once, a sorted table
//! the rest.

use super::fold::{fold, head_bit};
use super::{HEAD_BITS, HEADERS, HEADS, HOST_SHAPES, HOSTS, NEEDLES, PROVIDERS, Provider};
use crate::knowledge::heads::Heads;
use crate::knowledge::trackers::shape::host_is_under;
use crate::knowledge::trackers::url::by_suffix;

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
    pub text: &'static str,
    /// Providers and weights.
    pub owners: &'static [(u16, u8)],
}

/// A header field that tells.
#[derive(Debug)]
pub(super) struct HeaderSign {
    /// Lower case; with `*` at its end a beginning.
    pub name: &'static str,
    /// Lower case; empty for any value.
    pub contains: &'static str,
    pub weight: u8,
    pub provider: u16,
}

/// The first two bytes of the needles. Few places of a text get past them.
static PAIRS: Heads = {
    let mut pairs = Heads::of(&[]);
    let mut at = 0;
    while at < NEEDLES.len() {
        pairs.add(NEEDLES[at].text.as_bytes());
        at += 1;
    }
    pairs
};

/// What the raw text of a body says about the provider: tokens and signs. Each once, in the order of the providers' ids and weights.
pub fn evidence_in_text(text: &str) -> Vec<Evidence> {
    let folded = fold(text);
    let mut found = vec![false; NEEDLES.len()];
    for at in PAIRS.places(&folded) {
        let head = folded.as_bytes().get(at..).and_then(|rest| rest.first_chunk::<4>());
        let Some(&head) = head else { continue };
        let bit = head_bit(head);
        if HEAD_BITS.get(bit / 64).is_none_or(|word| word >> (bit % 64) & 1 == 0) {
            continue;
        }
        // `{unsubscribe}` inside of `{{unsubscribe}}` is another tag
        let before = at.checked_sub(1).and_then(|before| folded.as_bytes().get(before));
        if head[0].is_ascii_punctuation() && before == Some(&head[0]) {
            continue;
        }
        for index in candidates(head) {
            let here = folded.as_bytes().get(at..).unwrap_or_default();
            if let (Some(needle), Some(seen)) = (NEEDLES.get(index), found.get_mut(index)) {
                *seen = *seen || here.starts_with(needle.text.as_bytes());
            }
        }
    }
    let mut evidence: Vec<Evidence> =
        NEEDLES.iter().zip(found).filter(|(_, seen)| *seen).flat_map(|(needle, _)| of(needle)).collect();
    evidence.sort_by(|a, b| (a.provider.id, b.weight, &a.what).cmp(&(b.provider.id, a.weight, &b.what)));
    evidence
}

/// The needles that begin with `head`.
fn candidates(head: [u8; 4]) -> std::ops::Range<usize> {
    let entry = HEADS.binary_search_by_key(&head, |(head, _, _)| *head).ok().and_then(|at| HEADS.get(at));
    entry.map_or(0..0, |(_, from, to)| usize::from(*from)..usize::from(*to))
}

fn of(needle: &'static Needle) -> impl Iterator<Item = Evidence> {
    needle.owners.iter().filter_map(|(provider, weight)| {
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
        .filter(|sign| has_name(sign, &name) && value.contains(sign.contains))
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
        None => name == sign.name,
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
