//! HTML so long that Gmail cuts it off.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, bytes_in_words};
use crate::lints::sources;
use crate::message::tags::Role;
use crate::message::{Body, Spot};
use crate::source::ViewSpan;

pub static LINT: Lint = Lint {
    name: "clipped-html",
    summary: "HTML over 100,000 bytes, which Gmail cuts off",
    level: Level::Warn,
    standards: &[Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("clipped_html.md"),
    check,
};

/// Bytes of decoded HTML. Gmail cuts at about 102 KB; what a provider adds when it sends is on top.
const LIMIT: usize = 100_000;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, body, _) in facts.html_bodies() {
        let text = facts.message.view(body.view).text();
        // Of a draft the text is the body; of a mail the part, in its own charset.
        let size = if facts.message.is_mail() { facts.message.parts[body.part].decoded_len } else { text.len() };
        if size <= LIMIT {
            continue;
        }
        if size - optional(facts, body, text.len()).min(size) <= LIMIT {
            findings.silent("merge tags decide how much of the HTML is sent");
            continue;
        }
        let at = text.floor_char_boundary(LIMIT * text.len() / size);
        let cut = Spot { view: body.view, span: ViewSpan::at(at) };
        let finding = findings.report(cut, format!("the HTML has {}, and Gmail cuts it off", bytes_in_words(size as u64)));
        finding.label("what stands behind this place is hidden until the reader asks for it");
        let is_behind = |spot: &Spot| spot.view == body.view && spot.span.start > at;
        let behind = facts.optouts().iter().map(|optout| optout.spot).find(is_behind);
        if let Some(optout) = behind {
            finding.also(optout, "the way to unsubscribe is behind it");
        }
        finding
            .because("Gmail clips messages of more than about 102 KB", sources::GMAIL_CLIPPING)
            .help("write less markup: take out comments and unused styles, and link to longer stories");
    }
}

/// Bytes that may not be sent: inside of blocks, and comments of the template. None once the mail is finished.
fn optional(facts: &Facts<'_>, body: &Body<'_>, length: usize) -> usize {
    if facts.is_rendered() {
        return 0;
    }
    let (mut depth, mut start, mut bytes) = (0usize, 0, 0);
    for tag in &body.tags {
        match tag.role {
            Role::Open => {
                if depth == 0 {
                    start = tag.span.start;
                }
                depth += 1;
            }
            Role::Close if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    bytes += tag.span.end - start;
                }
            }
            _ if depth == 0 => bytes += tag.span.len(),
            _ => {}
        }
    }
    if depth > 0 { bytes + length - start } else { bytes }
}
