//! The domains that a message hangs on in DNS: the one of its sender, and the hosts of its List-Unsubscribe field.

use super::findings::Whereabouts;
use super::panics;
use super::resolve::Resolver;
use crate::diagnostic::Label;
use crate::domain::{Name, Role};
use crate::facts::Facts;
use crate::message::Spot;
use crate::message::list_header::uris_of;

/// A domain, and where the message names it.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The domain.
    pub name: Name,
    /// What it is for.
    pub role: Role,
    /// Where it stands.
    pub label: Label,
}

/// All that a message names, in the order of the roles. Nothing where a fact panics: the lint that asked for it has told so.
pub fn mentions(facts: &Facts<'_>) -> Vec<Mention> {
    panics::catch(|| of(facts, &Resolver::new(facts))).unwrap_or_default()
}

fn of(facts: &Facts<'_>, resolver: &Resolver<'_>) -> Vec<Mention> {
    let mention = |host: &str, role: Role, spot: Spot, text: &str| {
        let name = Name::of_person(host).ok()?;
        Some(Mention { name, role, label: resolver.label(Whereabouts::Spot(spot), text.to_owned()) })
    };
    let sender = facts.sender().and_then(|sender| {
        mention(sender.host.as_deref()?, Role::Sender, sender.domain_spot(), "the message is from this domain")
    });
    let links = uris_of(facts.message, "List-Unsubscribe");
    let links = links.iter().filter(|(_, uri)| matches!(uri.scheme().as_str(), "http" | "https"));
    let links =
        links.filter_map(|(spot, uri)| mention(&uri.uri, Role::Link, *spot, "the message leads there to unsubscribe"));
    sender.into_iter().chain(links).collect()
}
