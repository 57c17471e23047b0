//! A plain text alternative that says nothing.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Prose, count_words};
use crate::knowledge::filler::{self, Strength};
use crate::knowledge::words::Meaning;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::{BodyContent, Spot};

pub static LINT: Lint = Lint {
    name: "empty-text-part",
    summary: "plain text alternative that is empty, or says that the client can't show HTML",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("empty_text_part.md"),
    check,
};

/// A text of more words says something.
const LITTLE: usize = 60;
/// A web-version line has no more words, its URL aside.
const LINE: usize = 15;
/// As many words the HTML has that the text leaves out.
const MUCH: usize = 30;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(html) = facts.html_bodies().map(|(index, ..)| index).next() else { return };
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let part = &facts.message.parts[body.part];
        let is_alternative =
            part.parent.is_some_and(|parent| facts.message.parts[parent].content_type == "multipart/alternative");
        if !is_alternative || !matches!(body.content, BodyContent::Plain) || !body.tags.is_empty() {
            continue;
        }
        let prose = &facts.prose()[index];
        let html_words = count_words(&facts.prose()[html].text);
        let (place, message): (crate::lint::Whereabouts, &str) = if !prose.text.chars().any(char::is_alphanumeric) {
            if html_words == 0 {
                continue;
            }
            (facts.part_pointer(body.part).into(), "the plain text alternative is empty")
        } else if let Some(spot) = stub(prose) {
            (spot.into(), "the plain text alternative tells readers only that they should read the HTML")
        } else if let Some(spot) = web_version_only(prose).filter(|_| html_words > MUCH) {
            (spot.into(), "the plain text alternative has nothing but a link to the web version")
        } else {
            continue;
        };
        findings
            .report(place, message)
            .label("the message itself belongs here")
            .because("alternatives have the same content in different forms", sources::ALTERNATIVES)
            .help("write the words of the HTML as plain text, with their links; most providers can make it");
    }
}

/// "Your client can't display HTML."
fn stub(prose: &Prose) -> Option<Spot> {
    if count_words(&prose.text) > LITTLE {
        return None;
    }
    let hit = filler::find(&prose.text).into_iter().find(|found| found.strength == Strength::Stub)?;
    Some(prose.spot(prose.sentence_around(hit.range.start).range))
}

/// "View this email online: https://…" and no more.
fn web_version_only(prose: &Prose) -> Option<Spot> {
    let words = prose.text.split_whitespace().filter(|word| !word.contains("://"));
    let few = words.filter(|word| word.chars().any(char::is_alphanumeric)).count() <= LINE;
    let hit = prose.hits().iter().find(|hit| hit.meaning == Meaning::WebVersion && !hit.weak).filter(|_| few)?;
    Some(prose.spot(hit.range.clone()))
}
