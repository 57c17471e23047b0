//! Whether something that is missing may be elsewhere, and where it would be added.

use super::{Facts, PROSE_BREAK};
use crate::knowledge::providers::Adds;
use crate::message::{BodyContent, Spot};
use crate::source::ViewSpan;

impl Facts<'_> {
    /// Why something that is not here may be in the mail for all that: it is a fragment, content that is not here may hold it, or the provider `adds`
    /// it when it sends.
    pub fn may_be_elsewhere(&self, adds: &[Adds]) -> Option<String> {
        if self.is_fragment() {
            return Some("it is a fragment: the rest of the mail may hold it".to_owned());
        }
        if self.is_signup_page() {
            return Some("it is a page with a form, no mail".to_owned());
        }
        if self.unknown().first().is_some() {
            return Some(self.unknown().may_hold("it"));
        }
        if !self.included().is_empty() {
            return Some("an included file may hold it".to_owned());
        }
        if let Some(why) = self.unreadable().or_else(|| self.unknown_language()) {
            return Some(why);
        }
        let provider =
            self.provider().provider.filter(|provider| provider.adds.iter().any(|added| adds.contains(added)));
        let provider = provider.filter(|_| !self.is_rendered())?;
        Some(format!("{} adds it when it sends", provider.name))
    }

    /// The HTML bodies of which the body at `index` is the text alternative (RFC 2046 §5.1.4).
    pub fn html_beside(&self, index: usize) -> impl Iterator<Item = usize> {
        let parts = &self.message.parts;
        let body = self.message.bodies.get(index).filter(|body| matches!(body.content, BodyContent::Plain));
        let parent = body.and_then(|body| parts.get(body.part)?.parent);
        let parent =
            parent.filter(|parent| parts.get(*parent).is_some_and(|part| part.content_type == "multipart/alternative"));
        let is_inside = move |part: usize| {
            let around = |part: &usize| parts.get(*part).and_then(|part| part.parent);
            parent.is_some_and(|parent| std::iter::successors(Some(part), around).any(|outer| outer == parent))
        };
        let html = self.html_bodies().map(|(index, body, _)| (index, body.part));
        html.filter(move |(_, part)| is_inside(*part)).map(|(index, _)| index)
    }

    /// The body that most readers see: the first HTML body, else the first; `None` where there is none.
    pub fn main_body(&self) -> Option<usize> {
        self.html_bodies().map(|(index, ..)| index).next().or((!self.message.bodies.is_empty()).then_some(0))
    }

    /// The edit that adds a line at the end of a body. `line` is HTML or plain text, as the body is.
    pub fn added_line(&self, body: usize, line: &str) -> (Spot, String) {
        let text = match self.message.bodies[body].content {
            BodyContent::Html(_) => format!("<p>{line}</p>\n"),
            BodyContent::Plain => format!("\n\n{line}\n"),
        };
        (self.end_of_body(body), text)
    }

    /// Behind the last text of a body that is seen.
    pub fn end_of_text(&self, body: usize) -> Spot {
        let prose = &self.prose()[body];
        let seen = prose.runs().filter(|(_, _, hidden, _)| !hidden).filter_map(|(range, ..)| {
            let text = prose.text[range.clone()].trim_end_matches(|c: char| c.is_whitespace() || c == PROSE_BREAK);
            (!text.is_empty()).then_some(range.start + text.len())
        });
        match seen.last() {
            Some(end) => {
                let last = prose.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
                Spot { view: prose.view, span: ViewSpan::at(prose.spot(last..end).span.end) }
            }
            None => self.end_of_body(body),
        }
    }
}
