//! A merge tag that nobody filled in.

use crate::sort;
use crate::diagnostic::{Level, Standard};
use crate::facts::{Dead, Facts, OptOutWay, Unclosed};
use crate::knowledge::providers;
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::tags::{self, Role};
use crate::message::{Body, BodyContent, Spot};
use crate::source::ViewSpan;
use std::collections::HashMap;

pub static LINT: Lint = Lint {
    name: "unresolved-merge-tag",
    summary: "merge tag that is left over in a mail that is ready to be sent",
    level: Level::Deny,
    standards: &[Standard::OutlookHighVolume],
    since: "0.1.0",
    page: include_str!("unresolved_merge_tag.md"),
    check,
};

/// As many places of one tag as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_rendered() {
        return;
    }
    let is_known = |tag: &str| providers::is_known_tag(tag, facts.settings.provider.as_deref());
    let mut leftovers: Vec<Leftover> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut note = |written: &str, spot: Spot, closer: Option<&str>| match places.get(written) {
        Some(&place) => leftovers[place].spots.push(spot),
        None => {
            places.insert(written.to_owned(), leftovers.len());
            let (written, closer) = (written.to_owned(), closer.map(str::to_owned));
            leftovers.push(Leftover { written, spots: vec![spot], closer });
        }
    };
    for name in ["From", "Reply-To", "Subject"] {
        for header in facts.message.headers_named(name) {
            let value = facts.message.value(header);
            for tag in tags::scan(value, false, &facts.message.dialect) {
                let written = &value[tag.span.range()];
                if is_known(written) {
                    note(written, Spot { view: header.value, span: tag.span }, None);
                }
            }
        }
    }
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let text = facts.message.view(body.view).text();
        for tag in &body.tags {
            let written = &text[tag.span.range()];
            if tag.role != Role::Comment && is_seen(facts, index, body, tag.span) && is_known(written) {
                note(written, Spot { view: body.view, span: tag.span }, None);
            }
        }
    }
    for link in facts.links() {
        if let Some(written) = encoded_tag(&link.href) {
            note(&written, link.target, None);
        }
    }
    for broken in facts.unclosed().iter().filter(|unclosed| is_left_over(facts, unclosed)) {
        note(&facts.message.view(broken.spot.view).text()[broken.spot.span.range()], broken.spot, Some(&broken.closer));
    }
    // A way out that was not filled in is `dead-unsubscribe`'s.
    let mut dead: Vec<Spot> = dead_ways_out(facts).collect();
    sort::by_key(&mut dead, |dead| (dead.view, dead.span.start));
    for mut leftover in leftovers {
        leftover.spots.retain(|spot| !overlaps_one_of(&dead, *spot));
        if !leftover.spots.is_empty() {
            report(facts, findings, &leftover);
        }
    }
}

/// A tag that readers see as it is written.
struct Leftover {
    written: String,
    spots: Vec<Spot>,
    /// What it lacks at its end, if it was never a whole tag: `{{first_name}`.
    closer: Option<String>,
}

fn report(facts: &Facts<'_>, findings: &mut Findings, leftover: &Leftover) {
    let (tag, spots) = (shortened(&leftover.written), &leftover.spots);
    let (message, help) = match &leftover.closer {
        None => (
            format!("the merge tag `{tag}` was not filled in"),
            "check the tag's name and whether it is one of your provider's; for a template that is not filled in yet, say `--template`".to_owned(),
        ),
        Some(closer) => (
            format!("the merge tag `{tag}` has no `{closer}` at its end, and was not filled in"),
            format!("close it with `{closer}` in the template, and send a test again"),
        ),
    };
    let finding = findings.report(spots[0], message);
    finding
        .label("readers will see it as it is written")
        .soften_if(spots.iter().all(|spot| is_spoken_of(facts, *spot)));
    for spot in spots.iter().take(SHOWN).skip(1) {
        finding.also(*spot, "and here");
    }
    finding
        .because("mail should be transparent and accurate; this is a slip that every reader sees", sources::HIGH_VOLUME)
        .help(help);
}

/// Where the tags are by which nobody gets out.
fn dead_ways_out(facts: &Facts<'_>) -> impl Iterator<Item = Spot> {
    let dead = facts.optouts().iter().filter(|optout| matches!(facts.dead(optout), Some(Dead::Tag(_))));
    dead.map(|optout| match optout.link {
        Some(link) if optout.way != OptOutWay::Tag => facts.links()[link].target,
        _ => optout.spot,
    })
}

/// Whether one of `sorted`, which follow one another, shares a byte with `spot`.
fn overlaps_one_of(sorted: &[Spot], spot: Spot) -> bool {
    let behind = sorted.partition_point(|one| (one.view, one.span.start) < (spot.view, spot.span.end));
    sorted[..behind].last().is_some_and(|one| one.view == spot.view && one.span.overlaps(spot.span))
}

/// In visible text or in a target: not in code samples, CSS, scripts, comments.
fn is_seen(facts: &Facts<'_>, index: usize, body: &Body<'_>, span: ViewSpan) -> bool {
    let BodyContent::Html(document) = &body.content else { return true };
    if facts.is_in_target(index, span) {
        return true;
    }
    let Some(tag) = facts.prose()[index].tag_at(span).filter(|tag| !tag.hidden) else { return false };
    !tag.element.is_some_and(|id| document.element(id).is_code())
}

/// A tag with half of its end, which somebody reads: in visible text that is no code sample, in a target or a header field.
fn is_left_over(facts: &Facts<'_>, unclosed: &Unclosed) -> bool {
    let spot = unclosed.spot;
    let text = facts.message.view(spot.view).text();
    let has_half = text[spot.span.range()].ends_with(['}', '|', '*']);
    // "{{Deep} learning}" is BibTeX
    let behind = &text[spot.span.end..];
    let goes_on = || behind.find(['{', '}', '<', '\n']).is_some_and(|at| behind[at..].starts_with('}'));
    if !unclosed.is_delimiter || !has_half || goes_on() {
        return false;
    }
    let Some(index) = facts.message.bodies.iter().position(|body| body.view == spot.view) else { return true };
    let prose = &facts.prose()[index];
    let place = prose.range_of(spot.span);
    if place.is_empty() {
        return facts.is_in_target(index, spot.span);
    }
    let in_code = match &facts.message.bodies[index].content {
        BodyContent::Html(document) => prose.element_at(place.start).is_some_and(|id| document.element(id).is_code()),
        BodyContent::Plain => false,
    };
    !prose.is_hidden(place.start) && !in_code
}

/// A tag that a mailer has percent-encoded into a target: `?u=%7B%7Buser_id%7D%7D`.
fn encoded_tag(href: &str) -> Option<String> {
    // each of them has one
    memchr::memchr(b'%', href.as_bytes())?;
    let upper = href.to_ascii_uppercase();
    let pairs = [("%7B%7B", "%7D%7D", "{{", "}}"), ("*%7C", "%7C*", "*|", "|*")];
    pairs.into_iter().find_map(|(open, close, open_plain, close_plain)| {
        let start = upper.find(open)? + open.len();
        let end = start + upper[start..].find(close)?;
        let written = format!("{open_plain}{}{close_plain}", href.get(start..end)?.replace("%20", " "));
        providers::is_known_tag(&written, None).then_some(written)
    })
}

/// How far from a tag a sentence speaks of it, in bytes.
const NEAR: usize = 500;

/// The sentence is about templates: it shows the tag to its readers.
fn is_spoken_of(facts: &Facts<'_>, spot: Spot) -> bool {
    const CUES: [&str; 12] = [
        "syntax",
        "template",
        "placeholder",
        "merge tag",
        "variable",
        "jinja",
        "handlebars",
        "mustache",
        "liquid",
        "vue",
        "curly",
        "render",
    ];
    let Some(index) = facts.message.bodies.iter().position(|body| body.view == spot.view) else { return false };
    let prose = &facts.prose()[index];
    // what was never a whole tag is text
    let text = Some(prose.range_of(spot.span)).filter(|text| !text.is_empty()).map(|text| {
        let before = spot.span.start.saturating_sub(prose.spot(text.clone()).span.start);
        prose.text.floor_char_boundary((text.start + before).min(text.end))
    });
    prose.tag_at(spot.span).map(|tag| tag.at).or(text).is_some_and(|at| {
        let at = at.min(prose.text.len());
        let sentence = prose.sentence_around(at).range;
        let start = prose.text.floor_char_boundary(sentence.start.max(at.saturating_sub(NEAR)));
        let end = prose.text.ceil_char_boundary(sentence.end.min(at + NEAR)).max(start);
        let sentence = prose.text[start..end].to_lowercase();
        CUES.iter().any(|cue| sentence.contains(cue))
    })
}

fn shortened(tag: &str) -> String {
    let folded = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &folded[..at]),
        None => folded,
    }
}
