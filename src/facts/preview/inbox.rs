//! What an inbox shows of a message: who it is from, what it is about, how it begins.

use crate::facts::{Facts, PROSE_BREAK, PROSE_TAG, Prose};

/// Longest preheader that an inbox shows, in characters.
const PREHEADER: usize = 160;

/// What an inbox shows.
#[derive(Debug, Default)]
pub struct Inbox {
    /// The first mailbox of From; `None` where no From is known.
    pub from: Option<Mailbox>,
    /// The subject as it is written, merge tags included; `None` where none is known.
    pub subject: Option<String>,
    /// The first words of the first body, hidden ones included, as clients show them behind the subject.
    pub preheader: String,
    /// The value of Reply-To, where there is one.
    pub reply_to: Option<String>,
}

/// A mailbox.
#[derive(Debug)]
pub struct Mailbox {
    /// The display name.
    pub name: Option<String>,
    /// The address.
    pub address: String,
    /// The whole value of the field.
    pub value: String,
}

pub(super) fn of(facts: &Facts<'_>) -> Inbox {
    let value = |name: &str| facts.message.header(name).map(|header| facts.message.value(header).to_owned());
    let from = facts.sender().map(|sender| {
        let value = facts.message.view(sender.spot.view).text();
        let address = value.get(sender.mailbox.address.range()).unwrap_or_default().to_owned();
        Mailbox { name: sender.name().map(str::to_owned), address, value: value.to_owned() }
    });
    Inbox {
        from,
        subject: facts.subject().map(|subject| subject.text.clone()),
        preheader: preheader(facts).unwrap_or_default(),
        reply_to: value("Reply-To"),
    }
}

/// The beginning of the HTML body; of a mail without one, of its text.
fn preheader(facts: &Facts<'_>) -> Option<String> {
    let html = facts.html_bodies().next().map(|(index, ..)| index);
    let prose = facts.prose().get(html.unwrap_or(0))?;
    Some(beginning(facts, prose))
}

fn beginning(facts: &Facts<'_>, prose: &Prose) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for (at, character) in prose.text.char_indices() {
        match character {
            PROSE_TAG => {
                let spot = prose.spot(at..at + character.len_utf8());
                shown.push_str(facts.message.view(spot.view).text().get(spot.span.range()).unwrap_or_default());
                length += 8;
            }
            _ if character.is_whitespace() || character == PROSE_BREAK => {
                if !shown.is_empty() && !shown.ends_with(' ') {
                    shown.push(' ');
                }
            }
            _ if is_padding(character) => {}
            _ => {
                shown.push(character);
                length += 1;
            }
        }
        if length >= PREHEADER || at > 20 * PREHEADER {
            break;
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// What senders put behind a preheader so that nothing else is shown there.
fn is_padding(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}
