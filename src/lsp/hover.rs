//! What is shown where the pointer rests: what is known of a merge tag or a link, and the pages of the lints that found something there.

use super::insight::{Insight, Seen, SeenLink, SeenTag};
use super::markdown::code;
use super::text::{Encoding, Text};
use crate::facts::{LinkKind, LinkRole};
use crate::knowledge::domains;
use crate::knowledge::providers::{self, Provider, TagMeaning};
use crate::knowledge::trackers::{self, Certainty};
use crate::lint::Registry;
use crate::message::tags::Role;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};
use std::ops;

/// Providers of a merge tag that are named.
const MOST: usize = 4;

/// What is known at `position`; nothing where nothing is.
pub(super) fn hover(
    insight: &Insight,
    text: &Text,
    position: Position,
    encoding: Encoding,
    registry: &Registry,
) -> Option<Hover> {
    let offset = text.offset(position, encoding);
    let covers = |span: &ops::Range<usize>| span.start <= offset && offset < span.end.max(span.start + 1);
    let mut parts: Vec<String> = Vec::new();
    let mut range: Option<Range> = None;
    let mut say = |part: String, at: Range| {
        parts.push(part);
        range.get_or_insert(at);
    };
    if let Some(tag) = insight.seen.tags.iter().find(|tag| covers(&tag.span)) {
        say(of_tag(tag, &insight.seen), text.range(tag.span.clone(), encoding));
    }
    // what a tag becomes is said of the tag
    let mut links = insight.seen.links.iter().rev().filter(|link| link.kind != LinkKind::RenderedByTag);
    if let Some(link) = links.find(|link| covers(&link.span)) {
        say(of_link(link), text.range(link.span.clone(), encoding));
    }
    let mut told: Vec<&str> = Vec::new();
    for found in insight.at(Range::new(position, position)) {
        let lint = found.diagnostic.lint;
        if !told.contains(&lint) {
            told.push(lint);
            say(registry.find(lint).map_or("", |(_, lint)| lint.page).trim().to_owned(), found.range);
        }
    }
    let value = parts.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    range.map(|range| Hover { contents, range: Some(range) })
}

fn of_tag(tag: &SeenTag, seen: &Seen) -> String {
    let preferred = seen.provider.map(|provider| provider.id.as_str());
    let meaning = providers::tag_meaning(&tag.text, preferred).filter(|_| tag.role != Role::Comment);
    let mut lines = vec![format!("merge tag {}", code(&tag.text)), does(tag.role).to_owned()];
    lines.extend(meaning.map(|meaning| format!("it stands for {}", stands_for(meaning))));
    let owners = meaning.map(|meaning| providers::owners_of_tag(&tag.text, meaning)).unwrap_or_default();
    lines.extend(named(&owners).map(|names| format!("it is in the list of {names}")));
    if let Some(provider) = seen.provider {
        let what = if provider.engine { "template engine" } else { "provider" };
        lines.push(format!("the {what} here is {}", provider.name));
    }
    lines.join("  \n")
}

fn named(owners: &[&Provider]) -> Option<String> {
    let mut names: Vec<String> = owners.iter().take(MOST).map(|owner| owner.name.to_string()).collect();
    if owners.len() > MOST {
        names.push(format!("{} more", owners.len() - MOST));
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) })
}

fn does(role: Role) -> &'static str {
    match role {
        Role::Output => "it leaves a value behind",
        Role::Open => "it opens a block",
        Role::Middle => "it stands inside a block",
        Role::Close => "it closes a block",
        Role::Control => "it does something and leaves nothing behind",
        Role::Include => "it brings in content that is not here",
        Role::Comment => "it is a comment, which is not mailed",
    }
}

fn stands_for(meaning: TagMeaning) -> &'static str {
    match meaning {
        TagMeaning::Unsubscribe => "the way to unsubscribe",
        TagMeaning::Preferences => "the way to change what is sent",
        TagMeaning::WebVersion => "the same mail in a browser",
        TagMeaning::PostalAddress => "the sender's postal address",
        TagMeaning::OpenPixel => "the image that tells that the mail was opened",
        TagMeaning::Subject => "the subject",
        TagMeaning::From => "the sender",
        TagMeaning::Recipient => "something about the recipient",
    }
}

fn of_link(link: &SeenLink) -> String {
    let mut lines = vec![match (&link.domain, &link.host) {
        (Some(domain), _) if link.own => format!("link to {}, a domain of the sender's own", code(domain)),
        (Some(domain), _) => format!("link to {}", code(domain)),
        (None, Some(host)) => format!("link to {}, which has no registrable domain", code(host)),
        (None, None) => format!("link {}", code(&link.href)),
    }];
    if link.kind != LinkKind::Anchor {
        lines.push(format!("it is {}", what(link.kind)));
    }
    lines.push(format!("it is taken for {}", purpose(link.role)));
    let tracker = trackers::link(&link.href).click.filter(|tracker| tracker.certainty >= Certainty::Medium);
    match tracker {
        Some(tracker) => lines.push(format!("it leads through a click tracker of {}", tracker.name)),
        None if link.tracked => lines.push("it leads through the click tracker of this mail".to_owned()),
        None => {}
    }
    if link.host.as_deref().is_some_and(domains::is_shortener) {
        lines.push("its host shortens links: where it leads can't be seen".to_owned());
    }
    lines.extend(trackers::destination(&link.href).map(|target| format!("it leads on to {}", code(&target))));
    lines.join("  \n")
}

fn what(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Anchor => "an anchor",
        LinkKind::Bound => "an anchor whose target a template engine sets",
        LinkKind::Area => "an area of an image",
        LinkKind::PseudoElement => "an element of the provider's own",
        LinkKind::Vml => "a shape for Outlook",
        LinkKind::Form => "the target of a form",
        LinkKind::BareUrl => "an address in running text",
        LinkKind::RenderedByTag => "a merge tag that becomes a link",
    }
}

fn purpose(role: LinkRole) -> &'static str {
    match role {
        LinkRole::Content => "content: to read, to buy, to see",
        LinkRole::Unsubscribe => "the way to unsubscribe",
        LinkRole::Preferences => "the way to change what is sent",
        LinkRole::WebVersion => "the same mail in a browser",
        LinkRole::Privacy => "the privacy policy",
        LinkRole::Common => "a social network, a map, an app store or the like",
    }
}
