//! Who sends it: from merge tags, hosts and headers, with the evidence.

use super::Facts;
use crate::knowledge::providers::{self, Evidence, Provider};
use crate::message::BodyContent;

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

/// Below this sum of weights a provider is a guess.
const ENOUGH: u32 = 3;

pub(super) fn of(facts: &Facts<'_>) -> ProviderFact {
    let given = facts.settings.provider.as_deref().and_then(providers::by_id);
    let mut evidence = in_headers(facts);
    evidence.extend(in_bodies(facts));
    evidence.sort_by_key(|found| std::cmp::Reverse(found.weight));
    ProviderFact { provider: given.or_else(|| strongest(&evidence)), given: given.is_some(), evidence }
}

fn in_headers(facts: &Facts<'_>) -> Vec<Evidence> {
    let headers = facts.message.headers.iter();
    headers.filter_map(|header| providers::evidence_in_header(&header.name, facts.message.value(header))).collect()
}

fn in_bodies(facts: &Facts<'_>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for body in &facts.message.bodies {
        let text = facts.message.view(body.view).text();
        evidence.extend(providers::evidence_in_text(text));
        if matches!(body.content, BodyContent::Plain) {
            continue;
        }
    }
    for link in facts.links() {
        let owner = link.host.name().and_then(providers::owner_of_host).filter(|provider| !provider.engine);
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
    for (index, found) in evidence.iter().enumerate().filter(|(_, found)| !found.provider.engine) {
        if evidence[..index].iter().any(|before| before.what == found.what && before.provider.id == found.provider.id) {
            continue;
        }
        match sums.iter_mut().find(|(provider, _)| provider.id == found.provider.id) {
            Some((_, sum)) => *sum += u32::from(found.weight),
            None => sums.push((found.provider, found.weight.into())),
        }
    }
    let best = sums.iter().max_by_key(|(_, sum)| *sum)?;
    let tied = sums.iter().filter(|(_, sum)| *sum == best.1).count() > 1;
    (best.1 >= ENOUGH && !tied).then_some(best.0)
}
