//! A box that consents to mailings before anyone has ticked it.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{ChoiceKind, Facts, Stance};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "preselected-consent",
    summary: "consent to mailings that is ticked in advance",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("preselected_consent.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for form in facts.forms().iter().filter(|form| !form.is_preference_center) {
        for choice in &form.choices {
            let Some((attribute, name)) = choice.preselected else { continue };
            if choice.stance != Stance::Consents || choice.bound || choice.kind == ChoiceKind::Hidden {
                continue;
            }
            let what = match choice.kind {
                ChoiceKind::Checkbox => "box",
                ChoiceKind::Radio => "button",
                ChoiceKind::Option | ChoiceKind::Hidden => "option",
            };
            // "Yes" alone says nothing: the question goes before it
            let label = choice.label.split(" | ").filter(|words| !words.is_empty()).collect::<Vec<_>>();
            let label: String = label.iter().rev().copied().collect::<Vec<_>>().join(" ").chars().take(60).collect();
            findings
                .report(name, format!("the {what} that consents to mailings is selected in advance"))
                .label(format!("readers who overlook it agree to \"{}\"", label.trim()))
                .because("the checkbox for marketing emails or newsletters should be unchecked by default", sources::OPT_IN)
                .note("a box ticked in advance is no consent in the European Union (GDPR art. 4(11); CJEU C-673/17, Planet49)")
                .help("leave it unticked, and confirm each sign-up by a mail with a link (double opt-in)")
                .suggest("leave the choice to the reader", Applicability::MaybeIncorrect, attribute, "");
        }
    }
}
