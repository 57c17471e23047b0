//! How a source was taken, and why: what `--verbose` says beside the silences.

mod of_domain;

use crate::config::Purpose;
use crate::domain::Domain;
use crate::facts::Facts;
use crate::message::Stage;

/// Pieces of evidence that are told; a long mail has hundreds.
const MOST: usize = 4;

/// One thing that was settled about a source, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is about: `sender`, `purpose`, `provider`, `stage`, `fragment`; of a domain `spf`, `dkim`, `dmarc`, `mx`, `ip`, `records` or `unanswered`.
    pub about: &'static str,
    /// In words.
    pub text: String,
}

impl Remark {
    /// A remark.
    pub fn new(about: &'static str, text: impl Into<String>) -> Self {
        Self { about, text: text.into() }
    }
}

/// Purpose, provider, stage and fragment of a message.
pub(super) fn of(facts: &Facts<'_>) -> Vec<Remark> {
    vec![
        Remark::new("purpose", purpose(facts)),
        Remark::new("provider", provider(facts)),
        Remark::new("stage", stage(facts)),
        Remark::new("fragment", fragment(facts)),
    ]
}

/// What DNS shows of a domain.
pub(super) fn of_domain(domain: &Domain) -> Vec<Remark> {
    of_domain::all(domain)
}

fn purpose(facts: &Facts<'_>) -> String {
    let purpose = facts.purpose();
    let what = match purpose.purpose {
        Purpose::Bulk => "the purpose is `bulk`",
        Purpose::Transactional => "the purpose is `transactional`",
        Purpose::Confirmation => "the purpose is `confirmation`",
        Purpose::Unknown => "the purpose is unknown",
    };
    format!("{what}: {}", purpose.because)
}

fn provider(facts: &Facts<'_>) -> String {
    let fact = facts.provider();
    let chosen = fact.provider.map(|provider| provider.id);
    let mut told: Vec<String> = Vec::new();
    for found in fact.evidence.iter().filter(|found| chosen.is_none_or(|id| found.provider.id == id)) {
        let whose = if chosen.is_some() { String::new() } else { format!(" for {}", found.provider.name) };
        let told_now = format!("{} ({}{whose})", found.what, weight(found.weight));
        if !told.contains(&told_now) {
            told.push(told_now);
        }
    }
    let more = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    if more > 0 {
        told.push(format!("{more} more"));
    }
    let evidence = told.join(", ");
    match (fact.provider, evidence.is_empty()) {
        (Some(provider), true) if fact.given => format!("the provider is {}: the sender says so", provider.name),
        (Some(provider), _) if fact.given => {
            format!("the provider is {}: the sender says so; there is also {evidence}", provider.name)
        }
        (Some(provider), _) => format!("the provider is {}: {evidence}", provider.name),
        (None, true) => "the provider is unknown: nothing tells".to_owned(),
        (None, false) => format!("the provider is unknown: there is not more than {evidence}"),
    }
}

/// The weight of evidence in words.
fn weight(weight: u8) -> &'static str {
    match weight {
        3.. => "strong",
        2 => "fair",
        _ => "weak",
    }
}

fn stage(facts: &Facts<'_>) -> String {
    let what = match facts.message.stage {
        Stage::Template => "it is a template, whose merge tags are still to be filled in",
        Stage::Rendered => "it is rendered, as it will arrive",
    };
    format!("{what}: {}", facts.message.stage_because)
}

fn fragment(facts: &Facts<'_>) -> String {
    let what = if facts.message.fragment { "it is a fragment of a mail" } else { "it is a whole mail" };
    format!("{what}: {}", facts.message.fragment_because)
}
