//! Consent that is taken unless somebody refuses.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Choice, ChoiceKind, Facts, Form, Stance};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "negative-consent",
    summary: "form that signs up for mailings whoever does not refuse",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("negative_consent.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for form in facts.forms().iter().filter(|form| !form.is_preference_center) {
        for choice in &form.choices {
            if choice.bound {
                continue;
            }
            if is_box_to_refuse(choice) && !(form.is_newsletter_only && form.is_subscription) {
                report_box(choice, findings);
            } else if is_hidden_consent(form, choice) {
                report_hidden(choice, findings);
            }
        }
    }
}

fn is_box_to_refuse(choice: &Choice) -> bool {
    choice.kind == ChoiceKind::Checkbox && choice.stance == Stance::Refuses && choice.preselected.is_none()
}

/// In a form about something else; beside a box of the same name it only says what an empty box means.
fn is_hidden_consent(form: &Form, choice: &Choice) -> bool {
    let has_box = || {
        let same = |other: &&Choice| other.kind != ChoiceKind::Hidden && !other.name.is_empty() && other.name == choice.name;
        form.choices.iter().any(|other| same(&other))
    };
    choice.kind == ChoiceKind::Hidden && choice.stance == Stance::Consents && !form.is_newsletter_only && !has_box()
}

fn report_box(choice: &Choice, findings: &mut Findings) {
    let label: String = choice.label.chars().take(60).collect();
    findings
        .report(choice.spot, "readers must tick a box to get no mailings")
        .label(format!("whoever overlooks \"{}\" is signed up", label.trim()))
        .because("automatically signing up users during registration is a questionable practice", sources::OPT_IN)
        .note("silence is no consent in the European Union (GDPR recital 32)")
        .help("ask the other way round, with a box that is not ticked: `Yes, please send me your newsletter`");
}

fn report_hidden(choice: &Choice, findings: &mut Findings) {
    findings
        .report(choice.spot, format!("a hidden field `{}` signs up whoever sends the form", choice.name))
        .label("nobody sees it, nobody can refuse")
        .because("automatically signing up users during registration is a questionable practice", sources::OPT_IN)
        .note("silence is no consent in the European Union (GDPR recital 32)")
        .help("make it a box that is not ticked, with a label that says what is sent");
}
