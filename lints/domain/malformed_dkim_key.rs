//! A key record against the standard.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::{RecordSpot, Selector};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "malformed-dkim-key",
    summary: "DKIM key that receivers can't read",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("malformed_dkim_key.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for selector in &domain.dkim {
        match (&selector.key, &selector.records[..]) {
            (Some(Err((span, what))), [record]) => {
                let message = format!("the DKIM key of the selector `{}` can't be used", selector.name);
                let finding = findings.report(RecordSpot::new(*record, span), message);
                finding
                    .label(what.as_str())
                    .because("a key that can't be read makes every signature fail (`permerror`)", sources::DKIM_RECORD)
                    .help("copy the whole record from your provider again; strings longer than 255 characters are cut into several in one record");
            }
            (None, [first, rest @ ..]) if !rest.is_empty() => several(selector, domain, *first, rest, findings),
            _ => {}
        }
    }
}

fn several(selector: &Selector, domain: &crate::domain::Domain, first: usize, rest: &[usize], findings: &mut Findings) {
    let message = format!("the DKIM selector `{}` has {} keys", selector.name, rest.len() + 1);
    let finding = findings.report(domain.whole(rest[0]), message);
    finding.label("a second record").also(domain.whole(first), "the first one");
    finding
        .because("a selector has one record; which of several a receiver takes is left to chance", sources::DKIM_ONE)
        .help("delete the key that is not in use, or give it a selector of its own");
}
