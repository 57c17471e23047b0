//! A campaign without a List-Unsubscribe field.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::Adds;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::source::FileSpan;

pub static LINT: Lint = Lint {
    name: "missing-list-unsubscribe",
    summary: "campaign without a List-Unsubscribe field",
    level: Level::Warn,
    standards: &[Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("missing_list_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let has = |name| facts.message.header(name).is_some();
    // A lone List-Unsubscribe-Post is `incomplete-one-click`'s.
    if !facts.message.is_mail() || has("List-Unsubscribe") || has("List-Unsubscribe-Post") {
        return;
    }
    if !facts.purpose().may_be_bulk() || facts.is_fragment() {
        return;
    }
    if facts.unread_header().is_some() {
        return findings.silent("not all of the header was read");
    }
    let adds = |provider: &&crate::knowledge::providers::Provider| provider.adds.contains(&Adds::Headers);
    let provider = facts.provider().provider.filter(adds).filter(|_| !facts.is_rendered());
    let finding = findings.report(
        FileSpan::at(facts.message.header_end.unwrap_or(0)),
        "the message has no List-Unsubscribe field",
    );
    finding
        .label("no such field above this line")
        .because("marketing mail must support one-click unsubscribe, by both header fields", sources::GMAIL)
        .help(
            "let the system that sends it write both fields: `List-Unsubscribe: <https://YOUR-DOMAIN/UNSUBSCRIBE>` and \
             `List-Unsubscribe-Post: List-Unsubscribe=One-Click`",
        );
    if let Some(provider) = provider {
        finding.note(format!("{} adds it when it sends: see a copy that was received", provider.name));
    }
    finding.soften_if(provider.is_some() || !facts.purpose().is_bulk());
}
