//! Composite authentication that failed.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts;
use crate::lints::codes;

pub static LINT: Lint = Lint {
    name: "failed-compauth",
    summary: "test copy whose composite authentication failed",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("failed_compauth.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(authentication) = &facts.delivery().authentication else { return };
    let Some(composite) = authentication.checked("compauth").filter(|composite| composite.method.result == "fail") else { return };
    let finding = findings.report(composite.spot(), "Microsoft 365 does not believe that the message is from its sender");
    finding.label("composite authentication failed");
    codes::explain_result(finding, &composite);
    if let Some(reason) = composite.method.property("reason") {
        finding.also(reason.spot, "why");
        if let Some(code) = verdicts::code("reason", &reason.value) {
            finding.because(format!("`reason={}` means: {}", reason.value, code.means), code.source);
        }
    }
    if let Some(why) = &authentication.go_between {
        finding.note(format!("{why}, so this says little about the sender's own servers"));
    }
    finding
        .soften_if(authentication.go_between.is_some())
        .note("this alone does not stop a message; other evidence decides with it")
        .help("publish SPF, DKIM and DMARC for the domain of From, and let them pass");
}
