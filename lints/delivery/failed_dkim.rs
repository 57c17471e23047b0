//! DKIM that did not pass at Microsoft.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Lost};
use crate::lint::{Findings, Lint};
use crate::lints::{codes, sources};

pub static LINT: Lint = Lint {
    name: "failed-dkim",
    summary: "test copy that is not signed, or whose signature did not verify",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("failed_dkim.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(authentication) = &facts.delivery().authentication else { return };
    let Some(dkim) = authentication.checked("dkim") else { return };
    let Some(lost) = dkim.lost() else { return };
    let unsigned = dkim.method.result == "none";
    let domain = dkim.method.domain().map(|domain| format!(" of `{domain}`")).unwrap_or_default();
    let message = match unsigned {
        true => "the message arrived without a DKIM signature".to_owned(),
        false => format!("the DKIM signature{domain} did not verify"),
    };
    let finding = findings.report(dkim.spot(), message);
    finding.label(if lost == Lost::Open { "no result this time" } else { "not a pass" });
    codes::explain_result(finding, &dkim);
    if let Some(why) = &authentication.go_between {
        finding.note(format!("{why}, and may have changed what was signed"));
    }
    finding
        .because("Outlook.com wants DKIM to pass", sources::HIGH_VOLUME)
        .soften_if(lost == Lost::Open || authentication.passed("dmarc") == Some(true) || authentication.go_between.is_some())
        .help(help(unsigned, dkim.reason().unwrap_or_default()));
}

fn help(unsigned: bool, reason: &str) -> &'static str {
    let reason = reason.to_ascii_lowercase();
    match (unsigned, reason.as_str()) {
        (true, _) => "switch on DKIM at your provider, under a domain of your own, and publish the key",
        (_, reason) if reason.contains("body hash") => {
            "find what changes the message after it is signed, such as a footer, a virus scanner or line ends, and sign last"
        }
        (_, reason) if reason.contains("key") => "publish the key of the signature's selector in DNS, whole and of the right type",
        _ => "compare the published key with the one that signs, and sign last",
    }
}
