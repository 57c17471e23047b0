//! Which findings are marked where: the labels that lie in a body, by the view that they were seen through.

use super::cards::{Card, MOST_CARDS};
use crate::diagnostic::Place;
use crate::facts::preview::Body;
use crate::sort;
use crate::source::ViewSpan;

/// A place of a finding in a body's view.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The place; empty for an insertion point.
    pub span: ViewSpan,
    /// The number of its card.
    pub number: usize,
    /// It keeps the campaign from being sent.
    pub severe: bool,
    /// It is the finding itself, not a place that explains it.
    pub primary: bool,
}

/// The marks in the body at `index`, in source order.
pub(super) fn of(bodies: &[Body], index: usize, cards: &[Card<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for card in cards.iter().take(MOST_CARDS) {
        for (label, primary) in card.labels().filter(|(label, _)| body_of(bodies, &label.place) == Some(index)) {
            let span = label.place.view.as_ref().map(|view| view.span.span);
            marks.extend(span.map(|span| Mark { span, number: card.number, severe: card.is_severe(), primary }));
        }
    }
    sort::by_key(&mut marks, |mark| (mark.span.start, mark.number));
    marks
}

/// The body that a place is in: the one with its view's name that holds its bytes.
fn body_of(bodies: &[Body], place: &Place) -> Option<usize> {
    let view = place.view.as_ref()?;
    let at = place.span?.span.start;
    let named = || bodies.iter().enumerate().filter(|(_, body)| body.view == view.name);
    let holding = named().find(|(_, body)| body.place.start <= at && at <= body.place.end);
    holding.or_else(|| named().next()).map(|(index, _)| index)
}
