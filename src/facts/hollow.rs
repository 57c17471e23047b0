//! Anchors that lead nowhere because they have no target, and anchors that nobody can press because nothing is in them.

use super::{Facts, LinkKind, LinkRole};
use crate::message::Spot;
use crate::message::html::{Attribute, Document, Element, Node};
use crate::message::tags::{Role, Tag};
use std::collections::HashSet;

/// What an anchor lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lack {
    /// An `href`, or anything in it.
    Target,
    /// Text, an image, or anything else to press.
    Content,
}

/// An anchor that lacks something.
#[derive(Debug)]
pub struct HollowAnchor {
    /// The start tag, or the empty `href`.
    pub spot: Spot,
    /// What it lacks.
    pub lack: Lack,
    /// Its words.
    pub label: String,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<HollowAnchor> {
    let mut found = Vec::new();
    // `dead-unsubscribe` says so of the ways out
    let leaving = facts.links().iter().filter(|link| link.role == LinkRole::Unsubscribe && link.href.is_empty());
    let leaving: HashSet<_> = leaving.map(|link| (link.body, link.element)).collect();
    for (body, _, document) in facts.html_bodies() {
        let view = facts.message.bodies[body].view;
        let tags = &facts.message.bodies[body].tags;
        for element in document.elements().filter(|element| element.name() == "a" && !is_bound(*element)) {
            if leaving.contains(&(body, Some(element.id))) {
                continue;
            }
            let spot = Spot { view, span: element.span() };
            let words = || words(facts, body, element);
            if leads_as_written(element) {
                if lacks_content(document, element) {
                    found.push(HollowAnchor { spot, lack: Lack::Content, label: String::new() });
                }
                continue;
            }
            match element.attribute("href") {
                None => {
                    let words = words();
                    let is_place = is_marked(element)
                        || !facts.is_rendered() && has_tag_for_attributes(tags, element)
                        || words.is_empty()
                        || document.style(element).hidden;
                    if !is_place && !facts.is_kept_from_linking(&words, Some(element)) {
                        found.push(HollowAnchor { spot, lack: Lack::Target, label: words });
                    }
                }
                Some(href) if href.value.trim().is_empty() => {
                    let spot = if href.value_span.is_empty() { spot } else { Spot { view, span: href.value_span } };
                    let words = words();
                    if !facts.is_kept_from_linking(&words, Some(element)) {
                        found.push(HollowAnchor { spot, lack: Lack::Target, label: words });
                    }
                }
                Some(href) => {
                    if !href.value.trim().starts_with('#') && lacks_content(document, element) {
                        found.push(HollowAnchor { spot, lack: Lack::Content, label: String::new() });
                    }
                }
            }
        }
    }
    found
}

/// Whether its target is one before it is decoded, as nearly every one is: not empty, and no place in the mail.
fn leads_as_written(element: Element<'_>) -> bool {
    let href = element.written_values("href").next().map(str::trim_start);
    href.is_some_and(|href| href.starts_with(|first: char| first.is_ascii_alphanumeric()))
}

fn lacks_content(document: &Document, element: Element<'_>) -> bool {
    is_empty(document, element) && !document.style(element).hidden && !is_named(element)
}

fn words(facts: &Facts<'_>, body: usize, element: Element<'_>) -> String {
    let start = element.span().end;
    let inside = crate::source::ViewSpan::new(start, element.extent().end.max(start));
    let prose = &facts.prose()[body];
    let text = &prose.text[prose.range_of(inside)];
    // anchors may hold one another
    text[..text.floor_char_boundary(4 << 10)].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A place to jump to, or one that a provider or a script fills in.
fn is_marked(element: Element<'_>) -> bool {
    is_named(element) || element.attribute_names().any(|name| name.starts_with("data-") || name == "xt")
}

fn is_named(element: Element<'_>) -> bool {
    element.has("name") || element.has("id")
}

/// The attribute by which a template engine sets the target: `:href`, `th:href`, `[href]`, `data-href`, `asp-action`.
pub(super) fn binding(element: Element<'_>) -> Option<Attribute<'_>> {
    let index = element.attribute_names().position(|name| binds(&name))?;
    element.attributes().nth(index)
}

fn binds(name: &str) -> bool {
    let name = name.trim_end_matches(']');
    name != "href" && name.ends_with("href")
        || matches!(name, "asp-action" | "asp-page" | "asp-route" | "asp-controller" | "routerlink")
}

/// A tag in the start tag, outside of what attributes hold, may bring any of them: `<a {{ attributes }}>`, `<a {% attributes %}>`; a condition and
/// a comment bring none.
pub(super) fn has_tag_for_attributes(tags: &[Tag], element: Element<'_>) -> bool {
    let first = tags.partition_point(|tag| tag.span.end <= element.span().start);
    let inside = tags[first..].iter().take_while(|tag| tag.span.start < element.span().end);
    let brings = |tag: &&Tag| !matches!(tag.role, Role::Open | Role::Middle | Role::Close | Role::Comment);
    let mut bringing = inside.filter(brings).peekable();
    bringing.peek().is_some()
        && bringing.any(|tag| !element.attributes().any(|attribute| attribute.value_span.contains(tag.span)))
}

/// A template engine sets the target.
pub(super) fn is_bound(element: Element<'_>) -> bool {
    element.attribute_names().any(|name| binds(&name))
}

/// Nothing at all stands in it: no word, no image, no comment that Outlook reads, no tag that brings something.
fn is_empty(document: &Document, element: Element<'_>) -> bool {
    // what nearly every link has comes first
    let holds = || {
        element.inside().any(|node| match node {
            Node::Text(text) => !text.decoded().text.chars().all(|character| character.is_ascii_whitespace()),
            Node::Start(inner) => {
                !matches!(inner.name(), "span" | "b" | "strong" | "i" | "em" | "font" | "u" | "br" | "o:p")
            }
            Node::Comment(_) => true,
            Node::End(..) => false,
        })
    };
    let spoken = || {
        ["title", "aria-label"]
            .iter()
            .any(|name| element.attribute(name).is_some_and(|said| !said.value.trim().is_empty()))
    };
    let style = document.style(element);
    let painted = || style.background_image || [style.width, style.height].into_iter().flatten().any(|side| side > 3.0);
    element.end_tag().is_some() && !holds() && !spoken() && !painted()
}

impl Facts<'_> {
    /// A template engine or a provider sets the target of `link` by an attribute of its own.
    pub fn is_bound(&self, link: &super::Link) -> bool {
        let crate::message::BodyContent::Html(document) = &self.message.bodies[link.body].content else { return false };
        let Some(id) = link.element else { return false };
        let element = document.element(id);
        matches!(link.kind, LinkKind::PseudoElement | LinkKind::Bound)
            || is_bound(element)
            || super::meaning::of(element).is_some()
    }
}
