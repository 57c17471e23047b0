//! `ptr` in an SPF record.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::spf::What;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "spf-ptr-mechanism",
    summary: "SPF record that uses the reverse name of the sender",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("spf_ptr_mechanism.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    for term in walk.root.policy.terms.iter().filter(|term| term.what == What::Ptr).take(1) {
        findings
            .report(
                RecordSpot::new(walk.root.record, &term.span),
                format!("the SPF record of `{}` uses `ptr`", domain.name),
            )
            .label("many receivers skip it")
            .because("`ptr` is slow and unreliable, and should not be used", sources::SPF_PTR)
            .help("list the servers by `a:`, `mx` or `ip4:` in its place");
    }
}
