//! Buttons and advertisements that lead all over the place.

use crate::sort;
use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Link, LinkKind, LinkLook, LinkRole};
use crate::knowledge::trackers::Certainty;
use crate::lint::{Finding, Findings, Lint};
use crate::lints::sources;
use std::collections::BTreeSet;

pub static LINT: Lint = Lint {
    name: "scattered-link-domains",
    summary: "links lead through several click trackers, or to many unrelated domains",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("scattered_link_domains.md"),
    check,
};

/// So many domains that nothing explains are too many.
const TOO_MANY: usize = 3;

/// A mail whose text links lead to so many domains is a digest of what others wrote.
const DIGEST: usize = 5;

/// As many domains as are counted; more make it no worse.
const COUNTED: usize = 50;

/// As many domains as are pointed at.
const SHOWN: usize = 4;

/// Links that lead one way.
struct Way<'f> {
    /// A domain, or the name of a click tracker.
    name: &'f str,
    links: Vec<&'f Link>,
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    let trackers = trackers_of(facts);
    if trackers.len() > 1 {
        report_trackers(facts, findings, &trackers);
        return;
    }
    // Most links go one way: through one tracker, or to one site.
    if !trackers.is_empty() || facts.clicks().leading.is_some() {
        return;
    }
    let domains = unrelated(facts);
    if domains.len() >= TOO_MANY {
        report_domains(facts, findings, &domains);
    }
}

/// The click trackers of the mail by their families, the one with the most links first.
fn trackers_of<'f>(facts: &'f Facts<'_>) -> Vec<Way<'f>> {
    let mut ways: Vec<(&str, Way<'f>)> = Vec::new();
    for link in facts.links().iter().filter(|link| is_followed(link)) {
        let Some(tracker) = link.tracker().filter(|tracker| tracker.certainty == Certainty::High) else { continue };
        match ways.iter_mut().find(|(family, _)| *family == tracker.family) {
            Some((_, way)) => way.links.push(link),
            None => ways.push((tracker.family, Way { name: tracker.name, links: vec![link] })),
        }
    }
    sort::by_key(&mut ways, |(_, way)| std::cmp::Reverse(way.links.len()));
    ways.into_iter().map(|(_, way)| way).collect()
}

/// The registrable domains that buttons and pictures lead to and nothing explains, in the order of their first link.
fn unrelated<'f>(facts: &'f Facts<'_>) -> Vec<Way<'f>> {
    let mut ways: Vec<Way<'f>> = Vec::new();
    let content = facts.links().iter().filter(|link| is_followed(link) && link.role == LinkRole::Content && link.kind != LinkKind::BareUrl);
    for link in content.filter(|link| matches!(facts.look_of(link), LinkLook::Button | LinkLook::Picture)) {
        let (Some(host), Some(domain)) = (link.host.name(), link.registrable()) else { continue };
        let known = facts.of_host(host);
        let foreign = known.common.is_none()
            && !known.is_placeholder
            && !known.is_reserved
            && !known.is_shortener
            && !facts.is_own_domain(host)
            && !facts.is_explained_domain(domain);
        if !foreign {
            continue;
        }
        let full = ways.len() == COUNTED;
        match ways.iter_mut().find(|way| facts.are_one_party(way.name, domain)) {
            Some(way) => way.links.push(link),
            None if full => {}
            None => ways.push(Way { name: domain, links: vec![link] }),
        }
    }
    ways
}

/// A link that a reader follows to something.
fn is_followed(link: &Link) -> bool {
    let kind = matches!(link.kind, LinkKind::Anchor | LinkKind::Area | LinkKind::Vml | LinkKind::BareUrl);
    kind && link.is_web() && !link.hidden
}

fn report_trackers(facts: &Facts<'_>, findings: &mut Findings, ways: &[Way<'_>]) {
    let names: Vec<String> = ways.iter().map(|way| way.name.to_owned()).collect();
    let first = ways[1].links[0];
    let finding = findings.report(
        facts.host_spot(first),
        format!("the links lead through {} click trackers: {}", ways.len(), names.join(", ")),
    );
    finding.label(format!("a click tracker of {}", ways[1].name));
    for way in ways[2..].iter().take(SHOWN - 1) {
        finding.also(facts.host_spot(way.links[0]), format!("a click tracker of {}", way.name));
    }
    finding.also(facts.host_spot(ways[0].links[0]), format!("the others lead through {}", ways[0].name));
    reason(finding).help("count clicks in one place: let all links lead through the tracker of your provider, or none");
}

fn report_domains(facts: &Facts<'_>, findings: &mut Findings, ways: &[Way<'_>]) {
    let finding = findings.report(
        facts.host_spot(ways[0].links[0]),
        format!("buttons and pictures lead to {} unrelated domains", ways.len()),
    );
    finding.label(format!("`{}`", ways[0].name));
    for way in ways[1..].iter().take(SHOWN - 1) {
        finding.also(facts.host_spot(way.links[0]), format!("`{}`", way.name));
    }
    let list: Vec<String> = ways.iter().map(|way| format!("\"{}\"", way.name)).collect();
    reason(finding)
        .help("let them lead through one domain, or write them as text links of a digest")
        .help(format!("if these are partners, say so in presend.toml: partner-domains = [{}]", list.join(", ")))
        .soften_if(facts.settings.digest || is_digest(facts));
}

fn reason(finding: &mut Finding) -> &mut Finding {
    finding.because("redirects should be similar and consistent, and not multiple and varied: advertisements, unsubscribe and profile links should point to the same domain", sources::TRANSPARENT)
}

/// Text links lead to many domains: what others wrote is what the mail is about.
fn is_digest(facts: &Facts<'_>) -> bool {
    let text = facts.links().iter().filter(|link| is_followed(link) && link.role == LinkRole::Content && facts.look_of(link) == LinkLook::Text);
    text.filter_map(|link| link.registrable()).collect::<BTreeSet<_>>().len() >= DIGEST
}
