//! What mail clients remove or block: scripts, frames, plug-ins, forms, style sheets from elsewhere.

use super::Facts;
use crate::knowledge::domains::{self, CommonHost};
use crate::message::Spot;
use crate::message::html::{Document, Element, Node};
use crate::sort;
use crate::source::ViewSpan;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActiveKind {
    /// `<script>`.
    Script,
    /// `<iframe>`, `<frame>`, `<frameset>`.
    Frame,
    /// `<object>`, `<embed>`, `<applet>`.
    Plugin,
    /// `onclick="…"` and the like.
    Handler,
    /// `<form>`.
    Form,
    /// `<meta http-equiv="refresh">`.
    Refresh,
    /// `<link rel="stylesheet">` or `@import` of something that is no font.
    StyleSheet,
}

/// An active thing in an HTML body.
#[derive(Debug)]
pub struct Active {
    /// What kind of thing it is.
    pub kind: ActiveKind,
    /// Its name in the source: `script`, `onclick`, `@import`.
    pub name: String,
    /// The start tag, the attribute's name, or the address.
    pub spot: Spot,
}

/// Attributes that run something (WHATWG HTML §8.1.8.2, those that are met in mail).
const HANDLERS: [&str; 27] = [
    "onabort",
    "onblur",
    "onchange",
    "onclick",
    "ondblclick",
    "onerror",
    "onfocus",
    "onhover",
    "oninput",
    "onkeydown",
    "onkeypress",
    "onkeyup",
    "onload",
    "onmousedown",
    "onmouseenter",
    "onmouseleave",
    "onmousemove",
    "onmouseout",
    "onmouseover",
    "onmouseup",
    "onreset",
    "onresize",
    "onscroll",
    "onselect",
    "onsubmit",
    "ontouchstart",
    "onunload",
];

/// The elements that [`kind_of`] and [`style_sheet`] look at.
const ACTIVE: [&str; 10] =
    ["script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "meta", "link"];

/// All of them, in source order, body after body. An AMP document has its own rules and gives none.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Active> {
    let mut found = Vec::new();
    for (_, body, document) in facts.html_bodies().filter(|(_, _, document)| !is_amp(document)) {
        let first = found.len();
        let mut put = |kind, name: &str, span| {
            found.push(Active { kind, name: name.to_owned(), spot: Spot { view: body.view, span } });
        };
        for element in document.named(&ACTIVE) {
            if let Some(kind) = kind_of(element).filter(|_| facts.is_rendered() || !runs_before(element)) {
                put(kind, element.name(), element.span());
            }
            if let Some(span) = style_sheet(facts, element) {
                put(ActiveKind::StyleSheet, "link", span);
            }
        }
        let handled = document.elements().take_while(|_| document.may_have_handlers());
        for element in handled.filter(|element| element.may_have_handler()) {
            for attribute in element.attributes().filter(|attribute| HANDLERS.contains(&&*attribute.name)) {
                put(ActiveKind::Handler, &attribute.name, attribute.name_span);
            }
        }
        for span in imports(facts, document) {
            put(ActiveKind::StyleSheet, "@import", span);
        }
        sort::by_key(&mut found[first..], |active| active.spot);
    }
    found
}

/// `<html ⚡4email>`: a document for AMP clients.
fn is_amp(document: &Document) -> bool {
    let root = document.elements().find(|element| element.name() == "html");
    root.is_some_and(|root| {
        root.attribute_names().any(|name| matches!(&*name, "⚡4email" | "amp4email" | "⚡" | "amp"))
    })
}

fn kind_of(element: Element<'_>) -> Option<ActiveKind> {
    match element.name() {
        "script" if !is_data(element) => Some(ActiveKind::Script),
        "iframe" | "frame" | "frameset" => Some(ActiveKind::Frame),
        "object" | "embed" | "applet" => {
            // `<embed>` inside `<object>` is the same thing said twice.
            let twin = element.enclosing(&["object", "applet"]).is_some();
            (!twin).then_some(ActiveKind::Plugin)
        }
        "form" => Some(ActiveKind::Form),
        "meta" => {
            let kind = element.attribute("http-equiv")?;
            kind.value.trim().eq_ignore_ascii_case("refresh").then_some(ActiveKind::Refresh)
        }
        _ => None,
    }
}

/// A script that the system runs when it makes the mail: `<script runat="server">` of Salesforce.
fn runs_before(element: Element<'_>) -> bool {
    element.attribute("runat").is_some_and(|runat| runat.value.trim().eq_ignore_ascii_case("server"))
}

/// A script element that holds data which clients read: JSON-LD, other JSON, a template.
fn is_data(element: Element<'_>) -> bool {
    element.attribute("type").is_some_and(|kind| {
        let kind = kind.value.trim().to_ascii_lowercase();
        kind.ends_with("json") || kind.contains("template") || kind.contains("handlebars")
    })
}

/// The address of a style sheet that is fetched from elsewhere.
fn style_sheet(facts: &Facts<'_>, element: Element<'_>) -> Option<ViewSpan> {
    if element.name() != "link" {
        return None;
    }
    let rel = element.attribute("rel")?;
    let is_sheet = rel.value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"));
    let href = element.attribute("href")?;
    (is_sheet && is_fetched(facts, &href.value)).then_some(href.value_span)
}

/// The addresses of `@import` in style elements.
fn imports(facts: &Facts<'_>, document: &Document) -> Vec<ViewSpan> {
    let mut found = Vec::new();
    for node in document.nodes() {
        let Node::Text(run) = node else { continue };
        if run.parent.is_none_or(|parent| parent.name() != "style") {
            continue;
        }
        let css = run.raw();
        for (at, _) in css.match_indices("@import") {
            let end = css[at..].find([';', '}']).map_or(css.len(), |end| at + end);
            let Some(address) = address_in(&css[at..end]) else { continue };
            if is_fetched(facts, &css[at + address.start..at + address.end]) {
                let start = run.span.start + at;
                found.push(ViewSpan::new(start + address.start, start + address.end));
            }
        }
    }
    found
}

/// The address in `@import url("…")` or `@import "…"`.
fn address_in(rule: &str) -> Option<std::ops::Range<usize>> {
    let after = match rule.find("url(") {
        Some(at) => at + 4,
        None => rule.find(['"', '\''])?,
    };
    let blank = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let start = after + rule[after..].find(|c| !blank(c))?;
    let end = start + rule[start..].find(|c: char| blank(c) || c == ')').unwrap_or(rule.len() - start);
    Some(start..end)
}

/// Whether a reader's client would have to fetch the sheet. In a template a sheet beside it is put inline when the mail is made. Fonts are
/// exempt: the text is read without them, too.
fn is_fetched(facts: &Facts<'_>, address: &str) -> bool {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let rest = lower.strip_prefix("https:").or_else(|| lower.strip_prefix("http:")).unwrap_or(&lower);
    let Some(rest) = rest.strip_prefix("//") else {
        return facts.is_rendered() && !address.is_empty() && !lower.starts_with("data:");
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let unknown = !crate::message::tags::scan(address, false, &Default::default()).is_empty();
    !unknown && domains::common(host) != Some(CommonHost::Font) && !rest.contains("font")
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn addresses_of_imports() {
        for (rule, address) in [
            ("@import url(https://a.example/x.css)", Some("https://a.example/x.css")),
            ("@import url( 'x.css' ) screen", Some("x.css")),
            ("@import \"x.css\"", Some("x.css")),
            ("@import", None),
        ] {
            assert_eq!(address_in(rule).map(|range| &rule[range]), address, "{rule}");
        }
    }
}
