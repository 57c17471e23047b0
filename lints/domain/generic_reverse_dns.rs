//! A reverse name as networks give to customers' lines.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "generic-reverse-dns",
    summary: "reverse name of a dial-up line",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("generic_reverse_dns.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for sending in &domain.sending {
        let Some(name) = sending.generic else { continue };
        findings
            .report(
                domain.whole(name),
                format!("the reverse name of {} looks like that of a dial-up line", sending.address),
            )
            .label("it is made of the address")
            .because("mail from dynamic addresses may be refused", sources::GUIDELINES)
            .help("have the network set a PTR record that names your mail server, such as `mta1.brand.com`");
    }
}
