//! Links that only the sender's own network or machine can follow.

use super::{Facts, Link, LinkKind};
use crate::knowledge::address_space;
use crate::knowledge::domains::{self, TrialHost};
use std::collections::HashSet;

/// Why nobody else can open a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// An address of a private network, or of the machine itself.
    Address,
    /// A name that is known only inside.
    Name,
    /// A name of one word.
    SingleLabel,
    /// A file on the sender's machine.
    File,
    /// Where the sender tries things out.
    Trial(TrialHost),
}

impl Facts<'_> {
    /// The sender is a placeholder: the mail is an example as a whole.
    pub fn is_example(&self) -> bool {
        self.sender().and_then(|sender| sender.host.as_deref()).is_some_and(domains::is_placeholder)
    }

    /// Why readers can't open `link`; `None` where they can, or nobody can know.
    pub fn beyond_reach(&self, link: &Link) -> Option<Beyond> {
        if link.kind == LinkKind::RenderedByTag {
            return None;
        }
        let beyond = self.beyond_by_address(link)?;
        // asked last: of nearly all links it need not be asked
        (!self.is_bound(link)).then_some(beyond)
    }

    fn beyond_by_address(&self, link: &Link) -> Option<Beyond> {
        if link.scheme().eq_ignore_ascii_case("file") || is_path_of_windows(&link.href) {
            return Some(Beyond::File);
        }
        let host = link.host.name().filter(|_| link.is_web())?;
        let beyond = (*self.of_host(host).beyond.get_or_init(|| beyond(self, host)))?;
        (!is_spoken_of(self, link, host)).then_some(beyond)
    }

    /// Readers can't follow the way out `link`, and no trial run explains why.
    pub fn is_way_out_private(&self, link: &Link) -> bool {
        !self.settings.internal_audience
            && self.beyond_reach(link).is_some_and(|beyond| !matches!(beyond, Beyond::Trial(_)))
    }
}

/// What is written where a target is still to be put in, and what programs write that have none: in lower case, without brackets, `-` and `_` as
/// blanks.
const WORDS_FOR_TARGETS: [&str; 18] = [
    "todo",
    "tbd",
    "tba",
    "link",
    "url",
    "href",
    "undefined",
    "null",
    "none",
    "nan",
    "insert link",
    "insert url",
    "insert link here",
    "insert url here",
    "link here",
    "url here",
    "your link",
    "your url",
];

impl Facts<'_> {
    /// A word stands where the target of a link should, in a mail that is done: `TODO`, `[LINK]`, `undefined`. A template may put the target in its
    /// place.
    pub fn is_word_for_target(&self, href: &str) -> bool {
        let inside = href.trim_matches(['[', ']', '{', '}', '<', '>', '(', ')']);
        let word = || inside.to_ascii_lowercase().replace(['-', '_'], " ");
        // `<base href>` makes a page of any word
        let has_base = || self.html_bodies().any(|(_, _, document)| document.named(&["base"]).next().is_some());
        let is_word = || inside.len() <= 16 && WORDS_FOR_TARGETS.contains(&word().as_str());
        self.is_rendered() && (is_word() || is_constant(inside)) && !has_base()
    }
}

/// `UNSUBSCRIBE_URL`.
fn is_constant(word: &str) -> bool {
    let is_of_it = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    (4..=40).contains(&word.len()) && word.trim_matches('_').contains('_') && word.bytes().all(is_of_it)
}

/// `C:\flyer.pdf`, `\\server\flyer.pdf`.
fn is_path_of_windows(href: &str) -> bool {
    match href.as_bytes() {
        [b'\\', b'\\', first, ..] => first.is_ascii_alphanumeric(),
        [drive, b':', b'\\', ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The reader's own machine, shown as such: "then open http://localhost:3000".
fn is_spoken_of(facts: &Facts<'_>, link: &Link, host: &str) -> bool {
    let own = host == "localhost"
        || address_space::address(host).is_some_and(|address| address.is_loopback() || address.is_unspecified());
    let prose = &facts.prose()[link.body];
    let shown = prose.text.get(link.text.clone()).unwrap_or_default().contains(host);
    own && shown && (link.kind != LinkKind::BareUrl || !facts.begins_line(link))
}

fn beyond(facts: &Facts<'_>, host: &str) -> Option<Beyond> {
    if let Some(address) = address_space::address(host) {
        return address_space::is_private(&address).then_some(Beyond::Address);
    }
    // `http://https://brand.com` has no host at all
    let known = facts.of_host(host);
    if known.is_placeholder || matches!(host, "http" | "https") {
        return None;
    }
    if known.is_private_name {
        // A mail from there is an example, or stays inside.
        let inside = facts.sender().and_then(|sender| sender.host.as_deref()).is_some_and(domains::is_private_name);
        return (!inside).then_some(Beyond::Name);
    }
    // Other marks than these belong to the tags of some provider: `http://-unsubscribe-`, `http://__url__`.
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !host.contains('.') {
        let word =
            host.bytes().all(is_word) && host.starts_with(|c: char| c.is_ascii_lowercase()) && !host.ends_with('-');
        return word.then_some(Beyond::SingleLabel);
    }
    let trial = domains::trial(host)?;
    let domain = domains::registrable(host)?;
    let own = facts.parties().own.contains(domain)
        || facts.is_own_domain(host)
        || facts.usual.get_or_init(|| usual_domains(facts)).contains(domain);
    own.then_some(Beyond::Trial(trial))
}

/// The domains that the mail leads to by their usual name: bare, or with `www.`.
fn usual_domains(facts: &Facts<'_>) -> HashSet<String> {
    let hosts = facts.links().iter().filter_map(|link| link.host.name());
    hosts.map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned()).collect()
}
