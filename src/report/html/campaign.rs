//! One campaign: how an inbox shows it, the campaign itself with its findings beside it, and what it consists of.

use super::cards::{self, Card, MOST_CARDS};
use super::escape::{count, sentence, text};
use super::verdict::{Standing, State};
use super::{charts, frame, inbox, marks};
use crate::facts::preview::{Body, BodyKind, Preview};
use crate::report::FileReport;
use crate::sort;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The section of a campaign; `number` counts the sections from 1, `draw` says whether there is to be a picture.
pub(super) fn section(file: &FileReport, standing: &Standing, number: usize, draw: bool) -> String {
    let mut out = String::new();
    let cards = cards::cards(&file.diagnostics);
    let preview = file.preview.as_deref();
    let state = standing.state;
    let _ = write!(
        out,
        "<section class=\"campaign\" id=\"c{number}\" aria-label=\"Campaign {number}\"><header><h2>{}</h2>\
         <p class=\"state {}\"><span aria-hidden=\"true\">{}</span> {}</p></header>",
        text(&standing.name),
        state.class(),
        state.sign(),
        tally(standing),
    );
    if let Some(why) = &standing.unchecked {
        let _ = write!(out, "<p class=\"unread\">{}</p>", sentence(why));
    }
    if let Some(preview) = preview {
        let what = if preview.fragment { " (a piece of a campaign)" } else { "" };
        let _ = write!(out, "<h3>In the inbox{what}</h3>");
        inbox::write(&mut out, &preview.inbox, &cards);
    }
    body(&mut out, preview.filter(|_| draw), &cards, standing, number);
    if let Some(preview) = preview {
        out.push_str("<h3>What it consists of</h3>");
        charts::write(&mut out, &preview.shares);
    }
    out.push_str("</section>");
    out
}

/// What was found, in numbers.
fn tally(standing: &Standing) -> String {
    let parts = [(standing.deny, "error"), (standing.warn, "warning")];
    let counted: Vec<_> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| count(*number, what)).collect();
    match standing.state {
        _ if !counted.is_empty() => {
            format!("{}: {}", standing.word(), counted.join(", ")).replace(", with warnings:", ":")
        }
        State::Ready => "Ready to send".to_owned(),
        state => state.word().to_owned(),
    }
}

/// The picture, and the cards beside it.
fn body(out: &mut String, preview: Option<&Preview>, cards: &[Card<'_>], standing: &Standing, number: usize) {
    let pictures: Vec<_> = preview.iter().flat_map(|preview| pictures(preview, cards, &standing.name)).collect();
    let seen: Option<BTreeSet<usize>> =
        (!pictures.is_empty()).then(|| pictures.iter().flat_map(|(_, seen)| seen.iter().copied()).collect());
    let class = if pictures.is_empty() { "beside alone" } else { "beside" };
    let _ = write!(out, "<div class=\"{class}\">");
    if !pictures.is_empty() {
        out.push_str("<div class=\"picture\"><h3>The campaign</h3>");
        pictures.iter().for_each(|(picture, _)| out.push_str(picture));
        out.push_str("</div>");
    }
    if standing.unchecked.is_none() || !cards.is_empty() {
        out.push_str("<div class=\"findings\"><h3>What was found</h3>");
        findings(out, cards, number, seen.as_ref());
        out.push_str("</div>");
    }
    out.push_str("</div>");
}

fn findings(out: &mut String, cards: &[Card<'_>], number: usize, seen: Option<&BTreeSet<usize>>) {
    if cards.is_empty() {
        out.push_str("<p class=\"nothing\">Nothing. This campaign passed every check.</p>");
        return;
    }
    out.push_str("<ol class=\"cards\">");
    for card in cards.iter().take(MOST_CARDS) {
        cards::write(out, card, number, seen.map(|seen| seen.contains(&card.number)));
    }
    out.push_str("</ol>");
    if cards.len() > MOST_CARDS {
        let _ = write!(
            out,
            "<p class=\"quiet\">{} are not shown here; presend lists all in its other formats.</p>",
            count(cards.len() - MOST_CARDS, "further finding")
        );
    }
}

/// The bodies as they may look: the first open, the others to be opened.
fn pictures(preview: &Preview, cards: &[Card<'_>], name: &str) -> Vec<(String, BTreeSet<usize>)> {
    let first = preview.bodies.iter().position(|body| body.kind != BodyKind::Text).unwrap_or(0);
    let mut order: Vec<usize> = (0..preview.bodies.len()).collect();
    sort::by_key(&mut order, |&index| index != first);
    order
        .into_iter()
        .enumerate()
        .filter_map(|(nth, index)| {
            let body = preview.bodies.get(index)?;
            let marks = marks::of(&preview.bodies, index, cards);
            let title = format!("{}, {} of {name}", nth + 1, kind(body));
            let (document, seen) = frame::document(body, &marks, &title);
            let frame = frame::iframe(body, &document, &title);
            let picture = match nth {
                0 => format!("{frame}<p class=\"quiet\">{}</p>", caption(body)),
                _ => format!("<details><summary>{}</summary>{frame}</details>", capital(kind(body))),
            };
            Some((picture, seen))
        })
        .collect()
}

fn kind(body: &Body) -> &'static str {
    match body.kind {
        BodyKind::Text => "plain text",
        BodyKind::Html => "picture",
        BodyKind::Mjml => "rough picture",
    }
}

fn capital(kind: &str) -> &'static str {
    match kind {
        "plain text" => "The plain text beside it",
        _ => "A further body",
    }
}

/// What a reader has to know of a picture.
fn caption(body: &Body) -> &'static str {
    match body.kind {
        BodyKind::Text => "The plain text of the mail, merge tags in grey.",
        BodyKind::Html => {
            "Drawn from the file alone: images that lie elsewhere are boxes of their size with their alternative text, \
             links lead nowhere, merge tags are grey."
        }
        BodyKind::Mjml => {
            "A rough layout of the MJML source, which is not compiled here. Images are boxes with their alternative \
             text, links lead nowhere, merge tags are grey."
        }
    }
}
