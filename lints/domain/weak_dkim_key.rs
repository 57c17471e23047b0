//! An RSA key of too few bits.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::dkim::PublicKey;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "weak-dkim-key",
    summary: "DKIM key that is too short",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::GmailYahoo, Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("weak_dkim_key.md"),
    check,
};

/// Bits below which receivers must not take a signature for valid.
const LEAST: usize = 1024;
/// Bits that a key should have.
const GOOD: usize = 2048;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for selector in &domain.dkim {
        let (Some(Ok(key)), [record]) = (&selector.key, &selector.records[..]) else { continue };
        let PublicKey::Rsa(bits) = key.key else { continue };
        if bits >= GOOD {
            continue;
        }
        let message = format!("the DKIM key of the selector `{}` has only {bits} bits", selector.name);
        let finding = findings.report(RecordSpot::new(*record, &key.span), message);
        finding.label(if bits < LEAST { "receivers take no signature of it" } else { "2048 are recommended" });
        if bits < LEAST {
            finding.because("signatures by RSA keys of fewer than 1024 bits are not valid", sources::DKIM_LENGTH);
        } else {
            finding.because("signers should use RSA keys of at least 2048 bits", sources::DKIM_LENGTH);
        }
        finding
            .help("make a key of 2048 bits under a new selector, sign with it, and put the old one away a week later")
            .soften_if(bits >= LEAST);
    }
}
