//! An SPF record without a verdict on others.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::spf::{Qualifier, What};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "undecided-spf",
    summary: "SPF record that says nothing of other senders",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("undecided_spf.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    let policy = &walk.root.policy;
    let redirects = policy.terms.iter().any(|term| matches!(term.what, What::Redirect(_)));
    let (place, label) = match policy.all() {
        Some(all) if all.qualifier == Qualifier::Neutral => {
            (RecordSpot::new(walk.root.record, &all.span), "neither pass nor fail")
        }
        None if !redirects && policy.faults.is_empty() => {
            let end = domain.text(walk.root.record).len();
            (RecordSpot { record: walk.root.record, start: end, end }, "`~all` or `-all` is missing here")
        }
        _ => return,
    };
    findings
        .report(place, format!("the SPF record of `{}` says nothing of servers that it does not list", domain.name))
        .label(label)
        .because("mail from all others stays neutral, as if there were no record", sources::SPF_ALL)
        .because("the record should begin with `~all` and end with `-all`", sources::MICROSOFT_AUTHENTICATION)
        .help("end the record with `~all`, and with `-all` once all your senders are listed");
}
