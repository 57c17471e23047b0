//! Links to an unusual port.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::{address_space, domains};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "odd-port-link",
    summary: "link to a port other than 80, 443 and 8080",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("odd_port_link.md"),
    check,
};

/// As many hosts as are reported.
const MOST: usize = 50;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(&str, u16)> = Vec::new();
    for link in facts.links().iter().filter(|link| link.is_web()) {
        let (Some(host), Some(port)) = (link.host.name(), link.port()) else { continue };
        let private = address_space::address(host).is_some_and(|address| address_space::is_private(&address))
            || domains::is_private_name(host)
            || !host.contains(['.', ':']);
        if matches!(port, 80 | 443 | 8080) || private || seen.len() == MOST || seen.contains(&(host, port)) {
            continue;
        }
        seen.push((host, port));
        findings
            .report(facts.port_spot(link), format!("the link leads to port {port} of `{host}`"))
            .label("many companies let nobody out to this port")
            .because("a link to another port than 80, 8080 and 443 raises the spam score where the filter \"URL redirect to other port\" is on", sources::ASF)
            .help("serve the page on port 443: `https://` without a number");
    }
}
