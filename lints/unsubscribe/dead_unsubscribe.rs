//! A way out that leads nowhere.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Dead, Facts, Host, OptOut, OptOutWay};
use crate::knowledge::{domains, providers};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::mailto::Mailto;
use crate::message::tags::{self, Tag};
use crate::message::{Spot, list_header};

pub static LINT: Lint = Lint {
    name: "dead-unsubscribe",
    summary: "opt-out that leads nowhere",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("dead_unsubscribe.md"),
    check,
};

/// Why nobody gets out here.
enum Fault {
    /// It leads nowhere.
    Dead(Dead),
    /// It leads to a host that only the sender's own network knows.
    Private(String),
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let dead: Vec<_> = facts.optouts().iter().filter_map(|optout| Some((optout, fault(facts, optout)?))).collect();
    let Some((_, why)) = dead.first() else {
        look_at_field(facts, findings);
        return;
    };
    let places = dead.iter().map(|(optout, why)| match (optout.way, optout.link) {
        (OptOutWay::Tag, _) | (_, None) => optout.spot,
        (_, Some(link)) if facts.links()[link].href.is_empty() => optout.spot,
        (_, Some(link)) if matches!(why, Fault::Private(..)) => facts.host_spot(&facts.links()[link]),
        (_, Some(link)) => facts.links()[link].target,
    });
    let places: Vec<_> = places.collect();
    let (message, label, help) = words(why);
    let finding = findings.report(places[0], message);
    finding.label(label).because("marketing mail needs a functional unsubscribe link", sources::HIGH_VOLUME).help(help);
    for (place, (_, why)) in places.iter().zip(&dead).skip(1).take(3) {
        finding.also(*place, words(why).1);
    }
    finding.soften_if(!facts.is_rendered());
}

/// What is wrong with the List-Unsubscribe field of a mail that is done: a merge tag is left in it, or it leads to no host that there is.
fn look_at_field(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_rendered() || facts.is_example() || !facts.purpose().may_be_bulk() {
        return;
    }
    let (place, message, label, help) = if let Some((place, tag)) = tag_in_field(facts) {
        let message = format!("the List-Unsubscribe field was not filled in: `{}` is left", short(&tag));
        let help = "see how the system that sends the mail writes this tag, and send a test again";
        (place, message, "a merge tag, as it was in the template", help)
    } else {
        let uris = list_header::uris_of(facts.message, "List-Unsubscribe");
        let reserved: Option<Vec<_>> = uris.iter().map(|(spot, uri)| Some((*spot, reserved_host(&uri.uri)?))).collect();
        let Some((place, host)) = reserved.unwrap_or_default().into_iter().next() else { return };
        let message = format!("the List-Unsubscribe field leads to `{host}`, which nobody can reach");
        (place, message, "a name for examples and tests", "write the address of the page that unsubscribes")
    };
    let finding = findings.report(place, message);
    finding.label(label).because("marketing mail needs a functional unsubscribe link", sources::HIGH_VOLUME).help(help);
}

fn tag_in_field(facts: &Facts<'_>) -> Option<(Spot, String)> {
    facts.message.headers_named("List-Unsubscribe").find_map(|header| {
        let value = facts.message.value(header);
        let is_known = |tag: &Tag| providers::is_known_tag(&value[tag.span.range()], facts.settings.provider.as_deref());
        let tag = tags::scan(value, false, &facts.message.dialect).into_iter().find(is_known)?;
        Some((Spot { view: header.value, span: tag.span }, value[tag.span.range()].to_owned()))
    })
}

/// The host of a URI, where nobody can have it.
fn reserved_host(uri: &str) -> Option<String> {
    let host = match uri.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        Some(_) => Mailto::parse(uri).address.rsplit_once('@').map(|(_, host)| host.to_ascii_lowercase()),
        None => Host::plain(uri).and_then(|host| host.name().map(str::to_owned)),
    };
    host.filter(|host| domains::is_reserved(host) || domains::is_placeholder(host))
}

fn fault(facts: &Facts<'_>, optout: &OptOut) -> Option<Fault> {
    if let Some(dead) = facts.dead(optout) {
        return Some(Fault::Dead(dead));
    }
    let link = optout.link.map(|link| &facts.links()[link])?;
    if matches!(link.href.to_ascii_lowercase().as_str(), "http://" | "https://" | "http:" | "https:") {
        return Some(Fault::Dead(Dead::Nowhere));
    }
    if let Some(host) = link.host.name().filter(|host| domains::is_placeholder(host) && !facts.is_example()) {
        return Some(Fault::Dead(Dead::Reserved(host.to_owned())));
    }
    facts.is_way_out_private(link).then(|| Fault::Private(link.host.name().unwrap_or(&link.href).to_owned()))
}

fn words(why: &Fault) -> (String, String, &'static str) {
    match why {
        Fault::Dead(Dead::Empty) => (
            "the unsubscribe link has no target".to_owned(),
            "no address in `href`".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Fault::Dead(Dead::Nowhere) => (
            "the unsubscribe link leads nowhere".to_owned(),
            "leads to no page".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Fault::Dead(Dead::Script) => (
            "the unsubscribe link is a script, which no mail program runs".to_owned(),
            "does nothing when clicked".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Fault::Dead(Dead::Reserved(host)) => (
            format!("the unsubscribe link leads to `{host}`, which readers can't reach"),
            "a name for examples and tests".to_owned(),
            "write the address of the page that unsubscribes",
        ),
        Fault::Dead(Dead::Tag(tag)) => (
            format!("the unsubscribe link was not filled in: `{}` is left", short(tag)),
            "a merge tag, as it was in the template".to_owned(),
            "see how the system that sends the mail writes this tag, and send a test again",
        ),
        Fault::Private(host) => (
            format!("the unsubscribe link leads to `{host}`, which only your own network knows"),
            "readers can't reach this".to_owned(),
            "write the public address of the page that unsubscribes",
        ),
    }
}

fn short(tag: &str) -> String {
    let line: String = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 40 { line.chars().take(39).chain(['…']).collect() } else { line }
}
