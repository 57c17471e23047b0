//! `presend-allow` comments: what they name, why, and how far they reach.

use super::Facts;
use crate::message::html::{Document, Node};
use crate::message::tags::Role;
use crate::message::{Body, Spot};
use crate::source::ViewSpan;
use std::cell::Cell;

/// How far an allow reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowScope {
    /// The whole source.
    File,
    /// The element that follows the comment, in the same view.
    Element(Spot),
    /// No element follows.
    Nothing,
}

/// One lint that one comment allows.
#[derive(Debug)]
pub struct Allow {
    /// The name as written.
    pub name: String,
    /// Where the name stands.
    pub name_spot: Spot,
    /// The comment.
    pub spot: Spot,
    /// Why; an allow without a reason allows nothing.
    pub reason: Option<String>,
    /// How far it reaches.
    pub scope: AllowScope,
    /// It kept a finding from being reported.
    pub used: Cell<bool>,
}

impl Allow {
    /// The element that it is about; `None` for all of the source, and for nothing.
    pub fn element(&self) -> Option<Spot> {
        match self.scope {
            AllowScope::Element(element) => Some(element),
            AllowScope::File | AllowScope::Nothing => None,
        }
    }
}

const ELEMENT: &str = "presend-allow";
const FILE: &str = "presend-allow-file";

/// Comments of a source, names in one of them, and bytes of a reason that are read: more than anybody writes.
const MOST: usize = 10_000;
const MOST_NAMES: usize = 200;
const LONGEST_REASON: usize = 1_000;

pub(super) fn all(facts: &Facts<'_>) -> Vec<Allow> {
    let mut allows = Vec::new();
    for (_, body, document) in facts.html_bodies() {
        let text = facts.message.view(body.view).text();
        let html_comments = document.nodes().filter_map(|node| match node {
            Node::Comment(span) => Some((span, span)),
            _ => None,
        });
        let template_comments = body.tags.iter().filter(|tag| tag.role == Role::Comment);
        for (whole, inside) in html_comments.chain(template_comments.map(|tag| (tag.span, tag.inner))) {
            if allows.len() < MOST {
                read(text, whole, inside, body, document, &mut allows);
            }
        }
    }
    allows
}

/// `presend-allow a, b: reason` or `presend-allow-file a: reason`, at the start of a comment; `inside` is its text.
fn read(text: &str, whole: ViewSpan, inside: ViewSpan, body: &Body<'_>, document: &Document, allows: &mut Vec<Allow>) {
    let inner = text.get(inside.range()).unwrap_or("");
    let keyword = inner.len() - inner.trim_start_matches(|c: char| c.is_whitespace() || "-!#*".contains(c)).len();
    if !inner[keyword..].starts_with(ELEMENT) {
        return;
    }
    let is_file = inner[keyword..].starts_with(FILE);
    let names_start = keyword + if is_file { FILE.len() } else { ELEMENT.len() };
    let rest = &inner[names_start..];
    if !rest.starts_with([' ', '\t', '\n', '\r', ':']) {
        return;
    }
    let names = rest.split(':').next().unwrap_or("");
    let names = names.split("--").next().unwrap_or(names);
    let reason = rest.split_once(':').map(|(_, reason)| clean_reason(reason)).filter(|reason| !reason.is_empty());
    let scope = if is_file { AllowScope::File } else { following_element(document, whole.end, body) };
    let mut at = inside.start + names_start;
    for name in names.split(',').take(MOST_NAMES) {
        let trimmed = name.trim();
        let start = at + name.find(trimmed).unwrap_or(0);
        at += name.len() + 1;
        if !trimmed.is_empty() {
            allows.push(Allow {
                name: trimmed.to_owned(),
                name_spot: Spot { view: body.view, span: ViewSpan::new(start, start + trimmed.len()) },
                spot: Spot { view: body.view, span: whole },
                reason: reason.clone(),
                scope,
                used: Cell::new(false),
            });
        }
    }
}

/// The reason without the comment's end.
fn clean_reason(reason: &str) -> String {
    let ends = ["-->", "--}}", "}}", "#}", "%>", "*@", "{% endcomment", "{%- endcomment"];
    let reason = &reason[..reason.floor_char_boundary(LONGEST_REASON)];
    let end = ends.iter().filter_map(|end| reason.find(end)).min().unwrap_or(reason.len());
    reason[..end].trim().to_owned()
}

fn following_element(document: &Document, after: usize, body: &Body<'_>) -> AllowScope {
    document
        .first_from(after)
        .map_or(AllowScope::Nothing, |element| AllowScope::Element(Spot { view: body.view, span: element.extent() }))
}
