//! What changed between two copies: the last send and this one.

use super::sheet::{Entry, Sheet};
use super::time;
use serde::Serialize;

/// A value that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Change {
    /// What: `verdict`, `dkim`, `SCL`.
    pub name: String,
    /// What it was; `null` where it was not there.
    pub before: Option<String>,
    /// What it is; `null` where it is gone.
    pub after: Option<String>,
}

/// The changes from one sheet to the next, in the order of the sheet.
pub(super) fn between(before: &Sheet, after: &Sheet) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut compare = |name: &str, before: Option<String>, after: Option<String>| {
        if before != after {
            changes.push(Change { name: name.to_owned(), before, after });
        }
    };
    compare("verdict", before.verdict.clone(), after.verdict.clone());
    for (one, other) in [(&before.authentication, &after.authentication), (&before.scores, &after.scores)] {
        for name in names(one, other) {
            compare(name, values(one, name), values(other, name));
        }
    }
    let whole = |sheet: &Sheet| sheet.seconds.map(time::duration);
    compare("time on the way", whole(before), whole(after));
    compare("hops", Some(before.hops.len().to_string()), Some(after.hops.len().to_string()));
    changes
}

/// The names of both, in the order of the first, each once.
fn names<'e>(one: &'e [Entry], other: &'e [Entry]) -> Vec<&'e str> {
    let mut names: Vec<&str> = Vec::new();
    for entry in one.iter().chain(other) {
        if !names.contains(&entry.name.as_str()) {
            names.push(&entry.name);
        }
    }
    names
}

/// All that is said under a name, each value once: `pass (brand.com)`.
fn values(entries: &[Entry], name: &str) -> Option<String> {
    let mut values: Vec<String> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.name == name) {
        let value = match &entry.domain {
            Some(domain) => format!("{} ({domain})", entry.value),
            None => entry.value.clone(),
        };
        if !values.contains(&value) {
            values.push(value);
        }
    }
    (!values.is_empty()).then(|| values.join(", "))
}
