//! A List-Unsubscribe field that mail programs can't read.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::list_header::{ListFault, ListFaultKind, list_faults};
use crate::message::{Header, Spot};
use crate::source::{FileSpan, ViewSpan};

pub static LINT: Lint = Lint {
    name: "malformed-list-unsubscribe",
    summary: "List-Unsubscribe field that mail programs can't read",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("malformed_list_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // that there are several is `duplicate-header`'s
    for field in facts.message.headers_named("List-Unsubscribe") {
        look_at(facts, field, findings);
    }
}

fn look_at(facts: &Facts<'_>, field: &Header, findings: &mut Findings) {
    let mut faults = list_faults(facts.message.view(field.value));
    // Where mail systems fold a line in a URI, a blank comes in between that the sender did not write.
    faults.retain(|fault| !(facts.is_received() && is_fold(facts, field, fault)));
    let Some(first) = faults.first() else { return };
    let mild = faults.iter().all(|fault| is_tolerated(facts, field, fault));
    let finding = match first.kind {
        ListFaultKind::NoValue => findings.report(whole(field), "the List-Unsubscribe field is empty"),
        _ => findings.report(first.spot(field.value), "mail programs can't read the List-Unsubscribe field"),
    };
    finding
        .label(what(first.kind))
        .because("each URI stands in angle brackets, without blanks, with commas between them", sources::LIST_FIELDS);
    for fault in faults.iter().skip(1).take(3) {
        finding.also(fault.spot(field.value), what(fault.kind));
    }
    let mut repairable = false;
    for (span, replacement) in faults.iter().filter_map(|fault| fault.repair.as_ref()) {
        repairable = true;
        finding.suggest(remedy(*span, replacement), Applicability::MachineApplicable, spot(field, *span), replacement);
    }
    if !repairable {
        finding.help("write it so: `List-Unsubscribe: <https://YOUR-DOMAIN/UNSUBSCRIBE>`");
    }
    finding.soften_if(mild);
}

fn spot(field: &Header, span: ViewSpan) -> Spot {
    Spot { view: field.value, span }
}

fn whole(field: &Header) -> FileSpan {
    FileSpan::new(field.name_span.start, field.raw_span.end.max(field.name_span.end))
}

/// Readers are asked to pass over blanks in brackets, and most pass over a comma too many.
fn is_tolerated(facts: &Facts<'_>, field: &Header, fault: &ListFault) -> bool {
    fault.kind == ListFaultKind::SpareComma || is_fold(facts, field, fault)
}

fn is_fold(facts: &Facts<'_>, field: &Header, fault: &ListFault) -> bool {
    let around = ViewSpan::new(fault.span.start.saturating_sub(1), fault.span.end + 1);
    let text = facts.message.value(field);
    if fault.kind != ListFaultKind::Blanks || text.get(around.range()).is_none() {
        return false;
    }
    let raw = facts.message.view(field.value).file_span(around);
    facts.message.source.bytes.get(raw.range()).is_some_and(|raw| raw.contains(&b'\n') || raw.contains(&b'\r'))
}

fn what(kind: ListFaultKind) -> &'static str {
    match kind {
        ListFaultKind::NoValue => "nothing stands here",
        ListFaultKind::NoBrackets => "not in angle brackets",
        ListFaultKind::NotClosed => "the `>` behind it is missing",
        ListFaultKind::Blanks => "a blank inside the brackets",
        ListFaultKind::EmptyUri => "nowhere to go",
        ListFaultKind::BareAddress => "an address without `mailto:`",
        ListFaultKind::NoScheme => "no `https:` or `mailto:` before it",
        ListFaultKind::NoComma => "a comma is missing here",
        ListFaultKind::SpareComma => "a comma too many",
        ListFaultKind::StrayText => "neither a URI nor a comment",
        ListFaultKind::EncodedWord => "written as an encoded word, which nobody decodes here",
    }
}

fn remedy(span: ViewSpan, replacement: &str) -> &'static str {
    match replacement {
        "" => "remove the comma",
        "," => "put a comma between them",
        ">" => "close the bracket",
        "mailto:" => "write the scheme",
        _ if replacement.starts_with('<') => "put it in angle brackets",
        _ if span.is_empty() => "add what is missing",
        _ => "remove the blanks",
    }
}
