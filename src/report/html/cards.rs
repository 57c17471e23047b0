//! What was found in a campaign, as cards: errors first, what is said in the same words once.

use super::escape::{count, inline, sentence, text};
use super::{excerpt, inbox};
use crate::diagnostic::{Applicability, Diagnostic, Label, Suggestion};
use crate::report::{is_error, word};
use std::collections::HashMap;
use std::fmt::Write;

/// Cards of one campaign.
pub(super) const MOST_CARDS: usize = 100;
/// Places that one card shows; the picture marks as many.
pub(super) const MOST_PLACES: usize = 12;

/// Diagnostics that say the same, with their number.
pub(super) struct Card<'d> {
    /// The number on the card and in the picture, from 1.
    pub number: usize,
    /// At least one, in source order.
    pub said: Vec<&'d Diagnostic>,
}

impl Card<'_> {
    /// Whether it keeps the campaign from being sent.
    pub fn is_severe(&self) -> bool {
        self.first().is_some_and(|first| is_error(first.level))
    }

    /// The diagnostic that speaks for all.
    pub fn first(&self) -> Option<&Diagnostic> {
        self.said.first().copied()
    }

    /// The labels that are shown, primary ones with `true`.
    pub fn labels(&self) -> impl Iterator<Item = (&Label, bool)> {
        self.said.iter().take(MOST_PLACES).flat_map(|diagnostic| labels(diagnostic))
    }
}

/// The labels of a diagnostic, the primary one first, as many as are shown.
pub(super) fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = (&Label, bool)> {
    let primary = diagnostic.primary.iter().map(|label| (label, true));
    primary.chain(diagnostic.labels.iter().take(MOST_PLACES).map(|label| (label, false)))
}

/// The cards of a campaign.
pub(super) fn cards(diagnostics: &[Diagnostic]) -> Vec<Card<'_>> {
    let mut cards: Vec<Card<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str, bool), usize> = HashMap::new();
    for severe in [true, false] {
        for diagnostic in diagnostics.iter().filter(|diagnostic| is_error(diagnostic.level) == severe) {
            let at = *known.entry((diagnostic.lint, &diagnostic.message, severe)).or_insert_with(|| {
                cards.push(Card { number: cards.len() + 1, said: Vec::new() });
                cards.len() - 1
            });
            cards[at].said.push(diagnostic);
        }
    }
    cards
}

/// Writes a card; `campaign` is the number of its campaign, `seen` whether the picture shows its mark.
pub(super) fn write(out: &mut String, card: &Card<'_>, campaign: usize, seen: Option<bool>) {
    let Some(first) = card.first() else { return };
    let level = word(first.level);
    let number = card.number;
    let _ = write!(
        out,
        "<li class=\"card {level}\" id=\"c{campaign}-f{number}\"><div class=\"card-head\"><span class=\"badge {level}\">{number}</span>\
         <div><p class=\"level\">{}{}</p><h4>{}</h4></div></div>",
        capital(level),
        if card.said.len() > 1 { format!(" · {}", count(card.said.len(), "place")) } else { String::new() },
        sentence(&first.message),
    );
    for (nth, help) in first.help.iter().enumerate() {
        let lead = if nth == 0 { "What to do" } else { "Or" };
        let _ = write!(out, "<p class=\"help\"><strong>{lead}:</strong> {}</p>", inline(help));
    }
    for diagnostic in card.said.iter().take(MOST_PLACES) {
        excerpt::write(out, diagnostic);
    }
    if card.said.len() > MOST_PLACES {
        let _ = write!(out, "<p class=\"quiet\">and {} more</p>", card.said.len() - MOST_PLACES);
    }
    first.suggestions.iter().for_each(|suggestion| diff(out, suggestion));
    for note in &first.notes {
        let source = note.source.as_ref().map(|source| format!(" <cite>{}</cite>", text(source))).unwrap_or_default();
        let _ = write!(out, "<p class=\"why\"><strong>Why:</strong> {}.{source}</p>", inline(&note.text));
    }
    let place = match seen {
        _ if inbox::shows(first) => {
            format!("Marked <span class=\"badge small {level}\">{number}</span> in the inbox. ")
        }
        _ if inbox::is_in_header(first) => "In a field of the header that readers do not see. ".to_owned(),
        Some(true) => format!("Marked <span class=\"badge small {level}\">{number}</span> in the campaign. "),
        Some(false) => "Not visible in the picture of the campaign. ".to_owned(),
        None => String::new(),
    };
    let _ = write!(
        out,
        "<p class=\"quiet\">{place}<a href=\"#lint-{lint}\">More about <code>{lint}</code></a></p></li>",
        lint = text(first.lint),
    );
}

/// A suggestion: what goes and what comes.
fn diff(out: &mut String, suggestion: &Suggestion) {
    if suggestion.diff.is_empty() {
        return;
    }
    let fill_in = match suggestion.applicability {
        Applicability::HasPlaceholders => " (fill in the words in capitals)",
        _ => "",
    };
    let _ = write!(out, "<p class=\"help\">{}{fill_in}:</p><ol class=\"code diff\">", sentence(&suggestion.message));
    for line in &suggestion.diff {
        let (element, sign, said) = if line.added { ("ins", "+", "comes") } else { ("del", "−", "goes") };
        let _ = write!(
            out,
            "<li><span class=\"line\" title=\"{said}\">{sign}</span><{element}>{}</{element}></li>",
            text(&line.text)
        );
    }
    out.push_str("</ol>");
}

/// The word with a capital.
fn capital(word: &str) -> &'static str {
    if word == "error" { "Error" } else { "Warning" }
}
