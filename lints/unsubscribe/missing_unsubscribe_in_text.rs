//! A text alternative that leaves out the way to unsubscribe.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{Facts, OptOut, OptOutWay, count_words};
use crate::knowledge::suggested_words;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::{Body, Spot};
use crate::source::ViewSpan;

pub static LINT: Lint = Lint {
    name: "missing-unsubscribe-in-text",
    summary: "text alternative without the way to unsubscribe that the HTML has",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("missing_unsubscribe_in_text.md"),
    check,
};

/// A text of this many words or fewer is no version of the mail.
const STUB: usize = 5;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.message.is_mail() || !facts.purpose().may_be_bulk() {
        return;
    }
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let Some(in_html) = way_out_of_html(facts, index) else { continue };
        let has_own = facts.optouts().iter().any(|optout| optout.body == index);
        if has_own || count_words(&facts.prose()[index].text) <= STUB {
            continue;
        }
        // That is `empty-text-part`'s.
        if facts.text_stub(index, in_html.body).is_some() {
            continue;
        }
        if let Some(why) = facts.optout_elsewhere() {
            findings.silent(why);
            return;
        }
        report(facts, body, in_html, findings);
    }
}

/// The opt-out of the HTML that the body at `index` is the text alternative of.
fn way_out_of_html<'f>(facts: &'f Facts<'_>, index: usize) -> Option<&'f OptOut> {
    let html: Vec<usize> = facts.html_beside(index).collect();
    facts.optouts().iter().find(|optout| html.contains(&optout.body))
}

fn report(facts: &Facts<'_>, body: &Body<'_>, in_html: &OptOut, findings: &mut Findings) {
    let text = facts.message.view(body.view).text();
    let end = Spot { view: body.view, span: ViewSpan::at(text.trim_end().len()) };
    let finding = findings.report(end, "the text alternative has no way to unsubscribe, the HTML has one");
    finding
        .label("missing here")
        .also(in_html.spot, "the one in the HTML")
        .because("the way to unsubscribe is to be clearly documented, and easy to find and use", sources::GUIDELINES)
        .help("let both versions of the mail say the same");
    let link = in_html.link.map(|link| &facts.links()[link]).filter(|_| in_html.way == OptOutWay::Web);
    if let Some(link) = link.filter(|link| link.href.starts_with("http")) {
        let line = format!("\n\n{}: {}", suggested_words::of(facts.language()).unsubscribe, link.href);
        finding.suggest("add it", Applicability::MaybeIncorrect, end, line);
    }
    finding.soften_if(!facts.purpose().is_bulk());
}
