//! A way out that nobody sees.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, OptOut, OptOutWay, Unseen};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "hidden-unsubscribe",
    summary: "campaign whose only way out can't be seen",
    level: Level::Warn,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("hidden_unsubscribe.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.purpose().may_be_bulk() || facts.is_fragment() || facts.is_signup_page() {
        return;
    }
    for (body, ..) in facts.html_bodies() {
        // What is behind a gate is `gated-unsubscribe`'s, seen or not.
        let optouts = facts.optouts().iter().filter(|optout| optout.body == body && optout.way != OptOutWay::Gated);
        let sights: Option<Vec<_>> = optouts.map(|optout| Some((optout, facts.unseen(optout)?))).collect();
        // None: one of them is seen.
        let Some((optout, why)) = sights.as_deref().and_then(easiest) else { continue };
        if let Some(elsewhere) = facts.optout_elsewhere() {
            findings.silent(elsewhere);
            return;
        }
        report(facts, optout, why, findings);
    }
}

/// The one that comes closest to being seen.
fn easiest<'f>(sights: &[(&'f OptOut, Unseen)]) -> Option<(&'f OptOut, Unseen)> {
    let rank = |why: &Unseen| match why {
        Unseen::Clipped(_) => 0,
        Unseen::Tiny(_) => 1,
        Unseen::Faint(_) => 2,
        Unseen::Hidden => 3,
    };
    sights.iter().min_by_key(|(_, why)| rank(why)).copied()
}

fn report(facts: &Facts<'_>, optout: &OptOut, why: Unseen, findings: &mut Findings) {
    let (message, label, help) = match why {
        Unseen::Hidden => (
            "the only way to unsubscribe is hidden".to_owned(),
            "no reader sees it".to_owned(),
            "show it: remove what hides it, here or around it",
        ),
        Unseen::Tiny(size) => (
            format!("the only way to unsubscribe is set in {} px", (size * 10.0).round() / 10.0),
            "too small to read".to_owned(),
            "set it in 12 px or more",
        ),
        Unseen::Faint(ratio) => (
            "the only way to unsubscribe has nearly the colour of its background".to_owned(),
            format!("a contrast of {ratio:.1} to 1"),
            "give it a contrast of 4.5 to 1, as other text has it",
        ),
        Unseen::Clipped(start) => (
            "the only way to unsubscribe lies behind what Gmail shows of a long message".to_owned(),
            format!("begins at {} of the HTML; Gmail shows about 102,400 bytes", in_bytes(start)),
            "shorten the HTML, or put a link near its top",
        ),
    };
    findings
        .report(optout.spot, message)
        .label(label)
        .because("the way to unsubscribe should be easy to find and clearly visible", sources::HIGH_VOLUME)
        .help(help)
        .soften_if(!facts.purpose().is_bulk());
}

/// `byte 123,456`.
fn in_bytes(offset: usize) -> String {
    let digits = offset.to_string();
    let mut text = String::from("byte ");
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
