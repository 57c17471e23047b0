//! What the words of a box, a button or a hidden field say to mailings.

use super::{ChoiceKind, Stance};
use crate::knowledge::service_mail;
use crate::knowledge::words::{self, Meaning};
use crate::message::html::Attribute;

/// What `label`, "own words | what is asked", says to mailings.
pub(super) fn stance(kind: ChoiceKind, label: &str) -> Stance {
    let hits = words::find(label);
    let strong = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
    let any = |meaning| hits.iter().any(|hit| hit.meaning == meaning);
    let own = label.split(" | ").next().unwrap_or(label).trim().to_lowercase();
    if kind == ChoiceKind::Option || kind == ChoiceKind::Radio {
        let no = ["no", "nein", "non", "nee", "nej", "nei", "nie", "ne", "não", "нет", "ei", "hayır", "いいえ"];
        if no.iter().any(|word| {
            own == *word || own.strip_prefix(word).is_some_and(|rest| rest.starts_with([',', '.', ' ', '!']))
        }) {
            return Stance::Refuses;
        }
    }
    let about_mailings = (strong(Meaning::Consent) || any(Meaning::MailingNoun)) && !service_mail::is_service(label);
    if any(Meaning::Refusal) {
        // "I do not want to receive a paper invoice" refuses no mailings.
        let mailings = about_mailings || names_mail(label);
        return if mailings { Stance::Refuses } else { Stance::Neither };
    }
    if strong(Meaning::Unsubscribe) && !consents_before_leaving(&hits) {
        return Stance::Leaves;
    }
    if about_mailings { Stance::Consents } else { Stance::Neither }
}

/// "Yes, send me the newsletter. I can unsubscribe at any time."
fn consents_before_leaving(hits: &[words::Hit]) -> bool {
    let first =
        |wanted: &[Meaning]| hits.iter().filter(|hit| wanted.contains(&hit.meaning)).map(|hit| hit.range.start).min();
    match (first(&[Meaning::Consent, Meaning::MailingNoun]), first(&[Meaning::Unsubscribe])) {
        (Some(consent), Some(leaving)) => consent < leaving,
        _ => false,
    }
}

/// The label is about mail: "please do not e-mail me".
fn names_mail(label: &str) -> bool {
    let lower = label.to_lowercase();
    ["mail", "メール", "邮件", "郵件", "메일", "почт", "пошт", "поща", "ποστ", "correo", "sähköposti"]
        .iter()
        .any(|word| lower.contains(word))
}

/// A name about mailings with a value that means yes.
pub(super) fn hidden_stance(attributes: &[Attribute<'_>]) -> Stance {
    let value =
        |name: &str| attributes.iter().find(|attribute| attribute.name == name).map_or("", |found| found.value.trim());
    let yes = ["1", "true", "yes", "on", "y", "ja", "oui", "si", "sí", "subscribed", "checked", "optin", "opt-in"];
    let name = spaced(value("name"));
    let mailings = ["newsletter", "newsletters", "marketing", "optin", "mailing", "mailinglist", "promo", "promotions"];
    let opts_in = name.contains("opt in") || name.split(' ').any(|word| mailings.contains(&word));
    let tells_which = ["id", "ids", "list", "form", "source", "type", "token", "url", "campaign"];
    let is_identifier = name.split(' ').any(|word| tells_which.contains(&word));
    let is_yes = yes.iter().any(|word| value("value").eq_ignore_ascii_case(word));
    if is_yes && opts_in && !is_identifier { Stance::Consents } else { Stance::Neither }
}

/// `newsletterOptIn`, `newsletter_opt_in`, `user[newsletter]` as words in lower case.
pub(super) fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut lower_before = false;
    for character in name.chars() {
        if lower_before && character.is_uppercase() || !character.is_alphanumeric() {
            words.push(' ');
        }
        words.extend(character.to_lowercase().filter(|c| c.is_alphanumeric()));
        lower_before = character.is_lowercase();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
