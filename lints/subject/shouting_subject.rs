//! A subject that shouts.

use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use std::ops::Range;

pub static LINT: Lint = Lint {
    name: "shouting-subject",
    summary: "subject in capitals or with rows of exclamation marks",
    level: Level::Allow,
    standards: &[],
    since: "0.2.0",
    page: include_str!("shouting_subject.md"),
    check,
};

/// Exclamation and question marks in a row.
const MARKS: usize = 3;
/// Words in capitals in a row: two or three may be a name.
const WORDS: usize = 4;
/// Letters of a subject that is all capitals.
const LETTERS: usize = 10;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(subject) = facts.subject() else { return };
    let text = subject.own_words();
    let (range, message, label) = if let Some(range) = marks(&text) {
        (range, "the subject ends a sentence with a row of exclamation or question marks", "one is enough")
    } else if let Some(range) = capitals(&text) {
        (range, "the subject is written in capitals", "reads as if somebody shouted")
    } else {
        return;
    };
    findings
        .report(subject.at(range), message)
        .label(label)
        .because("the Subject should be a brief summary of what the message is about", sources::FROM_NAME)
        .help("let the words do it: spam filters and readers know this from spam");
}

fn marks(text: &str) -> Option<Range<usize>> {
    let is_mark = |character: char| matches!(character, '!' | '?' | '！' | '？' | '‼' | '⁉');
    let mut run: Option<(usize, usize)> = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_mark(character) {
            let (start, count) = run.unwrap_or((at, 0));
            run = Some((start, count + 1));
        } else if let Some((start, count)) = run.take()
            && count >= MARKS
        {
            return Some(start..at);
        }
    }
    None
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Two capitals or more and nothing small.
    Shouted,
    /// One letter, a number, a sign: it goes with its neighbours.
    Neutral,
    /// Anything else, and all words of scripts without capitals.
    Calm,
}

fn case(word: &str) -> Case {
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    let capitals = word.chars().filter(|character| character.is_uppercase()).count();
    match (letters, capitals) {
        (0, _) | (1, 1) => Case::Neutral,
        _ if letters == capitals => Case::Shouted,
        _ => Case::Calm,
    }
}

/// Four words in capitals in a row, or all of the words, where there are two or more.
fn capitals(text: &str) -> Option<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        words.extend((!trimmed.is_empty()).then(|| (start..start + trimmed.len(), case(trimmed))));
        start += word.len();
    }
    let mut rows = words.split(|(_, case)| *case == Case::Calm);
    let is_all = words.iter().all(|(_, case)| *case != Case::Calm);
    rows.find_map(|row| {
        let mut shouted = row.iter().filter(|(_, case)| *case == Case::Shouted);
        let count = shouted.clone().count();
        let letters: usize = shouted.clone().map(|(range, _)| text[range.clone()].chars().count()).sum();
        let is_loud = count >= WORDS || is_all && count > 1 && letters >= LETTERS;
        let (first, last) = (shouted.next()?, shouted.next_back()?);
        is_loud.then_some(first.0.start..last.0.end)
    })
}
