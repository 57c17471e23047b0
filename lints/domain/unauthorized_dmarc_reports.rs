//! DMARC reports to somebody who has not agreed.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "unauthorized-dmarc-reports",
    summary: "DMARC reports to a domain that has not agreed",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("unauthorized_dmarc_reports.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for report in domain.dmarc.reports.iter().filter(|report| report.permitted == Some(false)) {
        findings
            .report(report.spot, format!("DMARC reports go to `{}`, which has not agreed to take them", report.host))
            .label(format!("there is no record at `{}`", report.permission))
            .because("reports go to another organisation only if it says so in DNS", sources::DMARC_REPORTS)
            .help(format!(
                "have the owner of `{}` publish `v=DMARC1` at `{}`, or use an address of your own",
                report.host, report.permission
            ));
    }
}
