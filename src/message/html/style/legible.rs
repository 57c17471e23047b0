//! Text that is too small to be read hides its element, unless something in it is seen for all that.

use super::super::entity;
use super::super::outline::Entry;
use super::super::{Document, ElementId};
use super::{Style, is_image};

/// Text of this size in pixels, or a smaller one, is not seen.
const UNREADABLE: f32 = 1.0;

/// Notes as hidden what has text of an unreadable size and holds nothing that is seen: an image or a field, which no font size hides, or text of a
/// readable size.
pub(super) fn hide_unreadable(document: &Document, styles: &mut [Style]) {
    if !styles.iter().any(is_unreadable) {
        return;
    }
    let mut seen = vec![false; styles.len()];
    for entry in &document.entries {
        let holder = match *entry {
            Entry::Start(id) => Some(id).filter(|_| is_image(document.element(ElementId(id)).name())),
            Entry::Text { span, parent, place } => parent.filter(|parent| {
                let raw = || document.masked().get(span.range()).unwrap_or_default();
                styles.get(*parent as usize).is_some_and(|style| !is_unreadable(style))
                    && !is_blank(&entity::decode(raw(), place, &[]).text)
            }),
            Entry::End(..) | Entry::Comment { .. } => None,
        };
        if let Some(id) = holder {
            see(document, ElementId(id), &mut seen);
        }
    }
    for (style, seen) in styles.iter_mut().zip(seen) {
        style.hidden |= !seen && is_unreadable(style);
    }
}

/// Notes that something is seen in an element, and so in all that is around it.
fn see(document: &Document, id: ElementId, seen: &mut [bool]) {
    let element = document.element(id);
    for holder in std::iter::once(element).chain(element.ancestors()) {
        let Some(seen) = seen.get_mut(holder.id.0 as usize) else { continue };
        if std::mem::replace(seen, true) && !document.has_copies {
            break;
        }
    }
}

/// Nearly all text begins with a letter or has one behind its blanks.
fn is_blank(text: &str) -> bool {
    let first = text.bytes().find(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    first.is_none_or(|first| !first.is_ascii_graphic() && text.trim().is_empty())
}

fn is_unreadable(style: &Style) -> bool {
    style.font_size.is_some_and(|size| size <= UNREADABLE)
}
