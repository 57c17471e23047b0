//! Several senders in one configuration, an agency's clients: which of them a source is from, and why.

use super::domain::Registrable;
use super::file::Table;
use super::paths::Patterns;
use super::similar::did_you_mean;
use super::value::listed;
use std::path::Path;

/// A `[sender.NAME]`.
#[derive(Debug)]
pub(super) struct Sender {
    pub name: String,
    /// Sources that are its own whatever their From is.
    pub paths: Option<Patterns>,
    pub table: Table,
}

/// Who a source is from, as far as that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The configuration has no senders.
    None,
    /// Only the message's From can tell.
    Open,
    /// It is the sender called so; why, for people.
    Sender(String, String),
    /// It is none of them; why, for people.
    Nobody(String),
}

impl Choice {
    /// What `--verbose` says of it.
    pub fn remark(&self) -> Option<String> {
        match self {
            Self::None | Self::Open => None,
            Self::Sender(name, why) => Some(format!("the sender is `{name}`: {why}")),
            Self::Nobody(why) => Some(format!("no sender of the configuration is chosen: {why}")),
        }
    }
}

/// The index of the sender called `name`.
///
/// # Errors
/// There is none: the fault, and the ways out.
pub(super) fn named(senders: &[Sender], name: &str) -> Result<usize, (String, Vec<String>)> {
    let names = || senders.iter().map(|sender| sender.name.as_str());
    let ways = || match did_you_mean(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if senders.is_empty() => format!("write a table `[sender.{name}]`"),
        None => format!("the senders are {}", listed(names(), "and")),
    };
    names().position(|known| known == name).ok_or_else(|| (format!("no sender is called `{name}`"), vec![ways()]))
}

/// The last sender in the file whose paths match.
pub(super) fn by_path(senders: &[Sender], path: &Path) -> Option<usize> {
    senders.iter().rposition(|sender| sender.paths.as_ref().is_some_and(|paths| paths.matches(path)))
}

/// The one sender who owns the domain of `host`, the host of the From address; and why it is chosen, or nobody.
pub(super) fn by_from(senders: &[Sender], host: Option<&str>, registrable: Registrable) -> (Option<usize>, String) {
    let Some(host) = host else { return (None, "no From tells whose the message is".to_owned()) };
    let domain = registrable(host).unwrap_or(host);
    let owns = |sender: &Sender| {
        let own = sender.table.layer.own_domains.iter().flatten();
        own.into_iter().any(|own| own == domain || own == host)
    };
    let owners: Vec<usize> = (0..senders.len()).filter(|at| senders.get(*at).is_some_and(owns)).collect();
    let names = || owners.iter().filter_map(|at| senders.get(*at)).map(|sender| sender.name.as_str());
    match owners.as_slice() {
        [one] => (Some(*one), format!("From is at `{domain}`, one of its own domains")),
        [] => (None, format!("From is at `{domain}`, an own domain of none of them")),
        _ => (None, format!("From is at `{domain}`, an own domain of {}", listed(names(), "and"))),
    }
}
