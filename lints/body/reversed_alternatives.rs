//! Alternatives in the wrong order.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Part;

pub static LINT: Lint = Lint {
    name: "reversed-alternatives",
    summary: "plain text behind the HTML, so that clients show the text",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("reversed_alternatives.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let parts = &facts.message.parts;
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.content_type == "multipart/alternative") {
        let children = || parts.iter().enumerate().filter(|(_, child)| child.parent == Some(index));
        let Some((html, _)) = children().find(|(child, _)| shows_html(parts, *child)) else { continue };
        let is_text = |child: &Part| child.content_type == "text/plain";
        let Some((text, _)) = children().find(|(text, child)| *text > html && is_text(child)) else { continue };
        // A text before the HTML as well: the one behind is a footer that a list has added.
        if children().any(|(child, part)| child < html && is_text(part)) {
            continue;
        }
        let depth = part.depth;
        findings
            .report(facts.part_pointer(text), "the plain text stands behind the HTML, so clients show the text")
            .label("of alternatives the last one that a client understands is shown")
            .also(facts.part_pointer(html), "the HTML, which hardly anyone will see")
            .because("alternatives stand in order of increasing faithfulness, the plainest first", sources::ALTERNATIVES)
            .help(if depth == 0 {
                "put the `text/plain` part first"
            } else {
                "put the `text/plain` part first inside of its `multipart/alternative`"
            });
    }
}

/// HTML, or HTML with its images.
fn shows_html(parts: &[Part], index: usize) -> bool {
    let is_html = |part: &Part| part.content_type == "text/html";
    let part = &parts[index];
    is_html(part)
        || part.content_type == "multipart/related" && parts.iter().any(|child| child.parent == Some(index) && is_html(child))
}
