//! A sending address without a name.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "missing-ptr-record",
    summary: "sending address without a reverse name",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("missing_ptr_record.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for sending in domain.sending.iter().filter(|sending| sending.known && sending.names.is_empty()) {
        findings
            .report(Whereabouts::WholeFile, format!("the sending address {} has no reverse name", sending.address))
            .label(format!("there is no PTR record at `{}`", sending.reverse))
            .because("mail from senders whose reverse lookup fails may not be accepted", sources::ROUTABLE)
            .because("sending addresses need a valid forward and reverse name", sources::GMAIL)
            .help(
                "have whoever runs the network (your provider or data centre) set a PTR record that names the server",
            );
    }
}
