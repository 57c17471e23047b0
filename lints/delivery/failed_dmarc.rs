//! DMARC that did not pass at Microsoft.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Lost};
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts;
use crate::lints::{codes, sources};

pub static LINT: Lint = Lint {
    name: "failed-dmarc",
    summary: "test copy whose DMARC check did not pass",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("failed_dmarc.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(authentication) = &facts.delivery().authentication else { return };
    let Some(dmarc) = authentication.checked("dmarc") else { return };
    let Some(lost) = dmarc.lost() else { return };
    let domain = dmarc.method.domain().map(|domain| format!(" for `{domain}`")).unwrap_or_default();
    let finding = findings.report(dmarc.spot(), format!("DMARC did not pass{domain}"));
    finding.label(if lost == Lost::Open { "no result this time" } else { "not a pass" });
    codes::explain_result(finding, &dmarc);
    if let Some(action) = dmarc.method.property("action")
        && let Some(code) = verdicts::code("action", &action.value)
    {
        finding.also(action.spot, "what was done about it");
        finding.because(format!("`action={}` means: {}", action.value, code.means), code.source);
    }
    if let Some(why) = &authentication.go_between {
        finding.note(format!("{why}, so this says little about the sender's own servers"));
    }
    finding
        .because("Outlook.com wants a DMARC record, and SPF or DKIM that passes for the domain of From", sources::HIGH_VOLUME)
        .soften_if(lost == Lost::Open || authentication.go_between.is_some())
        .help(help(&dmarc.method.result));
}

fn help(result: &str) -> &'static str {
    match result {
        "none" | "bestguesspass" => "publish a record at `_dmarc` of the domain, to begin with `v=DMARC1; p=none; rua=mailto:…`",
        "permerror" => "mend the record at `_dmarc` of the domain",
        "temperror" => "test again; if it stays so, look at the name servers of the domain",
        _ => "sign with DKIM under the domain of From, or let the envelope sender be under it and name the sending servers in its SPF record",
    }
}
