//! SPF or DKIM that passes for another domain than that of From.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "unaligned-authentication",
    summary: "test copy for which only one of SPF and DKIM passes under the domain of From",
    level: Level::Warn,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("unaligned_authentication.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(authentication) = &facts.delivery().authentication else { return };
    if authentication.passed("spf") != Some(true) || authentication.go_between.is_some() {
        return;
    }
    let Some(from) = authentication.from_domain() else { return };
    let (Some(spf), Some(dkim)) = (authentication.spf_alignment(), authentication.dkim_alignment()) else { return };
    let (name, (method, domain, _), help) = match (spf.2, dkim.2) {
        (false, true) => ("SPF", spf, "let the envelope sender (the bounce address) be under the domain of From; many providers call it a custom return path"),
        (true, false) => ("DKIM", dkim, "sign under the domain of From, too; providers call it domain authentication"),
        // all is well, or `failed-dmarc` has told it
        _ => return,
    };
    let place = method.properties.iter().find(|property| property.value.contains(domain)).map_or(method.spot, |property| property.spot);
    findings
        .report(place, format!("{name} passes for `{domain}`, not for the domain of From, `{from}`"))
        .label("another organisation's domain")
        .because("the domain of From should match both the one that passes SPF and the one that signs with DKIM", sources::AUTHENTICATION)
        .note("DMARC hangs on the other one alone: if that fails once, in forwarding for instance, nothing confirms the sender")
        .help(help);
}
