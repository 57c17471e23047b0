//! Scripts, frames, plug-ins and forms, which no mail client runs.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Active, ActiveKind, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "active-content",
    summary: "scripts, frames, plug-ins, forms or style sheets from elsewhere, which mail clients remove",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("active_content.md"),
    check,
};

/// As many places of one kind as are pointed at.
const SHOWN: usize = 4;

const KINDS: [ActiveKind; 7] = [
    ActiveKind::Script,
    ActiveKind::Frame,
    ActiveKind::Plugin,
    ActiveKind::Handler,
    ActiveKind::Form,
    ActiveKind::Refresh,
    ActiveKind::StyleSheet,
];

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.active().is_empty() {
        return;
    }
    if facts.is_signup_page() {
        findings.silent("it is a page with a form, no mail");
        return;
    }
    for kind in KINDS {
        let found: Vec<&Active> = facts.active().iter().filter(|active| active.kind == kind).collect();
        if let Some((first, more)) = found.split_first() {
            report(findings, first, more);
        }
    }
}

/// One finding for all of one kind.
fn report(findings: &mut Findings, first: &Active, more: &[&Active]) {
    let name = &first.name;
    let (message, help) = match first.kind {
        ActiveKind::Script => {
            ("the message has a script, which mail clients remove".to_owned(), "do on your website what the script does")
        }
        ActiveKind::Frame => (
            format!("the message has a frame (`<{name}>`), which mail clients remove"),
            "show a picture of it that links to the page",
        ),
        ActiveKind::Plugin => (
            format!("the message has a plug-in (`<{name}>`), which mail clients remove"),
            "show a picture of it that links to the page",
        ),
        ActiveKind::Handler => (
            format!("`{name}` runs a script, which mail clients remove"),
            "take the attribute away, and let a link do it",
        ),
        ActiveKind::Form => {
            ("the message has a form, which Outlook does not show".to_owned(), "link to the form on your website")
        }
        ActiveKind::Refresh => (
            "the message leads its readers away by itself (`<meta http-equiv=\"refresh\">`)".to_owned(),
            "take it away, and let readers follow a link",
        ),
        ActiveKind::StyleSheet => (
            "the message takes a style sheet from elsewhere, which mail clients do not load".to_owned(),
            "write the styles into the message: most clients read `<style>`, all read `style=\"…\"`",
        ),
    };
    let may_work_without = matches!(first.kind, ActiveKind::Form | ActiveKind::Refresh | ActiveKind::StyleSheet);
    let finding = findings.report(first.spot, message);
    finding.label(match more.len() {
        0 => String::new(),
        more => format!("and {more} more"),
    });
    for active in more.iter().take(SHOWN - 1) {
        finding.also(active.spot, "another one");
    }
    finding
        .because("scripts, frames, objects and forms in HTML count against a message", sources::ASF)
        .help(help)
        .soften_if(may_work_without);
}
