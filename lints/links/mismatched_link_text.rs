//! Links whose text names another domain than the one they lead to.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Host, Link, LinkKind, PROSE_TAG};
use crate::knowledge::domains::CommonHost;
use crate::knowledge::{domains, trackers};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use std::ops::Range;
use url::Url;

pub static LINT: Lint = Lint {
    name: "mismatched-link-text",
    summary: "link whose text names another domain than it leads to",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("mismatched_link_text.md"),
    check,
};

/// As many pairs of domains as are reported.
const MOST: usize = 50;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(String, &str)> = Vec::new();
    for link in facts.links().iter().filter(|link| link.kind == LinkKind::Anchor && !link.text.is_empty()) {
        let (Host::Known(host), Some(target)) = (&link.host, link.registrable()) else { continue };
        let prose = &facts.prose()[link.body];
        let Some((range, said)) = named_domain(&prose.text, link.text.clone()) else { continue };
        if is_explained(facts, link, host, &said, target) || prose.is_hidden(range.start) {
            continue;
        }
        let pair = (said, target);
        if seen.len() == MOST || seen.contains(&pair) {
            continue;
        }
        findings
            .report(prose.spot(range), format!("the link says `{}` and leads to `{}`", pair.0, pair.1))
            .label("what readers see")
            .also(facts.host_spot(link), "where they end up")
            .because("links should be what they seem; text that names another domain is what filters know phishing by", sources::LINKS_AS_THEY_SEEM)
            .help("write what is behind the link (\"our new bags\"), or link to the domain that the text names")
            .help(format!("if both are yours, say so in presend.toml: own-domains = [\"{}\", \"{}\"]", pair.0, pair.1));
        seen.push(pair);
    }
}

/// Something makes it no deception: a click tracker, one party behind both, a redirect that names its destination.
fn is_explained(facts: &Facts<'_>, link: &Link, host: &str, said: &str, target: &str) -> bool {
    let leads_on_to_it = || {
        let destination = trackers::destination(&link.href).and_then(|url| Url::parse(&url).ok());
        destination.is_some_and(|url| url.host_str().and_then(domains::registrable).is_some_and(|other| facts.are_one_party(other, said)))
    };
    let own = || facts.is_own_domain(said) && facts.is_own_domain(target);
    // facebook.com and fb.com, twitter.com and x.com
    let same_service = || domains::common(said).is_some_and(|kind| domains::common(host) == Some(kind));
    // instagram.com/nordwind.coffee
    let is_profile = || domains::common(host) == Some(CommonHost::Social) && names_profile(&link.href, said);
    facts.are_one_party(said, target)
        || is_profile()
        || facts.is_tracked(link)
        || own()
        || same_service()
        || domains::is_placeholder(said)
        || domains::is_placeholder(host)
        || leads_on_to_it()
}

/// A part of the path is `name`, as networks call a profile.
fn names_profile(href: &str, name: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    path.split('/').skip(3).any(|part| part.trim_start_matches('@').eq_ignore_ascii_case(name))
}

/// The place and the registrable domain of the URL in a link's text, or of the domain that is all of it.
fn named_domain(prose: &str, text: Range<usize>) -> Option<(Range<usize>, String)> {
    let whole = prose.get(text.clone())?;
    // every domain has a dot in it, and few labels have one
    if memchr::memchr(b'.', whole.as_bytes()).is_none() || whole.contains(PROSE_TAG) {
        return None;
    }
    let mut words = whole.split_whitespace();
    let word = match (words.clone().count(), words.next()) {
        (1, Some(word)) => word,
        // Among other words only what can be nothing but a URL.
        (2..=12, _) => whole.split_whitespace().find(|word| is_url(bare(word)))?,
        _ => return None,
    };
    // "@nordwind.coffee" is somebody's name in a network
    if word.split(char::is_alphanumeric).next().is_some_and(|before| before.ends_with(['@', '＠'])) {
        return None;
    }
    let word = bare(word);
    let start = text.start + (word.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let domain = domain_of(word)?;
    Some((start..start + word.len(), domain))
}

/// Without brackets and punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

fn is_url(word: &str) -> bool {
    let begins = |start: &str| word.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    begins("http://") || begins("https://") || begins("www.")
}

/// Endings of files that are top-level domains as well.
const FILES: [&str; 14] = ["ai", "app", "cc", "md", "mov", "net", "pl", "ps", "py", "rs", "sc", "sh", "so", "zip"];

fn domain_of(word: &str) -> Option<String> {
    if word.contains('@') || !word.contains('.') {
        return None;
    }
    let lower = word.to_lowercase();
    let url = if lower.contains("://") { lower.clone() } else { format!("http://{lower}") };
    let url = Url::parse(&url).ok()?;
    let host = url.host_str()?;
    let domain = domains::registrable(host)?;
    // `README.md`, `ASP.NET`: a name of two parts that may be a file's or a product's.
    let plain = !is_url(word) && word.split('.').count() == 2 && !word.contains('/');
    let ending = word.rsplit('.').next().unwrap_or_default();
    let is_file = plain && FILES.contains(&ending.to_lowercase().as_str()) && (ending != "net" || word.contains(char::is_uppercase));
    let is_product = plain && ending.chars().all(char::is_uppercase);
    // `Sale.Now`: a sentence ends there. `10.am`, `v2.0.io`: a time, a version.
    let is_sentence = !is_url(word) && ending.starts_with(char::is_uppercase) && ending.contains(char::is_lowercase);
    let label = domain.split('.').next().unwrap_or_default();
    let is_number = !is_url(word) && label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit());
    (!is_file && !is_product && !is_sentence && !is_number).then(|| domain.to_owned())
}
