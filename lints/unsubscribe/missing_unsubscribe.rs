//! A campaign that gives its readers no way to unsubscribe.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{Facts, LinkRole, PROSE_BREAK};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::{BodyContent, Spot};
use crate::source::ViewSpan;

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
    if !facts.optouts().is_empty() || !facts.purpose().may_be_bulk() {
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
    let Some(body) = main_body(facts) else { return };
    let place = end_of_text(facts, body);
    let (insertion, footer) = footer(facts, body);
    let bulk = facts.purpose().is_bulk();
    let finding = findings.report(place, "readers get no way to unsubscribe");
    finding
        .label("a link to unsubscribe is missing here")
        .because("marketing emails, especially newsletters, should always include a way of unsubscribing", sources::UNSUBSCRIBE);
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

/// The body that most readers see: the first HTML body, else the first.
fn main_body(facts: &Facts<'_>) -> Option<usize> {
    facts.html_bodies().map(|(index, ..)| index).next().or((!facts.message.bodies.is_empty()).then_some(0))
}

/// Behind the last block that is seen.
fn end_of_text(facts: &Facts<'_>, body: usize) -> Spot {
    let prose = &facts.prose()[body];
    let mut end = None;
    for (range, _, hidden, _) in prose.runs() {
        let seen = prose.text[range.clone()].trim_end_matches(|c: char| c.is_whitespace() || c == PROSE_BREAK);
        if !hidden && !seen.is_empty() {
            end = Some(range.start + seen.len());
        }
    }
    let view = facts.message.bodies[body].view;
    match end {
        Some(end) => Spot { view, span: ViewSpan::at(prose.spot(end - 1..end).span.end) },
        None => facts.end_of_body(body),
    }
}

/// The footer to add, in the provider's dialect, and where.
fn footer(facts: &Facts<'_>, body: usize) -> (Spot, String) {
    let insertion = facts.end_of_body(body);
    let footer = match &facts.message.bodies[body].content {
        BodyContent::Plain => "\n\nUnsubscribe: https://YOUR-DOMAIN/UNSUBSCRIBE\n".to_owned(),
        BodyContent::Html(document) => {
            // a mail that is filled in already has no more use for a merge tag
            let provider = facts.provider().provider.filter(|_| !facts.is_rendered());
            let own = provider.and_then(|provider| provider.footer);
            let footer = own.unwrap_or("<p><a href=\"https://YOUR-DOMAIN/UNSUBSCRIBE\">Unsubscribe</a></p>");
            match document.is_mjml() {
                true => format!("<mj-section><mj-column><mj-text>{footer}</mj-text></mj-column></mj-section>\n"),
                false => footer.to_owned() + "\n",
            }
        }
    };
    (insertion, footer)
}
