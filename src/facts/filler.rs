//! Text that was to be replaced by the real one: in the subject, the bodies, the alternative texts of images.

use super::Facts;
use super::prose::Prose;
use super::salutation;
use super::words::count;
use crate::knowledge::filler::{self, Filler, Strength};
use crate::knowledge::starts::WordStarts;
use crate::message::{BodyContent, Spot};
use crate::source::ViewSpan;
use std::ops::Range;

/// Where filler stands, the subject's first, then body after body in source order; what follows on in one block is one.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Spot> {
    let finished = facts.is_rendered();
    let mut found = Vec::new();
    if let Some(subject) = facts.subject() {
        let ranges = in_text(&subject.text).into_iter().filter(|filler| counts(&subject.text, filler, finished));
        let start = subject.spot.span.start;
        found.extend(ranges.map(|filler| Spot {
            span: ViewSpan::new(start + filler.range.start, start + filler.range.end),
            ..subject.spot
        }));
    }
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let first = found.len();
        found.extend(in_prose(&facts.prose()[index], finished));
        if let BodyContent::Html(document) = &body.content {
            for element in document.elements() {
                let Some(alt) = element.attribute("alt") else { continue };
                let ranges = in_text(&alt.value).into_iter().filter(|filler| counts(&alt.value, filler, finished));
                found.extend(ranges.map(|filler| Spot { view: body.view, span: alt.span_of(filler.range) }));
            }
        }
        if finished {
            let prose = &facts.prose()[index];
            let names = salutation::unfilled(body, prose).map(|name| prose.spot(name));
            // some are filler by their words; both are in order
            let mut known: Vec<Spot> = found[first..].to_vec();
            known.sort_unstable();
            let is_new = |name: &Spot| {
                let behind = known.partition_point(|one| one.span.start < name.span.end);
                !known[..behind].last().is_some_and(|one| one.span.overlaps(name.span))
            };
            let names: Vec<Spot> = names.filter(is_new).collect();
            found.extend(names);
        }
        found[first..].sort_unstable();
    }
    found
}

fn in_text(text: &str) -> Vec<Filler> {
    filler::find(text, &WordStarts::of(text))
}

fn in_prose(prose: &Prose, finished: bool) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut block_before: Option<Range<usize>> = None;
    for filler in filler::find(&prose.text, prose.starts()) {
        let block = prose.block_around(filler.range.start);
        if filler.range.end > block.end || block_before.as_ref() == Some(&block) {
            continue;
        }
        let sentence = prose.sentence_around(filler.range.start).range;
        let within = Filler { strength: filler.strength, range: relative(&filler.range, sentence.start) };
        if filler.range.end <= sentence.end && counts(&prose.text[sentence], &within, finished)
            || filler.strength == Strength::Certain
        {
            spots.push(prose.spot(filler.range));
            block_before = Some(block);
        }
    }
    spots
}

fn relative(range: &Range<usize>, start: usize) -> Range<usize> {
    range.start.saturating_sub(start)..range.end.saturating_sub(start)
}

/// Whether a phrase in `sentence` is filler there.
fn counts(sentence: &str, filler: &Filler, finished: bool) -> bool {
    let bracketed = is_bracketed(sentence, &filler.range);
    match filler.strength {
        Strength::Certain => true,
        Strength::Alone => bracketed || is_alone(sentence, &filler.range),
        Strength::Named => finished && bracketed,
        Strength::Stub => false,
    }
}

/// At most one word more than the phrase has.
fn is_alone(sentence: &str, range: &Range<usize>) -> bool {
    count(sentence) <= count(&sentence[range.clone()]) + 1
}

/// `[…]`, `<…>`, `{…}` right around it. (A merge tag is none: it is no text.)
fn is_bracketed(sentence: &str, range: &Range<usize>) -> bool {
    let before = sentence[..range.start].trim_end().chars().next_back();
    let after = sentence[range.end..].trim_start().chars().next();
    matches!((before, after), (Some('['), Some(']')) | (Some('<'), Some('>')) | (Some('{'), Some('}')))
}
