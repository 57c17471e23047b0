//! SPF that did not pass at Microsoft.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Lost};
use crate::lint::{Findings, Lint};
use crate::lints::{codes, sources};

pub static LINT: Lint = Lint {
    name: "failed-spf",
    summary: "test copy whose SPF check did not pass",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("failed_spf.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(authentication) = &facts.delivery().authentication else { return };
    let Some(spf) = authentication.checked("spf") else { return };
    let Some(lost) = spf.lost() else { return };
    if let Some(why) = &authentication.go_between {
        findings.silent(format!("{why}, so SPF judged another server than the sender's"));
        return;
    }
    let domain = spf.method.domain().map(|domain| format!(" for `{domain}`")).unwrap_or_default();
    let server = spf.method.comment.as_deref().and_then(|comment| comment.strip_prefix("sender IP is "));
    let server = server.map(|address| format!(", sent from {address}")).unwrap_or_default();
    let finding = findings.report(spf.spot(), format!("SPF did not pass{domain}{server}"));
    finding.label(if lost == Lost::Open { "no result this time" } else { "not a pass" });
    codes::explain_result(finding, &spf);
    finding
        .because("Outlook.com wants SPF to pass for the sending domain", sources::HIGH_VOLUME)
        .soften_if(lost == Lost::Open || authentication.passed("dmarc") == Some(true))
        .help(help(&spf.method.result));
}

fn help(result: &str) -> &'static str {
    match result {
        "temperror" => "test again; if it stays so, look at the name servers of the domain",
        "permerror" => "mend the SPF record: one record only, at most ten look-ups, no misspelt mechanism",
        "none" => "publish an SPF record for the domain of the envelope sender that names the sending servers",
        _ => "name the sending servers in the SPF record of the envelope sender's domain, as your provider tells you to",
    }
}
