//! Links that only work in the sender's own network.

use crate::diagnostic::Level;
use crate::facts::{Facts, Link, LinkKind, LinkRole};
use crate::knowledge::domains::{self, TrialHost};
use crate::knowledge::address_space;
use crate::lint::{Findings, Lint};
use crate::lints::grouping::grouped;
use crate::lints::sources;
use crate::message::Spot;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "private-link",
    summary: "link that works only in the sender's own network",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: include_str!("private_link.md"),
    check,
};

/// As many links to one host as are pointed at.
const SHOWN: usize = 4;

/// Why nobody else can open it.
#[derive(Clone, Copy)]
enum Reason {
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

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.settings.internal_audience {
        return;
    }
    let usual = usual_domains(facts);
    let found = facts.links().iter().filter_map(|link| {
        let (host, reason, spot) = found(facts, &usual, link)?;
        Some((host, (reason, spot)))
    });
    for (host, links) in grouped(found) {
        let (reason, first) = &links[0];
        let message = match reason {
            Reason::File => "the link leads to a file on the sender's own machine".to_owned(),
            Reason::Trial(_) => format!("the link leads to `{host}`, where a site is tried out"),
            _ => format!("the link leads to `{host}`, which only your own network knows"),
        };
        let finding = findings.report(*first, message);
        finding.label(match reason {
            Reason::Address => "a private address",
            Reason::Name => "a name that is kept for private networks",
            Reason::SingleLabel => "a name of one word is none on the internet",
            Reason::File => "readers do not have this file",
            Reason::Trial(_) => "not the site that readers know",
        });
        for (_, spot) in links.iter().take(SHOWN).skip(1) {
            finding.also(*spot, "and here");
        }
        match reason {
            Reason::File => finding.because("a `file:` address names a file on the machine that reads it", sources::FILE_URI),
            Reason::Trial(_) => finding.because("readers should know what happens when they follow a link", sources::LINKS_AS_THEY_SEEM),
            _ => finding.because("private addresses and names mean nothing outside of the network that uses them", sources::PRIVATE_ADDRESSES),
        };
        finding
            .help("link to the public address of the page")
            .help("if all readers are in your own network, say so in presend.toml: audience = \"internal\"")
            .soften_if(!facts.is_rendered() && !facts.message.is_mail() || matches!(reason, Reason::Trial(TrialHost::Development)));
    }
}

/// What only the sender's network knows: the host, why, and where.
fn found<'f>(facts: &'f Facts<'_>, usual: &HashSet<&str>, link: &'f Link) -> Option<(&'f str, Reason, Spot)> {
    if link.role == LinkRole::Unsubscribe || link.kind == LinkKind::RenderedByTag || facts.is_bound(link) {
        return None;
    }
    if link.scheme().eq_ignore_ascii_case("file") {
        return Some((&link.href, Reason::File, link.target));
    }
    let host = link.host.name().filter(|_| link.is_web())?;
    let reason = reason(facts, usual, host)?;
    (!is_spoken_of(facts, link, host)).then(|| (host, reason, facts.host_spot(link)))
}

/// The reader's own machine, shown as such: "then open http://localhost:3000".
fn is_spoken_of(facts: &Facts<'_>, link: &Link, host: &str) -> bool {
    let own = host == "localhost"
        || address_space::address(host).is_some_and(|address| address.is_loopback() || address.is_unspecified());
    let prose = &facts.prose()[link.body];
    let shown = prose.text.get(link.text.clone()).unwrap_or_default().contains(host);
    own && shown && (link.kind != LinkKind::BareUrl || !facts.begins_line(link))
}

fn reason(facts: &Facts<'_>, usual: &HashSet<&str>, host: &str) -> Option<Reason> {
    if let Some(address) = address_space::address(host) {
        return address_space::is_private(&address).then_some(Reason::Address);
    }
    if domains::is_placeholder(host) {
        return None;
    }
    if domains::is_private_name(host) {
        // A mail from there is an example, or stays inside.
        let inside = facts.sender().and_then(|sender| sender.host.as_deref()).is_some_and(domains::is_private_name);
        return (!inside).then_some(Reason::Name);
    }
    // Other marks than these belong to the tags of some provider: `http://-unsubscribe-`, `http://__url__`.
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !host.contains('.') {
        let word = host.bytes().all(is_word) && host.starts_with(|c: char| c.is_ascii_lowercase()) && !host.ends_with('-');
        return word.then_some(Reason::SingleLabel);
    }
    let trial = domains::trial(host)?;
    let domain = domains::registrable(host)?;
    let own = facts.parties().own.contains(domain) || facts.is_own_domain(host) || usual.contains(domain);
    own.then_some(Reason::Trial(trial))
}

/// The domains that the mail leads to by their usual name: bare, or with `www.`.
fn usual_domains<'f>(facts: &'f Facts<'_>) -> HashSet<&'f str> {
    let hosts = facts.links().iter().filter_map(|link| link.host.name());
    hosts.map(|host| host.strip_prefix("www.").unwrap_or(host)).collect()
}
