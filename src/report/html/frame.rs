//! The campaign as a document of its own, with the findings marked in it.
//!
//! Only elements and attributes of `facts::preview`'s allow-list are written, values in double quotes, all text escaped:
//! whatever the browser makes of their order, nothing else can come of it.

use super::escape::{escaped, flowing, text};
use super::marks::Mark;
use crate::facts::preview::{Body, BodyKind, Control, Embedded, Picture, Piece, What};
use crate::report::json::shape::base64;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = include_str!("frame.css");

/// What the browser may do in the frame, beside what `sandbox` forbids: nothing but styles and images that are in it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The document for `srcdoc`, and the numbers of the findings that can be seen in it.
pub(super) fn document(body: &Body, marks: &[Mark], title: &str) -> (String, BTreeSet<usize>) {
    let (inside, seen) = drawn(body, marks);
    let document = format!(
        "<!DOCTYPE html><html lang=\"und\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><title>{}</title><style>{STYLE}</style>\
         <style>{}</style></head><body>{inside}</body></html>",
        text(title),
        body.sheet,
    );
    (document, seen)
}

/// What stands in the body, and the numbers of the findings that can be seen in it.
pub(super) fn drawn(body: &Body, marks: &[Mark]) -> (String, BTreeSet<usize>) {
    let mut writer = Writer { out: String::new(), marks, next: 0, seen: BTreeSet::new() };
    for piece in &body.pieces {
        writer.piece(piece);
    }
    if body.cut {
        writer.out.push_str("<p data-presend=\"end\">The picture ends here: the campaign is longer.</p>");
    } else {
        writer.insertions(usize::MAX);
    }
    if body.kind == BodyKind::Text {
        writer.out = format!("<pre>{}</pre>", writer.out);
    }
    (writer.out, writer.seen)
}

struct Writer<'b> {
    out: String,
    /// In source order.
    marks: &'b [Mark],
    next: usize,
    seen: BTreeSet<usize>,
}

impl<'b> Writer<'b> {
    fn piece(&mut self, piece: &Piece) {
        self.insertions(piece.span.start);
        let here = self.marks_until(piece.span.end);
        match &piece.what {
            What::Open { name, attributes, link } => self.open(name, attributes, *link, here),
            What::Close(name) => {
                self.badge(here);
                let _ = write!(self.out, "</{name}>");
            }
            What::Text { text, offsets } => self.text(piece, text, offsets, here),
            What::Tag(tag) => {
                self.badge(here);
                let _ = write!(self.out, "<span data-presend=\"tag\"{}>{}</span>", outline(here), text(tag));
            }
            What::Image(picture) => {
                self.badge(here);
                self.image(picture, here);
            }
            What::Control(control, words) => {
                self.badge(here);
                self.control(*control, words, here);
            }
            What::Left(name, true) => {
                self.badge(here);
                let _ = write!(self.out, "<span data-presend=\"left\"{}>{name}: not shown</span>", outline(here));
            }
            What::Left(_, false) | What::Unseen => {}
        }
    }

    /// Badges for insertion points before `offset`; what else lies there is in nothing that is shown.
    fn insertions(&mut self, offset: usize) {
        let from = self.next;
        while self.marks.get(self.next).is_some_and(|mark| mark.span.start < offset) {
            self.next += 1;
        }
        let marks = self.marks;
        for mark in marks.get(from..self.next).unwrap_or_default().iter().filter(|mark| mark.span.is_empty()) {
            self.badge(std::slice::from_ref(mark));
        }
    }

    /// The marks that begin before `end`.
    fn marks_until(&mut self, end: usize) -> &'b [Mark] {
        let from = self.next;
        while self.marks.get(self.next).is_some_and(|mark| mark.span.start < end) {
            self.next += 1;
        }
        let marks = self.marks;
        marks.get(from..self.next).unwrap_or_default()
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)], link: bool, here: &[Mark]) {
        let inside = holds_badge(name);
        if !inside {
            self.badge(here);
        }
        let _ = write!(self.out, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.out, " {attribute}=\"{}\"", text(value));
        }
        if link {
            self.out.push_str(" data-presend=\"link\"");
        }
        self.out.push_str(&outline(here));
        self.out.push('>');
        if inside {
            self.badge(here);
        }
    }

    /// Text, with marks around what they mark of it.
    fn text(&mut self, piece: &Piece, text: &str, offsets: &[(u32, u32)], here: &[Mark]) {
        let mut at = 0;
        for mark in here {
            let raw = |offset: usize| offset.clamp(piece.span.start, piece.span.end) - piece.span.start;
            let start = decoded(text, offsets, raw(mark.span.start)).max(at);
            let end = decoded(text, offsets, raw(mark.span.end)).max(start);
            self.out.push_str(&flowing(text.get(at..start).unwrap_or_default()));
            self.badge(std::slice::from_ref(mark));
            if end > start {
                let inside = flowing(text.get(start..end).unwrap_or_default());
                let _ = write!(self.out, "<span{}>{inside}</span>", outline(std::slice::from_ref(mark)));
            }
            at = end;
        }
        self.out.push_str(&flowing(text.get(at..).unwrap_or_default()));
    }

    /// The numbers of marks, on one badge.
    fn badge(&mut self, marks: &[Mark]) {
        let numbers: BTreeSet<usize> = marks.iter().map(|mark| mark.number).collect();
        if numbers.is_empty() {
            return;
        }
        let shown: Vec<_> = numbers.iter().take(6).map(usize::to_string).collect();
        let level = if marks.iter().any(|mark| mark.severe) { "error" } else { "warning" };
        let _ = write!(self.out, "<b data-presend=\"badge {level}\">{}</b>", shown.join(" · "));
        self.seen.extend(numbers);
    }

    fn image(&mut self, picture: &Picture, here: &[Mark]) {
        let alt = text(picture.alt.as_deref().unwrap_or_default());
        let size = size(picture);
        let style = text(&picture.style);
        match &picture.embedded {
            Some(Embedded { media_type, bytes }) => {
                let _ = write!(
                    self.out,
                    "<img src=\"data:{media_type};base64,{}\" alt=\"{alt}\" style=\"{style}{}\"{}>",
                    base64(bytes),
                    natural(picture),
                    outline(here),
                );
            }
            None => {
                let kind = if picture.tiny { "pixel" } else { "image" };
                let what = match (&picture.alt, picture.width, picture.height) {
                    _ if picture.tiny => String::new(),
                    (Some(alt), ..) if !alt.is_empty() => text(alt),
                    (_, Some(width), Some(height)) => format!("image, {width:.0} × {height:.0}"),
                    _ => "image".to_owned(),
                };
                let _ = write!(
                    self.out,
                    "<span data-presend=\"{kind}\" style=\"{style}{size}\"{}>{what}</span>",
                    outline(here)
                );
            }
        }
    }

    fn control(&mut self, control: Control, words: &str, here: &[Mark]) {
        let outline = outline(here);
        let _ = match control {
            Control::Box(ticked) => {
                let sign = if ticked { "☑" } else { "☐" };
                write!(self.out, "<span data-presend=\"box\"{outline}>{sign}</span>")
            }
            Control::Field => write!(self.out, "<span data-presend=\"field\"{outline}>{}</span>", text(words)),
            Control::Button => write!(self.out, "<span data-presend=\"button\"{outline}>{}</span>", text(words)),
        };
    }
}

/// The attribute that draws an outline.
fn outline(marks: &[Mark]) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let level = if marks.iter().any(|mark| mark.severe) { "error" } else { "warning" };
    let rank = if marks.iter().any(|mark| mark.primary) { "" } else { " other" };
    format!(" data-presend-mark=\"{level}{rank}\"")
}

/// Whether a badge can stand in an element; else it stands before it: in a table or row it would be moved out, and a
/// void element holds nothing.
fn holds_badge(name: &str) -> bool {
    matches!(
        name,
        "a" | "address"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "center"
            | "dd"
            | "div"
            | "dt"
            | "figure"
            | "font"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "li"
            | "main"
            | "nav"
            | "p"
            | "section"
            | "span"
            | "td"
            | "th"
    )
}

/// The declarations for a box of an image's size; where a side is unknown, one that shows that there is something.
fn size(picture: &Picture) -> String {
    let side = |side: f32| side.clamp(0.0, 4000.0);
    let width = match picture.width {
        Some(width) => format!("width:{:.0}px;max-width:100%;", side(width)),
        None if picture.fluid => "width:100%;".to_owned(),
        None => "width:120px;max-width:100%;".to_owned(),
    };
    let height = match (picture.height, picture.width) {
        (Some(height), _) => format!("height:{:.0}px;", side(height)),
        (None, Some(width)) => format!("height:auto;min-height:{:.0}px;", side(width / 3.0).clamp(20.0, 160.0)),
        (None, None) => "height:auto;min-height:80px;".to_owned(),
    };
    // an inline box has no size
    let display = if picture.style.contains("display:") && !picture.style.contains("display:inline;") {
        ""
    } else {
        "display:inline-block;"
    };
    width + &height + display
}

/// The declarations for an image that is shown.
fn natural(picture: &Picture) -> String {
    let width = picture.width.map(|width| format!("width:{width:.0}px;")).unwrap_or_default();
    format!("{width}max-width:100%;height:auto;")
}

/// The offset in a decoded text of an offset in the raw text, on a character's boundary.
fn decoded(text: &str, offsets: &[(u32, u32)], raw: usize) -> usize {
    let (mut before, mut found) = ((0, 0), None);
    for &(end, raw_end) in offsets {
        let end = (end as usize, raw_end as usize);
        if raw <= end.1 {
            found = Some(end);
            break;
        }
        before = end;
    }
    let at = match found {
        Some(end) if raw == end.1 => end.0,
        Some(end) if end.0 - before.0 != end.1 - before.1 => before.0,
        _ => before.0 + (raw - before.1.min(raw)),
    };
    text.floor_char_boundary(at)
}

/// Whether a body fits into a small frame, as far as that can be told without a layout: no script can measure it later.
fn is_short(body: &Body) -> bool {
    let heights = body.pieces.iter().map(|piece| match &piece.what {
        What::Image(picture) => picture.height.unwrap_or(80.0).clamp(0.0, 4000.0),
        What::Text { text, .. } => text.split_whitespace().count() as f32 * 2.5,
        What::Open { name, .. } if matches!(*name, "p" | "h1" | "h2" | "h3" | "tr" | "li" | "br") => 18.0,
        _ => 0.0,
    });
    heights.sum::<f32>() < 400.0
}

/// A frame's attributes and content.
pub(super) fn iframe(body: &Body, document: &str, title: &str) -> String {
    let class = if is_short(body) { " class=\"short\"" } else { "" };
    format!("<iframe{class} sandbox=\"\" title=\"{}\" srcdoc=\"{}\"></iframe>", text(title), escaped(document))
}
