//! The attributes of an element: where they stand is noted by the parser, what they say is read when it is asked for.

use super::entity::{self, Map, Place};
use super::tokenizer::Found;
use super::{Document, Element};
use crate::source::ViewSpan;
use std::borrow::Cow;
use std::ops::Range;

/// An attribute of a start tag.
#[derive(Debug, Clone)]
pub struct Attribute<'d> {
    /// The name in lower case.
    pub name: Cow<'d, str>,
    /// The name in the view.
    pub name_span: ViewSpan,
    /// The raw value in the view, without quotes; empty right behind the name when there is none.
    pub value_span: ViewSpan,
    /// The whole attribute, from the name to the closing quote, with one blank before it: what to remove.
    pub span: ViewSpan,
    /// The value with entities decoded; merge tags are in it as they are written.
    pub value: Cow<'d, str>,
    map: Map,
    text: &'d str,
}

impl<'d> Attribute<'d> {
    /// The place in the view of a byte range of the decoded `value`: whole entities and characters. What lies behind the value's end is cut off.
    pub fn span_of(&self, range: Range<usize>) -> ViewSpan {
        span_of(self.text, self.value_span, &self.map, range)
    }

    fn read(document: &'d Document, found: &Found) -> Self {
        let text: &'d str = &document.text;
        let name = document.masked().get(found.name.clone()).unwrap_or_default();
        let value_span = found.value.clone().map_or(ViewSpan::at(found.name.end), ViewSpan::from);
        let (value, map) = document.decode(value_span, Place::Attribute);
        Self {
            name: lower(name),
            name_span: found.name.clone().into(),
            value_span,
            span: ViewSpan::new(blank_before(text, found.name.start), found.end),
            value,
            map,
            text,
        }
    }
}

/// The attributes of `element` in source order, and then those that it took over from repeated tags.
pub(super) fn attributes<'d>(element: Element<'d>) -> impl Iterator<Item = Attribute<'d>> {
    found(element).map(move |found| Attribute::read(element.document, found))
}

/// Which names there may be among a tag's attributes: a bit for each, which some share. Most questions are about names that are not there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names(u64);

impl Names {
    /// No name.
    pub const NONE: Self = Self(0);
    /// One of them begins with `on`.
    const HANDLER: u64 = 1 << 63;

    /// A name, in lower case.
    pub const fn one(name: &str) -> Self {
        Self(Self::bit(name))
    }

    /// The names of a tag's attributes, as written.
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let bits = names.map(|raw| {
            if raw.bytes().any(|byte| byte == 0) {
                return Self::of_name(&lower(raw));
            }
            Self::of_name(raw)
        });
        Self(bits.fold(0, |bits, bit| bits | bit))
    }

    /// These, and those of another tag.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(super) const fn may_hold_handler(self) -> bool {
        self.0 & Self::HANDLER != 0
    }

    #[inline]
    pub(super) fn may_hold(self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// The bits of a name, in whatever case.
    fn of_name(name: &str) -> u64 {
        let is_handler = matches!(name.as_bytes(), [b'o' | b'O', b'n' | b'N', ..]);
        Self::bit(name) | if is_handler { Self::HANDLER } else { 0 }
    }

    /// The same in whatever case the name is.
    const fn bit(name: &str) -> u64 {
        let (first, second, last) = match name.as_bytes() {
            [] => (0, 0, 0),
            [one] => (*one, 0, *one),
            [first, second] => (*first, *second, *second),
            [first, second, .., last] => (*first, *second, *last),
        };
        let (first, second, last) =
            (first.to_ascii_lowercase(), second.to_ascii_lowercase(), last.to_ascii_lowercase());
        1 << ((first as u32 * 5 + second as u32 * 3 + last as u32 * 11 + name.len() as u32 * 7) % 63)
    }
}

/// Whether `element` may have an attribute called `name`.
#[inline]
pub(super) fn may_have(element: Element<'_>, name: &str) -> bool {
    element.record().is_some_and(|record| record.attributes.may_hold(name))
}

/// Whether `element` may have an attribute with one of `names`.
#[inline]
pub(super) fn may_have_any(element: Element<'_>, names: Names) -> bool {
    element.record().is_some_and(|record| record.attributes.0 & names.0 != 0)
}

/// The attributes of `element` as the parser reads them, merge tags being filler: names as written, values not decoded. In source order, duplicates
/// included.
pub(super) fn masked<'d>(element: Element<'d>) -> impl Iterator<Item = (&'d str, &'d str)> {
    let text = element.document.masked();
    let of = |range: Range<usize>| text.get(range).unwrap_or_default();
    found(element).map(move |found| (of(found.name.clone()), found.value.clone().map_or("", of)))
}

/// The names of the attributes of `element`.
pub(super) fn names<'d>(element: Element<'d>) -> impl Iterator<Item = Cow<'d, str>> {
    let masked = element.document.masked();
    found(element).map(|found| lower(masked.get(found.name.clone()).unwrap_or_default()))
}

/// Whether the name of an attribute of `element` begins with `on`.
#[inline]
pub(super) fn may_have_handler(element: Element<'_>) -> bool {
    element.record().is_some_and(|record| record.attributes.may_hold_handler())
}

/// All attributes of `element` called `name`.
pub(super) fn attributes_named<'d>(element: Element<'d>, name: &'d str) -> impl Iterator<Item = Attribute<'d>> {
    let masked = element.document.masked();
    let named = move |found: &&Found| masked.get(found.name.clone()).is_some_and(|found| is_called(found, name));
    found(element).filter(named).map(move |found| Attribute::read(element.document, found))
}

/// The values of all attributes of `element` called `name`, not decoded.
pub(super) fn written_values<'d>(element: Element<'d>, name: &str) -> impl Iterator<Item = &'d str> {
    value_spans(element, name).filter_map(move |span| element.document.text.get(span.range()))
}

/// Where they are in the view.
pub(super) fn value_spans<'d>(element: Element<'d>, name: &str) -> impl Iterator<Item = ViewSpan> {
    let masked = element.document.masked();
    let named = move |found: &&'d Found| masked.get(found.name.clone()).is_some_and(|found| is_called(found, name));
    let found = may_have(element, name).then(|| found(element)).into_iter().flatten();
    found.filter(named).filter_map(|found| found.value.clone().map(ViewSpan::from))
}

/// The first attribute of `element` called `name`.
pub(super) fn attribute<'d>(element: Element<'d>, name: &str) -> Option<Attribute<'d>> {
    Some(Attribute::read(element.document, first(element, name)?))
}

/// Whether `element` has an attribute called `name`, without a look at its value.
pub(super) fn has(element: Element<'_>, name: &str) -> bool {
    first(element, name).is_some()
}

/// The first attribute of `element` called `name`, if its value has less than `bytes` as it is written; a longer one is not read.
pub(super) fn short<'d>(element: Element<'d>, name: &str, bytes: usize) -> Option<Attribute<'d>> {
    let found = first(element, name)?;
    let is_short = found.value.as_ref().is_none_or(|value| value.len() < bytes);
    is_short.then(|| Attribute::read(element.document, found))
}

fn first<'d>(element: Element<'d>, name: &str) -> Option<&'d Found> {
    if !may_have(element, name) {
        return None;
    }
    let masked = element.document.masked();
    let named = |found: &&Found| masked.get(found.name.clone()).is_some_and(|found| is_called(found, name));
    found(element).find(named)
}

fn found<'d>(element: Element<'d>) -> impl Iterator<Item = &'d Found> {
    let attributes = &element.document.attributes;
    let of = |list: &Range<usize>| attributes.get(list.clone()).unwrap_or_default().iter();
    let (own, merged) = element.record().map_or((&(0..0), &[][..]), |record| (&record.places, &record.merged[..]));
    of(own).chain(merged.iter().flat_map(of))
}

pub(super) fn is_called(raw: &str, name: &str) -> bool {
    raw.eq_ignore_ascii_case(name) || raw.contains('\0') && lower(raw) == name
}

/// As the tokenizer makes names: ASCII letters small, NUL replaced.
pub(super) fn lower(raw: &str) -> Cow<'_, str> {
    if raw.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        Cow::Owned(raw.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(raw)
    }
}

/// The start of the one blank (CR LF counts as one) before `at`, or `at`.
fn blank_before(text: &str, at: usize) -> usize {
    match text.as_bytes().get(..at).unwrap_or_default() {
        [.., b'\r', b'\n'] => at - 2,
        [.., b' ' | b'\t' | b'\n' | b'\r' | b'\x0c'] => at - 1,
        _ => at,
    }
}

/// The place of a range of a decoded text whose raw text is at `whole`.
pub(super) fn span_of(text: &str, whole: ViewSpan, map: &Map, range: Range<usize>) -> ViewSpan {
    let raw = map.raw(range);
    let start = text.floor_char_boundary((whole.start + raw.start).min(whole.end)).max(whole.start);
    let end = text.ceil_char_boundary((whole.start + raw.end).min(whole.end)).max(start);
    ViewSpan::new(start, end)
}

impl Document {
    /// The text at `span`, decoded as `place` wants it; merge tags stay as they are written.
    pub(super) fn decode(&self, span: ViewSpan, place: Place) -> (Cow<'_, str>, Map) {
        let raw = self.text.get(span.range()).unwrap_or_default();
        if entity::is_plain(raw) {
            return (Cow::Borrowed(raw), Map::default());
        }
        let decoded = entity::decode(raw, place, &self.tags_in(span));
        (decoded.text, decoded.map)
    }

    /// The same, to the end of `text`, with the ends of the stretches.
    pub(super) fn decode_to(&self, span: ViewSpan, place: Place, text: &mut String, offsets: &mut Vec<(u32, u32)>) {
        let raw = self.text.get(span.range()).unwrap_or_default();
        if entity::is_plain(raw) {
            return text.push_str(raw);
        }
        entity::decode_to(raw, place, &self.tags_in(span), text, offsets);
    }

    /// The merge tags in `span`, from its start.
    fn tags_in(&self, span: ViewSpan) -> Vec<Range<usize>> {
        let first = self.tags.partition_point(|tag| tag.end <= span.start);
        let tags = self.tags.get(first..).unwrap_or_default().iter();
        tags.take_while(|tag| tag.start < span.end)
            .map(|tag| tag.start.max(span.start) - span.start..tag.end.min(span.end) - span.start)
            .collect()
    }
}
