//! What a link is for: by the merge tag or the mark of a provider, by its words, by its URL, by the sentence around it.

use super::{Link, LinkKind};
use crate::facts::Facts;
use crate::facts::prose::{Prose, TAG_VALUE};
use crate::knowledge::providers::{self, TagMeaning};
use crate::knowledge::words::{self, Hit, Meaning};
use crate::knowledge::{domains, trackers};
use crate::message::BodyContent;

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

pub(super) fn of(facts: &Facts<'_>, link: &Link) -> LinkRole {
    by_mark(facts, link).or_else(|| by_words(facts, link)).unwrap_or_else(|| by_host(link))
}

/// What the provider's own tags and attributes say.
fn by_mark(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let preferred = facts.settings.provider.as_deref();
    let body = &facts.message.bodies[link.body];
    let text = facts.message.view(body.view).text();
    let inside = |span: crate::source::ViewSpan| span.overlaps(link.target.span) && !link.target.span.is_empty();
    let from_tags = body
        .tags
        .iter()
        .filter(|tag| inside(tag.span))
        .filter_map(|tag| providers::tag_meaning(&text[tag.span.range()], preferred))
        .find_map(role_of_tag);
    // A tag that a mailer has percent-encoded is no tag to the scanner.
    let from_encoded = || {
        let encoded = link.href.contains("%7B")
            || link.href.contains("%7b")
            || link.href.contains("%7C")
            || link.href.contains("%7c");
        encoded.then(|| providers::tag_meaning(&link.href, preferred)).flatten().and_then(role_of_tag)
    };
    from_tags.or_else(from_encoded).or_else(|| by_element(facts, link)).or_else(|| by_known_href(link, preferred))
}

fn by_element(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let BodyContent::Html(document) = &facts.message.bodies[link.body].content else { return None };
    let element = document.element(link.element?);
    let attributes: Vec<_> = element.attributes().collect();
    let mut pairs = attributes.iter().map(|attribute| (&*attribute.name, &*attribute.value));
    providers::element_meaning(element.name(), &mut pairs).and_then(|(meaning, _)| role_of_tag(meaning))
}

/// Loose tokens that are the whole target (`href="[unsubscribe]"`, `href="%UNSUBSCRIBELINK%"`) can be nothing else.
fn by_known_href(link: &Link, preferred: Option<&str>) -> Option<LinkRole> {
    let bare = link.href.strip_prefix("https://").or_else(|| link.href.strip_prefix("http://")).unwrap_or(&link.href);
    let delimited = bare.starts_with(['[', '%', '{', '$', '#', '*', '<', '-', '@']) && bare.len() > 2;
    delimited.then(|| providers::tag_meaning(bare, preferred)).flatten().and_then(role_of_tag)
}

fn role_of_tag(meaning: TagMeaning) -> Option<LinkRole> {
    match meaning {
        TagMeaning::Unsubscribe => Some(LinkRole::Unsubscribe),
        TagMeaning::Preferences => Some(LinkRole::Preferences),
        TagMeaning::WebVersion => Some(LinkRole::WebVersion),
        _ => None,
    }
}

fn by_words(facts: &Facts<'_>, link: &Link) -> Option<LinkRole> {
    let prose = &facts.prose()[link.body];
    let hint = url_hint(link);
    if link.kind == LinkKind::BareUrl {
        return hint.or_else(|| by_words_before(prose, link));
    }
    let hits = words::find(&link.label);
    if let Some(role) = by_label(&link.label, &hits, hint) {
        return Some(role);
    }
    hint.or_else(|| by_sentence(prose, link, &hits))
}

fn url_hint(link: &Link) -> Option<LinkRole> {
    if !(link.is_web() || link.is_mail()) || link.href.is_empty() {
        return None;
    }
    if let Some(role) = trackers::management(&link.href).and_then(role_of_tag) {
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
fn by_label(label: &str, hits: &[Hit], hint: Option<LinkRole>) -> Option<LinkRole> {
    let strong = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
    let any = |meaning| hits.iter().any(|hit| hit.meaning == meaning);
    let about_leaving = strong(Meaning::Unsubscribe);
    if about_leaving && (hint == Some(LinkRole::Unsubscribe) || !is_about_unsubscribing(label, hits)) {
        return Some(LinkRole::Unsubscribe);
    }
    if any(Meaning::Unsubscribe) && hint == Some(LinkRole::Unsubscribe) {
        return Some(LinkRole::Unsubscribe);
    }
    if strong(Meaning::Preferences) {
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

/// A headline about unsubscribing ("Why people unsubscribe, and what to do about it") is something to read, no way out:
/// it has many words beside the phrase.
fn is_about_unsubscribing(label: &str, hits: &[Hit]) -> bool {
    let covered: usize = hits
        .iter()
        .filter(|hit| {
            matches!(
                hit.meaning,
                Meaning::Unsubscribe | Meaning::UnsubscribeWeak | Meaning::Preferences | Meaning::MailingNoun
            )
        })
        .map(|hit| count_words(&label[hit.range.clone()]))
        .sum();
    let beside = count_words(label).saturating_sub(covered);
    beside > 8 || beside > 1 && is_headline(label)
}

/// Words with which articles, not links in a footer, begin or go on.
fn is_headline(label: &str) -> bool {
    const CUES: [&str; 34] = [
        "how",
        "why",
        "what",
        "when",
        "who",
        "which",
        "reasons",
        "ways",
        "tips",
        "guide",
        "rate",
        "rates",
        "people",
        "customers",
        "subscribers",
        "readers",
        "study",
        "report",
        "best",
        "wie",
        "warum",
        "weshalb",
        "gründe",
        "tipps",
        "pourquoi",
        "comment",
        "conseils",
        "cómo",
        "por",
        "consejos",
        "come",
        "perché",
        "hoe",
        "waarom",
    ];
    label.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).take(12).any(|word| {
        let word = word.to_lowercase();
        CUES.contains(&word.as_str())
    })
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// "here", "this link", a word of the sentence: the sentence around says what for.
fn by_sentence(prose: &Prose, link: &Link, hits: &[Hit]) -> Option<LinkRole> {
    if link.text.is_empty() || matches!(link.kind, LinkKind::Form) {
        return None;
    }
    let other = [Meaning::Privacy, Meaning::WebVersion, Meaning::Preferences];
    if hits.iter().any(|hit| other.contains(&hit.meaning)) || domains::common(link.host.name().unwrap_or("")).is_some()
    {
        return None;
    }
    let words = count_words(&link.label);
    let generic =
        words <= 4 || hits.iter().any(|hit| matches!(hit.meaning, Meaning::Unsubscribe | Meaning::UnsubscribeWeak));
    if !generic || link.label.contains(TAG_VALUE) {
        return None;
    }
    let sentence = prose.sentence_around(link.text.start).range;
    let near = near(&prose.text, sentence, &link.text);
    let about = |meaning| prose.hits_in(near.clone(), meaning).any(|hit| !hit.weak || overlaps(&hit.range, &link.text));
    let weak_here = hits.iter().any(|hit| matches!(hit.meaning, Meaning::Unsubscribe | Meaning::UnsubscribeWeak));
    let points = weak_here || is_pointing(&link.label);
    (points && about(Meaning::Unsubscribe)).then_some(LinkRole::Unsubscribe)
}

fn overlaps(one: &std::ops::Range<usize>, other: &std::ops::Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// A label that only points: one or two words, or an address.
fn is_pointing(label: &str) -> bool {
    count_words(label) <= 3 || label.contains("://") || label.contains('@')
}

/// At most 200 bytes before and 120 behind the link, inside the sentence.
fn near(text: &str, sentence: std::ops::Range<usize>, link: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(sentence.start.max(link.start.saturating_sub(200)).min(link.start));
    let end = floor(sentence.end.min(link.end + 120).max(link.end).min(text.len()));
    start..end
}

/// A URL in running text: the words just before it, on its line or the one above, say what for.
fn by_words_before(prose: &Prose, link: &Link) -> Option<LinkRole> {
    let block = prose.block_around(link.text.start);
    let mut start = block.start.max(link.text.start.saturating_sub(240));
    while !prose.text.is_char_boundary(start) {
        start -= 1;
    }
    // Another URL in between: the words before that one are about it.
    let before = &prose.text[start..link.text.start];
    if let Some(at) = before.rfind("://") {
        start += at + 3 + before[at + 3..].find(char::is_whitespace).unwrap_or(0);
    }
    let last = |meaning| {
        prose.hits_in(start..link.text.start, meaning).filter(|hit| !hit.weak).last().map(|hit| hit.range.end)
    };
    let roles = [
        (Meaning::Unsubscribe, LinkRole::Unsubscribe),
        (Meaning::Preferences, LinkRole::Preferences),
        (Meaning::Privacy, LinkRole::Privacy),
        (Meaning::WebVersion, LinkRole::WebVersion),
    ];
    roles
        .into_iter()
        .filter_map(|(meaning, role)| Some((last(meaning)?, role)))
        .max_by_key(|(end, _)| *end)
        .map(|(_, role)| role)
}

fn by_host(link: &Link) -> LinkRole {
    let host = link.host.name().unwrap_or("");
    match domains::common(host) {
        Some(_) if trackers::click(&link.href).is_none() => LinkRole::Common,
        _ => LinkRole::Content,
    }
}
