//! A date that mail programs can't read.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::DateFlaw;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "malformed-date",
    summary: "Date field that is not written as mail writes dates",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("malformed_date.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(fault) = facts.date_fault().filter(|_| facts.is_as_sent()) else { return };
    let (message, label) = match fault.flaw {
        DateFlaw::Empty => ("the date is empty".to_owned(), "nothing to read here".to_owned()),
        DateFlaw::Unexpected(what) => ("the date is not written as mail writes it".to_owned(), format!("expected {what}")),
        DateFlaw::Missing(what) => ("the date is not complete".to_owned(), format!("{what} is missing")),
        DateFlaw::OutOfRange(what) => ("the date does not exist".to_owned(), format!("out of range: {what}")),
        DateFlaw::WrongWeekday(right) => ("the date falls on another day of the week".to_owned(), format!("it is a `{right}`")),
        DateFlaw::NamedZone => ("the date names its time zone".to_owned(), "a number such as `+0100` belongs here".to_owned()),
        DateFlaw::ShortYear => ("the date has a year without its century".to_owned(), "four digits belong here".to_owned()),
    };
    let (reason, source) = match fault.flaw {
        DateFlaw::NamedZone | DateFlaw::ShortYear => ("readers still know the old forms, but nobody may write them", sources::OBSOLETE_DATE),
        DateFlaw::WrongWeekday(_) => ("the day of the week has to be that of the date", sources::DATE),
        _ => ("a date is written `Mon, 30 Nov 2026 09:00:00 +0100`, in English whatever the language of the mail", sources::DATE),
    };
    let finding = findings.report(fault.spot, message);
    finding.label(label).because(reason, source).soften_if(fault.flaw.is_understood());
    let sure = match fault.flaw {
        // which of the two is wrong, nobody can see
        DateFlaw::WrongWeekday(_) => Applicability::MaybeIncorrect,
        _ => Applicability::MachineApplicable,
    };
    match fault.fix {
        Some(fix) => finding.suggest(format!("write `{fix}`"), sure, fault.spot, fix),
        None => finding.help("let a library for mail write the date"),
    };
}
