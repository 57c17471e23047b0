//! A setting of the Advanced Spam Filter that the message hit.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts;
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "content-filter-hit",
    summary: "content that a setting of the recipient's Advanced Spam Filter hit",
    level: Level::Allow,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("content_filter_hit.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for hit in &facts.delivery().hits {
        let known = verdicts::hit(&hit.value);
        let value: String = hit.value.chars().take(80).collect();
        let finding = findings.report(hit.spot, format!("a setting of the recipient's spam filter hit the content: `{value}`"));
        finding.label("Advanced Spam Filter");
        if let Some(hit) = known {
            finding.because(format!("`{}` means: {}", hit.text, hit.means), sources::ASF);
        }
        finding.note("these settings are off by default, and Microsoft no longer recommends them");
        match known.map(|hit| hit.lint).filter(|lint| !lint.is_empty()) {
            Some(lint) => finding.help(format!("`{lint}` finds the cause in the message")),
            None => finding.help("weigh whether the campaign needs it"),
        };
    }
}
