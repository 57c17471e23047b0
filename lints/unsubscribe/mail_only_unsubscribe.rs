//! Readers have to write a mail to get out.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, OptOut, OptOutWay};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "mail-only-unsubscribe",
    summary: "campaign that readers can leave by writing a mail only",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("mail_only_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let is_mail = |optout: &OptOut| matches!(optout.way, OptOutWay::Mail | OptOutWay::MailSentence);
    let optouts = facts.optouts();
    // Beside a page that asks for a login, a mail is the easier way.
    let others = optouts.iter().any(|optout| matches!(optout.way, OptOutWay::Web | OptOutWay::Tag | OptOutWay::Included));
    let Some(first) = optouts.iter().find(|optout| is_mail(optout)) else { return };
    if others || !facts.purpose().may_be_bulk() {
        return;
    }
    if let Some(why) = facts.optout_elsewhere() {
        findings.silent(why);
        return;
    }
    let (place, label) = match first.link {
        Some(link) => (facts.links()[link].target, "opens a mail"),
        None => (first.spot, "asks for a mail"),
    };
    findings
        .report(place, "readers have to write a mail to unsubscribe")
        .label(label)
        .because("requiring recipients to send a mail is not preferable to one click", sources::UNSUBSCRIBE)
        .help("add a link to a page that unsubscribes with one click, and keep the mail as a second way")
        .soften_if(!facts.may_be_told_by_words());
}
