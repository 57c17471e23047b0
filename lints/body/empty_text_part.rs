//! A plain text alternative that says nothing.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, TextStub};
use crate::lint::{Findings, Lint, Whereabouts};
use crate::lints::sources;
use crate::message::BodyContent;

pub static LINT: Lint = Lint {
    name: "empty-text-part",
    summary: "plain text alternative that is empty, or says that the client can't show HTML",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("empty_text_part.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if let Some(why) = facts.unread() {
        return findings.silent(why);
    }
    let Some(html) = facts.html_bodies().map(|(index, ..)| index).next() else { return };
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let part = &facts.message.parts[body.part];
        let is_alternative =
            part.parent.is_some_and(|parent| facts.message.parts[parent].content_type == "multipart/alternative");
        if !is_alternative || !matches!(body.content, BodyContent::Plain) || !body.tags.is_empty() {
            continue;
        }
        let Some(stub) = facts.text_stub(index, html) else { continue };
        let (place, message): (Whereabouts, &str) = match stub {
            TextStub::Empty => (facts.part_pointer(body.part).into(), "the plain text alternative is empty"),
            TextStub::ReadTheHtml(spot) => {
                (spot.into(), "the plain text alternative tells readers only that they should read the HTML")
            }
            TextStub::WebVersion(spot) => {
                (spot.into(), "the plain text alternative has nothing but a link to the web version")
            }
        };
        findings
            .report(place, message)
            .label("the message itself belongs here")
            .because("alternatives have the same content in different forms", sources::ALTERNATIVES)
            .help("write the words of the HTML as plain text, with their links; most providers can make it");
    }
}
