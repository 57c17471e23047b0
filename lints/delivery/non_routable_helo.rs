//! A sending server that gives itself a name nobody can look up.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::knowledge::{address_space, domains, mail_hosts};
use crate::lints::sources;
use crate::message::Spot;

pub static LINT: Lint = Lint {
    name: "non-routable-helo",
    summary: "sending server that introduces itself by a private name or address",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("non_routable_helo.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let delivery = facts.delivery();
    let Some(hop) = delivery.border_hop() else { return };
    if delivery.authentication.as_ref().is_some_and(|authentication| authentication.go_between.is_some()) {
        findings.silent("the server that Microsoft 365 got the message from is not the sender's");
        return;
    }
    let report = delivery.reading("H").map(|reading| (reading.value.as_str(), reading.spot));
    let received = hop.from.as_ref().map(|from| (from.text.as_str(), from.spot));
    let Some((name, place)) = report.or(received) else { return };
    if let Some(what) = fault(name) {
        tell(findings, name, place, what);
        return;
    }
    // the name of the server that it speaks to (550 5.7.506), which Microsoft's own servers never give
    let is_mx = mail_hosts::is_border(name) && name.to_ascii_lowercase().contains(".protection.");
    if is_mx && received.is_some_and(|(said, _)| said == name) {
        tell(findings, name, place, "the name of a server of Microsoft's");
    }
}

fn tell(findings: &mut Findings, name: &str, place: Spot, what: &str) {
    findings
        .report(place, format!("the sending server introduces itself as `{name}`, {what}"))
        .label("its name in HELO or EHLO")
        .because("senders that advertise themselves by an address or name that is not on the internet may be refused", sources::ROUTABLE)
        .because("the name in HELO or EHLO has to be the server's own, one that can be looked up", sources::SMTP_GREETING)
        .help("let the server give its full name in DNS, the one that its address leads back to");
}

/// Why nobody outside can look the name up.
fn fault(name: &str) -> Option<&'static str> {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let bare = bare.strip_prefix("IPv6:").unwrap_or(bare);
    if let Ok(address) = bare.parse() {
        return address_space::is_private(&address).then_some("an address of a private network");
    }
    let host = bare.trim_end_matches('.').to_ascii_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    match () {
        () if host.is_empty() => None,
        () if host == "localhost" || host.ends_with(".localdomain") || host.ends_with(".localhost") => Some("the name that every machine has for itself"),
        () if !host.contains('.') => Some("a name without a domain"),
        () if domains::is_private_name(&host) || ["test", "invalid", "example"].contains(&last) => {
            Some("a name that exists only inside a network")
        }
        () => None,
    }
}
