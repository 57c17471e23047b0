//! A DMARC record that asks for nothing.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::dmarc::Request;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "unenforced-dmarc",
    summary: "DMARC record that asks for nothing",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("unenforced_dmarc.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let (Some(policy), [record], Some(at)) = (&domain.dmarc.policy, &domain.dmarc.records[..], &domain.dmarc.at) else {
        return;
    };
    let holds = if *at == domain.name {
        &policy.request
    } else {
        policy.subdomains.as_ref().map_or(&policy.request, |_| &policy.subdomains)
    };
    let Some((request, span)) = holds else { return };
    let (span, message, label) = match (request, &policy.testing, &policy.percent) {
        (Request::None, ..) => (
            span,
            format!("the DMARC record of `{at}` asks receivers for nothing"),
            "mail that fails is treated as any other".to_owned(),
        ),
        (_, Some(testing), _) => (
            testing,
            format!("the DMARC record of `{at}` is in test mode"),
            "receivers do one step less than `p=` asks for".to_owned(),
        ),
        (_, _, Some((percent, span))) => (
            span,
            format!("the DMARC record of `{at}` asks for {percent} % only"),
            "newer receivers ignore it, older ones let the rest through".to_owned(),
        ),
        _ => return,
    };
    findings
        .report(RecordSpot::new(*record, span), message)
        .label(label)
        .because("anything weaker than `quarantine` or `reject` leaves the domain open to be forged, and counts as substandard", sources::MICROSOFT_AUTHENTICATION)
        .note("`p=none` is enough for Outlook.com's, Gmail's and Yahoo's requirements for senders")
        .help("read the reports until all your own mail passes; then ask for `p=quarantine`, and in the end for `p=reject`");
}
