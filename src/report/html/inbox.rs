//! The row that an inbox shows of a campaign, on a computer and on a phone, and what stands behind it.

use super::cards::Card;
use super::escape::text;
use crate::diagnostic::Diagnostic;
use crate::facts::preview::Inbox;
use crate::report::word;
use std::fmt::Write;

/// Writes the inbox of a campaign.
pub(super) fn write(out: &mut String, inbox: &Inbox, cards: &[Card<'_>]) {
    let (name, address) = match &inbox.from {
        Some(from) => (from.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&from.address), &*from.address),
        None => ("", ""),
    };
    let sender = if name.is_empty() { "(no sender known)" } else { name };
    let subject = inbox.subject.as_deref().filter(|subject| !subject.is_empty()).unwrap_or("(no subject)");
    let initial = sender.chars().find(|c| c.is_alphanumeric()).map_or("?".to_owned(), |c| c.to_uppercase().collect());
    out.push_str("<div class=\"inbox\"><div class=\"rows\" aria-hidden=\"true\">");
    for device in ["computer", "phone"] {
        let _ = write!(
            out,
            "<div class=\"device {device}\"><p class=\"quiet\">On a {device}</p><div class=\"row\"><span class=\"avatar\">{}</span>\
             <div class=\"cell\"><span class=\"sender\">{}</span><span class=\"subject\">{}</span>\
             <span class=\"preheader\">{}</span></div></div></div>",
            text(&initial),
            text(sender),
            text(subject),
            text(&inbox.preheader),
        );
    }
    out.push_str("</div><dl>");
    let from = inbox.from.as_ref().map(|from| from.value.as_str());
    line(out, "From", from, "not known: this is a draft that does not say it", badges(cards, "header From"));
    if !address.is_empty() && name != address {
        line(out, "Address", Some(address), "", String::new());
    }
    if inbox.reply_to.is_some() {
        line(out, "Reply-To", inbox.reply_to.as_deref(), "", badges(cards, "header Reply-To"));
    }
    let subject = inbox.subject.as_deref();
    line(out, "Subject", subject, "not known: this is a draft that does not say it", badges(cards, "header Subject"));
    line(
        out,
        "Preheader",
        Some(&inbox.preheader).map(|s| s.as_str()).filter(|s| !s.is_empty()),
        "none: the body begins without words",
        String::new(),
    );
    out.push_str("</dl></div>");
}

fn line(out: &mut String, name: &str, value: Option<&str>, missing: &str, badges: String) {
    let value = match value {
        Some(value) => text(value),
        None => format!("<span class=\"quiet\">{missing}</span>"),
    };
    let _ = write!(out, "<div><dt>{name}</dt><dd>{value}{badges}</dd></div>");
}

/// Whether a finding is about a field that is shown here.
pub(super) fn shows(diagnostic: &Diagnostic) -> bool {
    view(diagnostic).is_some_and(|view| ["header From", "header Reply-To", "header Subject"].contains(&view))
}

/// Whether a finding is about a field of the header.
pub(super) fn is_in_header(diagnostic: &Diagnostic) -> bool {
    view(diagnostic).is_some_and(|view| view.starts_with("header "))
}

fn view(diagnostic: &Diagnostic) -> Option<&str> {
    Some(&diagnostic.primary.as_ref()?.place.view.as_ref()?.name)
}

/// The numbers of the findings in a header field.
fn badges(cards: &[Card<'_>], view: &str) -> String {
    let mut out = String::new();
    let is_there = |card: &&Card<'_>| {
        let mut views = card.labels().filter_map(|(label, _)| label.place.view.as_ref());
        views.any(|found| &*found.name == view)
    };
    for card in cards.iter().filter(is_there).take(9) {
        let level = card.first().map_or("warning", |first| word(first.level));
        let _ = write!(out, " <span class=\"badge small {level}\">{}</span>", card.number);
    }
    out
}
