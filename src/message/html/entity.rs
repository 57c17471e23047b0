//! Character references, decoded as html5ever decodes them, with the way back to the raw text.

use crate::knowledge::references;
use html5ever::data::C1_REPLACEMENTS;
use std::borrow::Cow;
use std::ops::Range;

/// What kind of text it is; the rules differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The value of an attribute: `&copy=1` and `&copyright` are left alone (HTML §13.2.5.73).
    Attribute,
    /// Text between tags.
    Text,
    /// The inside of `<textarea>` and `<title>`: as text, but a NUL stays as U+FFFD.
    Escapable,
    /// The inside of `<style>`, `<script>` and the like, and of CDATA sections: `&` means itself.
    Raw,
}

/// Decoded text, and where it came from.
pub(super) struct Decoded<'t> {
    pub text: Cow<'t, str>,
    pub map: Map,
}

/// The places where decoded and raw text differ, in order. Offsets are in bytes, from the start of the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Map(Vec<Unit>);

/// A reference or a line end that was decoded as one.
#[derive(Debug, Clone)]
struct Unit {
    decoded: Range<usize>,
    raw: Range<usize>,
}

impl Map {
    /// The ends of the stretches, as `(decoded, raw)`; empty where nothing differs.
    pub fn offsets(&self, decoded_len: usize, raw_len: usize) -> Vec<(u32, u32)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut offsets = Vec::with_capacity(2 * self.0.len() + 2);
        let mut add = |decoded: usize, raw: usize| {
            let pair = (decoded as u32, raw as u32);
            if offsets.last() != Some(&pair) {
                offsets.push(pair);
            }
        };
        add(0, 0);
        for unit in &self.0 {
            add(unit.decoded.start, unit.raw.start);
            add(unit.decoded.end, unit.raw.end);
        }
        add(decoded_len, raw_len);
        offsets
    }

    /// The smallest raw range of whole references and characters that gives the decoded `range`.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.end(range.end).max(start)
    }

    fn start(&self, decoded: usize) -> usize {
        let after = self.0.partition_point(|unit| unit.decoded.start <= decoded);
        match after.checked_sub(1).and_then(|index| self.0.get(index)) {
            None => decoded,
            Some(unit) if decoded < unit.decoded.end => unit.raw.start,
            Some(unit) => unit.raw.end + (decoded - unit.decoded.end),
        }
    }

    fn end(&self, decoded: usize) -> usize {
        let after = self.0.partition_point(|unit| unit.decoded.start < decoded);
        match after.checked_sub(1).and_then(|index| self.0.get(index)) {
            None => decoded,
            Some(unit) if decoded <= unit.decoded.end => unit.raw.end,
            Some(unit) => unit.raw.end + (decoded - unit.decoded.end),
        }
    }
}

/// Decodes `raw`. The ranges in `opaque` (merge tags; in order, none overlapping) stay as they are written.
pub(super) fn decode<'t>(raw: &'t str, place: Place, opaque: &[Range<usize>]) -> Decoded<'t> {
    if is_plain(raw) {
        return Decoded { text: Cow::Borrowed(raw), map: Map::default() };
    }
    let mut text = String::with_capacity(raw.len());
    let mut map = Map::default();
    read(raw, place, opaque, |stretch, unit| {
        text.push_str(stretch);
        if let Some((raw, characters)) = unit {
            let start = text.len();
            push(&mut text, characters);
            map.0.push(Unit { decoded: start..text.len(), raw });
        }
    });
    Decoded { text: Cow::Owned(text), map }
}

/// Decodes `raw` to the end of `text`, and adds to `offsets` what [`Map::offsets`] says of it: nothing where the two are the same.
pub(super) fn decode_to(
    raw: &str,
    place: Place,
    opaque: &[Range<usize>],
    text: &mut String,
    offsets: &mut Vec<(u32, u32)>,
) {
    if is_plain(raw) {
        return text.push_str(raw);
    }
    // the end of a line, and what the next one begins with: most of what stands between two tags
    if let Some(rest) = raw.strip_prefix("\r\n").filter(|rest| is_plain(rest)) {
        text.push('\n');
        text.push_str(rest);
        let ends = [(0, 0), (1, 2), (1 + rest.len() as u32, raw.len() as u32)];
        return offsets.extend(ends.iter().take(if rest.is_empty() { 2 } else { 3 }));
    }
    let (begin, first) = (text.len(), offsets.len());
    let mut add = |decoded: usize, raw: usize| {
        let pair = ((decoded - begin) as u32, raw as u32);
        if offsets.get(first..).is_none_or(|own| own.last() != Some(&pair)) {
            offsets.push(pair);
        }
    };
    let mut differs = false;
    read(raw, place, opaque, |stretch, unit| {
        text.push_str(stretch);
        if let Some((raw, characters)) = unit {
            if !std::mem::replace(&mut differs, true) {
                add(begin, 0);
            }
            add(text.len(), raw.start);
            push(text, characters);
            add(text.len(), raw.end);
        }
    });
    if differs {
        add(text.len(), raw.len());
    }
}

fn push(text: &mut String, characters: [Option<char>; 2]) {
    let [first, second] = characters;
    if let Some(first) = first {
        text.push(first);
    }
    if let Some(second) = second {
        text.push(second);
    }
}

/// Whether `raw` stands for itself wherever it is.
pub(super) fn is_plain(raw: &str) -> bool {
    next_special(raw.as_bytes()).is_none()
}

/// Decodes `raw` to the end of `text`.
pub(super) fn append(raw: &str, place: Place, text: &mut String) {
    read(raw, place, &[], |stretch, unit| {
        text.push_str(stretch);
        if let Some((_, characters)) = unit {
            push(text, characters);
        }
    });
}

/// What a reference or a line end stands for, and where in the raw text it is.
type Replaced = (Range<usize>, [Option<char>; 2]);

/// Reads `raw` and hands on each stretch that stands for itself, with what stands behind it; nothing does behind the last.
#[inline]
fn read<'t>(raw: &'t str, place: Place, opaque: &[Range<usize>], mut part: impl FnMut(&'t str, Option<Replaced>)) {
    let (mut copied, mut at) = (0, 0);
    let mut opaque = opaque.iter().peekable();
    while let Some(found) = next_special(raw.as_bytes().get(at..).unwrap_or_default()) {
        let here = at + found;
        while opaque.next_if(|tag| tag.end <= here).is_some() {}
        let limit = opaque.peek().map_or(raw.len(), |tag| tag.start);
        if limit <= here {
            at = opaque.peek().map_or(raw.len(), |tag| tag.end);
            continue;
        }
        let Some(unit) = raw.get(here..limit).and_then(|rest| unit(rest, place)) else {
            at = here + 1;
            continue;
        };
        at = here + unit.len;
        part(raw.get(copied..here).unwrap_or_default(), Some((here..at, unit.characters)));
        copied = at;
    }
    part(raw.get(copied..).unwrap_or_default(), None);
}

/// Where the next byte stands that may not stand for itself. It is near in most texts, nearer than a search in wide steps begins to pay.
#[inline]
fn next_special(rest: &[u8]) -> Option<usize> {
    let is_special = |byte: &u8| matches!(byte, b'&' | b'\r' | b'\0');
    let (near, far) = rest.split_at(rest.len().min(NEAR));
    near.iter().position(is_special).or_else(|| Some(NEAR + memchr::memchr3(b'&', b'\r', b'\0', far)?))
}

/// So many bytes are looked at one by one first.
const NEAR: usize = 4;

/// What some bytes of source stand for.
struct Reading {
    len: usize,
    characters: [Option<char>; 2],
}

impl Reading {
    fn one(len: usize, character: char) -> Option<Self> {
        Some(Self { len, characters: [Some(character), None] })
    }
}

/// What the beginning of `rest` stands for, if not for itself.
fn unit(rest: &str, place: Place) -> Option<Reading> {
    match *rest.as_bytes() {
        [b'\r', b'\n', ..] => Reading::one(2, '\n'),
        [b'\r', ..] => Reading::one(1, '\n'),
        [b'\0', ..] if place == Place::Text => Some(Reading { len: 1, characters: [None, None] }),
        [b'\0', ..] => Reading::one(1, '\u{fffd}'),
        [b'&', ..] if place == Place::Raw => None,
        // by far the most frequent one
        [b'&', b'a', b'm', b'p', b';', ..] => Reading::one(5, '&'),
        [b'&', b'#', ..] => numeric(rest),
        [b'&', ..] => named(rest, place),
        _ => None,
    }
}

fn named(rest: &str, place: Place) -> Option<Reading> {
    let reference = references::longest(rest.get(1..)?)?;
    let len = 1 + reference.len;
    let open = rest.as_bytes().get(len - 1) != Some(&b';');
    let next = rest.as_bytes().get(len);
    if place == Place::Attribute && open && next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric()) {
        return None;
    }
    Some(Reading { len, characters: reference.characters })
}

fn numeric(rest: &str) -> Option<Reading> {
    let bytes = rest.as_bytes();
    let (start, base) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let mut value = 0_u32;
    let mut len = start;
    while let Some(digit) = bytes.get(len).and_then(|byte| char::from(*byte).to_digit(base)) {
        value = value.saturating_mul(base).saturating_add(digit);
        len += 1;
    }
    if len == start {
        return None;
    }
    if bytes.get(len) == Some(&b';') {
        len += 1;
    }
    Reading::one(len, character(value))
}

/// HTML §13.2.5.80, numeric character reference end state.
fn character(value: u32) -> char {
    let replaced = match value {
        0 => None,
        0x80..=0x9f => C1_REPLACEMENTS.get(value as usize - 0x80).copied().flatten().or(char::from_u32(value)),
        _ => char::from_u32(value),
    };
    replaced.unwrap_or('\u{fffd}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_what_is_decoded(raw in "(a|&amp;|&am|&lt|\r\n|\r|\u{0}|é|&#233;|[{]x&gt;[}]){0,12}") {
            let opaque: Vec<_> = raw.match_indices("{x&gt;}").map(|(at, tag)| at..at + tag.len()).collect();
            for (place, opaque) in [(Place::Text, &opaque[..]), (Place::Attribute, &[]), (Place::Raw, &opaque[..])] {
                let decoded = decode(&raw, place, opaque);
                let (mut text, mut offsets) = ("before".to_owned(), vec![(0, 0)]);
                decode_to(&raw, place, opaque, &mut text, &mut offsets);
                prop_assert_eq!(&text["before".len()..], &*decoded.text);
                prop_assert_eq!(&offsets[1..], decoded.map.offsets(decoded.text.len(), raw.len()));
            }
        }
    }

    fn attribute(raw: &str) -> String {
        decode(raw, Place::Attribute, &[]).text.into_owned()
    }

    #[test]
    fn references_in_attributes() {
        for (raw, decoded) in [
            ("?a=1&b=2", "?a=1&b=2"),
            ("?a=1&amp;b=2", "?a=1&b=2"),
            ("?a=1&copy=2", "?a=1&copy=2"),
            ("?a&copyright=2", "?a&copyright=2"),
            ("?a&reg_id=2", "?a®_id=2"),
            ("&#104;&#x74;&#X54;p", "htTp"),
            ("&#106avascript&#58;", "javascript:"),
            ("&#0;&#x110000;&#xd800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&#128;&#x81;", "€\u{81}"),
            ("&#;&#x;&;&", "&#;&#x;&;&"),
            ("&notit;&notin;&not", "&notit;∉¬"),
            ("&NotEqualTilde;", "≂̸"),
            ("a\r\nb\rc\0", "a\nb\nc\u{fffd}"),
        ] {
            assert_eq!(attribute(raw), decoded, "{raw:?}");
        }
    }

    #[test]
    fn texts_know_more_references_and_drop_nuls() {
        assert_eq!(decode("&notit;&copy=\0", Place::Text, &[]).text, "¬it;©=");
        assert_eq!(decode("&lt;\0", Place::Escapable, &[]).text, "<\u{fffd}");
        assert_eq!(decode("&lt;\r\n", Place::Raw, &[]).text, "&lt;\n");
    }

    #[test]
    fn merge_tags_stay_as_they_are_written() {
        let raw = "a&amp;{{x&amp;y}}&am{{z}}&lt;";
        let tags =
            [raw.find("{{x").unwrap()..raw.find("&am{").unwrap(), raw.find("{{z").unwrap()..raw.find("&lt").unwrap()];
        assert_eq!(decode(raw, Place::Attribute, &tags).text, "a&{{x&amp;y}}&am{{z}}<");
    }

    #[test]
    fn ranges_map_back_to_whole_references() {
        let raw = "a&amp;b\r\n&NotEqualTilde;é";
        let decoded = decode(raw, Place::Attribute, &[]);
        let marked = |text: &str| {
            let start = decoded.text.find(text).unwrap();
            &raw[decoded.map.raw(start..start + text.len())]
        };
        assert_eq!(marked("a"), "a");
        assert_eq!(marked("&"), "&amp;");
        assert_eq!(marked("&b"), "&amp;b");
        assert_eq!(marked("\n"), "\r\n");
        assert_eq!(marked("≂"), "&NotEqualTilde;");
        assert_eq!(marked("é"), "é");
        assert_eq!(decoded.map.raw(1..1), 1..1);
    }
}
