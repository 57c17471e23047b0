//! The click trackers of this mail: hosts through which its links lead, whatever their destinations are.

use super::{Facts, Link, LinkKind, LinkRole};
use crate::knowledge::trackers::{self, Certainty};
use crate::message::{list_header, tags};
use std::collections::HashMap;

/// Where most links lead first.
#[derive(Debug, Default)]
pub struct Clicks {
    /// Hosts that redirect: that of List-Unsubscribe, and one that carries most links with addresses nobody can read.
    redirecting: Vec<String>,
    /// The registrable domain of the host that carries at least 70 % of the links to content.
    pub leading: Option<String>,
}

/// A host that carries this share of the links to content is the mail's own way, in percent.
const MOST: usize = 70;

/// Fewer links show no habit.
const ENOUGH: usize = 3;

pub(super) fn of(facts: &Facts<'_>) -> Clicks {
    let mut clicks = Clicks { redirecting: of_headers(facts), leading: None };
    let to_content = facts.links().iter().filter(|link| leads_to_content(link));
    let links: Vec<_> = to_content.filter_map(|link| Some((link.host.name()?, link.href.as_str()))).collect();
    let mut hosts: HashMap<&str, usize> = HashMap::new();
    for (host, _) in &links {
        *hosts.entry(host).or_default() += 1;
    }
    let most = hosts.into_iter().find(|(_, count)| *count >= ENOUGH && count * 100 >= links.len() * MOST);
    if let Some((host, count)) = most {
        clicks.leading = crate::knowledge::domains::registrable(host).map(str::to_owned);
        let of_host = links.iter().filter(|(other, _)| *other == host);
        // when more than half of them can be read, it is no redirector
        if of_host.filter(|(_, href)| !is_opaque(href)).nth(count / 2).is_none() {
            clicks.redirecting.push(host.to_owned());
        }
    }
    clicks
}

/// Hosts of List-Unsubscribe; not the sender's own site, which redirects nobody.
fn of_headers(facts: &Facts<'_>) -> Vec<String> {
    let uris = list_header::uris_of(facts.message, "List-Unsubscribe");
    let hosts = uris.iter().filter_map(|(_, uri)| Some(url::Url::parse(&uri.uri).ok()?.host_str()?.to_owned()));
    let is_site = |host: &str| {
        let bare = host.strip_prefix("www.").unwrap_or(host);
        facts.parties().own.contains(bare)
    };
    hosts.filter(|host| !is_site(host)).collect()
}

/// A link to read, to buy, to see.
fn leads_to_content(link: &Link) -> bool {
    let kind = matches!(link.kind, LinkKind::Anchor | LinkKind::Area | LinkKind::Vml | LinkKind::BareUrl);
    kind && link.role == LinkRole::Content && link.is_web()
}

impl Facts<'_> {
    /// `link` leads through a click tracker: one whose shape is known, or this mail's own. What it leads to can't be seen from here.
    pub fn is_tracked(&self, link: &Link) -> bool {
        let known = || link.tracker().is_some_and(|tracker| tracker.certainty >= Certainty::Medium);
        let own = || link.host.name().is_some_and(|host| self.clicks().redirecting.iter().any(|known| known == host));
        link.is_web() && (own() || known())
    }
}

/// Words in the paths of redirectors; any other word says that a page has this name.
const REDIRECTING_WORDS: [&str; 20] = [
    "click",
    "clicks",
    "clicked",
    "track",
    "tracking",
    "tracker",
    "redirect",
    "redir",
    "link",
    "links",
    "forward",
    "open",
    "goto",
    "visit",
    "mail",
    "email",
    "campaign",
    "newsletter",
    "servlet",
    "http",
];

/// Nobody can read from it where it leads: a merge tag, a long token, or another link in it, and no word that names a page.
fn is_opaque(href: &str) -> bool {
    if trackers::destination(href).is_some() {
        return true;
    }
    let rest = href.split_once("://").map_or(href, |(_, rest)| rest);
    let Some((_, rest)) = rest.split_once(['/', '?']) else { return false };
    if !tags::scan(rest, false, &Default::default()).is_empty() {
        return true;
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let readable = path.split('/').any(names_a_page);
    let values = query
        .split('&')
        .filter(|pair| !pair.starts_with("utm_"))
        .map(|pair| pair.split_once('=').map_or(pair, |pair| pair.1));
    let redirects = path.split('/').any(is_redirecting);
    !readable && path.split('/').chain(values).any(|part| is_token(part) || redirects && is_identifier(part))
}

/// `summer-collection`, `shoes`: letters only, no word of redirectors.
fn names_a_page(segment: &str) -> bool {
    let segment = segment.split('.').next().unwrap_or(segment);
    let mut words = segment.split(['-', '_']);
    let is_word =
        |word: &str| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && word.len() < 20;
    segment.len() < 80 && words.any(|word| is_word(word) && !is_redirecting(word))
}

fn is_redirecting(word: &str) -> bool {
    REDIRECTING_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Letters and digits mixed, longer than the number of an article.
fn is_token(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let letters = segment.bytes().filter(u8::is_ascii_alphabetic).count();
    segment.len() >= 12 && digits >= 2 && letters >= 2
}

/// A number of a campaign or a link, a short token: telling only behind `click` or `track`.
fn is_identifier(segment: &str) -> bool {
    segment.bytes().filter(u8::is_ascii_digit).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::is_opaque;

    #[test]
    fn what_nobody_can_read() {
        for href in [
            "https://click.brand.com/?qs=8f2c0e77a1b2c3d4e5f60718",
            "https://t.brand.com/c/5f2A9xQ7b1LmZ0",
            "https://brand.com/r?id={{ link.id }}",
            "https://brand.com/redirect?url=https%3A%2F%2Fother.com",
            "https://go.brand.com/track/click/30012/x8Jq2Lm4Pz",
        ] {
            assert!(is_opaque(href), "{href}");
        }
        for href in [
            "https://brand.com",
            "https://brand.com/shoes?utm_content=a1b2c3d4e5f6a7b8",
            "https://brand.com/autumn-sale?mc_eid=1a2b3c4d5e6f",
            "https://brand.com/p/1234567890123",
            "https://brand.com/2026/10/a",
        ] {
            assert!(!is_opaque(href), "{href}");
        }
    }
}
