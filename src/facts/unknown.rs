//! What is not here: content that a tag, a partial or an include brings in when the mail is made.

use super::Facts;
use super::prose::Prose;
use crate::message::html::Element;
use crate::message::tags::Role;
use crate::message::{Spot, ViewId};
use crate::source::ViewSpan;

/// The places where content is missing that nobody can see from here; for what was not read, the beginning.
#[derive(Debug, Default)]
pub struct Unknown {
    /// Tags that bring in content: includes, layout bodies, content blocks. In a rendered mail there are none: what
    /// looks like one is a leftover. Also `<mj-include>`s whose files were not read, and components that are not MJML's own.
    pub includes: Vec<Spot>,
    /// What of it can be said in words: the files that were not read, and why.
    pub why: Vec<String>,
    /// Links whose words and target both come from tags: each may be anything.
    pub links: Vec<Spot>,
}

impl Unknown {
    /// The first place that could hold something that is missing.
    pub fn first(&self) -> Option<Spot> {
        self.includes.iter().chain(&self.links).copied().min()
    }

    /// Why a lint that misses `what` stays silent, for people.
    pub fn may_hold(&self, what: &str) -> String {
        let why = self.why.first().map_or(String::new(), |why| format!(" ({why})"));
        format!("a part of the template that is not here may hold {what}{why}")
    }
}

pub(super) fn of(facts: &Facts<'_>) -> Unknown {
    let mut unknown = Unknown::default();
    for reached in facts.reached().iter().filter(|reached| reached.hides()) {
        unknown.includes.push(Spot { view: ViewId::new(0), span: ViewSpan::at(0) });
        unknown.why.push(reached.in_words());
    }
    for missing in &facts.missing {
        unknown.includes.push(missing.spot);
        unknown.why.push(missing.why.clone());
    }
    for (_, body, document) in facts.html_bodies().filter(|(_, _, document)| document.is_mjml()) {
        for element in document.elements().filter(|element| element.is_custom_component()) {
            unknown.includes.push(Spot { view: body.view, span: element.span() });
            unknown.why.push(format!("`{}` is no element of MJML", element.name()));
        }
    }
    for included in facts.included() {
        let theirs = included.facts.unknown();
        unknown.includes.extend(theirs.includes.first().map(|_| included.spot));
        unknown.links.extend(theirs.links.first().map(|_| included.spot));
        unknown.why.extend_from_slice(&theirs.why);
    }
    if facts.is_rendered() {
        return unknown;
    }
    for body in &facts.message.bodies {
        let includes = body.tags.iter().filter(|tag| tag.role == Role::Include);
        unknown.includes.extend(includes.map(|tag| Spot { view: body.view, span: tag.span }));
        let text = facts.message.view(body.view).text();
        unknown.includes.extend(written(text).map(|span| Spot { view: body.view, span }));
    }
    for (index, body, document) in facts.html_bodies() {
        unknown.includes.extend(stand_ins(&facts.prose()[index]));
        let brought = document.elements().filter(|element| !is_include(*element) && brings_content(*element));
        unknown.includes.extend(brought.map(|element| Spot { view: body.view, span: element.span() }));
    }
    unknown.includes.sort_unstable();
    unknown.includes.dedup();
    unknown.links.extend(facts.links().iter().filter(|link| link.is_opaque()).map(|link| link.spot));
    unknown
}

/// Blocks that have nothing but a name for the content in brackets, as some systems put it there.
fn stand_ins(prose: &Prose) -> impl Iterator<Item = Spot> {
    let is_content = |text: &str| {
        let name = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(|name| CONTENT.contains(&name))
    };
    prose.blocks().filter(move |block| is_content(prose.text[block.clone()].trim())).map(|block| prose.spot(block))
}

const CONTENT: [&str; 8] =
    ["content", "main_content", "email_content", "newsletter_content", "body", "message", "articles", "text"];

/// Includes of engines whose code stands outside of delimiters, in files whose name does not tell the engine: FreeMarker,
/// Velocity, Razor, server-side includes; and tokens that stand for the whole content.
const WRITTEN: [&str; 10] = [
    "<#include",
    "#parse(",
    "#include(",
    "<!--#include",
    "Html.Partial",
    "Html.RenderPartial",
    "RenderBody(",
    "##CONTENT##",
    "%CONTENT%",
    "$content",
];

fn written(text: &str) -> impl Iterator<Item = ViewSpan> {
    WRITTEN.into_iter().filter_map(|token| {
        memchr::memmem::find(text.as_bytes(), token.as_bytes()).map(|at| ViewSpan::new(at, at + token.len()))
    })
}

/// Whether it was read or not is known.
fn is_include(element: Element<'_>) -> bool {
    element.name() == "mj-include" && element.is_in_mjml()
}

/// Thymeleaf's and the like's attributes, elements of template engines, components: `<div th:replace>`, `<cfinclude>`,
/// `<x-footer>`.
fn brings_content(element: Element<'_>) -> bool {
    let name = element.name();
    let is_component = name.contains('-') && !is_known_prefix(name);
    let is_include = matches!(name, "cfinclude" | "include" | "partial" | "component" | "slot");
    is_component
        || is_include
        || element.attribute_names().any(|name| {
            matches!(
                &*name,
                "th:replace"
                    | "th:insert"
                    | "th:include"
                    | "th:utext"
                    | "v-html"
                    | "ng-bind-html"
                    | "ng-include"
                    | "tal:content"
                    | "metal:use-macro"
            )
        })
}

/// Elements with a hyphen that are no components: MJML's own (its includes are tags), annotations of SVG, `font-face`.
fn is_known_prefix(name: &str) -> bool {
    name.starts_with("mj-") && name != "mj-include"
        || matches!(name, "annotation-xml" | "color-profile" | "font-face" | "missing-glyph")
        || name.starts_with("font-face-")
        || name.starts_with("amp-")
        || name.starts_with("g-emoji")
}
