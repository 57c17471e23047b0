//! Who sends it: from merge tags, hosts and headers, with the evidence.

use super::Facts;
use crate::knowledge::providers::{self, Evidence, Provider};
use crate::sort;

/// The provider, and why we think so.
#[derive(Debug, Default)]
pub struct ProviderFact {
    /// The most likely one, if anything tells.
    pub provider: Option<&'static Provider>,
    /// The sender said so in the configuration or on the command line.
    pub given: bool,
    /// All that was found, the strongest first.
    pub evidence: Vec<Evidence>,
}

impl ProviderFact {
    /// The provider that everything but the merge tag `tag` speaks for: the one that is given, else the strongest by the other evidence, where
    /// a header field or a host is among it or two other tags are.
    pub fn beside(&self, tag: &str) -> Option<&'static Provider> {
        if self.given {
            return self.provider;
        }
        let others: Vec<Evidence> = self.without(tag).cloned().collect();
        let best = strongest(&others)?;
        let mut its = others.iter().filter(|found| found.provider.id == best.id);
        let from_outside = its.clone().any(|found| !is_of_text(found));
        (from_outside || its.nth(1).is_some()).then_some(best)
    }

    /// Something other than the merge tag `tag` speaks for `provider`.
    pub fn speaks_for(&self, provider: &Provider, tag: &str) -> bool {
        self.without(tag).any(|found| found.provider.id == provider.id)
    }

    fn without(&self, tag: &str) -> impl Iterator<Item = &Evidence> {
        let tag: String = tag.to_lowercase().split_whitespace().collect();
        self.evidence.iter().filter(move |found| {
            let needle = found.what.trim_start_matches('`').split("` in the text").next().unwrap_or_default();
            let needle: String = needle.split_whitespace().collect();
            !is_of_text(found) || !tag.contains(&needle) && !needle.contains(&tag)
        })
    }
}

/// It was found in the text of a body, not in a header field or a link's host.
fn is_of_text(found: &Evidence) -> bool {
    found.what.ends_with("` in the text")
}

/// Below this sum of weights a provider is a guess.
const ENOUGH: u32 = 3;
/// What weighs no more, and is a bare name in two braces, others have, too: however many such names there are, they tell nothing.
const WEAK: u8 = 1;

fn is_generic(found: &Evidence) -> bool {
    let tag = found.what.strip_prefix("`{{").and_then(|rest| rest.split_once('`'));
    let is_bare = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' '));
    found.weight <= WEAK && tag.is_some_and(|(name, _)| is_bare(name.trim_end_matches('}')))
}

pub(super) fn of(facts: &Facts<'_>) -> ProviderFact {
    let given = facts.settings.provider.as_deref().and_then(providers::by_id);
    let mut evidence = in_headers(facts);
    evidence.extend(in_bodies(facts));
    sort::by_key(&mut evidence, |found| std::cmp::Reverse(found.weight));
    ProviderFact { provider: given.or_else(|| strongest(&evidence)), given: given.is_some(), evidence }
}

fn in_headers(facts: &Facts<'_>) -> Vec<Evidence> {
    let headers = facts.message.headers.iter();
    headers.filter_map(|header| providers::evidence_in_header(&header.name, facts.message.value(header))).collect()
}

fn in_bodies(facts: &Facts<'_>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for body in &facts.message.bodies {
        evidence.extend_from_slice(facts.message.evidence(body));
    }
    for link in facts.links() {
        let owner = link.host.name().and_then(|host| facts.of_host(host).owner).filter(|provider| !provider.engine);
        if let Some(provider) = owner {
            let what = format!("a link to `{}`", link.host.name().unwrap_or_default());
            evidence.push(Evidence { provider, weight: 2, what });
        }
    }
    evidence
}

/// The provider whose evidence weighs most, if it weighs enough; each piece of evidence counts once.
fn strongest(evidence: &[Evidence]) -> Option<&'static Provider> {
    let mut sums: Vec<(&'static Provider, u32)> = Vec::new();
    let mut telling: Vec<&str> = Vec::new();
    for (index, found) in evidence.iter().enumerate().filter(|(_, found)| !found.provider.engine) {
        if evidence[..index].iter().any(|before| before.what == found.what && before.provider.id == found.provider.id) {
            continue;
        }
        if !is_generic(found) {
            telling.push(&found.provider.id);
        }
        match sums.iter_mut().find(|(provider, _)| provider.id == found.provider.id) {
            Some((_, sum)) => *sum += u32::from(found.weight),
            None => sums.push((found.provider, found.weight.into())),
        }
    }
    sums.retain(|(provider, _)| telling.contains(&provider.id.as_str()));
    let best = sums.iter().max_by_key(|(_, sum)| *sum)?;
    let tied = sums.iter().filter(|(_, sum)| *sum == best.1).count() > 1;
    (best.1 >= ENOUGH && !tied).then_some(best.0)
}
