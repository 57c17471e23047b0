//! An `include:` or `redirect=` that leads nowhere.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::spf::Breach;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "broken-spf-include",
    summary: "SPF record that leads to a domain without one",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("broken_spf_include.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for step in domain.spf.walk.iter().flat_map(|walk| &walk.steps) {
        let (Some(breach), Some(target)) = (&step.breach, &step.target) else { continue };
        let what = match breach {
            Breach::NoRecord(true) => format!("leads to `{target}`, which does not exist"),
            Breach::NoRecord(false) => format!("leads to `{target}`, which has no SPF record"),
            Breach::Several(count) => format!("leads to `{target}`, which has {count} SPF records"),
            Breach::Malformed(_) => format!("leads to `{target}`, whose SPF record can't be read"),
            Breach::Loop => format!("leads back to `{target}`, where it comes from"),
            Breach::TooManyHosts(_) => continue,
        };
        let finding = findings.report(step.spot, format!("the SPF record of `{}` {what}", domain.name));
        finding.label(match breach {
            Breach::Loop => "round in a circle",
            Breach::Malformed(_) => "leads there",
            _ => "nothing to include",
        });
        if let Breach::Malformed(fault) = breach {
            finding.also(*fault, "this term is wrong");
        }
        if step.top != step.spot {
            finding.also(step.top, "it is reached from here");
        }
        finding
            .because("an `include:` or `redirect=` without one SPF record behind it makes the whole record void (`permerror`)", sources::SPF_INCLUDE)
            .help(if step.top == step.spot { "correct the name, or take the term out if the provider is no longer used" } else { "tell whoever runs that domain, or take out the term that leads there" });
    }
}
