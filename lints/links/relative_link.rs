//! Links and images whose address says no scheme.

use crate::diagnostic::{Applicability, Level};
use crate::facts::{Facts, Host, Link, LinkKind};
use crate::knowledge::domains;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;

pub static LINT: Lint = Lint {
    name: "relative-link",
    summary: "link or image whose address lacks its beginning",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: include_str!("relative_link.md"),
    check,
};

/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // A page on a site has what a mail has not: an address of its own.
    if facts.is_signup_page() {
        return;
    }
    if facts.html_bodies().any(|(_, _, document)| document.named(&["base"]).next().is_some()) {
        return;
    }
    let links = facts.links().iter().filter(|link| is_looked_at(link) && !facts.is_bound(link));
    let links: Vec<(&str, Spot)> = links.filter(|link| is_relative(&link.href)).map(|link| (link.href.as_str(), link.target)).collect();
    let images = facts.images().iter().filter(|image| is_relative(&image.source));
    let images: Vec<(&str, Spot)> = images.map(|image| (image.source.as_str(), image.source_spot)).collect();
    report(findings, &links, "link");
    report(findings, &images, "image");
}

fn report(findings: &mut Findings, found: &[(&str, Spot)], what: &str) {
    let Some(&(address, place)) = found.first() else { return };
    let message = match found.len() {
        1 => format!("the address of the {what} lacks its beginning: `{}`", shortened(address)),
        count => format!("the addresses of {count} {what}s lack their beginning"),
    };
    let finding = findings.report(place, message);
    finding.label("a mail stands on no site: nothing tells where this is");
    for (_, spot) in found.iter().take(SHOWN).skip(1) {
        finding.also(*spot, "and here");
    }
    finding.because("an address without a scheme is relative to that of the page which it stands on", sources::RELATIVE_REFERENCE);
    let mends: [(bool, &str); 3] = [
        (address.contains('@') && !address.contains('/'), "mailto:"),
        (address.starts_with("//"), "https:"),
        (starts_with_host(address), "https://"),
    ];
    match mends.iter().find(|(fits, _)| *fits) {
        Some((_, start)) => finding
            .help(format!("write it whole: `{start}{}`", shortened(address)))
            .suggest("add what is missing", Applicability::MaybeIncorrect, place, format!("{start}{address}")),
        None => finding.help("write the whole address, from `https://` on"),
    };
}

fn is_looked_at(link: &Link) -> bool {
    let kind = matches!(link.kind, LinkKind::Anchor | LinkKind::Area | LinkKind::Vml);
    kind && match &link.host {
        Host::None => true,
        Host::Known(_) => link.href.starts_with("//"),
        Host::Under(_) | Host::Unknown => false,
    }
}

/// A path, a host without its scheme, an address of mail without `mailto:`. Not: a mark in the mail, an address with a scheme, a tag of any
/// provider's or engine's.
fn is_relative(address: &str) -> bool {
    // as nearly all do
    if address.starts_with("https://") || address.starts_with("http://") {
        return false;
    }
    let plain = address.chars().all(|c| c.is_alphanumeric() || "-._~:/?&=+,;@%!() '#".contains(c));
    let head = address.split(['/', '?', '#']).next().unwrap_or(address);
    let has_scheme = address.split_once(':').is_some_and(|(scheme, rest)| {
        let name = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        // `www.brand.com:8080` is a host with its port.
        let port = scheme.contains('.') && rest.starts_with(|c: char| c.is_ascii_digit());
        name && !port
    });
    let token = head.len() > 1 && (head.starts_with('-') || head.starts_with("__") || head.starts_with('%') || head.starts_with("@@") || head.starts_with("##"));
    // A lone word is a token that somebody replaces, or will.
    let word = !address.contains(['.', '/']);
    let escaped = address.match_indices('%').all(|(at, _)| address.as_bytes()[at + 1..].iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count() == 2);
    !address.is_empty() && plain && escaped && !has_scheme && !token && !word && !address.starts_with(['#', '?', ' ', '@', '='])
}

/// `www.brand.com/x`: a host that everybody takes for one; not `index.html`.
fn starts_with_host(address: &str) -> bool {
    let head = address.split(['/', '?', '#', ':']).next().unwrap_or(address).to_ascii_lowercase();
    domains::registrable(&head).is_some()
}

fn shortened(address: &str) -> String {
    match address.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}
