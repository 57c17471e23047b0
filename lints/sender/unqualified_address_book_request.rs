//! A request to be added to the address book that promises delivery.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::{Facts, PROSE_BREAK, Prose};
use crate::knowledge::suggested_words;
use crate::knowledge::words::Meaning;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use crate::source::ViewSpan;
use std::ops::Range;

pub static LINT: Lint = Lint {
    name: "unqualified-address-book-request",
    summary: "request to be added to the address book that sounds like a guarantee of delivery",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.2.0",
    page: include_str!("unqualified_address_book_request.md"),
    check,
};

/// How far before and behind the sentence (bytes) the reservation may stand.
const NEAR: (usize, usize) = (300, 600);
/// As many phrases as are looked at in one body.
const LOOKED_AT: usize = 100;
/// As many sentences as are pointed at.
const SHOWN: usize = 4;

/// A sentence that asks and promises.
struct Request<'p> {
    prose: &'p Prose,
    sentence: Range<usize>,
    language: &'static str,
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let requests: Vec<Request<'_>> = facts.prose().iter().flat_map(requests).collect();
    let Some(first) = requests.first() else { return };
    let finding = findings.report(first.spot(), "asks to be added to the address book as if that made sure of delivery");
    finding.label("promises more than an address book can do");
    for request in requests.iter().take(SHOWN).skip(1) {
        finding.also(request.spot(), "and here");
    }
    finding.because("such a request should clearly state that it is not a guarantee of delivery", sources::TRANSPARENT);
    for request in requests.iter().take(SHOWN) {
        let (place, sentence) = request.reservation();
        finding.suggest("say so in the next sentence", Applicability::MaybeIncorrect, place, sentence);
    }
}

/// The requests of one body without a reservation near them; twins of one sentence count once.
fn requests(prose: &Prose) -> Vec<Request<'_>> {
    let mut requests: Vec<Request<'_>> = Vec::new();
    let asking = prose.hits().iter().filter(|hit| hit.meaning == Meaning::AddSender);
    for hit in asking.take(LOOKED_AT) {
        if requests.last().is_some_and(|last| last.sentence.contains(&hit.range.start)) || prose.is_hidden(hit.range.start) {
            continue;
        }
        let sentence = prose.sentence_around(hit.range.start).range;
        let text = &prose.text[sentence.clone()];
        let is_twin = || requests.iter().any(|known| prose.text[known.sentence.clone()] == *text);
        let promises = prose.hits_in(sentence.clone(), Meaning::DeliveryPromise).next().is_some();
        if promises && !is_reserved(prose, &sentence) && !is_twin() {
            requests.push(Request { prose, sentence, language: hit.language });
        }
    }
    requests
}

/// Near the sentence, or behind the asterisk that it has, it says that nothing is guaranteed.
fn is_reserved(prose: &Prose, sentence: &Range<usize>) -> bool {
    let start = prose.text.floor_char_boundary(sentence.start.saturating_sub(NEAR.0));
    let end = prose.text.ceil_char_boundary((sentence.end + NEAR.1).min(prose.text.len()));
    let is_near = || prose.hits_in(start..end, Meaning::NoGuarantee).next().is_some();
    let has_asterisk = prose.text[sentence.clone()].contains('*');
    let in_footnote = || {
        prose.hits().iter().filter(|hit| hit.meaning == Meaning::NoGuarantee).any(|hit| {
            prose.text[prose.block_around(hit.range.start)].trim_start_matches(PROSE_BREAK).trim_start().starts_with('*')
        })
    };
    is_near() || has_asterisk && in_footnote()
}

impl Request<'_> {
    fn spot(&self) -> Spot {
        self.prose.spot(self.sentence.clone())
    }

    /// Where the reservation would stand, and its words in the language of the request.
    fn reservation(&self) -> (Spot, String) {
        let spot = self.spot();
        let last = self.prose.text[self.sentence.clone()].chars().next_back();
        let is_ended = last.is_some_and(|last| ".!?…。！？:".contains(last));
        let stop = if is_ended { "" } else { "." };
        let end = Spot { view: spot.view, span: ViewSpan::at(spot.span.end) };
        (end, format!("{stop} {}", suggested_words::of(self.language).no_guarantee))
    }
}
