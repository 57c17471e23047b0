//! What marks the subject of a test or of a copy. The list is `lints/data/test_markers.toml`.

use crate::knowledge::table::{Text, holds};
use crate::knowledge::words::{self, Meaning};
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/test_markers.rs"));

/// What a mark says of the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is a test or a draft: `[TEST]`.
    Test,
    /// It is a duplicate: `Copy of`.
    Copy,
}

/// A mark in a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// What it says.
    pub mark: Mark,
    /// Bytes of the subject.
    pub range: Range<usize>,
}

/// Brackets that testers put around a mark. Round ones also hold what headlines add, so that there only capitals count.
const BRACKETS: [(char, char); 7] =
    [('[', ']'), ('{', '}'), ('<', '>'), ('【', '】'), ('［', '］'), ('*', '*'), ('(', ')')];

/// The mark in `subject`, if there is one.
pub fn find(subject: &str) -> Option<Marked> {
    let at_edges = at_start(subject).or_else(|| at_end(subject));
    at_edges
        .or_else(|| duplicate(subject))
        .or_else(|| disregarded(subject))
        .or_else(|| heading(subject))
        .or_else(|| repeated(subject))
}

/// `[TEST] New bags`, `**Draft** New bags`.
fn at_start(subject: &str) -> Option<Marked> {
    let start = subject.len() - subject.trim_start().len();
    let open = subject[start..].chars().next()?;
    let (_, close) = BRACKETS.into_iter().find(|(opening, _)| *opening == open)?;
    let inner =
        start + subject[start..].chars().take_while(|character| *character == open).map(char::len_utf8).sum::<usize>();
    let end = inner + subject[inner..].find(close)?;
    let after =
        end + subject[end..].chars().take_while(|character| *character == close).map(char::len_utf8).sum::<usize>();
    bracketed(&subject[inner..end], open, start..after)
}

/// `New bags [TEST]`, `New bags (copy 01)`.
fn at_end(subject: &str) -> Option<Marked> {
    let end = subject.trim_end().len();
    let close = subject[..end].chars().next_back()?;
    let (open, _) = BRACKETS.into_iter().find(|(_, closing)| *closing == close)?;
    let inner = subject[..end].trim_end_matches(close).len();
    let start = subject[..inner].rfind(open)?;
    let text = &subject[start + open.len_utf8()..inner];
    let start = subject[..start].trim_end_matches(open).len();
    let name = text.trim().trim_end_matches(|character: char| character.is_ascii_digit()).trim().to_lowercase();
    if open == '(' && holds(&TRAILING, &name) {
        return Some(Marked { mark: Mark::Copy, range: start..end });
    }
    bracketed(text, open, start..end)
}

fn bracketed(text: &str, open: char, range: Range<usize>) -> Option<Marked> {
    let text = text.trim();
    let shouted = text.chars().all(|character| !character.is_lowercase());
    let plain = text.trim_end_matches(|character: char| character.is_ascii_digit() || character == '#').trim_end();
    let plain = plain.to_lowercase();
    let known = holds(&BRACKETED, &plain) || shouted && holds(&BRACKETED_CAPITALS, &plain);
    (known && (open != '(' || shouted)).then_some(Marked { mark: Mark::Test, range })
}

/// `TEST TEST`, `test test test 2`.
fn repeated(subject: &str) -> Option<Marked> {
    let words: Vec<String> =
        subject.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let count = words.iter().take_while(|word| **word == words[0]).count();
    let only_numbers = words[count..].iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = subject.len() - subject.trim_start().len()..subject.trim_end().len();
    (count >= 2 && only_numbers && holds(&BRACKETED, &words[0])).then_some(Marked { mark: Mark::Test, range: whole })
}

/// `Copy of New bags`; not "Copy of your receipt". In other languages than English these are also the first words of a sentence ("Kopie von Rembrandt bis
/// Vermeer"): there what follows has to be the name of a mailing.
fn duplicate(subject: &str) -> Option<Marked> {
    let (end, _) = LEADING.iter().filter_map(|phrase| Some((starts_with(subject, phrase)?, phrase))).max()?;
    let rest = subject[end..].trim_start_matches([' ', '\u{a0}', '"', '“', '„', '«', '\'']);
    let next: String = rest.chars().take_while(|character| character.is_alphanumeric() || *character == '\'').collect();
    let is_named = rest.chars().next().is_some_and(|first| !first.is_lowercase());
    let is_topic = |word: &str| holds(&NOT_BEFORE, word);
    let lower = next.to_lowercase();
    let elided = lower.split_once('\'').is_some_and(|(article, _)| is_topic(&format!("{article}'")));
    let is_certain =
        || starts_with(subject, "copy of").is_some() || holds(&MAILINGS, &lower) || names_mailing(&subject[end..]);
    (is_named && !is_topic(&lower) && !elided && is_certain()).then_some(Marked { mark: Mark::Copy, range: 0..end })
}

/// It has quotes around it, an underscore, a word for what is mailed, or is a copy itself.
fn names_mailing(text: &str) -> bool {
    let is_quoted = text.trim_start().starts_with(['"', '“', '„', '«', '\'']);
    let is_copy = || LEADING.iter().any(|phrase| starts_with(text.trim_start(), phrase).is_some());
    is_quoted || text.contains('_') || is_copy() || words::any(text, Meaning::MailingNoun)
}

/// `Testmail: New bags`, and in capitals `TEST - New bags`, `DRAFT: New bags`: magazines test things, and bars have draft beer.
fn heading(subject: &str) -> Option<Marked> {
    let end = HEADINGS.iter().filter_map(|phrase| starts_with(subject, phrase)).max();
    // "Do not send: seven mails that annoy your customers"
    let unsent = || {
        let end = UNSENT.iter().filter_map(|phrase| starts_with(subject, phrase)).max()?;
        let is_whole = subject[end..].trim().is_empty();
        (is_whole || !subject[..end].contains(char::is_lowercase)).then_some(end)
    };
    let end = end.or_else(unsent);
    let end = end.or_else(|| subject.starts_with("TEST").then_some(4)).or_else(|| shouted_heading(subject))?;
    let rest = subject[end..].trim_start();
    let separated = rest.is_empty() && end > 4 || rest.starts_with([':', '-', '–', '—', '|', '：', '/']);
    let hyphenated = subject[end..].starts_with('-') && subject[end + 1..].starts_with(char::is_alphanumeric);
    (separated && !hyphenated).then_some(Marked { mark: Mark::Test, range: 0..end })
}

/// What is to be ignored: the mail.
const IT: [&str; 22] = [
    "this",
    "it",
    "mail",
    "email",
    "e-mail",
    "message",
    "diese",
    "dieses",
    "nachricht",
    "de ce",
    "de cet",
    "ce message",
    "ce mail",
    "cet e-mail",
    "este",
    "esta",
    "questo",
    "questa",
    "deze",
    "dit bericht",
    "tej wiadomości",
    "this message",
];

/// `Test - please ignore`, `Essai : ne pas tenir compte`.
fn disregarded(subject: &str) -> Option<Marked> {
    let (word, rest) = subject.split_once([',', ':', '-', '–', '—', '|', '：'])?;
    let start = subject.len() - rest.trim_start_matches([' ', '\u{a0}', '-', '*', '!']).len();
    let is_test = holds(&BRACKETED, &word.trim().to_lowercase());
    let end = DISREGARD.iter().filter_map(|phrase| starts_with(&subject[start..], phrase)).max().filter(|_| is_test)?;
    // "Test: ignore the label and taste the wine"
    let behind = subject[start + end..].trim_start().to_lowercase();
    let is_said = behind.is_empty()
        || behind.starts_with(['.', '!', ')', '(', ':', '-', '–', '—', '/'])
        || IT.iter().any(|word| starts_with(&behind, word).is_some());
    is_said.then_some(Marked { mark: Mark::Test, range: 0..start + end })
}

/// `DRAFT` before words that are not in capitals.
fn shouted_heading(subject: &str) -> Option<usize> {
    let end = subject.find(|character: char| !character.is_alphanumeric())?;
    let (word, rest) = subject.split_at(end);
    let is_shouted = !word.contains(char::is_lowercase) && rest.contains(char::is_lowercase);
    (is_shouted && holds(&SHOUTED, &word.to_lowercase())).then_some(end)
}

/// The end of `phrase` (lower case) at the start of `subject`, if it stands there as whole words.
fn starts_with(subject: &str, phrase: &str) -> Option<usize> {
    let mut wanted = phrase.chars();
    let mut next = wanted.next();
    for (at, character) in subject.char_indices() {
        let Some(expected) = next else {
            return (!character.is_alphanumeric()).then_some(at);
        };
        if !character.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
        next = wanted.next();
    }
    next.is_none().then_some(subject.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(subject: &str) -> Option<&str> {
        find(subject).map(|found| &subject[found.range])
    }

    #[test]
    fn tests_and_copies_are_marked() {
        for (subject, mark) in [
            ("[TEST] New bags", "[TEST]"),
            ("[test 2] New bags", "[test 2]"),
            ("**TEST** New bags", "**TEST**"),
            ("(TEST) New bags", "(TEST)"),
            ("【テスト】秋の新作", "【テスト】"),
            ("New bags [Draft]", "[Draft]"),
            ("[Entwurf] Neue Taschen", "[Entwurf]"),
            ("Copy of New bags for autumn", "Copy of"),
            ("copy of \"New bags\"", "copy of"),
            ("Kopie von Newsletter Oktober", "Kopie von"),
            ("Kopie von \"Neue Taschen\"", "Kopie von"),
            ("Copia di NL_10_2026", "Copia di"),
            ("Copie de Lettre d'octobre", "Copie de"),
            ("DRAFT: Autumn news", "DRAFT"),
            ("DRAFT - Autumn news", "DRAFT"),
            ("BOZZA: Newsletter di ottobre", "BOZZA"),
            ("UTKAST: Nyhetsbrev", "UTKAST"),
            ("ЧЕРНОВИК: Новости", "ЧЕРНОВИК"),
            ("[BAT] Lettre d'octobre", "[BAT]"),
            ("[BAT 2] Lettre d'octobre", "[BAT 2]"),
            ("TEST TEST TEST", "TEST TEST TEST"),
            ("test, test 2", "test, test 2"),
            ("New bags (copy 01)", "(copy 01)"),
            ("TEST - New bags", "TEST"),
            ("TEST: New bags", "TEST"),
            ("Testmail: Neue Taschen", "Testmail"),
            ("Test email", "Test email"),
            ("Test - ne pas tenir compte", "Test - ne pas tenir compte"),
            ("Test : merci d'ignorer ce message", "Test : merci d'ignorer"),
            ("test -- please ignore", "test -- please ignore"),
            ("Test, bitte ignorieren", "Test, bitte ignorieren"),
            ("Prueba: no tener en cuenta", "Prueba: no tener en cuenta"),
            ("Prova - da ignorare", "Prova - da ignorare"),
            ("Тест — просьба игнорировать", "Тест — просьба игнорировать"),
            ("DO NOT SEND - Spring collection", "DO NOT SEND"),
            ("NICHT VERSENDEN | Herbst", "NICHT VERSENDEN"),
            ("Ne pas envoyer", "Ne pas envoyer"),
        ] {
            assert_eq!(marked(subject), Some(mark), "{subject}");
        }
    }

    #[test]
    fn subjects_about_tests_and_copies_are_not() {
        for subject in [
            "Test: the best vacuum cleaners",
            "Your test results",
            "Test email deliverability in five steps",
            "The new Golf (Test)",
            "TEST-SIEGER: unsere Taschen",
            "TESTED: ten bags",
            "TEST",
            "Test, retest, test",
            "Test: ignored for years, now the best bag",
            "Do not send cash by post",
            "Do not send: seven mails that annoy your customers",
            "DO NOT OPEN: a surprise for you",
            "IGNORE: THE RULES OF FASHION",
            "Ignore",
            "Test: ignore the label and taste the wine",
            "Please ignore: the noise from our workshop",
            "Five tests - ignore none of them",
            "Nicht senden, sondern abholen",
            "Kopie von Rembrandt bis Vermeer: Die Ausstellung",
            "Copie de Van Gogh",
            "Draft: ten beers for autumn",
            "DRAFT: TEN BEERS ON TAP",
            "DRAFT-DAY deals",
            "DRAFT picks of the season",
            "PROOF: our bags last",
            "[Bat] World's smallest mammal",
            "Copy of your receipt",
            "Copy of the contract",
            "Copie de l'ordre",
            "Copia de seguridad en la nube",
            "Kopie von Ihrer Rechnung",
            "Copycats of autumn",
            "[Contoso] New bags",
            "(New) bags",
            "Save 20 % *",
            "",
            "[",
            "*",
            "**",
            "()",
        ] {
            assert_eq!(marked(subject), None, "{subject}");
        }
    }
}
