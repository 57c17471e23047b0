//! A selector in use whose key is revoked.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::domain::dkim::PublicKey;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "revoked-dkim-key",
    summary: "DKIM selector whose key is revoked",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("revoked_dkim_key.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    // keys that nobody named are revoked because they are not used any more
    for selector in domain.dkim.iter().filter(|selector| selector.given) {
        let (Some(Ok(key)), [record]) = (&selector.key, &selector.records[..]) else { continue };
        if key.key != PublicKey::Revoked {
            continue;
        }
        findings
            .report(
                RecordSpot::new(*record, &key.span),
                format!("the DKIM key of the selector `{}` is revoked", selector.name),
            )
            .label("`p=` is empty")
            .because("an empty key means that it was revoked, and every signature fails", sources::DKIM_RECORD)
            .help("sign with a selector whose key is there, or publish the key again");
    }
}
