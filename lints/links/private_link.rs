//! Links that only work in the sender's own network.

use crate::diagnostic::Level;
use crate::facts::{Beyond, Facts, Link, LinkRole};
use crate::knowledge::domains::TrialHost;
use crate::lint::{Findings, Lint};
use crate::lints::grouping::grouped;
use crate::lints::sources;
use crate::message::Spot;

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

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.settings.internal_audience {
        return;
    }
    let found = facts.links().iter().filter_map(|link| {
        let (host, reason, spot) = found(facts, link)?;
        Some((host, (reason, spot)))
    });
    for (host, links) in grouped(found) {
        let (reason, first) = &links[0];
        let message = match reason {
            Beyond::File => "the link leads to a file on the sender's own machine".to_owned(),
            Beyond::Trial(_) => format!("the link leads to `{host}`, where a site is tried out"),
            _ => format!("the link leads to `{host}`, which only your own network knows"),
        };
        let finding = findings.report(*first, message);
        finding.label(match reason {
            Beyond::Address => "a private address",
            Beyond::Name => "a name that is kept for private networks",
            Beyond::SingleLabel => "a name of one word is none on the internet",
            Beyond::File => "readers do not have this file",
            Beyond::Trial(_) => "not the site that readers know",
        });
        for (_, spot) in links.iter().take(SHOWN).skip(1) {
            finding.also(*spot, "and here");
        }
        match reason {
            Beyond::File => {
                finding.because("a `file:` address names a file on the machine that reads it", sources::FILE_URI)
            }
            Beyond::Trial(_) => {
                finding.because("readers should know what happens when they follow a link", sources::LINKS_AS_THEY_SEEM)
            }
            _ => finding.because(
                "private addresses and names mean nothing outside of the network that uses them",
                sources::PRIVATE_ADDRESSES,
            ),
        };
        finding
            .help("link to the public address of the page")
            .help("if all readers are in your own network, say so in presend.toml: audience = \"internal\"")
            .soften_if(
                !facts.is_rendered() && !facts.message.is_mail()
                    || matches!(reason, Beyond::Trial(TrialHost::Development)),
            );
    }
}

/// What only the sender's network knows: the host, why, and where.
fn found<'f>(facts: &'f Facts<'_>, link: &'f Link) -> Option<(&'f str, Beyond, Spot)> {
    let beyond = facts.beyond_reach(link)?;
    // `dead-unsubscribe` says so.
    if link.role == LinkRole::Unsubscribe && facts.is_way_out_private(link) {
        return None;
    }
    match beyond {
        Beyond::File => Some((&link.href, beyond, link.target)),
        _ => Some((link.host.name()?, beyond, facts.host_spot(link))),
    }
}
