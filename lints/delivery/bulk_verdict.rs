//! Bulk mail that draws complaints.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Delivery, Facts, Reading};
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts::Effect;
use crate::lints::codes;

pub static LINT: Lint = Lint {
    name: "bulk-verdict",
    summary: "test copy that Microsoft 365 took for bulk mail that draws complaints",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("bulk_verdict.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let delivery = facts.delivery();
    let bulk = bulk(delivery);
    let Some((first, others)) = bulk.split_first() else { return };
    let message = match delivery.bcl().filter(|_| first.name == "BCL") {
        Some((level, _)) => format!("Microsoft 365 gave the sender a bulk complaint level of {level}"),
        None => "Microsoft 365 took this test for unwanted bulk mail".to_owned(),
    };
    let finding = findings.report(first.spot, message);
    finding.label(if first.name == "BCL" { "0 to 9; from 5 on, it counts" } else { "bulk mail" });
    codes::explain(finding, first);
    for other in others {
        finding.also(other.spot, "bulk mail");
        codes::explain(finding, other);
    }
    finding.help("write only to those who asked for it and still read it, make leaving easy, and take out who complains or bounces");
}

fn bulk(delivery: &Delivery) -> Vec<&Reading> {
    let is_bulk = |reading: &&Reading| reading.effect() == Some(Effect::Bulk);
    ["BCL", "SRV", "CAT"].into_iter().filter_map(|name| delivery.reading(name).filter(is_bulk)).collect()
}
