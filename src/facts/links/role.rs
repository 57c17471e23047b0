//! What a link is for: by the merge tag or the mark of a provider, by its words, by its URL, by the sentence around it.

mod article;
mod context;

use super::{Link, LinkKind};
use crate::facts::{Facts, meaning};
use crate::knowledge::providers::TagMeaning;
use crate::knowledge::words::{self, Hit, Meaning};
use crate::message::BodyContent;
use crate::message::html::Node;
use article::{count_words, is_about_leaving, leads_to_article, leaves, logs_out, says_only_leaving};
use context::Context;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinkRole {
    /// To read, to buy, to see.
    #[default]
    Content,
    /// To leave the mailing.
    Unsubscribe,
    /// To change what is sent, or one's data.
    Preferences,
    /// The same mail in a browser.
    WebVersion,
    /// A privacy policy.
    Privacy,
    /// A social network, a map, an app store.
    Common,
}

/// The role of `link`; `room` is what of the body's prose lies between the links before and behind it.
pub(super) fn of(facts: &Facts<'_>, link: &Link, room: Range<usize>) -> LinkRole {
    by_mark(facts, link).or_else(|| by_words(facts, link, room)).unwrap_or_else(|| by_host(facts, link))
}

/// What the provider's own tags and attributes say.
fn by_mark(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let body = &facts.message.bodies[link.body];
    let text = facts.message.view(body.view).text();
    let target = link.target.span;
    let first = body.tags.partition_point(|tag| tag.span.end <= target.start);
    let from_tags = body.tags[first..]
        .iter()
        .take_while(|tag| tag.span.start < target.end)
        .filter(|tag| !target.is_empty() && tag.span.overlaps(target))
        .filter_map(|tag| facts.tag_meaning(&text[tag.span.range()]))
        .find_map(role_of_tag);
    // A tag that a mailer has percent-encoded is no tag to the scanner.
    let from_encoded = || {
        let mut escapes = link.href.as_bytes().windows(3).filter(|window| window[0] == b'%');
        let encoded = escapes.any(|escape| matches!(escape, b"%7B" | b"%7b" | b"%7C" | b"%7c"));
        encoded.then(|| facts.tag_meaning(&link.href)).flatten().and_then(role_of_tag)
    };
    from_tags.or_else(from_encoded).or_else(|| by_element(facts, link)).or_else(|| by_known_href(facts, link))
}

fn by_element(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let BodyContent::Html(document) = &facts.message.bodies[link.body].content else { return None };
    meaning::of(document.element(link.element?)).and_then(role_of_tag)
}

/// Loose tokens that are the whole target (`href="[unsubscribe]"`, `href="%UNSUBSCRIBELINK%"`) can be nothing else.
fn by_known_href(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let bare = link.href.strip_prefix("https://").or_else(|| link.href.strip_prefix("http://")).unwrap_or(&link.href);
    let delimited = bare.starts_with(['[', '%', '{', '$', '#', '*', '<', '-', '@']) && bare.len() > 2;
    delimited.then(|| facts.tag_meaning(bare)).flatten().and_then(role_of_tag)
}

fn role_of_tag(meaning: TagMeaning) -> Option<LinkRole> {
    match meaning {
        TagMeaning::Unsubscribe => Some(LinkRole::Unsubscribe),
        TagMeaning::Preferences => Some(LinkRole::Preferences),
        TagMeaning::WebVersion => Some(LinkRole::WebVersion),
        _ => None,
    }
}

fn by_words(facts: &Facts<'_>, link: &Link, room: Range<usize>) -> Option<LinkRole> {
    let words = count_words(&link.label);
    let context = Context { prose: &facts.prose()[link.body], link, words, room };
    let hint = url_hint(link);
    if link.kind == LinkKind::BareUrl {
        // "Unsubscribe: https://brand.com/preferences/5"
        let said = || context.role_of_bare_url();
        let leaves = || match hint {
            Some(LinkRole::Preferences) => said() == Some(LinkRole::Unsubscribe),
            Some(LinkRole::Privacy) => context.is_called_a_way_out(),
            _ => false,
        };
        return if leaves() { Some(LinkRole::Unsubscribe) } else { hint.or_else(said) };
    }
    let hits = link.said();
    let is_headline = LazyCell::new({
        let says_only_leaving = says_only_leaving(&link.label, words, hits);
        move || !says_only_leaving && words > 2 && is_headline(facts, link)
    });
    // "/blog/unsubscribe" under a headline is an article
    let hint = hint.filter(|_| !(leads_to_article(&link.href) && is_about_leaving(&link.label, words, hits)));
    if logs_out(&link.href) && !hits.iter().any(|hit| hit.meaning == Meaning::Unsubscribe && !hit.weak) {
        return None;
    }
    let hits: Cow<'_, [Hit]> = match !hits.is_empty() && hint.is_none() && *is_headline {
        true => hits.iter().filter(|hit| !leaves(hit)).cloned().collect(),
        false => Cow::Borrowed(hits),
    };
    match by_label(&context, &hits, hint) {
        // "To unsubscribe, update your preferences", "No longer interested? Update your preferences"
        Some(LinkRole::Preferences) if context.sentence_leads_out() || context.question_leads_out() => {
            return Some(LinkRole::Unsubscribe);
        }
        Some(role) => return Some(role),
        None => {}
    }
    // what stands around a link tells only where it speaks of leaving
    if hint.is_some() || !context.is_near_leaving() || is_about_leaving(&link.label, words, &hits) || *is_headline {
        return hint;
    }
    let is_common = link.host.name().is_some_and(|host| facts.of_host(host).common.is_some());
    context.role(&hits, is_common)
}

/// The link is a headline, or leads to an article: of its words only a plain "unsubscribe" is believed.
fn is_headline(facts: &Facts<'_>, link: &Link) -> bool {
    let in_heading = || {
        let BodyContent::Html(document) = &facts.message.bodies[link.body].content else { return false };
        let Some(element) = link.element.map(|id| document.element(id)) else { return false };
        let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3");
        element.ancestors().take(6).any(|outer| is_heading(outer.name()))
            || element.inside().any(|node| matches!(node, Node::Start(inner) if is_heading(inner.name())))
    };
    leads_to_article(&link.href) || in_heading()
}

fn url_hint(link: &Link) -> Option<LinkRole> {
    if !(link.is_web() || link.is_mail()) || link.href.is_empty() {
        return None;
    }
    if let Some(role) = link.seen().management.and_then(role_of_tag) {
        return Some(role);
    }
    match words::url_hint(&link.href)? {
        Meaning::Unsubscribe => Some(LinkRole::Unsubscribe),
        Meaning::Preferences => Some(LinkRole::Preferences),
        Meaning::WebVersion => Some(LinkRole::WebVersion),
        Meaning::Privacy => Some(LinkRole::Privacy),
        _ => None,
    }
}

/// What the link's own words say.
fn by_label(context: &Context<'_>, hits: &[Hit], hint: Option<LinkRole>) -> Option<LinkRole> {
    let label = &context.link.label;
    let strong = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
    let any = |meaning| hits.iter().any(|hit| hit.meaning == meaning);
    let leaving = hits.iter().any(leaves);
    if hits.is_empty() {
        return None;
    }
    let is_clear = match strong(Meaning::Unsubscribe) {
        true => is_brief(context, hits, 8) || context.is_credible(),
        false => is_brief(context, hits, 4) && context.is_credible(),
    };
    if leaving && (hint == Some(LinkRole::Unsubscribe) || is_clear && !is_about_leaving(label, context.words, hits)) {
        return Some(LinkRole::Unsubscribe);
    }
    if strong(Meaning::Preferences) || any(Meaning::Preferences) && !leaving && context.is_credible() {
        return Some(if hint == Some(LinkRole::Unsubscribe) { LinkRole::Unsubscribe } else { LinkRole::Preferences });
    }
    if strong(Meaning::WebVersion) {
        return Some(LinkRole::WebVersion);
    }
    if any(Meaning::Privacy) {
        return Some(LinkRole::Privacy);
    }
    None
}

/// At most `beside` words beside the phrase, or one that points ("click here").
fn is_brief(context: &Context<'_>, hits: &[Hit], beside: usize) -> bool {
    let label = &context.link.label;
    let covered: usize = hits.iter().filter(|hit| leaves(hit)).map(|hit| count_words(&label[hit.range.clone()])).sum();
    context.words.saturating_sub(covered) <= beside || hits.iter().any(|hit| hit.meaning == Meaning::Here)
}

fn by_host(facts: &Facts<'_>, link: &Link) -> LinkRole {
    match link.host.name().and_then(|host| facts.of_host(host).common) {
        Some(_) if link.tracker().is_none() => LinkRole::Common,
        _ => LinkRole::Content,
    }
}
