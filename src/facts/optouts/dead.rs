//! Ways out that lead nowhere.

use super::{OptOut, OptOutWay};
use crate::facts::{Facts, Link, LinkKind, blocks, meaning};
use crate::knowledge::domains;
use crate::knowledge::providers;
use crate::message::BodyContent;
use crate::message::mailto::Mailto;
use crate::message::tags;

/// Why a way out leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dead {
    /// The link has no target.
    Empty,
    /// `#`, or the name of a place that the mail does not have.
    Nowhere,
    /// `javascript:`, which no mail program runs.
    Script,
    /// A host that nobody can have: `example.com`, `localhost`.
    Reserved(String),
    /// A merge tag that nobody has filled in, in a mail that is done.
    Tag(String),
}

/// Why nobody gets out by `optout`.
pub(super) fn dead(facts: &Facts<'_>, optout: &OptOut) -> Option<Dead> {
    let text = facts.message.view(optout.spot.view).text();
    let is_known = |tag: &str| providers::is_known_tag(tag, facts.settings.provider.as_deref());
    let link = optout.link.map(|link| &facts.links()[link])?;
    if link.kind == LinkKind::Bound {
        return None;
    }
    if optout.way == OptOutWay::Tag {
        let tag = &text[link.spot.span.range()];
        return (facts.is_rendered() && is_known(tag)).then(|| Dead::Tag(tag.to_owned()));
    }
    let href = link.href.as_str();
    let tag = tags::scan(href, false, &facts.message.dialect).into_iter().next();
    if let Some(tag) = tag.map(|tag| &href[tag.span.range()]) {
        return (facts.is_rendered() && is_known(tag)).then(|| Dead::Tag(tag.to_owned()));
    }
    // `{{unsubscribe_url}`
    if facts.is_rendered() && blocks::is_broken_tag(href) {
        return Some(Dead::Tag(href.to_owned()));
    }
    // A loose token, `%unsubscribe_url%`, is filled in by its provider before the mail is done.
    if facts.tag_meaning(href).is_some() {
        return facts.is_rendered().then(|| Dead::Tag(href.to_owned()));
    }
    if is_filled_in(facts, link) {
        return None;
    }
    let lower = href.to_ascii_lowercase();
    match lower.as_str() {
        "" => (link.kind != LinkKind::PseudoElement).then_some(Dead::Empty),
        "#" | "#!" => Some(Dead::Nowhere),
        _ if facts.is_word_for_target(href) => Some(Dead::Nowhere),
        _ if lower.starts_with("javascript:") => Some(Dead::Script),
        _ if lower.starts_with('#') => (!has_place(facts, link)).then_some(Dead::Nowhere),
        _ if lower.starts_with("about:") || link.is_malformed() => Some(Dead::Nowhere),
        _ => match facts.is_rendered().then(|| bracketed_name(href)).flatten() {
            Some(name) => Some(Dead::Tag(name.to_owned())),
            None => reserved_host(link).map(Dead::Reserved),
        },
    }
}

/// `[EMAIL]` or `{unsub_id}` as a whole segment or value of a URL, where neither bracket may stand as it is (RFC 3986 §2.2): something was to be
/// filled in. Identifiers in braces have digits, lists in brackets small letters.
fn bracketed_name(href: &str) -> Option<&str> {
    const NAMES: [&str; 8] = ["email", "emailaddress", "uid", "userid", "id", "token", "unsubscribe", "recipient"];
    let (_, place) = href.split_once("://")?;
    let parts = place.split(['/', '?', '&', '=', '#', ';']);
    parts.skip(1).find(|part| {
        let inner = match part.as_bytes() {
            [b'[', inner @ .., b']'] | [b'{', inner @ .., b'}'] => std::str::from_utf8(inner).unwrap_or_default(),
            _ => return false,
        };
        let is_plain = inner.len() > 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        let is_capital = || inner.len() > 2 && inner.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let is_name = || inner.trim_matches('_').contains('_') || NAMES.contains(&inner.to_ascii_lowercase().as_str());
        is_plain && (is_capital() || is_name())
    })
}

fn reserved_host(link: &Link) -> Option<String> {
    if link.is_mail() {
        let mail = Mailto::parse(&link.href);
        let host = mail.address.rsplit_once('@').map(|(_, host)| host.to_ascii_lowercase())?;
        return domains::is_reserved(&host).then_some(host);
    }
    link.host.name().filter(|host| domains::is_reserved(host)).map(str::to_owned)
}

/// An attribute or the element's name tells the provider to fill the target in.
fn is_filled_in(facts: &Facts<'_>, link: &Link) -> bool {
    let Some((element, document)) = element(facts, link) else { return false };
    meaning::of(document.element(element)).is_some()
}

/// The mail has the place that `#name` jumps to.
fn has_place(facts: &Facts<'_>, link: &Link) -> bool {
    element(facts, link).is_none() || facts.has_mark(link.body, link.href.trim_start_matches('#'))
}

fn element<'f>(
    facts: &'f Facts<'_>,
    link: &Link,
) -> Option<(crate::message::html::ElementId, &'f crate::message::html::Document)> {
    match &facts.message.bodies.get(link.body)?.content {
        BodyContent::Html(document) => Some((link.element?, document)),
        BodyContent::Plain => None,
    }
}
