//! What reports that a mail was opened without being an image: style sheets, print styles, media, files to fetch ahead.

mod css;

use super::Facts;
use crate::knowledge::domains::{self, CommonHost};
use crate::knowledge::providers::{self, TagMeaning};
use crate::knowledge::trackers::{self, Certainty};
use crate::message::Spot;
use crate::message::html::{Attribute, Document, Element, Node};
use crate::message::tags;
use crate::source::ViewSpan;

/// How it is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BeaconWay {
    /// A background, a list mark, a border image.
    Style,
    /// A style for print: loaded when the mail is printed.
    Print,
    /// `@import` or a style sheet of another host.
    Sheet,
    /// `<link rel=prefetch>` and the like.
    Prefetch,
    /// `<audio>`, `<video>`, `<bgsound>`.
    Media,
}

/// A beacon.
#[derive(Debug)]
pub struct Beacon {
    /// The URL.
    pub spot: Spot,
    /// How it is loaded.
    pub way: BeaconWay,
    /// The known tracker that it belongs to, by its name for people.
    pub tracker: Option<&'static str>,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Beacon> {
    let mut beacons = Vec::new();
    for (body, _, document) in facts.html_bodies() {
        let view = facts.message.bodies[body].view;
        let mut note = |url: &str, span: ViewSpan, way: BeaconWay, unseen: bool| {
            if let Some(tracker) = reports(url, way, unseen) {
                beacons.push(Beacon { spot: Spot { view, span }, way, tracker });
            }
        };
        let text = facts.message.view(view).text();
        let brackets = brackets(text.as_bytes());
        for node in document.nodes() {
            match node {
                Node::Text(text) if text.parent.is_some_and(|parent| matches!(parent.name(), "style" | "mj-style")) => {
                    for url in css::urls(text.raw()) {
                        let start = text.span.start;
                        let span = ViewSpan::new(start + url.range.start, start + url.range.end);
                        note(&text.raw()[url.range], span, url.way, false);
                    }
                }
                Node::Start(element) => of_element(document, element, &brackets, &mut note),
                _ => {}
            }
        }
    }
    beacons
}

/// Where `url(` may end, or a reference of which it is made begins: `(` behind an L or a reference, `&#`, `&lpar;`.
fn brackets(text: &[u8]) -> Vec<usize> {
    let is_one = |at: &usize| match text.get(*at) {
        Some(b'(') => matches!(at.checked_sub(1).and_then(|before| text.get(before)), Some(b'l' | b'L' | b';')),
        _ => matches!(text.get(at + 1), Some(b'#' | b'l' | b'L')),
    };
    memchr::memchr2_iter(b'(', b'&', text).filter(is_one).collect()
}

/// `brackets` are the places where `url(` may be written.
fn of_element(
    document: &Document,
    element: Element<'_>,
    brackets: &[usize],
    note: &mut impl FnMut(&str, ViewSpan, BeaconWay, bool),
) {
    let unseen = || {
        let style = document.style(element);
        style.hidden || [style.width, style.height].into_iter().flatten().any(|side| side <= 3.0)
    };
    let loads = matches!(element.name(), "link" | "audio" | "video" | "source" | "bgsound" | "track");
    if !loads && !element.may_have("background") {
        // `url(` may be written with references
        let has_bracket = |style: ViewSpan| {
            let next = brackets.partition_point(|at| *at < style.start);
            brackets.get(next).is_some_and(|at| *at < style.end)
        };
        if !brackets.is_empty() && element.value_spans("style").any(has_bracket) {
            element.attributes_named("style").for_each(|style| of_style(&style, &unseen, note));
        }
        return;
    }
    for attribute in element.attributes() {
        match (element.name(), &*attribute.name) {
            (_, "style") => of_style(&attribute, &unseen, note),
            (_, "background") => note(attribute.value.trim(), attribute.value_span, BeaconWay::Style, unseen()),
            ("link", "href") => {
                if let Some(way) = of_relation(element) {
                    note(attribute.value.trim(), attribute.value_span, way, false);
                }
            }
            ("audio" | "video" | "source" | "bgsound" | "track", "src") => {
                note(attribute.value.trim(), attribute.value_span, BeaconWay::Media, unseen());
            }
            _ => {}
        }
    }
}

fn of_style(style: &Attribute<'_>, unseen: &impl Fn() -> bool, note: &mut impl FnMut(&str, ViewSpan, BeaconWay, bool)) {
    if !style.value.contains("url(") {
        return;
    }
    for url in css::urls(&style.value) {
        let span = style.span_of(url.range.clone());
        note(&style.value[url.range], span, url.way, unseen());
    }
}

/// What a `<link>` loads.
fn of_relation(element: Element<'_>) -> Option<BeaconWay> {
    let relation = element.attribute("rel")?.value.to_ascii_lowercase();
    let is = |names: &[&str]| relation.split_whitespace().any(|word| names.contains(&word));
    let print = element.attribute("media").is_some_and(|media| media.value.to_ascii_lowercase().contains("print"));
    if is(&["prefetch", "preload", "prerender", "preconnect", "dns-prefetch", "modulepreload"]) {
        Some(BeaconWay::Prefetch)
    } else if is(&["stylesheet"]) {
        Some(if print { BeaconWay::Print } else { BeaconWay::Sheet })
    } else {
        None
    }
}

/// Whether loading `url` reports who opened the mail; the tracker, where it is a known one.
fn reports(url: &str, way: BeaconWay, unseen: bool) -> Option<Option<&'static str>> {
    let is_web = url
        .split_once("//")
        .is_some_and(|(scheme, _)| matches!(scheme.to_ascii_lowercase().as_str(), "" | "http:" | "https:"));
    let host = trackers::url::split(url).map_or("", |parts| parts.host);
    if !is_web || domains::common(host) == Some(CommonHost::Font) {
        return None;
    }
    let covert = unseen || matches!(way, BeaconWay::Print | BeaconWay::Prefetch);
    let tracker = trackers::open(url).filter(|tracker| tracker.certainty == Certainty::High || covert);
    if let Some(tracker) = tracker {
        return Some(Some(tracker.name));
    }
    let token = names_recipient(url) || covert && has_random_parameter(url);
    token.then_some(None)
}

/// A merge tag in it says who reads: an address, an identifier. A name to paint on a picture does not count.
fn names_recipient(url: &str) -> bool {
    tags::scan(url, false, &Default::default()).iter().any(|tag| {
        let written = &url[tag.span.range()];
        let lower = written.to_ascii_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let identifies = words.into_iter().any(|word| {
            matches!(
                word,
                "id" | "uid"
                    | "uuid"
                    | "euid"
                    | "uniqid"
                    | "email"
                    | "recipient"
                    | "subscriber"
                    | "subscriberkey"
                    | "emailaddr"
            )
        });
        let name = lower.contains("name") || lower.contains("image") || lower.contains("img");
        !name
            && (identifies || providers::tag_meaning(written, None) == Some(TagMeaning::Recipient))
            && tag.span.start > 0
    })
}

/// A value in the query that is made of letters and digits mixed, as identifiers are.
fn has_random_parameter(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split(['&', '=']).any(|value| {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
        value.len() >= 12 && digits >= 3 && letters >= 3
    })
}
