//! A campaign that gives its readers no way to unsubscribe.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{Facts, Link, LinkRole, OptOut, OptOutWay, count_words};
use crate::knowledge::suggested_words;
use crate::knowledge::table::Text;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::{BodyContent, Spot};
use std::collections::{BTreeSet, HashSet};

pub static LINT: Lint = Lint {
    name: "missing-unsubscribe",
    summary: "campaign that gives its readers no way to unsubscribe",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("missing_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // Nothing at all is `empty-message`'s.
    if !facts.purpose().may_be_bulk() || facts.is_blank() {
        return;
    }
    let only_in_text = only_in_text(facts);
    if !facts.optouts().is_empty() && only_in_text.is_none() {
        return;
    }
    // Only preferences: `preferences-only-unsubscribe` says so.
    if facts.has_link(LinkRole::Preferences) {
        return;
    }
    if let Some(why) = facts.optout_elsewhere() {
        findings.silent(why);
        return;
    }
    let Some(body) = facts.main_body() else { return };
    let place = facts.end_of_text(body);
    let (insertion, footer) = footer(facts, body);
    let bulk = facts.purpose().is_bulk();
    let message = match only_in_text {
        None => "readers get no way to unsubscribe",
        Some(_) => "readers get no way to unsubscribe: it stands only in the text alternative, which hardly anybody sees",
    };
    let finding = findings.report(place, message);
    if let Some(optout) = only_in_text {
        finding.also(optout.spot, "the one in the text");
    }
    finding.label("a link to unsubscribe is missing here").because(
        "marketing emails, especially newsletters, should always include a way of unsubscribing",
        sources::UNSUBSCRIBE,
    );
    if bulk {
        finding.note(format!("taken for a campaign because {}", facts.purpose().because));
    } else {
        finding.note("nothing tells whether this is a campaign: `--purpose transactional` says that it is none");
    }
    finding
        .help("put a link that needs no login at the end of the message")
        .suggest("add a footer", Applicability::HasPlaceholders, insertion, footer)
        .soften_if(!bulk);
}

/// Words that the HTML has at least beside which a text alternative is read by few.
const HTML_WORDS: usize = 20;

/// The first way out, if all of them stand in text alternatives of HTML that says something, has none, and no link that may be one: to the same place,
/// of a picture without words, or to a mailbox, where the text asks for a mail.
fn only_in_text<'f>(facts: &'f Facts<'_>) -> Option<&'f OptOut> {
    let optouts = facts.optouts();
    let first = optouts.first()?;
    let beside: Option<BTreeSet<usize>> = optouts.iter().map(|optout| facts.html_beside(optout.body).next()).collect();
    let beside = beside?;
    let targets: HashSet<&str> =
        optouts.iter().filter_map(|optout| Some(facts.links()[optout.link?].href.as_str())).collect();
    let by_mail = optouts.iter().any(|optout| matches!(optout.way, OptOutWay::Mail | OptOutWay::MailSentence));
    let may_be_it = |link: &Link| {
        let is_mute = !link.label.contains(char::is_alphanumeric);
        targets.contains(link.href.as_str()) || is_mute || by_mail && link.is_mail()
    };
    let has_none = |html: usize| !facts.links().iter().any(|link| link.body == html && may_be_it(link));
    let says_something = |html: usize| count_words(&facts.prose()[html].text) >= HTML_WORDS;
    // of a part that can't be decoded nobody knows what it held
    let is_whole = facts.transfer_faults().is_empty();
    (is_whole && beside.into_iter().any(|html| has_none(html) && says_something(html))).then_some(first)
}

/// The footer to add, in the provider's dialect, and where.
fn footer(facts: &Facts<'_>, body: usize) -> (Spot, String) {
    let insertion = facts.end_of_body(body);
    let label = suggested_words::of(facts.language()).unsubscribe;
    let footer = match &facts.message.bodies[body].content {
        BodyContent::Plain => format!("\n\n{label}: https://YOUR-DOMAIN/UNSUBSCRIBE\n"),
        BodyContent::Html(document) => {
            // a mail that is filled in already has no more use for a merge tag
            let provider = facts.provider().provider.filter(|_| !facts.is_rendered());
            let own = provider.and_then(|provider| provider.footer).map(Text::as_str);
            let footer = own.unwrap_or("<p><a href=\"https://YOUR-DOMAIN/UNSUBSCRIBE\">Unsubscribe</a></p>");
            let footer = footer.replace(">Unsubscribe<", &format!(">{label}<"));
            match document.is_mjml() {
                true => format!("<mj-section><mj-column><mj-text>{footer}</mj-text></mj-column></mj-section>\n"),
                false => footer + "\n",
            }
        }
    };
    (insertion, footer)
}
