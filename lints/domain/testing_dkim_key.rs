//! A key in test mode.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "testing-dkim-key",
    summary: "DKIM key in test mode",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("testing_dkim_key.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for selector in &domain.dkim {
        let (Some(Ok(key)), [record]) = (&selector.key, &selector.records[..]) else { continue };
        let Some(span) = &key.testing else { continue };
        findings
            .report(
                RecordSpot::new(*record, span),
                format!("the DKIM key of the selector `{}` is in test mode", selector.name),
            )
            .label("`y` says that the domain is only testing")
            .because(
                "receivers must not treat signed mail in test mode otherwise than unsigned mail",
                sources::DKIM_RECORD,
            )
            .help("take `t=y` out before you send the campaign");
    }
}
