//! Text that was to be replaced by the real one.

use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "filler-text",
    summary: "lorem ipsum, \"insert text here\" and their like",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: include_str!("filler_text.md"),
    check,
};

/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    let filler = facts.filler();
    let Some((first, more)) = filler.split_first() else { return };
    let view = facts.message.view(first.view);
    let text = plain(&view.text()[first.span.range()]);
    let finding = findings.report(*first, format!("the text `{text}` was never replaced by the real one"));
    finding.label("filler text");
    for spot in more.iter().take(SHOWN - 1) {
        finding.also(*spot, "filler text");
    }
    if more.len() >= SHOWN {
        finding.note(format!("in {} places", filler.len()));
    }
    finding
        .because("the body should clearly say what the offering, service or product is about", sources::FROM_NAME)
        .help("write the text, or take its block out").soften_if(!facts.is_rendered());
}

/// The words of a stretch of markup, without its tags and the references at its end.
fn plain(markup: &str) -> String {
    let (mut text, mut rest) = (String::new(), markup);
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    text.push_str(rest);
    let mut text = text.as_str();
    let is_last = |(_, reference): &(&str, &str)| reference.find(';').is_some_and(|end| end + 1 == reference.len());
    while let Some((before, _)) = text.rsplit_once('&').filter(is_last) {
        text = before;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
