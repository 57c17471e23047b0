//! Whether what the subject is about turns up where readers look first: in the headings, the first words and the texts of the images.

use super::prose::{BLOCK_BREAK, TAG_VALUE};
use super::words::{count, is_unspaced};
use super::{Facts, ImageRole};
use crate::knowledge::{stopwords, words};

/// How the subject and the beginning of the body belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The body takes up a word of the subject, or there is too little to tell.
    Related,
    /// The body begins with none of these words of the subject.
    Unrelated(Vec<String>),
    /// A tag brings a part of the subject or of the first words.
    Unknown,
}

/// Words of the body that count as its beginning.
const FIRST_WORDS: usize = 100;
/// Bytes of headings and image texts that are looked at.
const MOST: usize = 8 * 1024;
/// A body of fewer words is a picture with a caption.
const FEWEST_WORDS: usize = 25;
/// Letters of a long word that count; endings differ.
const STEM: usize = 5;
/// Words of a subject that are looked at.
const SUBJECT_WORDS: usize = 40;
/// Letters of a word that says something.
const SHORTEST: usize = 4;

pub(super) fn of(facts: &Facts<'_>) -> Topic {
    let (Some(subject), Some(body)) = (facts.subject(), facts.main_body()) else { return Topic::Related };
    let terms = Terms::of(&subject.text);
    if terms.content.len() < 2 && terms.pairs.len() < 3 {
        return Topic::Related;
    }
    if subject.has_tags || !facts.unknown().includes.is_empty() || !facts.included().is_empty() {
        return Topic::Unknown;
    }
    let is_html = facts.html_bodies().any(|(index, ..)| index == body);
    let words = if is_html { facts.words().visible } else { count(&facts.prose()[body].text) };
    if words < FEWEST_WORDS {
        return Topic::Related;
    }
    let lead = lead(facts, body);
    if lead.contains(TAG_VALUE) {
        return Topic::Unknown;
    }
    if terms.occur_in(&words::folded(&lead)) { Topic::Related } else { Topic::Unrelated(terms.content) }
}

/// Headings, texts of images, and the first words.
fn lead(facts: &Facts<'_>, body: usize) -> String {
    let prose = &facts.prose()[body];
    let mut lead = String::new();
    for (index, _, document) in facts.html_bodies().filter(|(index, ..)| *index == body) {
        for heading in document.named(&HEADINGS) {
            if lead.len() > MOST {
                break;
            }
            lead.push_str(&prose.text[prose.range_of(heading.extent())]);
            lead.push(' ');
        }
        let images = facts.images().iter().filter(|image| image.body == index && image.role != ImageRole::Tiny);
        for alt in images.filter_map(|image| image.alt.as_deref()).filter(|alt| !alt.contains("{{")) {
            if lead.len() > MOST {
                break;
            }
            lead.push_str(alt);
            lead.push(' ');
        }
    }
    let mut found = 0;
    for word in prose.text.split(|character: char| character.is_whitespace() || character == BLOCK_BREAK) {
        // most words are of ASCII, and one
        found += if word.is_ascii() { usize::from(word.contains(char::is_alphanumeric)) } else { count(word) };
        lead.push_str(word);
        lead.push(' ');
        if found >= FIRST_WORDS {
            break;
        }
    }
    lead
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// What a subject is about.
struct Terms {
    /// Words that say something, folded.
    content: Vec<String>,
    /// Numbers of two digits or more.
    numbers: Vec<String>,
    /// Neighbouring characters of scripts without blanks.
    pairs: Vec<String>,
}

impl Terms {
    fn of(subject: &str) -> Self {
        let mut terms = Self { content: Vec::new(), numbers: Vec::new(), pairs: Vec::new() };
        let lower = subject.to_lowercase();
        let words = lower.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.take(SUBJECT_WORDS) {
            let folded = words::folded(word);
            if word.chars().any(is_unspaced) {
                let characters: Vec<char> = folded.chars().collect();
                terms.pairs.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
            } else if folded.chars().all(|character| character.is_ascii_digit()) {
                terms.numbers.extend((folded.len() > 1).then_some(folded));
            } else if folded.chars().count() >= SHORTEST && !stopwords::is_stopword(word) {
                terms.content.push(folded);
            }
        }
        terms
    }

    /// Whether one of them, or what it is made of, is in `text` (folded).
    fn occur_in(&self, text: &str) -> bool {
        let stem = |word: &str| {
            let letters = word.chars().count().saturating_sub(2).clamp(SHORTEST, STEM);
            word.chars().take(letters).collect::<String>()
        };
        let by_stem = self.content.iter().any(|word| text.contains(&stem(word)));
        let by_text = self.numbers.iter().chain(&self.pairs).any(|term| text.contains(term));
        // "Weihnachtskatalog" in the subject, "Katalog" in the body
        let by_part = || {
            let parts =
                text.split(|character: char| !character.is_alphanumeric()).filter(|part| part.chars().count() > STEM);
            parts.into_iter().any(|part| self.content.iter().any(|word| word.contains(part)))
        };
        by_stem || by_text || by_part()
    }
}
