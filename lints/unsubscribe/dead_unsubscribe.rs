//! A way out that leads nowhere.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Dead, Facts, OptOutWay};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "dead-unsubscribe",
    summary: "opt-out that leads nowhere",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("dead_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let dead: Vec<_> = facts.optouts().iter().filter_map(|optout| Some((optout, facts.dead(optout)?))).collect();
    let Some((_, why)) = dead.first() else { return };
    let places = dead.iter().map(|(optout, _)| match (optout.way, optout.link) {
        (OptOutWay::Tag, _) | (_, None) => optout.spot,
        (_, Some(link)) if facts.links()[link].href.is_empty() => optout.spot,
        (_, Some(link)) => facts.links()[link].target,
    });
    let places: Vec<_> = places.collect();
    let (message, label, help) = words(why);
    let finding = findings.report(places[0], message);
    finding
        .label(label)
        .because("marketing mail needs a functional unsubscribe link", sources::HIGH_VOLUME)
        .help(help);
    for (place, (_, why)) in places.iter().zip(&dead).skip(1).take(3) {
        finding.also(*place, words(why).1);
    }
    finding.soften_if(!facts.is_rendered());
}

fn words(why: &Dead) -> (String, String, &'static str) {
    match why {
        Dead::Empty => (
            "the unsubscribe link has no target".to_owned(),
            "`href` is empty".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Dead::Nowhere => (
            "the unsubscribe link leads nowhere".to_owned(),
            "a place that the mail does not have".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Dead::Script => (
            "the unsubscribe link is a script, which no mail program runs".to_owned(),
            "does nothing when clicked".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Dead::Reserved(host) => (
            format!("the unsubscribe link leads to `{host}`, which readers can't reach"),
            "a name reserved for examples and tests".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Dead::Tag(tag) => (
            format!("the unsubscribe link was not filled in: `{}` is left", short(tag)),
            "a merge tag, as it was in the template".to_owned(),
            "see how the system that sends the mail writes this tag, and send a test again",
        ),
    }
}

fn short(tag: &str) -> String {
    let line: String = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 40 { line.chars().take(39).chain(['…']).collect() } else { line }
}
