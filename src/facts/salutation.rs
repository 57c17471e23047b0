//! Names in brackets behind a salutation: "Dear [Name],", "Hi {FirstName}!", "Dear «First_Name»".

use super::prose::Prose;
use crate::message::{Body, BodyContent};
use std::ops::Range;

/// What stands for a name, in lower case and without what parts its words.
const NAMES: [&str; 53] = [
    "name",
    "names",
    "firstname",
    "fname",
    "lastname",
    "lname",
    "fullname",
    "surname",
    "username",
    "yourfirstname",
    "yourlastname",
    "firstnamehere",
    "firstandlastname",
    "customer",
    "customername",
    "clientname",
    "contactname",
    "recipient",
    "recipientname",
    "vorname",
    "nachname",
    "vornamenachname",
    "vornamename",
    "anrede",
    "kundenname",
    "prenom",
    "prénom",
    "nom",
    "prénomnom",
    "nomprénom",
    "nombre",
    "apellido",
    "primernombre",
    "nombreyapellido",
    "nombreapellido",
    "nome",
    "cognome",
    "nomecognome",
    "nomeecognome",
    "sobrenome",
    "primeironome",
    "seunome",
    "voornaam",
    "achternaam",
    "förnamn",
    "efternamn",
    "fornavn",
    "efternavn",
    "etternavn",
    "imię",
    "jméno",
    "имя",
    "вашеимя",
];

/// What stands around it. (A merge tag is no text.)
const BRACKETS: [(char, char); 3] = [('[', ']'), ('{', '}'), ('«', '»')];
/// The first byte of `«`.
const FIRST_OF_QUOTE: u8 = "«".as_bytes()[0];
/// Words with which one greets, one of which stands before it.
const GREETINGS: [&str; 64] = [
    "dear",
    "hi",
    "hello",
    "hey",
    "greetings",
    "morning",
    "afternoon",
    "evening",
    "welcome",
    "thanks",
    "hallo",
    "liebe",
    "lieber",
    "liebe/r",
    "liebe/n",
    "moin",
    "servus",
    "guten",
    "geehrte",
    "geehrter",
    "geehrte/r",
    "bonjour",
    "bonsoir",
    "salut",
    "cher",
    "chère",
    "chers",
    "bienvenue",
    "hola",
    "estimado",
    "estimada",
    "estimado/a",
    "querido",
    "querida",
    "buenos",
    "ciao",
    "caro",
    "cara",
    "gentile",
    "buongiorno",
    "salve",
    "olá",
    "oi",
    "prezado",
    "prezada",
    "beste",
    "geachte",
    "hoi",
    "dag",
    "hej",
    "hei",
    "kære",
    "kjære",
    "bästa",
    "ahoj",
    "vážený",
    "witaj",
    "cześć",
    "drogi",
    "szia",
    "kedves",
    "merhaba",
    "sayın",
    "здравствуйте",
];
/// Words of a salutation before it, at most: "Hello and good morning [Name]".
const MOST_WORDS: usize = 4;
/// No salutation is longer, and no name in brackets, in bytes.
const LONGEST_SALUTATION: usize = 80;
const LONGEST_NAME: usize = 24;

/// Those that a reader of `body` sees, in order: ranges of its prose, brackets and all.
pub(super) fn unfilled<'p>(body: &'p Body<'_>, prose: &'p Prose) -> impl Iterator<Item = Range<usize>> {
    let text = prose.text.as_str();
    let firsts = memchr::memchr3_iter(b'[', b'{', FIRST_OF_QUOTE, text.as_bytes());
    firsts.filter_map(move |at| {
        let name = name_at(text, at)?;
        let start = prose.block_around(at).start;
        let salutation = text.get(start.max(text.ceil_char_boundary(at.saturating_sub(LONGEST_SALUTATION + 1)))..at)?;
        let is_seen = !prose.is_hidden(at) && !is_code(body, prose, at);
        (is_salutation(salutation) && is_seen).then_some(name)
    })
}

/// A name in brackets at `at`, behind which the salutation ends.
fn name_at(text: &str, at: usize) -> Option<Range<usize>> {
    let mut characters = text.get(at..)?.chars();
    let open = characters.next()?;
    let (_, close) = BRACKETS.iter().find(|(bracket, _)| *bracket == open)?;
    let inside = characters.as_str();
    let inside = &inside[..inside.floor_char_boundary(LONGEST_NAME)];
    let inner = &inside[..inside.find(*close)?];
    let letters = inner.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.'));
    let name: String = letters.flat_map(char::to_lowercase).collect();
    let end = at + open.len_utf8() + inner.len() + close.len_utf8();
    let behind = text.get(end..)?.trim_start_matches(' ');
    let ends = behind.is_empty() || behind.starts_with([',', '!', '.', ':', ';', '\n', '\r', '\u{2029}', '，', '、']);
    (ends && NAMES.contains(&name.as_str())).then_some(at..end)
}

/// A few words at the beginning of a block or of a line, and a blank.
fn is_salutation(before: &str) -> bool {
    let line = before.rsplit(['\n', '\u{2029}']).next().unwrap_or(before);
    let is_word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\u{a0}' | ',' | '/' | '\'' | '’' | '!');
    line.len() <= LONGEST_SALUTATION
        && line.ends_with([' ', '\u{a0}'])
        && (1..=MOST_WORDS).contains(&line.split_whitespace().count())
        && line.trim_start().chars().all(is_word)
        && line.split([' ', '\u{a0}', ',', '!']).any(|word| GREETINGS.contains(&word.to_lowercase().as_str()))
}

fn is_code(body: &Body<'_>, prose: &Prose, at: usize) -> bool {
    match &body.content {
        BodyContent::Html(document) => prose.element_at(at).is_some_and(|id| document.element(id).is_code()),
        BodyContent::Plain => false,
    }
}
