//! More than ten lookups in an SPF record.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::spf::{Breach, Step};
use crate::domain::{Domain, RecordSpot};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "too-many-spf-lookups",
    summary: "SPF record that takes more lookups than receivers make",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("too_many_spf_lookups.md"),
    check,
};

/// Lookups that receivers make.
const MOST: usize = 10;
/// Terms that are told with their cost.
const TOLD: usize = 12;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    for step in &walk.steps {
        if let (Some(Breach::TooManyHosts(count)), Some(target)) = (&step.breach, &step.target) {
            hosts(domain, step, *count, target.as_str(), findings);
        }
    }
    if let Some(over) = walk.steps.get(MOST) {
        let at_least = if walk.complete { "" } else { "at least " };
        let count = walk.steps.len();
        let message =
            format!("the SPF record of `{}` takes {at_least}{count} lookups, and receivers stop after 10", domain.name);
        let finding = findings.report(over.top, message);
        let costs = costs(&walk.steps);
        let cost_of = |spot: RecordSpot| costs.iter().find(|(top, _)| *top == spot).map_or(1, |(_, cost)| *cost);
        finding.label(format!("the 11th is here; this term takes {}", cost_of(over.top)));
        for (top, cost) in costs.iter().filter(|(top, _)| *top != over.top).take(TOLD) {
            finding.also(*top, format!("takes {cost}"));
        }
        finding
            .because("`include`, `a`, `mx`, `ptr`, `exists` and `redirect` count, in included records, too; at the 11th the result is `permerror`", sources::SPF_LIMITS)
            .help("take out providers that you no longer use, replace `a` and `mx` by `ip4:`, or send through a subdomain with a record of its own");
    }
}

fn hosts(domain: &Domain, step: &Step, count: usize, target: &str, findings: &mut Findings) {
    findings
        .report(step.spot, format!("`{}` lists a domain with {count} MX records in its SPF record", domain.name))
        .label(format!("`{target}` has more than 10"))
        .because("an `mx` with more than 10 hosts gives `permerror`", sources::SPF_LIMITS)
        .help("list the networks of these servers with `ip4:` and `ip6:`");
}

/// How many lookups each term of the domain's own record takes.
fn costs(steps: &[Step]) -> Vec<(RecordSpot, usize)> {
    let mut costs: Vec<(RecordSpot, usize)> = Vec::new();
    for step in steps {
        match costs.last_mut() {
            Some((top, cost)) if *top == step.top => *cost += 1,
            _ => costs.push((step.top, 1)),
        }
    }
    costs
}
