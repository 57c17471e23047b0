//! Links through a public URL shortener.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Link};
use crate::knowledge::domains;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "url-shortener",
    summary: "link through a public URL shortener",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("url_shortener.md"),
    check,
};

/// As many links of one shortener as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut shorteners: Vec<(&str, Vec<&Link>)> = Vec::new();
    for link in facts.links() {
        let Some(host) = link.host.name().filter(|host| domains::is_shortener(host) && !facts.is_own_domain(host)) else {
            continue;
        };
        match shorteners.iter_mut().find(|(known, _)| *known == host) {
            Some((_, links)) if links.iter().any(|before| before.href == link.href) => {}
            Some((_, links)) => links.push(link),
            None => shorteners.push((host, vec![link])),
        }
    }
    for (host, links) in shorteners {
        let finding = findings.report(facts.host_spot(links[0]), format!("the link leads through the public shortener `{host}`"));
        finding.label("nobody can see where this leads");
        for link in links.iter().take(SHOWN).skip(1) {
            finding.also(facts.host_spot(link), "and this");
        }
        finding
            .because("redirects should be similar and consistent; a shortener's domain is shared with everybody who hides a link behind it", sources::TRANSPARENT)
            .help("link to the page itself: in HTML nobody sees how long the address is")
            .help(format!("if this host is yours alone, say so in presend.toml: own-domains = [\"{host}\"]"));
    }
}
