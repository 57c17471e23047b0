//! Who is behind a domain: the sender, its provider, its partners, or somebody that nothing explains.

use super::Facts;
use crate::knowledge::{domains, trackers};
use crate::message::list_header;
use std::collections::BTreeSet;

/// The registrable domains that the message itself accounts for.
#[derive(Debug, Default)]
pub struct Parties {
    /// The sender's own: From (unless a free mailbox provider), DKIM, configuration.
    pub own: BTreeSet<String>,
    /// Hosts of List-Unsubscribe, and partners from the configuration.
    pub named: BTreeSet<String>,
}

pub(super) fn of(facts: &Facts<'_>) -> Parties {
    let mut parties = Parties::default();
    let registrable = |host: &str| domains::registrable(&host.trim().to_ascii_lowercase()).map(str::to_owned);
    parties.own.extend(
        facts.settings.own_domains.iter().map(|own| registrable(own).unwrap_or_else(|| own.to_ascii_lowercase())),
    );
    if let Some(sender) = facts.sender().filter(|sender| !sender.host.as_deref().is_some_and(domains::is_freemail)) {
        parties.own.extend(sender.domain.clone());
    }
    for header in facts.message.headers_named("DKIM-Signature").take(MOST_FIELDS) {
        let tags = facts.message.value(header).split(';').filter_map(|tag| tag.trim().split_once('='));
        parties.own.extend(tags.filter(|(name, _)| name.trim() == "d").filter_map(|(_, domain)| registrable(domain)));
    }
    parties.named.extend(facts.settings.partner_domains.iter().filter_map(|partner| registrable(partner)));
    for header in facts.message.headers_named("List-Unsubscribe").take(MOST_FIELDS) {
        let uris = list_header::list_uris(facts.message.view(header.value));
        let urls = uris.iter().take(MOST_FIELDS).filter_map(|uri| url::Url::parse(&uri.uri).ok());
        parties.named.extend(urls.filter_map(|url| registrable(url.host_str()?)));
    }
    parties
}

/// Fields of a kind, and addresses in one of them, that are looked at: each domain in them is compared with each link.
const MOST_FIELDS: usize = 20;

impl Facts<'_> {
    /// `host` belongs to the sender by configuration.
    pub fn is_own_domain(&self, host: &str) -> bool {
        if self.settings.own_domains.is_empty() {
            return false;
        }
        let registrable = domains::registrable(host).unwrap_or(host);
        self.settings
            .own_domains
            .iter()
            .any(|own| own.eq_ignore_ascii_case(registrable) || own.eq_ignore_ascii_case(host))
    }

    /// Two registrable domains are of one party: the same, the same label before different endings, one provider's, or
    /// both the sender's own.
    pub fn are_one_party(&self, one: &str, other: &str) -> bool {
        let same_label = || {
            domains::brand_label(one).is_some_and(|label| label.len() > 2 && domains::brand_label(other) == Some(label))
        };
        let family =
            || trackers::family_of_host(one).is_some_and(|family| trackers::family_of_host(other) == Some(family));
        let own = || self.parties().own.contains(one) && self.parties().own.contains(other);
        one == other || same_label() || family() || own()
    }

    /// Something accounts for the registrable `domain`: it is the sender's, its provider's, named by it, or where most links lead.
    pub fn is_explained_domain(&self, domain: &str) -> bool {
        self.explained_once(domain, || {
            let parties = self.parties();
            let is_known = || parties.own.iter().chain(&parties.named).any(|own| self.are_one_party(own, domain));
            let leads = || self.clicks().leading.as_deref().is_some_and(|leading| self.are_one_party(leading, domain));
            is_known() || trackers::family_of_host(domain).is_some() || leads()
        })
    }
}
