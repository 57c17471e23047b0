//! A field that says something twice.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Header;
use crate::source::FileSpan;

pub static LINT: Lint = Lint {
    name: "duplicate-header",
    summary: "header field that occurs more often than it may",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("duplicate_header.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    for repeated in facts.repeated_fields() {
        let [first, second, ..] = repeated.fields.as_slice() else { continue };
        let name = &first.name;
        let whole = |header: &Header| FileSpan::new(header.name_span.start, header.raw_span.end);
        let finding = findings.report(whole(second), format!("there are {} `{name}` fields, where one is allowed", repeated.fields.len()));
        let same = repeated.exact.len() + 1 == repeated.fields.len();
        finding.label(if same { "says the same again" } else { "says something else" }).also(whole(first), "the first one");
        for further in repeated.fields.iter().skip(2).take(3) {
            finding.also(whole(further), "a further one");
        }
        let source = match () {
            () if repeated.of_lists => sources::ONE_OF_EACH,
            () if name.to_ascii_lowercase().starts_with("content-") || name.eq_ignore_ascii_case("MIME-Version") => sources::MIME_FIELDS,
            () => sources::OCCURRENCE,
        };
        finding
            .because("the field may occur once; of two, one program takes the first and another the last, and some refuse the message", source)
            .help(match name.eq_ignore_ascii_case("List-Unsubscribe") && !same {
                true => "write all URIs in one field, with commas between them",
                false => "keep one of them",
            });
        let removal = repeated.exact.first().and_then(|line| facts.message.raw_spot(*line));
        if let Some(line) = removal {
            finding.suggest("remove the repetition", Applicability::MachineApplicable, line, "");
        }
    }
}
