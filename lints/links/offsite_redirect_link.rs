//! Links on the sender's own domain that carry the address of somebody else's page.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Link};
use crate::knowledge::{domains, trackers};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "offsite-redirect-link",
    summary: "link on the sender's own domain that passes readers on to another",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("offsite_redirect_link.md"),
    check,
};

/// As many pairs of domains as are reported.
const MOST: usize = 50;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(&str, String)> = Vec::new();
    for link in facts.links() {
        let Some((own, destination)) = passes_on(facts, link) else { continue };
        let pair = (own, destination);
        if seen.len() == MOST || seen.contains(&pair) {
            continue;
        }
        let (own, destination) = &pair;
        let place = trackers::destination_parameter(&link.href).map_or(link.target, |name| facts.parameter_spot(link, &name));
        findings
            .report(place, format!("the link to `{own}` passes readers on to `{destination}`"))
            .label("the page that readers end on")
            .because("redirects should be similar and consistent, and not multiple and varied", sources::TRANSPARENT)
            .note("a page that passes on to any address is an open redirect: others use it to hide where their links lead")
            .help(format!("link to the page at `{destination}` itself"))
            .help(format!("if it belongs to you or to a partner, say so in presend.toml: partner-domains = [\"{destination}\"]"));
        seen.push(pair);
    }
}

/// The sender's own domain, and the registrable domain of another that the link leads on to.
fn passes_on<'f>(facts: &'f Facts<'_>, link: &'f Link) -> Option<(&'f str, String)> {
    let own = link.registrable()?;
    let is_own = facts.parties().own.contains(own) || facts.is_own_domain(own) || facts.clicks().leading.as_deref() == Some(own);
    if !is_own || facts.is_tracked(link) {
        return None;
    }
    let destination = trackers::destination(&link.href)?;
    let destination = url::Url::parse(&destination).ok()?;
    let host = destination.host_str()?;
    let other = domains::registrable(host)?;
    let explained = facts.are_one_party(own, other) || facts.is_explained_domain(other) || facts.is_own_domain(host);
    (!explained && domains::common(host).is_none() && !domains::is_placeholder(host)).then(|| (own, other.to_owned()))
}
