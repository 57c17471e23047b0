//! Text that readers never see and filters do: not the preheader, not a twin for other screens, not a copy of what is seen.

use super::words::count;
use super::{Facts, Prose};
use crate::message::Spot;
use crate::message::html::{Document, Element, ElementId};
use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

/// A stretch of hidden text: all that one element hides.
#[derive(Debug)]
pub struct Concealed {
    /// Index in `message.bodies`.
    pub body: usize,
    /// The text, from its first word to its last.
    pub spot: Spot,
    /// How many words.
    pub words: usize,
}

/// As many words a preheader has at most that stands above the mail's own: only a link to the web version, the brand, a date and the like are before it.
const PREHEADER: usize = 100;
const ABOVE: usize = 18;
/// As many words one has at most that stands lower, and stand at most before it.
const LOW_PREHEADER: usize = 40;
const BEFORE_PREHEADER: usize = 40;

/// Hidden runs that one element hides.
struct Stretch {
    hider: Option<ElementId>,
    range: Range<usize>,
    text: String,
    /// Words that are seen before it.
    before: usize,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Concealed> {
    facts.html_bodies().flat_map(|(body, _, document)| of_body(facts, body, document)).collect()
}

fn of_body(facts: &Facts<'_>, body: usize, document: &Document) -> Vec<Concealed> {
    let prose = &facts.prose()[body];
    let colours = facts.is_rendered();
    let seen = LazyCell::new(|| seen(document, prose, colours));
    let mut concealed = Vec::new();
    for stretch in stretches(document, prose, colours) {
        let words = count(&stretch.text);
        let is_at_top = stretch.before <= ABOVE && words <= PREHEADER;
        let is_preheader = is_at_top || stretch.before <= BEFORE_PREHEADER && words <= LOW_PREHEADER;
        if words > 0 && !is_preheader && !is_copy(&stretch.text, &seen) {
            concealed.push(Concealed { body, spot: prose.spot(stretch.range), words });
        }
    }
    concealed
}

/// The words that are seen.
fn seen(document: &Document, prose: &Prose, colours: bool) -> HashSet<String> {
    let runs = prose.runs().filter(|(_, element, hidden, _)| !hidden && !is_unread(document, *element, colours));
    runs.flat_map(|(range, ..)| words(&prose.text[range])).collect()
}

/// Faint text, where colours are known.
fn is_unread(document: &Document, element: Option<ElementId>, colours: bool) -> bool {
    colours && element.is_some_and(|element| is_faint(document, document.element(element)))
}

/// What is hidden, by what hides it.
fn stretches(document: &Document, prose: &Prose, colours: bool) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut before = 0;
    for (range, element, hidden, _) in prose.runs() {
        let text = &prose.text[range.clone()];
        let faint = is_unread(document, element, colours);
        let element = element.map(|element| document.element(element));
        if !hidden && !faint {
            // how many it is beyond this nobody asks
            before += if before > BEFORE_PREHEADER { 0 } else { count(text) };
            continue;
        }
        let Some(range) = trimmed(prose, range) else { continue };
        let hiders = if hidden { hiders(document, element) } else { Vec::new() };
        if hiders.iter().any(|hider| document.style(*hider).responsive) {
            continue;
        }
        let hider = hiders.last().or(element.as_ref()).map(|hider| hider.id);
        match stretches.last_mut().filter(|last| last.hider == hider) {
            Some(last) => {
                last.range.end = range.end;
                last.text.push(' ');
                last.text.push_str(text);
            }
            None => stretches.push(Stretch { hider, range, text: text.to_owned(), before }),
        }
    }
    stretches
}

/// The elements that hide the text, from the inside to the outside: each is hidden itself.
fn hiders<'d>(document: &'d Document, element: Option<Element<'d>>) -> Vec<Element<'d>> {
    let around = element.into_iter().flat_map(|element| std::iter::once(element).chain(element.ancestors()));
    around.take_while(|element| document.style(*element).hidden).collect()
}

/// Text in the colour of what is behind it.
fn is_faint(document: &Document, element: Element<'_>) -> bool {
    let style = document.style(element);
    style.color.is_some() && style.color == style.background && !style.background_image
}

fn trimmed(prose: &Prose, range: Range<usize>) -> Option<Range<usize>> {
    let text = &prose.text[range.clone()];
    let padding = |c: char| !c.is_alphanumeric();
    let start = range.start + text.find(|c| !padding(c))?;
    let end = range.start + text.trim_end_matches(padding).len();
    Some(start..end)
}

/// Most of its words are seen elsewhere: a twin that is shown in the place of the other.
fn is_copy(text: &str, seen: &HashSet<String>) -> bool {
    let (mut all, mut known) = (0, 0);
    for word in words(text) {
        all += 1;
        known += usize::from(seen.contains(&word));
    }
    known * 10 >= all * 7
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
