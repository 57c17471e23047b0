//! One-click unsubscribe that no DKIM signature covers.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::list_header::uris_of;
use crate::message::{Header, Spot};
use crate::source::ViewSpan;

pub static LINT: Lint = Lint {
    name: "unsigned-one-click",
    summary: "fields of one-click unsubscribe that no DKIM signature covers",
    level: Level::Warn,
    standards: &[Standard::Rfc, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("unsigned_one_click.md"),
    check,
};

/// The fields that a signature has to cover (RFC 8058 §4).
const FIELDS: [&str; 2] = ["List-Unsubscribe", "List-Unsubscribe-Post"];

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let has_both = FIELDS.iter().all(|name| facts.message.header(name).is_some());
    let has_https = uris_of(facts.message, FIELDS[0]).iter().any(|(_, uri)| uri.scheme() == "https");
    if !has_both || !has_https {
        return;
    }
    let signatures: Vec<_> = facts
        .message
        .headers_named("DKIM-Signature")
        .filter_map(|header| signed_fields(facts.message.value(header)).map(|span| (header, span)))
        .collect();
    let missing: Vec<_> = signatures.iter().map(|(header, span)| uncovered(facts, header, *span)).collect();
    // A mail without any signature has greater sorrows, which `failed-dkim` names.
    if missing.is_empty() || missing.iter().any(Vec::is_empty) {
        return;
    }
    let Some(((header, span), fields)) = signatures.iter().zip(&missing).min_by_key(|(_, fields)| fields.len()) else {
        return;
    };
    let names = fields.join("` and `");
    findings
        .report(Spot { view: header.value, span: *span }, format!("no DKIM signature covers `{names}`"))
        .label(format!("`{names}` not among the signed fields"))
        .because("without a valid signature that covers both fields mail programs should not offer one click", sources::ONE_CLICK_DKIM)
        .help("sign both fields: add them to the list of signed fields (`h=`) where the mail is signed");
}

/// The value of `h=`.
fn signed_fields(signature: &str) -> Option<ViewSpan> {
    let mut start = 0;
    for tag in signature.split(';') {
        if let Some((name, value)) = tag.split_once('=')
            && name.trim() == "h"
        {
            let from = start + name.len() + 1;
            let blanks = value.len() - value.trim_start().len();
            return Some(ViewSpan::new(from + blanks, from + blanks + value.trim().len()));
        }
        start += tag.len() + 1;
    }
    None
}

fn uncovered(facts: &Facts<'_>, header: &Header, span: ViewSpan) -> Vec<&'static str> {
    let list = facts.message.value(header).get(span.range()).unwrap_or("");
    let signed = |name: &&str| list.split(':').any(|field| field.trim().eq_ignore_ascii_case(name));
    FIELDS.into_iter().filter(|name| !signed(name)).collect()
}
