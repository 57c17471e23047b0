//! Links to a number instead of a name.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::address_space;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "ip-address-link",
    summary: "link to a numeric address",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("ip_address_link.md"),
    check,
};

/// As many addresses as are reported.
const MOST: usize = 50;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<&str> = Vec::new();
    for link in facts.links().iter().filter(|link| link.is_web()) {
        let Some(host) = link.host.name() else { continue };
        // A private one is `private-link`'s.
        let Some(address) = address_space::address(host).filter(|address| !address_space::is_private(address)) else { continue };
        if seen.len() == MOST || seen.contains(&host) {
            continue;
        }
        seen.push(host);
        let place = facts.host_spot(link);
        let written = &facts.message.view(place.view).text()[place.span.range()];
        let finding = findings.report(place, format!("the link leads to the numeric address `{address}`"));
        finding.label("a number tells nobody whose page this is");
        if written != host && !written.contains('/') {
            finding.note(format!("`{written}` is another way to write `{address}`; filters know it as a way to hide it"));
        }
        finding
            .because("a numeric address in a link raises the spam score where the filter \"Numeric IP address in URL\" is on", sources::ASF)
            .help("link to a name below your own domain");
    }
}
