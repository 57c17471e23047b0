//! Unsubscribe, preferences and profile links that lead to unrelated domains.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Link, LinkKind, LinkRole};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "split-subscription-links",
    summary: "links that manage the subscription lead to unrelated domains",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("split_subscription_links.md"),
    check,
};

/// The links of one party, and whether something explains them.
struct Party<'f> {
    domain: &'f str,
    links: Vec<&'f Link>,
    explained: bool,
}

/// Domains that are told apart: more are many.
const COUNTED: usize = 50;
/// Places that are shown beside the first.
const SHOWN: usize = 8;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let parties = parties(facts);
    let odd = parties.iter().filter(|party| !party.explained).count();
    if odd < 2 {
        return;
    }
    // The others could follow the one that is explained, else the one with the most links, else the first.
    let Some(leader) = parties.iter().enumerate().max_by_key(|(index, party)| (party.explained, party.links.len(), std::cmp::Reverse(*index))) else { return };
    let leader = leader.0;
    let mut others = parties.iter().enumerate().filter(|(index, party)| *index != leader && !party.explained).map(|(_, party)| party);
    let Some(first) = others.next() else { return };
    let finding = findings.report(
        first.links[0].target,
        format!("the links that manage the subscription lead to {} different domains", parties.len()),
    );
    finding.label(format!("`{}`", first.domain));
    for other in others.take(SHOWN) {
        finding.also(other.links[0].target, format!("`{}`", other.domain));
    }
    let leading = &parties[leader];
    let beside = leading.links.iter().find(|link| link.body == first.links[0].body).unwrap_or(&leading.links[0]);
    let own: Vec<String> = parties.iter().map(|party| format!("\"{}\"", party.domain)).collect();
    finding
        .also(beside.target, "the others could follow this one")
        .because("redirects should be similar and consistent: unsubscribe and profile links should all point to the same domain", sources::TRANSPARENT)
        .help(format!("put them on one domain: subdomains of `{}` are fine", leading.domain))
        .help(format!("if they are all yours, say so in presend.toml: own-domains = [{}]", own.join(", ")));
}

/// The parties that the links lead to, in the order of their first link.
fn parties<'f>(facts: &'f Facts<'_>) -> Vec<Party<'f>> {
    let mut parties: Vec<Party<'f>> = Vec::new();
    let managing = |link: &&Link| matches!(link.role, LinkRole::Unsubscribe | LinkRole::Preferences) && link.is_web() && link.kind != LinkKind::Form;
    for link in facts.links().iter().filter(managing) {
        let Some(domain) = link.registrable() else { continue };
        let full = parties.len() == COUNTED;
        match parties.iter_mut().find(|party| facts.are_one_party(party.domain, domain)) {
            Some(party) => party.links.push(link),
            None if full => {}
            None => parties.push(Party { domain, links: vec![link], explained: facts.is_explained_domain(domain) }),
        }
    }
    parties
}
