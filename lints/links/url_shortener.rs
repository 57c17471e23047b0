//! Links through a public URL shortener.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Link};
use crate::lint::{Findings, Lint};
use crate::lints::grouping::grouped;
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
    let public = |link: &'_ &Link| link.host.name().is_some_and(|host| facts.of_host(host).is_shortener && !facts.is_own_domain(host));
    let links = facts.links().iter().filter(public);
    for (host, links) in grouped(links.map(|link| (link.host.name().unwrap_or_default(), link))) {
        let finding = findings.report(facts.host_spot(links[0]), format!("the link leads through the public shortener `{host}`"));
        finding.label("nobody can see where this leads");
        let mut seen = vec![&links[0].href];
        for link in &links {
            if seen.len() == SHOWN || seen.contains(&&link.href) {
                continue;
            }
            seen.push(&link.href);
            finding.also(facts.host_spot(link), "and this");
        }
        finding
            .because("redirects should be similar and consistent; a shortener's domain is shared with everybody who hides a link behind it", sources::TRANSPARENT)
            .help("link to the page itself: in HTML nobody sees how long the address is");
    }
}
