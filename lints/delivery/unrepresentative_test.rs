//! A test whose result says nothing about other recipients.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Authentication, Delivery, Facts, Reading};
use crate::lint::{Findings, Lint};
use crate::lints::codes;

pub static LINT: Lint = Lint {
    name: "unrepresentative-test",
    summary: "test copy that got past the filters, or never met them",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("unrepresentative_test.md"),
    check,
};

const HELP: &str = "send the test from the servers that will send the campaign to a mailbox outside your organisation whose lists, rules and \
                    contacts know nothing of you";

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let delivery = facts.delivery();
    for doubt in &delivery.doubts {
        findings.silent(doubt.clone());
    }
    let bypasses = delivery.bypasses();
    if let Some((first, others)) = bypasses.split_first() {
        bypassed(findings, delivery, first, others);
    } else if let Some(authentication) = &delivery.authentication {
        handed_on(findings, delivery, authentication);
    }
}

/// Filters were skipped, or did not decide.
fn bypassed(findings: &mut Findings, delivery: &Delivery, first: &Reading, others: &[&Reading]) {
    let finding = findings.report(first.spot, format!("this test proves little: {}", what_happened(first)));
    finding.first().label(label(first));
    codes::explain(finding, first);
    for other in others {
        finding.also(other.spot, label(other));
        if other.name != first.name {
            codes::explain(finding, other);
        }
    }
    if let Some(personal) = delivery.personal().first() {
        finding.also(personal.spot, "a list or folder of this mailbox had a say, too");
    }
    finding.help(HELP);
}

fn what_happened(reading: &Reading) -> &'static str {
    match (reading.name.as_str(), reading.value.to_ascii_uppercase().as_str()) {
        ("SFV", "SKQ") => "someone released the message from quarantine",
        ("SFV", "SFE") => "the recipient has the sender on a list of safe senders",
        ("SFV", "SKA") => "the organisation has the sender on its allow list",
        ("IPV", _) => "the organisation has the sending address on its allow list",
        ("DIR", "OUT") => "the message was going out when it was looked at",
        ("DIR", _) => "the message never left the organisation",
        ("OFR", _) => "a rule of the mailbox chose the folder",
        _ => "the spam filter was skipped",
    }
}

fn label(reading: &Reading) -> &'static str {
    match reading.name.as_str() {
        "DIR" => "not from outside",
        "OFR" => "decided by the owner's rule",
        _ => "not what other recipients have",
    }
}

/// A server in between handed the message on, and authentication judged that one.
fn handed_on(findings: &mut Findings, delivery: &Delivery, authentication: &Authentication) {
    let Some(why) = &authentication.go_between else { return };
    let lost = ["spf", "dmarc"].into_iter().any(|name| authentication.passed(name) == Some(false));
    let Some(from) = delivery.border_hop().and_then(|hop| hop.from.as_ref()).filter(|_| lost) else { return };
    findings
        .report(from.spot, format!("this test proves little: {why}"))
        .first()
        .label("Microsoft 365 took this server for the sender's")
        .note("SPF, and with it DMARC and the reputation of the address, speak of the server in between, not of yours")
        .help(HELP);
}
