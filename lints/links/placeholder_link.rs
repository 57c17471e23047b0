//! Links that still wait for their target.

use crate::diagnostic::Level;
use crate::facts::{Facts, Host, Link, LinkKind, LinkLook, LinkRole};
use crate::lint::{Finding, Findings, Lint};
use crate::lints::grouping::grouped;
use crate::lints::sources;
use crate::message::{BodyContent, Spot};
use crate::message::html::{AttributeNames, Document};
use std::cell::LazyCell;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "placeholder-link",
    summary: "link whose target is still to be put in",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: include_str!("placeholder_link.md"),
    check,
};

/// As many links as are pointed at.
const SHOWN: usize = 4;

/// What stands where the target should.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// `#`, or a mark that is nowhere in the mail.
    Mark,
    /// `https://` and nothing behind it.
    Scheme,
    /// `javascript:`, which no mail client runs.
    Script,
    /// A host that is reserved for examples.
    Host,
    /// `http://https://brand.com`.
    Twice,
    /// `htp://brand.com`, `https://brand,com`.
    Malformed,
    /// `TODO`, `undefined`.
    Word,
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    let marks: Vec<_> = facts.message.bodies.iter().map(|body| LazyCell::new(|| match &body.content {
        BodyContent::Html(document) => targets(document),
        BodyContent::Plain => HashSet::new(),
    })).collect();
    let links = || facts.links().iter().filter(|link| is_link(link) && link.role != LinkRole::Unsubscribe);
    let waiting: Vec<(&Link, Stand)> = links()
        .filter_map(|link| Some((link, stand(facts, link, |name| marks[link.body].contains(name))?)))
        .collect();
    let count = links().count();
    if waiting.len() > 2 && waiting.len() * 2 >= count {
        once(facts, findings, &waiting, count);
        return;
    }
    for (href, links) in grouped(waiting.into_iter().map(|(link, stand)| (link.href.as_str(), (link, stand)))) {
        let (first, stand) = links[0];
        let finding = findings.report(place(facts, first, stand), message(href, stand, links.len()));
        finding.label(label(href, stand));
        for (link, _) in links.iter().take(SHOWN).skip(1) {
            finding.also(place(facts, link, stand), "and here");
        }
        reason(finding, stand).help("put the address of the page in, or take the link away").soften_if(!facts.message.is_mail());
    }
}

/// A draft whose links are mostly still to be put in: said once.
fn once(facts: &Facts<'_>, findings: &mut Findings, waiting: &[(&Link, Stand)], count: usize) {
    let (first, kind) = waiting[0];
    let finding = findings.report(place(facts, first, kind), format!("{} of {count} links still wait for their target", waiting.len()));
    finding.label(label(&first.href, kind));
    for (link, kind) in waiting.iter().take(SHOWN).skip(1) {
        finding.also(place(facts, link, *kind), "and here");
    }
    reason(finding, kind).help("put the addresses of the pages in before it is sent").soften_if(!facts.message.is_mail());
}

fn reason(finding: &mut Finding, stand: Stand) -> &mut Finding {
    match stand {
        Stand::Mark => finding.because("`#` leads back to the mail itself", sources::SAME_DOCUMENT),
        Stand::Malformed => finding.because("an address begins with a scheme that programs know, and a host of letters, digits, dots and hyphens", sources::URI_PARTS),
        Stand::Scheme | Stand::Twice => finding.because("an address without a host must not be sent", sources::EMPTY_HOST),
        Stand::Script => finding.because("readers should know what happens when they follow a link", sources::LINKS_AS_THEY_SEEM),
        Stand::Word => finding.because("an address without a scheme is relative to that of the page which it stands on", sources::RELATIVE_REFERENCE),
        Stand::Host => finding.because("names that are reserved for examples lead to nobody's page", sources::RESERVED_NAMES),
    }
}

fn is_link(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Anchor | LinkKind::Area | LinkKind::BareUrl | LinkKind::Vml)
}

fn place(facts: &Facts<'_>, link: &Link, stand: Stand) -> Spot {
    if stand == Stand::Host { facts.host_spot(link) } else { link.target }
}

fn message(href: &str, stand: Stand, count: usize) -> String {
    let links = match count {
        1 => "the link leads".to_owned(),
        _ => format!("{count} links lead"),
    };
    match stand {
        Stand::Mark | Stand::Scheme | Stand::Twice | Stand::Malformed | Stand::Word => format!("{links} nowhere: the target is `{href}`"),
        Stand::Script => format!("{links} nowhere: mail clients run no script"),
        Stand::Host => {
            let rest = href.split_once("//").map_or(href, |(_, rest)| rest);
            format!("{links} to the placeholder `{}`", rest.split(['/', '?', '#']).next().unwrap_or(rest))
        }
    }
}

fn label(href: &str, stand: Stand) -> &'static str {
    match stand {
        Stand::Mark if href == "#" => "no target yet",
        Stand::Mark => "nothing in the mail has this name",
        Stand::Scheme => "the rest of the address is missing",
        Stand::Script => "no address",
        Stand::Twice => "two schemes, one behind the other",
        Stand::Malformed => "no browser can read this address",
        Stand::Word => "no address yet",
        Stand::Host => "not a page of yours",
    }
}

/// What stands for the target; `None` where there is one, or may be one. `is_mark` knows the names in the mail.
fn stand(facts: &Facts<'_>, link: &Link, is_mark: impl Fn(&str) -> bool) -> Option<Stand> {
    let href = link.href.as_str();
    if let Host::Known(host) = &link.host {
        if matches!(host.as_str(), "http" | "https") {
            let rest = href.split_once("//").map_or("", |(_, rest)| rest);
            return rest.contains("//").then_some(Stand::Twice);
        }
        if link.is_malformed() && link.kind != LinkKind::BareUrl {
            return Some(Stand::Malformed);
        }
        let placeholder = facts.of_host(host).is_placeholder && !facts.is_example() && !is_spoken_of(facts, link);
        return placeholder.then_some(Stand::Host);
    }
    if facts.is_bound(link) || link.kind == LinkKind::BareUrl {
        return None;
    }
    let lower = href.to_ascii_lowercase();
    if matches!(lower.as_str(), "http://" | "https://" | "http:" | "https:" | "http://#" | "https://#" | "http:///" | "https:///" | "mailto:" | "tel:") {
        return Some(Stand::Scheme);
    }
    if link.is_malformed() {
        return Some(Stand::Malformed);
    }
    if lower.starts_with("javascript:") {
        return Some(Stand::Script);
    }
    if facts.is_word_for_target(href) {
        return Some(Stand::Word);
    }
    let mark = href.strip_prefix('#')?;
    let named = mark.chars().all(|c| c.is_alphanumeric() || "-_!.:".contains(c));
    if !named || is_mark(&lower[1..]) || lower == "#top" || !mark.is_empty() && (facts.is_fragment() || !facts.unknown().includes.is_empty() || !facts.included().is_empty()) {
        return None;
    }
    is_pressed(facts, link).then_some(Stand::Mark)
}

/// A URL in the middle of a sentence: what the text is about.
fn is_spoken_of(facts: &Facts<'_>, link: &Link) -> bool {
    link.kind == LinkKind::BareUrl && !facts.begins_line(link)
}

/// A button, a picture, a sentence; not an address or a date that is only kept from being linked.
fn is_pressed(facts: &Facts<'_>, link: &Link) -> bool {
    let BodyContent::Html(document) = &facts.message.bodies[link.body].content else { return false };
    let words = facts.prose()[link.body].text[link.text.clone()].trim();
    match facts.look_of(link) {
        LinkLook::Button | LinkLook::Picture => true,
        LinkLook::Icon => !link.label.is_empty(),
        LinkLook::Text => {
            words.chars().any(char::is_alphabetic) && !facts.is_kept_from_linking(words, link.element.map(|id| document.element(id)))
        }
    }
}

/// The names that a link inside the mail can lead to, in lower case.
fn targets(document: &Document) -> HashSet<String> {
    const NAMING: AttributeNames = AttributeNames::one("id").and(AttributeNames::one("name"));
    let named = document.elements().filter(|element| element.may_have_any(NAMING)).flat_map(|element| {
        let name = (element.name() == "a").then(|| element.attribute("name")).flatten();
        [element.attribute("id"), name]
    });
    named.flatten().map(|attribute| attribute.value.trim().to_ascii_lowercase()).collect()
}
