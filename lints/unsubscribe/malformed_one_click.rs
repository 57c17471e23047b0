//! Fields of one-click unsubscribe that nobody can act on.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::list_header::uris_of;
use crate::message::{Header, Spot};
use crate::source::{FileSpan, ViewSpan};

pub static LINT: Lint = Lint {
    name: "malformed-one-click",
    summary: "fields of one-click unsubscribe that nobody can act on",
    level: Level::Deny,
    standards: &[Standard::Rfc, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("malformed_one_click.md"),
    check,
};

/// The one value that RFC 8058 §3.1 knows.
const VALUE: &str = "List-Unsubscribe=One-Click";

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let fields: Vec<_> = facts.message.headers_named("List-Unsubscribe-Post").collect();
    for field in &fields {
        wrong_value(facts, field, findings);
    }
    if let Some(field) = fields.first() {
        without_https(facts, field, findings);
    }
}

fn wrong_value(facts: &Facts<'_>, field: &Header, findings: &mut Findings) {
    let value = facts.message.value(field);
    if value == VALUE || has_tag(value) {
        return;
    }
    let spot = Spot { view: field.value, span: ViewSpan::new(0, value.len()) };
    let finding = if value.is_empty() {
        let whole = FileSpan::new(field.name_span.start, field.raw_span.end.max(field.name_span.end));
        findings.report(whole, "the List-Unsubscribe-Post field is empty")
    } else {
        findings.report(spot, "the value of List-Unsubscribe-Post is not the one that mail programs know")
    };
    finding
        .label(format!("not `{VALUE}`"))
        .because(format!("the field holds `{VALUE}` and nothing else"), sources::ONE_CLICK)
        .suggest("write the exact value", Applicability::MachineApplicable, spot, VALUE)
        // By the letter of §5 case does not matter; not every program knows.
        .soften_if(value.eq_ignore_ascii_case(VALUE));
}

fn without_https(facts: &Facts<'_>, post: &Header, findings: &mut Findings) {
    let Some(list) = facts.message.header("List-Unsubscribe") else { return };
    let value = facts.message.value(list);
    let uris = uris_of(facts.message, "List-Unsubscribe");
    // An empty or unreadable field is `malformed-list-unsubscribe`'s.
    if has_tag(value) || uris.is_empty() || uris.iter().any(|(_, uri)| uri.scheme() == "https") {
        return;
    }
    let plain = uris.iter().find(|(_, uri)| uri.scheme() == "http");
    let label = if plain.is_some() { "`http:` is not enough" } else { "no `https:` URI is here" };
    let place = plain.or(uris.first()).map_or(Spot { view: list.value, span: ViewSpan::new(0, value.len()) }, |uri| uri.0);
    findings
        .report(place, "one-click unsubscribe needs an `https:` URI in List-Unsubscribe")
        .label(label)
        .also(post.name_span, "this field promises one click")
        .because("List-Unsubscribe must contain an HTTPS URI", sources::ONE_CLICK)
        .help("add one that answers a POST request: `<https://YOUR-DOMAIN/UNSUBSCRIBE>`");
}

fn has_tag(value: &str) -> bool {
    !crate::message::tags::scan(value, false, &Default::default()).is_empty()
}
