//! An SPF record that lets everybody send.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::spf::{Qualifier, Term, What};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "permissive-spf",
    summary: "SPF record that lets everybody send",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("permissive_spf.md"),
    check,
};

/// Terms that are told.
const TOLD: usize = 8;
/// Networks shorter than this are no sender's own: a tenth of the Internet and more.
const SHORTEST: (u8, u8) = (8, 16);

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    let Some(walk) = &domain.spf.walk else { return };
    let root = &walk.root;
    let live = root.policy.terms.iter().enumerate().filter(|(at, _)| root.policy.is_live(*at)).map(|(_, term)| term);
    for term in live.filter(|term| is_open(term)).take(TOLD) {
        let spot = RecordSpot::new(root.record, &term.span);
        let all = term.what == What::All;
        findings
            .report(
                spot,
                format!(
                    "the SPF record lets {} send as `{}`",
                    if all { "everybody" } else { "a large part of the Internet" },
                    domain.name
                ),
            )
            .label(if all { "every server passes" } else { "every server in this network passes" })
            .because(
                "a pass says that the sender is authorised; given to all, receivers treat it as a mark of spam",
                sources::SPF_ALL,
            )
            .help(if all {
                "end the record with `~all`, and with `-all` once all your senders are listed"
            } else {
                "list the networks that you send from"
            });
    }
}

fn is_open(term: &Term) -> bool {
    term.qualifier == Qualifier::Pass
        && match term.what {
            What::All => true,
            What::Ip4(_, length) => length < SHORTEST.0,
            What::Ip6(_, length) => length < SHORTEST.1,
            What::A(_, (four, six)) | What::Mx(_, (four, six)) => four < SHORTEST.0 || six < SHORTEST.1,
            _ => false,
        }
}
