//! Finds DKIM keys: under the selectors that the sender names, or else under well-known ones.

use super::found::Selector;
use super::{Inquiry, Kind, Name, dkim};
use crate::knowledge::selectors::WELL_KNOWN;

/// The selectors to ask for.
pub(super) fn names(given: &[String]) -> impl Iterator<Item = &str> {
    let known = if given.is_empty() { WELL_KNOWN } else { &[] };
    given.iter().map(String::as_str).chain(known.iter().map(|(selector, _)| *selector))
}

/// Where a selector's key is (RFC 6376 §3.6.2.1).
pub(super) fn place(name: &Name, selector: &str) -> Option<Name> {
    name.under(&format!("{}._domainkey", selector.trim_end_matches('.')))
}

/// Asks for the keys. Of well-known selectors only those with a key are told.
pub(super) fn of(name: &Name, given: &[String], inquiry: &mut Inquiry<'_>) -> Vec<Selector> {
    let is_given = !given.is_empty();
    let mut found = Vec::new();
    for selector in names(given) {
        let Some(at) = place(name, selector) else { continue };
        let reply = inquiry.ask(&at, Kind::Txt);
        let is_key = |at: &&usize| inquiry.records.get(**at).is_some_and(|record| dkim::is_record(&record.text));
        let records: Vec<usize> = reply.records().iter().filter(is_key).copied().collect();
        if !is_given && (records.is_empty() || is_wildcard(&records, &found, inquiry)) {
            continue;
        }
        let key = match records[..] {
            [record] => inquiry.records.get(record).map(|record| dkim::read(&record.text)),
            _ => None,
        };
        let alias = reply.aliases().first().copied();
        let name = selector.to_owned();
        found.push(Selector { name, at, given: is_given, known: !reply.is_unknown(), records, alias, key });
    }
    found
}

/// The same key under two selectors without an alias comes from a wildcard (`*._domainkey`): it is told once.
fn is_wildcard(records: &[usize], found: &[Selector], inquiry: &Inquiry<'_>) -> bool {
    let text = |at: &usize| inquiry.records.get(*at).map(|record| &record.text);
    found.iter().any(|before| before.alias.is_none() && before.records.iter().map(text).eq(records.iter().map(text)))
}
