//! A mail that is called a page, or the other way round.

use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::source::Kind;

pub static LINT: Lint = Lint {
    name: "mistaken-kind",
    summary: "file that is not what its name says: a mail called `.html`, or HTML called `.eml`",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("mistaken_kind.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let source = facts.message.source;
    let Some(promised) = source.mistaken else { return };
    let extension = source.name.rsplit('.').next().unwrap_or_default();
    let (is, label, name) = match source.kind {
        Kind::Message => ("a mail", "the header of a mail begins here", "eml"),
        Kind::Mjml => ("MJML", "markup begins here", "mjml"),
        Kind::Html | Kind::Template => ("HTML", "markup begins here", "html"),
    };
    let says = match promised {
        Kind::Message => "a mail",
        Kind::Mjml => "MJML",
        Kind::Html => "HTML",
        Kind::Template => "a template",
    };
    findings
        .report(facts.first_line(), format!("the file is called `.{extension}`, but is {is}, not {says}"))
        .label(label)
        .note(format!("it was checked as {is}"))
        .help(format!("call it `.{name}`, or say what it is with `--kind`"));
}
