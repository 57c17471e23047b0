//! An opt-out by mail whose link does not fill the mail in.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{Facts, Link, OptOutWay};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use crate::message::mailto::Mailto;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "incomplete-unsubscribe-mailto",
    summary: "opt-out by mail whose link leaves fields of the mail empty",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("incomplete_unsubscribe_mailto.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let has_web = facts.optouts().iter().any(|optout| matches!(optout.way, OptOutWay::Web | OptOutWay::Tag | OptOutWay::Included));
    if has_web {
        return;
    }
    let mut said: HashSet<&str> = HashSet::new();
    for optout in facts.optouts().iter().filter(|optout| optout.way == OptOutWay::Mail) {
        let Some(link) = optout.link.map(|index| &facts.links()[index]) else { continue };
        if said.insert(&link.href) {
            look_at(link, &Mailto::parse(&link.href), findings);
        }
    }
}

fn look_at(link: &Link, mail: &Mailto<'_>, findings: &mut Findings) {
    if mail.address.is_empty() {
        findings
            .report(link.target, "the unsubscribe mail goes to nobody: the link has no address")
            .label("no address behind `mailto:`")
            .because("when a reader clicks the link, all the required fields should be filled in", sources::UNSUBSCRIBE)
            .help("write the address that takes readers off the list: `mailto:unsubscribe@YOUR-DOMAIN?subject=Unsubscribe`");
    } else if let Some(repaired) = mail.repaired() {
        findings
            .report(link.target, "the unsubscribe mail's fields are not encoded as a mailto link needs it")
            .label(mail.fault())
            .because("blanks are written `%20`, line ends `%0D%0A`; a `+` stays a plus sign", sources::MAILTO)
            .suggest("encode them", Applicability::MachineApplicable, link.target, repaired)
            .soften_if(true);
    } else if !mail.is_filled_in() && !mail.identifies_reader() {
        let subject = if mail.has_fields { "&amp;subject=Unsubscribe" } else { "?subject=Unsubscribe" };
        let end = Spot { view: link.target.view, span: crate::source::ViewSpan::at(link.target.span.end) };
        let finding = findings.report(link.target, "the unsubscribe mail opens without a subject");
        finding
            .label("no `subject=` that is filled in")
            .because("when a reader clicks the link, all the required fields should be filled in", sources::UNSUBSCRIBE)
            .help("a link to a web page that needs one click is better still")
            .soften_if(true);
        if !mail.has_empty_subject {
            finding.suggest("fill in the subject", Applicability::MaybeIncorrect, end, subject);
        }
    }
}
