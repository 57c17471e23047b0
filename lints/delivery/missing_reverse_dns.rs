//! A sending server whose address has no name.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Delivery, Facts};
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts::Effect;
use crate::lints::{codes, sources};

pub static LINT: Lint = Lint {
    name: "missing-reverse-dns",
    summary: "sending server whose address has no reverse DNS name",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("missing_reverse_dns.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let delivery = facts.delivery();
    let Some(ptr) = delivery.reading("PTR").filter(|ptr| ptr.effect() == Some(Effect::Failed)) else { return };
    let is_inbound = delivery.reading("DIR").is_none_or(|direction| direction.value.eq_ignore_ascii_case("INB"));
    if !is_inbound || delivery.authentication.as_ref().is_some_and(|authentication| authentication.go_between.is_some()) {
        findings.silent("the address is not that of a server that the sender's mail comes from");
        return;
    }
    let address = delivery.reading("CIP").map(|cip| format!(" {}", cip.value)).unwrap_or_default();
    let finding = findings.report(ptr.spot, format!("the sending address{address} has no reverse DNS name"));
    finding.label("no PTR record");
    codes::explain(finding, ptr);
    if let Some(cip) = delivery.reading("CIP") {
        finding.also(cip.spot, "the address");
    }
    finding
        .soften_if(is_relay(delivery))
        .because("mail from senders that fail a reverse DNS look-up may be refused", sources::ROUTABLE)
        .help("publish a PTR record for the address, and let the name that it gives lead back to the address");
}

/// The organisation's own server handed it on: its filters trust that one, and nobody else meets it.
fn is_relay(delivery: &Delivery) -> bool {
    delivery.reading("SFV").is_some_and(|verdict| verdict.value.eq_ignore_ascii_case("SKI"))
}
