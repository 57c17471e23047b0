//! Finds the links of each body.

use super::{Host, Link, LinkKind, LinkRole};
use crate::config::limits::Limit;
use crate::facts::cover::Cover;
use crate::facts::prose::{BLOCK_BREAK, Prose, TAG_VALUE};
use crate::facts::{Facts, hollow, meaning, mjml};
use crate::knowledge::trackers;
use crate::knowledge::words::Meaning;
use crate::message::html::{Attribute, Document, Element, Node};
use crate::message::tags::{Role, Tag};
use crate::message::{Body, BodyContent, Spot};
use crate::sort;
use crate::source::ViewSpan;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;

/// Bytes of the words of a link that are read, and what stands in it that is looked at: links may hold one another.
const LONGEST_LABEL: usize = 4 << 10;
/// Bytes that a label has room for at first.
const LABEL_ROOM: usize = 32;
const MOST_INSIDE: usize = 1_000;
/// Sites that are kept in mind: the first of a mail, to which most of its links lead.
const SITES: usize = 4;

/// The links, as many as the limit allows, and whether there are more.
pub(super) fn all(facts: &Facts<'_>) -> (Vec<Link>, bool) {
    let mut links = Links { found: Vec::new(), most: facts.settings.limits.of(Limit::Links), surplus: false };
    for (index, (body, prose)) in facts.message.bodies.iter().zip(facts.prose()).enumerate() {
        let tags = Cover::of(body.tags.iter().map(|tag| tag.span.range()));
        let collector = Collector {
            body_index: index,
            body,
            prose,
            tags,
            is_rendered: facts.is_rendered(),
            sites: RefCell::default(),
        };
        let first = links.found.len();
        match &body.content {
            BodyContent::Plain => collector.bare_urls(first, &mut links),
            BodyContent::Html(document) => {
                collector.elements(document, &mut links);
                collector.conditionals(document, first, &mut links);
                collector.bare_urls(first, &mut links);
            }
        }
        collector.rendered_tags(first, &mut links);
        sort::by_key(&mut links.found[first..], |link| link.spot.span);
    }
    (links.found, links.surplus)
}

/// What was found, and how much of it there may be.
struct Links {
    found: Vec<Link>,
    most: usize,
    surplus: bool,
}

impl Links {
    /// Whether there is room for one more.
    fn has_room(&mut self) -> bool {
        self.surplus |= self.found.len() >= self.most;
        !self.surplus
    }
}

struct Collector<'f> {
    body_index: usize,
    body: &'f Body<'f>,
    prose: &'f Prose,
    /// Where the body's merge tags are.
    tags: Cover,
    /// What looks like a merge tag is left over.
    is_rendered: bool,
    /// Sites that targets before led to: most of them lead to the same ones.
    sites: RefCell<Vec<Site>>,
}

/// A host with all that stands before it, on which no receiver's filter works.
struct Site {
    /// `https://brand.com/`
    start: String,
    lead: Lead,
}

/// The host that a target leads to, and how long its registrable domain is.
#[derive(Clone)]
struct Lead {
    host: Host,
    domain: usize,
}

impl Site {
    /// The site of `href`, if it is as plain as nearly all are: a merge tag may go on in the path, but does not begin before it.
    fn of(href: &str, lead: &Lead) -> Option<Self> {
        let host = Host::plain(href).filter(|host| *host == lead.host)?;
        let name = host.name().filter(|name| !trackers::is_receiver(name))?;
        let start = ["https://", "http://"].into_iter().find_map(|scheme| {
            let behind = href.strip_prefix(scheme)?.strip_prefix(name)?;
            behind.starts_with('/').then(|| format!("{scheme}{name}/"))
        })?;
        Some(Self { start, lead: lead.clone() })
    }

    /// Where `href` leads to, if it is on the same site.
    fn lead_of(&self, href: &str) -> Option<Lead> {
        href.starts_with(&self.start).then(|| self.lead.clone())
    }
}

impl Lead {
    fn of(href: &str) -> Self {
        let host = host_of(href);
        let domain = host.registrable().map_or(0, str::len);
        Self { host, domain }
    }
}

impl Collector<'_> {
    fn elements(&self, document: &Document, links: &mut Links) {
        for element in document.elements() {
            let (kind, name) = match element.name() {
                "a" | "button" => (LinkKind::Anchor, "href"),
                name if mjml::may_link(name) && !mjml::is_default(element) => (LinkKind::Anchor, "href"),
                "area" => (LinkKind::Area, "href"),
                "form" => (LinkKind::Form, "action"),
                "unsubscribe" | "preferences" | "webversion" | "forwardtoafriend" | "resubscribe" => {
                    (LinkKind::PseudoElement, "href")
                }
                _ => continue,
            };
            let target = element.attribute(name);
            if !links.has_room() {
                break;
            }
            if target.is_none() && element.name() == "a" {
                links.found.extend(self.without_target(document, element));
                continue;
            }
            let marked = kind == LinkKind::Anchor && marked_by_provider(element);
            if target.is_none() && kind != LinkKind::PseudoElement && !marked {
                continue;
            }
            links.found.push(self.link(document, element, kind, target));
        }
    }

    /// An anchor without `href` that is a link for all that: a provider or a template engine sets its target, or its words promise a way out,
    /// and somebody has forgotten the target.
    fn without_target(&self, document: &Document, element: Element<'_>) -> Option<Link> {
        if marked_by_provider(element) {
            return Some(self.link(document, element, LinkKind::Anchor, None));
        }
        if let Some(binding) = hollow::binding(element) {
            let mut link = self.link(document, element, LinkKind::Bound, Some(binding));
            link.host = Host::Unknown;
            return Some(link);
        }
        if !self.is_rendered && hollow::has_tag_for_attributes(&self.body.tags, element) {
            let mut link = self.link(document, element, LinkKind::Bound, None);
            link.host = Host::Unknown;
            return Some(link);
        }
        let is_place = ["id", "name", "onclick"].iter().any(|name| element.attribute(name).is_some());
        let may_be_tagged = !self.is_rendered && self.tags.overlaps(element.span().range());
        if is_place || may_be_tagged {
            return None;
        }
        let link = self.link(document, element, LinkKind::Anchor, None);
        let leaves = link.said().iter().any(|hit| hit.meaning == Meaning::Unsubscribe && !hit.weak);
        leaves.then_some(link)
    }

    /// VML shapes and anchors that only Outlook reads, unless they repeat a link that everybody has.
    fn conditionals(&self, document: &Document, first: usize, links: &mut Links) {
        let own = links.found.len();
        let mut seen: Option<HashSet<String>> = None;
        for conditional in document.conditionals() {
            for element in conditional.document.elements() {
                let Some(target) = element.attribute("href").filter(|href| !href.value.trim().is_empty()) else {
                    continue;
                };
                let href = clean(&target.value);
                let is_link = element.name().starts_with("v:") || matches!(element.name(), "a" | "area");
                let known = || links.found[first..].iter().map(|link| link.href.clone()).collect();
                if is_link && !seen.get_or_insert_with(known).contains(&href) {
                    if !links.has_room() {
                        break;
                    }
                    let mut link = self.link(&conditional.document, element, LinkKind::Vml, Some(target));
                    link.element = None;
                    link.label = conditional_label(&conditional.document, element);
                    seen.get_or_insert_default().insert(link.href.clone());
                    links.found.push(link);
                }
            }
        }
        sort::by_key(&mut links.found[own..], |link| link.spot.span);
    }

    fn link(&self, document: &Document, element: Element<'_>, kind: LinkKind, target: Option<Attribute<'_>>) -> Link {
        let view = self.body.view;
        let href = target.as_ref().map_or(String::new(), |target| mjml::resolved(element, clean(&target.value)));
        let (href, Lead { host, domain }) = self.unwrapped(href, || original(element));
        let target_span = target.as_ref().map_or(ViewSpan::at(element.span().end), |target| target.value_span);
        let text = if kind == LinkKind::Vml { 0..0 } else { self.prose.range_of(inside(element)) };
        Link {
            body: self.body_index,
            kind,
            element: Some(element.id),
            spot: Spot { view, span: element.span() },
            target: Spot { view, span: target_span },
            host,
            domain,
            label: if kind == LinkKind::Form { self.buttons(element) } else { self.label(element, text.clone()) },
            href,
            text,
            role: LinkRole::default(),
            seen: OnceCell::new(),
            said: OnceCell::new(),
            hidden: document.style(element).hidden,
        }
    }

    /// The target that a receiver's filter has rewritten, as it was, and where it leads to; `noted` is what the filter itself says that it was.
    fn unwrapped(&self, href: String, noted: impl FnOnce() -> Option<String>) -> (String, Lead) {
        let mut sites = self.sites.borrow_mut();
        if let Some(lead) = sites.iter().find_map(|site| site.lead_of(&href)) {
            return (href, lead);
        }
        let href = match trackers::unwrap_receiver(&href) {
            Some(inner) => noted().unwrap_or(inner),
            None => href,
        };
        let lead = Lead::of(&href);
        if sites.len() < SITES {
            sites.extend(Site::of(&href, &lead));
        }
        (href, lead)
    }

    /// Text, `alt`, `title` and `aria-label`, separated by blanks.
    fn label(&self, element: Element<'_>, text: std::ops::Range<usize>) -> String {
        let text = &self.prose.text[text];
        let mut label = String::with_capacity(text.len().clamp(LABEL_ROOM, LONGEST_LABEL));
        // a break between blocks is a blank
        add_words(&mut label, &text[..text.floor_char_boundary(LONGEST_LABEL)]);
        spoken(element).for_each(|words| add_words(&mut label, &words));
        for node in element.inside().take(MOST_INSIDE) {
            if let Node::Start(inner) = node {
                spoken(inner).for_each(|words| add_words(&mut label, &words));
            }
        }
        label
    }

    /// The words of a form's buttons: what it is for.
    fn buttons(&self, form: Element<'_>) -> String {
        let mut words = String::new();
        for node in form.inside().take(MOST_INSIDE) {
            let Node::Start(inner) = node else { continue };
            let kind = inner.attribute("type").map_or(String::new(), |kind| kind.value.trim().to_ascii_lowercase());
            match (inner.name(), kind.as_str()) {
                ("button", kind) if kind != "reset" => {
                    add_words(&mut words, &self.label(inner, self.prose.range_of(inside(inner))));
                }
                ("input", "submit" | "image" | "button") => {
                    let value = inner.attribute("value").map(|value| value.value);
                    value.into_iter().chain(spoken(inner)).for_each(|value| add_words(&mut words, &value));
                }
                _ => {}
            }
        }
        words
    }

    /// URLs in running text that stand in no anchor.
    fn bare_urls(&self, first: usize, links: &mut Links) {
        let anchors = Cover::of(links.found[first..].iter().map(|link| link.text.clone()));
        for range in find_urls(&self.prose.text) {
            if anchors.holds(&range) {
                continue;
            }
            if !links.has_room() {
                break;
            }
            let spot = self.prose.spot(range.clone());
            let href = self.prose.text[range.clone()].to_owned();
            let (href, Lead { host, domain }) = self.unwrapped(href, || None);
            links.found.push(Link {
                body: self.body_index,
                kind: LinkKind::BareUrl,
                element: None,
                spot,
                target: spot,
                host,
                domain,
                label: String::new(),
                href,
                hidden: self.prose.is_hidden(range.start),
                text: range,
                role: LinkRole::default(),
                seen: OnceCell::new(),
                said: OnceCell::new(),
            });
        }
    }

    /// Tags in running text that bring a link of their own, or a URL: `{% unsubscribe %}`, `*|UNSUB|*`.
    fn rendered_tags(&self, first: usize, links: &mut Links) {
        let targets = Cover::of(links.found[first..].iter().map(|link| link.target.span.range()));
        for tag in self.body.tags.iter().filter(|tag| !matches!(tag.role, Role::Comment | Role::Close | Role::Middle)) {
            if targets.overlaps(tag.span.range()) || self.is_in_markup(tag) {
                continue;
            }
            if !links.has_room() {
                break;
            }
            let range = self.prose.range_of(tag.span);
            links.found.push(Link {
                body: self.body_index,
                kind: LinkKind::RenderedByTag,
                element: None,
                spot: Spot { view: self.body.view, span: tag.span },
                target: Spot { view: self.body.view, span: tag.span },
                href: String::new(),
                host: Host::Unknown,
                domain: 0,
                label: String::new(),
                hidden: !range.is_empty() && self.prose.is_hidden(range.start),
                text: range,
                role: LinkRole::default(),
                seen: OnceCell::new(),
                said: OnceCell::new(),
            });
        }
    }

    /// The tag stands in an attribute other than a target: it brings no link.
    fn is_in_markup(&self, tag: &Tag) -> bool {
        match &self.body.content {
            BodyContent::Plain => false,
            BodyContent::Html(_) => {
                self.prose.range_of(tag.span).is_empty() && matches!(tag.role, Role::Output | Role::Include)
            }
        }
    }
}

/// `alt`, `title` and `aria-label`.
fn spoken<'d>(element: Element<'d>) -> impl Iterator<Item = Cow<'d, str>> {
    let named = ["alt", "title", "aria-label"].into_iter().filter_map(move |name| element.attribute(name));
    named.map(|attribute| attribute.value)
}

/// Adds the words of `text` to `words`, each behind a blank.
fn add_words(words: &mut String, text: &str) {
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
}

/// A target as browsers read it: without the blanks around it and the line ends in it.
fn clean(value: &str) -> String {
    let value = value.trim();
    if memchr::memchr3(b'\n', b'\r', b'\t', value.as_bytes()).is_none() {
        return value.to_owned();
    }
    value.chars().filter(|character| !matches!(character, '\n' | '\r' | '\t')).collect()
}

/// What a receiver's filter notes of a link that it rewrote.
fn original(element: Element<'_>) -> Option<String> {
    let source = element.attribute("originalsrc")?;
    Some(clean(&source.value)).filter(|source| !source.is_empty())
}

/// An anchor without a target that a provider will fill in: `<a xt="SPOPTOUT">`.
fn marked_by_provider(element: Element<'_>) -> bool {
    meaning::of(element).is_some()
}

/// The words of an element inside a conditional comment.
fn conditional_label(document: &Document, element: Element<'_>) -> String {
    let (mut words, mut read) = (String::new(), 0);
    for node in element.inside().take(MOST_INSIDE) {
        if read > LONGEST_LABEL {
            break;
        }
        if let Node::Text(text) = node {
            let text = document.decode_text(text.span).text;
            read += text.len() + 1;
            add_words(&mut words, &text);
        }
    }
    words
}

fn inside(element: Element<'_>) -> ViewSpan {
    ViewSpan::new(element.span().end, element.extent().end.max(element.span().end))
}

/// The host of a target whose tags are still in it, as they are written or as the prose holds them.
fn host_of(href: &str) -> Host {
    if let Some(plain) = Host::plain(href) {
        return plain;
    }
    let tags = crate::message::tags::scan(href, false, &Default::default());
    let mut unknown: Vec<_> = tags.iter().map(|tag| tag.span.range()).collect();
    unknown.extend(href.match_indices(TAG_VALUE).map(|(at, value)| at..at + value.len()));
    if unknown.is_empty() {
        return Host::of(href, |_| false);
    }
    let unknown = Cover::of(unknown);
    Host::of(href, |at| unknown.overlaps(at..at + 1))
}

/// `http://…`, `https://…`, `www.…` and `mailto:…` in running text, without the punctuation behind them.
fn find_urls(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for at in memchr::memchr2_iter(b':', b'.', bytes) {
        let start = match bytes[at] {
            b':' if bytes[at..].starts_with(b"://") => scheme_start(bytes, at, &[b"https", b"http"]),
            b':' => scheme_start(bytes, at, &[b"mailto"]),
            _ => www_start(bytes, at),
        };
        let Some(start) = start else { continue };
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let end = url_end(text, start);
        if end > at + 3 {
            found.push(start..end);
        }
    }
    found
}

fn scheme_start(bytes: &[u8], colon: usize, schemes: &[&[u8]]) -> Option<usize> {
    schemes.iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len())?;
        let whole_word = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        (whole_word && bytes[start..colon].eq_ignore_ascii_case(scheme)).then_some(start)
    })
}

fn www_start(bytes: &[u8], dot: usize) -> Option<usize> {
    let start = dot.checked_sub(3)?;
    let whole_word = start == 0
        || !matches!(bytes[start - 1], b'/' | b'.' | b'@' | b'-') && !bytes[start - 1].is_ascii_alphanumeric();
    (whole_word && bytes[start..dot].eq_ignore_ascii_case(b"www")).then_some(start)
}

/// URLs end at white space, quotes, angle brackets, and before closing punctuation.
fn url_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stop = |character: char| {
        character.is_whitespace()
            || matches!(character, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '`' | '|')
            || character == BLOCK_BREAK
            || ('\u{3000}'..='\u{9fff}').contains(&character)
    };
    let mut url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '…', '，', '。', '、', '）']);
        let trimmed = match trimmed.strip_suffix([')', ']']) {
            Some(inner) if !inner.contains(['(', '[']) => inner,
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return start + url.len();
        }
        url = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::find_urls;

    #[test]
    fn urls_in_running_text_end_before_punctuation() {
        let urls = |text: &'static str| find_urls(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            urls("See http://a.example/x?y=1, or (https://b.example/z)."),
            ["http://a.example/x?y=1", "https://b.example/z"]
        );
        assert_eq!(urls("<http://a.example/x>"), ["http://a.example/x"]);
        assert_eq!(urls("visit www.brand.com!"), ["www.brand.com"]);
        assert_eq!(urls("mailto:a@b.example?subject=x"), ["mailto:a@b.example?subject=x"]);
        assert_eq!(urls("ratio 3:4, www. nothing"), Vec::<&str>::new());
        assert_eq!(urls("https://en.wikipedia.org/wiki/Mail_(song)"), ["https://en.wikipedia.org/wiki/Mail_(song)"]);
    }
}
