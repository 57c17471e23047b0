//! Links over plain HTTP.

use crate::diagnostic::Level;
use crate::facts::{Facts, Link};
use crate::knowledge::address_space;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "insecure-link",
    summary: "link over plain http",
    level: Level::Allow,
    standards: &[],
    since: "0.1.0",
    page: include_str!("insecure_link.md"),
    check,
};

/// As many links as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let links: Vec<&Link> = facts.links().iter().filter(|link| is_insecure(facts, link)).collect();
    let Some(first) = links.first() else { return };
    let message = match links.len() {
        1 => "the link leads to a page over plain `http`".to_owned(),
        count => format!("{count} links lead to pages over plain `http`"),
    };
    let finding = findings.report(first.target, message);
    finding.label("anybody on the way can read and change what comes");
    for link in links.iter().take(SHOWN).skip(1) {
        finding.also(link.target, "and here");
    }
    finding
        .because("what is not encrypted is watched and changed on the way", sources::WATCHING)
        .help("write `https://`, where the site answers to it");
}

/// Over HTTP to a public host; what leads nowhere is said elsewhere.
fn is_insecure(facts: &Facts<'_>, link: &Link) -> bool {
    let public = |host: &str| {
        let known = facts.of_host(host);
        let leads_nowhere = known.is_reserved || known.is_placeholder || known.is_private_name;
        host.contains('.') && !leads_nowhere && address_space::address(host).is_none()
    };
    link.scheme().eq_ignore_ascii_case("http") && link.host.name().is_some_and(public)
}
