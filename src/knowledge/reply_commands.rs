//! "Reply with STOP": the way out that list servers and people understand, in many languages. The list is `lints/data/reply_commands.toml`.

use super::heads::Fours;
use super::starts::WordStarts;
use super::words::folded;
use crate::knowledge::table::{Text, holds};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

include!(concat!(env!("OUT_DIR"), "/reply_commands.rs"));

static REPLY_HEADS: Fours = Fours::of(&REPLIES);

/// As many words may stand between the word that asks for a reply and the command.
const NEAR: usize = 6;

/// Where `text`, whose words begin at `starts`, asks to reply with a command to leave, from the word for the reply to the command. The command stands
/// in capitals or in quotes; both in one sentence.
pub fn find(text: &str, starts: &WordStarts) -> Vec<Range<usize>> {
    if may_ask(text, starts) { find_all(text) } else { Vec::new() }
}

fn find_all(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = Recent::default();
    for (start, word) in words(text) {
        let reply = if is_command(word) { before.latest().find(|(_, word)| asks_for_reply(word)) } else { None };
        if let Some((reply, _)) = reply {
            found.push(reply..start + word.len());
            before.known = 0;
        }
        before.push((start, word));
        if ends_sentence(word) {
            before.known = 0;
        }
    }
    found
}

/// Whether a word of `text`, or a part of one, asks for a reply: in few texts one does.
fn may_ask(text: &str, starts: &WordStarts) -> bool {
    starts.iter().any(|start| {
        let rest = text.get(start.at..).unwrap_or_default();
        match start.plain {
            true => is_reply(rest.as_bytes()),
            false => may_begin_reply(rest) && rest.split(parts_words).next().is_some_and(may_be_reply),
        }
    })
}

/// Whether a word ends at `c`, and does not go on behind an accent, a soft hyphen or the like.
fn parts_words(c: char) -> bool {
    let is_inside = |c| {
        is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
    };
    !c.is_alphanumeric() && !is_inside(c)
}

/// Whether a text that begins with a word of ASCII begins with one that asks for a reply.
fn is_reply(word: &[u8]) -> bool {
    if !REPLY_HEADS.begin(word) {
        return false;
    }
    let first = word.first().map(u8::to_ascii_lowercase);
    // sorted: those that begin so stand together
    let head = |reply: &Text| reply.as_bytes().first().copied();
    let from = REPLIES.partition_point(|reply| head(reply) < first);
    let begins =
        |reply: &Text| word.get(..reply.len()).is_some_and(|start| start.eq_ignore_ascii_case(reply.as_bytes()));
    REPLIES.iter().skip(from).take_while(|reply| head(reply) == first).any(begins)
}

/// Whether a part of a word asks for a reply.
fn may_be_reply(part: &str) -> bool {
    if part.is_ascii() { is_reply(part.as_bytes()) } else { asks_for_reply(part) }
}

/// Whether the first letter of `text` may begin a word that asks for a reply: only then the word is looked at, and folded.
fn may_begin_reply(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let first = first.to_lowercase().next().unwrap_or(first);
    // an accent is not in the list
    !first.is_ascii() && first < '\u{370}' || REPLIES.iter().any(|reply| reply.starts_with(first))
}

/// Whether a word ends what belongs together. The last byte tells it of nearly all that do not.
fn ends_sentence(word: &str) -> bool {
    match word.as_bytes().last() {
        Some(b'.' | b'!' | b'?' | b';' | b',') => true,
        Some(byte) if byte.is_ascii() => false,
        _ => word.ends_with('…'),
    }
}

/// The last words of the sentence so far, with their places.
#[derive(Default)]
struct Recent<'t> {
    words: [(usize, &'t str); NEAR + 1],
    known: usize,
}

impl<'t> Recent<'t> {
    fn push(&mut self, word: (usize, &'t str)) {
        self.words[self.known % (NEAR + 1)] = word;
        self.known += 1;
    }

    /// The last one first.
    fn latest(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let first = self.known.saturating_sub(NEAR + 1);
        (first..self.known).rev().map(|number| self.words[number % (NEAR + 1)])
    }
}

/// The words of `text`, parted by blanks, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(length) = blank_at(text, at) {
            at += length;
        }
        let start = at;
        let bytes = text.as_bytes();
        loop {
            let rest = bytes.get(at..)?;
            at += rest.iter().position(|byte| MAY_BE_BLANK[usize::from(*byte)]).unwrap_or(rest.len());
            // nearly always
            if bytes.get(at).is_none_or(|byte| *byte == b' ') || blank_at(text, at).is_some() {
                break;
            }
            at += 1;
        }
        let word = text.get(start..at).filter(|word| !word.is_empty())?;
        // one blank, as between most words
        at += usize::from(bytes.get(at) == Some(&b' '));
        Some((start, word))
    })
}

/// The bytes with which a blank may begin.
const MAY_BE_BLANK: [bool; 256] = {
    let mut may = [false; 256];
    let mut at = 0;
    while at < 256 {
        may[at] = matches!(at as u8, b' ' | b'\t'..=b'\r' | 0xC2 | 0xE1 | 0xE2 | 0xE3);
        at += 1;
    }
    may
};

/// The length of the blank at `at`, if there is one. ASCII, of which nearly all texts are, is not decoded.
fn blank_at(text: &str, at: usize) -> Option<usize> {
    match *text.as_bytes().get(at)? {
        b' ' | b'\t'..=b'\r' => Some(1),
        // no blank begins with any other byte: U+0085 and U+00A0, U+1680, U+2000 to U+205F, U+3000
        0xC2 | 0xE1 | 0xE2 | 0xE3 => {
            text.get(at..)?.chars().next().filter(|character| character.is_whitespace()).map(char::len_utf8)
        }
        _ => None,
    }
}

fn is_command(word: &str) -> bool {
    // most words, and those with one capital
    if let [first, rest @ ..] = word.as_bytes()
        && (first.is_ascii_lowercase()
            || first.is_ascii_uppercase() && rest.first().is_some_and(u8::is_ascii_lowercase))
    {
        return false;
    }
    let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_quoted = || word.trim_start_matches('(').starts_with(['"', '\'', '“', '„', '«', '‘', '‚', '»', '”', '「']);
    let in_capitals = || inside.chars().count() > 1 && !inside.chars().any(char::is_lowercase);
    (is_quoted() || in_capitals()) && holds(&COMMANDS, &folded(inside))
}

fn asks_for_reply(word: &str) -> bool {
    let inside = folded(word.trim_matches(|c: char| !c.is_alphanumeric()));
    REPLIES.iter().any(|reply| inside.starts_with(reply.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{WordStarts, find_all};
    use proptest::prelude::*;

    fn find(text: &str) -> Vec<std::ops::Range<usize>> {
        super::find(text, &WordStarts::of(text))
    }

    proptest! {
        #[test]
        fn a_quick_look_misses_no_reply(
            text in "((reply|Reply|re\u{ad}ply|RE\u{301}PONDEZ|répondez|odpovězte|ОТВЕТЬТЕ|Απαντήστε|yanıt|a|with)[ \u{a0}»«\"’:,—-]{1,2}(STOP|«СТОП»|'remove'|é)? ?){0,4}",
        ) {
            prop_assert_eq!(find(&text), find_all(&text));
        }
    }

    #[test]
    fn commands_and_other_replies() {
        for (text, ways) in [
            ("To opt out, reply 'REMOVE'.", 1),
            ("just reply \"unsubscribe\"", 1),
            ("please reply with the word REMOVE", 1),
            ("odpovězte STOP.", 1),
            ("Rispondi CANCELLAMI", 1),
            ("Responda SAIR", 1),
            ("Odpowiedz STOP", 1),
            ("Ответьте «СТОП»", 1),
            ("Beantwoord deze mail met STOP.", 1),
            ("antworten Sie einfach mit STOP", 1),
            ("Απαντήστε με ΣΤΟΠ", 1),
            ("Reply with YES to book your place.", 0),
            ("Reply to this mail with your questions, we never STOP helping.", 0),
            ("Reply to ask for a non-STOP flight", 0),
            ("We reply until you say stop", 0),
            ("Don't STOP now: reply to this mail.", 0),
        ] {
            assert_eq!(find(text).len(), ways, "{text}");
        }
    }
}
