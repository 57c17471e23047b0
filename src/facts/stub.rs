//! Plain text alternatives that stand for nothing.

use super::{Facts, Prose, count_words};
use crate::knowledge::filler::{self, Strength};
use crate::knowledge::words::Meaning;
use crate::message::Spot;

/// What a plain text alternative has instead of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStub {
    /// Nothing.
    Empty,
    /// "Your client can't display HTML."
    ReadTheHtml(Spot),
    /// "View this email online: https://…" and no more.
    WebVersion(Spot),
}

/// A text of more words says something.
const LITTLE: usize = 60;
/// As many bytes hold more words than that in most texts.
const ENOUGH: usize = 1_000;
/// A web-version line has no more words, its URL aside.
const LINE: usize = 15;
/// As many words the HTML has that the text leaves out.
const MUCH: usize = 30;

/// Bytes of the HTML's text that tell how much it says.
const TELLING: usize = 16 << 10;

impl Facts<'_> {
    /// What the plain text body `text` has instead of what the HTML body `html` says; `None` where it says something. Both are indexes in
    /// `message.bodies`.
    pub fn text_stub(&self, text: usize, html: usize) -> Option<TextStub> {
        let prose = &self.prose()[text];
        // most texts say something: what the HTML says is then not counted
        let html = &self.prose()[html].text;
        let said = || count_words(&html[..html.floor_char_boundary(TELLING)]);
        if !prose.text.chars().any(char::is_alphanumeric) {
            return (said() > 0).then_some(TextStub::Empty);
        }
        let web_version = || web_version_only(prose).filter(|_| said() > MUCH).map(TextStub::WebVersion);
        read_the_html(prose).map(TextStub::ReadTheHtml).or_else(web_version)
    }
}

fn read_the_html(prose: &Prose) -> Option<Spot> {
    // the beginning has no more words than the whole
    let beginning = &prose.text[..prose.text.floor_char_boundary(ENOUGH)];
    if count_words(beginning) > LITTLE || count_words(&prose.text) > LITTLE {
        return None;
    }
    let hit = filler::find(&prose.text, prose.starts()).into_iter().find(|found| found.strength == Strength::Stub)?;
    Some(prose.spot(prose.sentence_around(hit.range.start).range))
}

fn web_version_only(prose: &Prose) -> Option<Spot> {
    let words = prose.text.split_whitespace().filter(|word| !word.contains("://"));
    if words.filter(|word| word.chars().any(char::is_alphanumeric)).nth(LINE).is_some() {
        return None;
    }
    let hit = prose.hits().iter().find(|hit| hit.meaning == Meaning::WebVersion && !hit.weak)?;
    Some(prose.spot(hit.range.clone()))
}
