//! Everything that leads away from the message: anchors, areas, VML, forms, bare URLs in plain text.

mod collect;
mod host;
mod look;
mod role;
mod spots;

pub use host::Host;
pub use look::LinkLook;
pub use role::LinkRole;

use super::Facts;
use crate::knowledge::trackers::{self, Tracker};
use crate::knowledge::words::{self, Hit};
use crate::message::Spot;
use crate::message::html::ElementId;
use crate::message::list_header;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// What makes it a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `<a href>`, or an element of MJML that has one.
    Anchor,
    /// An anchor whose target a template engine sets: `<a th:href>`, `<a :href>`, `<a asp-action>`, `<a {{ attributes }}>`.
    Bound,
    /// `<area href>` of an image map.
    Area,
    /// A provider's pseudo-element: `<unsubscribe>`.
    PseudoElement,
    /// `href` of a VML shape in a conditional comment.
    Vml,
    /// `<form action>`.
    Form,
    /// A URL in running text.
    BareUrl,
    /// A merge tag in running text that renders a whole link: `{% unsubscribe %}`.
    RenderedByTag,
}

/// A link.
#[derive(Debug)]
pub struct Link {
    /// Index in `message.bodies` (and in `facts.prose()`).
    pub body: usize,
    /// What makes it a link.
    pub kind: LinkKind,
    /// Its element, if it has one (not for bare URLs, nor inside conditional comments).
    pub element: Option<ElementId>,
    /// The start tag, or the URL itself.
    pub spot: Spot,
    /// The target: the attribute's value; the URL; empty where there is no `href`.
    pub target: Spot,
    /// The target as text, entities decoded, trimmed, with tags as they are written. Links rewritten by a receiver's
    /// filter are unwrapped.
    pub href: String,
    /// The host of the target.
    pub host: Host,
    /// Bytes of its registrable domain, at the end of its name; 0 if it has none.
    domain: usize,
    /// What its URL is by its shape, once somebody has asked.
    seen: OnceCell<trackers::Seen>,
    /// The range of the body's prose inside it; empty where it has no text.
    pub text: Range<usize>,
    /// Its words: text, `alt` of images in it, `title`, `aria-label`; separated by blanks.
    pub label: String,
    /// What they mean, once somebody has asked.
    said: OnceCell<Vec<Hit>>,
    /// What the link is for.
    pub role: LinkRole,
    /// CSS hides it.
    pub hidden: bool,
}

impl Link {
    /// The registrable domain of its host, where it is known.
    pub fn registrable(&self) -> Option<&str> {
        let (Host::Known(name) | Host::Under(name)) = &self.host else { return None };
        name.len().checked_sub(self.domain).and_then(|at| name.get(at..)).filter(|domain| !domain.is_empty())
    }

    /// The click tracker that it leads through, by the shape of its URL.
    pub fn tracker(&self) -> Option<Tracker> {
        self.seen().click
    }

    /// The phrases in its label.
    pub fn said(&self) -> &[Hit] {
        self.said.get_or_init(|| words::find(&self.label))
    }

    /// What its URL is, by its shape.
    fn seen(&self) -> &trackers::Seen {
        self.seen.get_or_init(|| trackers::link(&self.href))
    }

    /// The scheme of the target in lower case, `https`; empty where there is none.
    pub fn scheme(&self) -> &str {
        let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let end = self.href.bytes().position(|byte| !is_of_scheme(&byte)).unwrap_or(self.href.len());
        if self.href.as_bytes().get(end) == Some(&b':') { &self.href[..end] } else { "" }
    }

    /// It leads to a page: http, https, without scheme, or unknown.
    pub fn is_web(&self) -> bool {
        if self.host.name().is_some() {
            return true;
        }
        let scheme = self.scheme();
        scheme.is_empty() || scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    }

    /// The port that is written in the target, if it is not the scheme's own.
    pub fn port(&self) -> Option<u16> {
        self.host.name()?;
        // behind the colon of the scheme there is one before a port
        memchr::memchr_iter(b':', self.href.as_bytes()).nth(1)?;
        url::Url::parse(&self.href).ok()?.port()
    }

    /// No page: `htp://brand.com`, a slip of the pen for a scheme; `https://brand,com` and `https://a b.com`, a host that is none.
    pub fn is_malformed(&self) -> bool {
        if self.host.name().is_some_and(|name| memchr::memchr3(b',', b';', b'!', name.as_bytes()).is_none()) {
            return false;
        }
        let Some((scheme, place)) = self.href.split_once("://") else { return false };
        let scheme = scheme.to_ascii_lowercase();
        if scheme == "http" || scheme == "https" {
            let host = place.split(['/', '?', '#']).next().unwrap_or_default();
            let is_wrong = |c: char| matches!(c, ',' | ';' | '!' | ' ');
            let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-') || is_wrong(c);
            // what else stands there may be a merge tag of a kind that nobody knows
            return host.contains(is_wrong) && host.chars().all(is_of_host);
        }
        // the letters of `http`, in a number or an order that makes no other word: `ssh` is one
        let is_of_https = |byte: u8| matches!(byte, b'h' | b't' | b'p' | b's');
        (3..=7).contains(&scheme.len())
            && scheme.starts_with('h')
            && scheme.contains('p')
            && scheme.bytes().all(is_of_https)
    }

    /// It opens a mail.
    pub fn is_mail(&self) -> bool {
        self.scheme().eq_ignore_ascii_case("mailto")
    }

    /// Both its words and its target are unknown: it may be anything.
    pub fn is_opaque(&self) -> bool {
        let words = self.label.chars().any(char::is_alphanumeric);
        self.host == Host::Unknown && !words && self.label.contains(super::prose::TAG_VALUE)
    }
}

impl Facts<'_> {
    /// Nothing but blanks stands before the text of `link` on its line or in its block.
    pub fn begins_line(&self, link: &Link) -> bool {
        const FAR: usize = 1_000;
        let before = self.prose()[link.body].text.get(..link.text.start).unwrap_or_default();
        // a line of signs that is longer is no line that somebody wrote
        let mut line = before.chars().rev().take(FAR).take_while(|c| !matches!(*c, '\n' | super::PROSE_BREAK));
        !line.any(char::is_alphanumeric)
    }
}

/// Collects the links of all bodies and decides what each is for; the flag says that there are more of them.
pub(super) fn all(facts: &Facts<'_>) -> (Vec<Link>, bool) {
    let (mut links, surplus) = collect::all(facts);
    let out = ways_out_of_headers(facts);
    let role_at = |index: usize| {
        let link: &Link = &links[index];
        match out.contains(&link.href) {
            true => LinkRole::Unsubscribe,
            false => role::of(facts, link, room(facts, &links, index)),
        }
    };
    let roles: Vec<_> = (0..links.len()).map(role_at).collect();
    for (link, role) in links.iter_mut().zip(roles) {
        link.role = role;
    }
    (links, surplus)
}

/// The pages and mails of List-Unsubscribe: whatever a link says that leads to the same, it leads out. Not a whole site, nor a bare address, to which
/// many links lead.
fn ways_out_of_headers(facts: &Facts<'_>) -> HashSet<String> {
    let uris = list_header::uris_of(facts.message, "List-Unsubscribe").into_iter().map(|(_, uri)| uri.uri);
    let leads_to_page = |uri: &String| match uri.split_once("://") {
        Some((_, place)) => {
            place.split_once(['/', '?']).is_some_and(|(_, page)| !page.trim_start_matches(['?', '#']).is_empty())
        }
        None => uri.contains('?'),
    };
    uris.filter(leads_to_page).collect()
}

/// What of the prose of its body lies between the links before and behind the link at `index`.
fn room(facts: &Facts<'_>, links: &[Link], index: usize) -> Range<usize> {
    let body = links[index].body;
    let is_text =
        |link: &&Link| !link.text.is_empty() && !matches!(link.kind, LinkKind::Form | LinkKind::RenderedByTag);
    let before = links[..index].iter().rev().take_while(|link| link.body == body).take(8).find(is_text);
    let behind = links[index + 1..].iter().take_while(|link| link.body == body).take(8).find(is_text);
    let start = before.map_or(0, |link| link.text.end);
    start..behind.map_or(facts.prose()[body].text.len(), |link| link.text.start)
}
