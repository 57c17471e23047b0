//! Whether a way out can be seen in the HTML, and why not.

use super::{OptOut, OptOutWay};
use crate::facts::Facts;
use crate::message::html::{Document, Element, ElementId, Node, Style};

/// Why a reader does not see a way out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unseen {
    /// CSS or an attribute hides it.
    Hidden,
    /// Its text is this small, in CSS pixels.
    Tiny(f32),
    /// Its text has nearly the colour of what is behind it: the contrast ratio of WCAG 2, 1 to 21.
    Faint(f32),
    /// It lies behind what Gmail shows of a long message: the byte of the decoded HTML that it begins at.
    Clipped(usize),
}

/// Smaller text (CSS pixels) is not read.
const TINY: f32 = 8.0;
/// Less contrast is not seen.
const FAINT: f32 = 1.5;
/// Bytes of decoded HTML that Gmail shows.
const GMAIL_CLIP: usize = 102_400;
/// What stands in a link that is looked at for an image: links may hold one another.
const MOST_INSIDE: usize = 1_000;

/// Why nobody sees `optout`, which stands in an HTML body; `None` where it is seen, or nobody can know.
pub(super) fn unseen(facts: &Facts<'_>, document: &Document, optout: &OptOut) -> Option<Unseen> {
    let prose = &facts.prose()[optout.body];
    let range = match optout.link.map(|link| &facts.links()[link]) {
        Some(link) => link.text.clone(),
        None => prose.range_of(optout.spot.span),
    };
    let element = optout.link.and_then(|link| facts.links()[link].element).map(|id| document.element(id));
    let responsive = |element: Element<'_>| {
        document.style(element).responsive || element.ancestors().any(|outer| document.style(outer).responsive)
    };
    // One of a pair of twins: the other may be seen.
    if element.is_some_and(responsive) {
        return None;
    }
    if element.is_some_and(|element| document.style(element).hidden) || element.is_none() && optout.hidden {
        return Some(Unseen::Hidden);
    }
    let images = element.is_some_and(|element| shows_image(document, element));
    let runs = prose.runs_in(range.clone()).filter(|(run, ..)| {
        let text = &prose.text[run.start.max(range.start)..run.end.min(range.end)];
        text.chars().any(|character| !character.is_whitespace())
    });
    let mut why = None;
    for (_, id, hidden, twin) in runs {
        let seen = if hidden { Some(Unseen::Hidden) } else { id.and_then(|id| weak_sight(document, id)) };
        if seen.is_none() || twin {
            return clipped(optout);
        }
        why = why.or(seen);
    }
    if images || optout.way == OptOutWay::Tag { clipped(optout) } else { why.or(clipped(optout)) }
}

fn clipped(optout: &OptOut) -> Option<Unseen> {
    let start = optout.spot.span.start;
    (start > GMAIL_CLIP).then_some(Unseen::Clipped(start))
}

fn weak_sight(document: &Document, id: ElementId) -> Option<Unseen> {
    let style = document.style(document.element(id));
    if let Some(size) = style.font_size.filter(|size| *size < TINY) {
        return Some(Unseen::Tiny(size));
    }
    contrast(style).filter(|ratio| *ratio < FAINT).map(Unseen::Faint)
}

/// The contrast of text and background; `None` where one is unknown or an image lies behind.
fn contrast(style: &Style) -> Option<f32> {
    if style.background_image {
        return None;
    }
    let (text, behind) = (luminance(style.color?), luminance(style.background?));
    Some((text.max(behind) + 0.05) / (text.min(behind) + 0.05))
}

/// Relative luminance (WCAG 2.2, definition of "relative luminance").
fn luminance(color: [u8; 3]) -> f32 {
    let [red, green, blue] = color.map(|channel| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// An image in it can be seen.
fn shows_image(document: &Document, element: Element<'_>) -> bool {
    element.name() == "area"
        || element.inside().take(MOST_INSIDE).any(|node| {
            let Node::Start(inner) = node else { return false };
            let style = document.style(inner);
            let dot = [style.width, style.height].into_iter().flatten().any(|length| length <= 3.0);
            matches!(inner.name(), "img" | "svg") && !style.hidden && !dot
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_of_colours() {
        let ratio = |text, behind| {
            let style = Style { color: Some(text), background: Some(behind), ..Style::default() };
            contrast(&style).map(|ratio| (ratio * 10.0).round() / 10.0)
        };
        assert_eq!(ratio([0, 0, 0], [255, 255, 255]), Some(21.0));
        assert_eq!(ratio([255, 255, 255], [255, 255, 255]), Some(1.0));
        assert_eq!(ratio([221, 221, 221], [255, 255, 255]), Some(1.4));
        assert_eq!(contrast(&Style::default()), None);
    }
}
