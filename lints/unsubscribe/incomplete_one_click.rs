//! One of the two fields of one-click unsubscribe without the other.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::Adds;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::list_header::uris_of;

pub static LINT: Lint = Lint {
    name: "incomplete-one-click",
    summary: "one of the two fields of one-click unsubscribe without the other",
    level: Level::Warn,
    standards: &[Standard::GmailYahoo, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("incomplete_one_click.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let post = facts.message.header("List-Unsubscribe-Post");
    let list = facts.message.header("List-Unsubscribe");
    if facts.unread_header().is_some() {
        return findings.silent("not all of the header was read");
    }
    match (list, post) {
        (None, Some(post)) => {
            findings
                .report(post.name_span, "List-Unsubscribe-Post stands alone: there is no List-Unsubscribe field")
                .label("nothing says where to send the request")
                .because("a message has both fields; List-Unsubscribe holds an HTTPS URI", sources::ONE_CLICK)
                .help("add `List-Unsubscribe: <https://YOUR-DOMAIN/UNSUBSCRIBE>`");
        }
        (Some(_), None) => without_post(facts, findings),
        _ => {}
    }
}

fn without_post(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().may_be_bulk() {
        return;
    }
    let uris = uris_of(facts.message, "List-Unsubscribe");
    let Some((spot, _)) = uris.iter().find(|(_, uri)| uri.scheme() == "https") else { return };
    let adds = |provider: &&crate::knowledge::providers::Provider| provider.adds.contains(&Adds::Headers);
    let provider = facts.provider().provider.filter(adds).filter(|_| !facts.is_rendered());
    findings
        .report(*spot, "unsubscribing takes more than one click: there is no List-Unsubscribe-Post field")
        .label("mail programs open this page, but do not unsubscribe by themselves")
        .because("marketing mail must support one-click unsubscribe, by both header fields", sources::GMAIL)
        .help("add `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, and let the address answer a POST request without asking back")
        .soften_if(provider.is_some() || !facts.purpose().is_bulk());
}
