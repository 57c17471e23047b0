//! Multiparts whose parts can't be told apart.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::{BoundaryFlaw, LONGEST_BOUNDARY};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "malformed-boundary",
    summary: "multipart whose boundary is missing, wrong or not closed",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("malformed_boundary.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    for fault in facts.boundary_faults() {
        let boundary = facts.message.view(fault.said.view).text().get(fault.said.span.range()).unwrap_or_default();
        let finding = match &fault.flaw {
            BoundaryFlaw::NotClosed => {
                let finding = findings.report(fault.end, "the multipart is not closed");
                finding.label(format!("the line `--{boundary}--` is missing here")).also(fault.said, "the boundary");
                finding
            }
            flaw => {
                let (message, label) = said(flaw);
                let finding = findings.report(fault.said, message);
                finding.label(label);
                finding
            }
        };
        let (reason, source, help) = reason(&fault.flaw);
        finding.because(reason, source).help(help).soften_if(fault.flaw.is_understood());
        if let Some(cure) = fault.cure {
            let sure = match fault.flaw {
                BoundaryFlaw::Unquoted(_) => Applicability::MachineApplicable,
                _ => Applicability::MaybeIncorrect,
            };
            finding.suggest(format!("write `{cure}`"), sure, fault.said, cure);
        }
    }
}

fn said(flaw: &BoundaryFlaw) -> (String, String) {
    let (message, label) = match flaw {
        BoundaryFlaw::Missing => ("the multipart has no boundary", "no `boundary=` in here".to_owned()),
        BoundaryFlaw::TooLong(length) => ("the boundary is too long", format!("{length} characters; {LONGEST_BOUNDARY} are allowed")),
        BoundaryFlaw::BadCharacter(character) => ("the boundary has a character that none may have", format!("`{character}`")),
        BoundaryFlaw::Unquoted(character) => ("the boundary is not quoted", format!("`{character}` has to stand in quotes")),
        BoundaryFlaw::NeverUsed(Some(used)) => ("no line of the body is the boundary", format!("the parts are divided by `--{used}`")),
        BoundaryFlaw::NeverUsed(None) => ("no line of the body is the boundary", "no line begins with `--` and this".to_owned()),
        BoundaryFlaw::NeverOpened => ("the multipart is closed, and never opened", "`--` and this stands there only with `--` behind it".to_owned()),
        BoundaryFlaw::LikeOuter(outer) => {
            ("the boundary begins as that of the multipart around it", format!("`{outer}` is taken already"))
        }
        BoundaryFlaw::NotClosed => ("the multipart is not closed", String::new()),
    };
    (message.to_owned(), label)
}

/// Why, who says so, and the way out.
fn reason(flaw: &BoundaryFlaw) -> (&'static str, &'static str, &'static str) {
    match flaw {
        BoundaryFlaw::Missing | BoundaryFlaw::NeverUsed(_) | BoundaryFlaw::NeverOpened => (
            "the parts of a multipart are divided by lines of `--` and the boundary; without them readers see its source, or nothing",
            sources::BOUNDARY,
            "let a library for mail put the parts together",
        ),
        BoundaryFlaw::NotClosed => (
            "the line of `--`, boundary and `--` ends a multipart; where it is missing, the message may have been cut off",
            sources::BOUNDARY,
            "see whether the end of the message is missing, and add the line",
        ),
        BoundaryFlaw::LikeOuter(_) => (
            "programs compare a boundary with the beginning of each line, so that one must not begin as another does",
            sources::BOUNDARY,
            "give each multipart a boundary of its own",
        ),
        BoundaryFlaw::TooLong(_) | BoundaryFlaw::BadCharacter(_) => (
            "a boundary has 1 to 70 characters: letters, digits, some punctuation, and no blank at its end",
            sources::BOUNDARY,
            "let a library for mail make the boundary",
        ),
        BoundaryFlaw::Unquoted(_) => (
            "a value with one of `()<>@,;:\\\"/[]?=` or a blank stands in quotes; some programs read only up to that character",
            sources::PARAMETER,
            "put the boundary in quotes",
        ),
    }
}
