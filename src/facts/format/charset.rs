//! Bodies that are not in the charset that they say (RFC 2045 §5.2, RFC 2046 §4.1.2).

use super::{Facts, named, parameter, transfer};
use crate::message::charset::Charset;
use crate::message::tags::{self, Dialect};
use crate::message::{BodyContent, Part, Spot, TransferEncoding};
use crate::source::ViewSpan;
use std::ops::Range;

/// Characters beyond ASCII that prove, when all are UTF-8, that a text labelled as something else is UTF-8.
const PROOF: usize = 3;

/// A body that is not in the charset that it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mislabelled {
    /// Index in `message.parts`.
    pub part: usize,
    /// What is wrong.
    pub what: Mislabel,
    /// The label, where there is one.
    pub label: Option<Spot>,
    /// The first character that is not as the label says.
    pub contradiction: Option<Spot>,
    /// Where `utf-8` would have to stand, and what would be written there; where the text is UTF-8 without doubt.
    pub cure: Option<(Spot, &'static str)>,
    /// A `<meta>` of the HTML says a charset.
    pub in_meta: bool,
}

/// What is wrong with a charset label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mislabel {
    /// None is given, so that it is ASCII, and the text is not.
    Undeclared,
    /// Nobody knows it.
    Unknown(String),
    /// It says ASCII, and the text is not.
    NotAscii(String),
    /// It says something else, and the text is UTF-8.
    IsUtf8(String),
    /// Some bytes are no code of it.
    Broken(String),
}

pub(super) fn mislabelled(facts: &Facts<'_>) -> Vec<Mislabelled> {
    facts.own_parts().filter_map(|(index, part)| examine(facts, index, part)).collect()
}

/// Also asked for by the lint about transfer encodings: where the charset is to blame for bytes beyond ASCII, it is silent.
pub(super) fn examine(facts: &Facts<'_>, index: usize, part: &Part) -> Option<Mislabelled> {
    if facts.unread_header().is_some() {
        return None;
    }
    let body = facts.message.bodies.iter().find(|body| body.part == index)?;
    let bytes = facts.message.part_bytes(index);
    let label = part.charset.as_deref();
    if label.is_some_and(|label| !tags::scan(label, false, &Dialect::default()).is_empty()) {
        return None;
    }
    // what came out of damaged base64 says nothing of the charset
    let what = judge(label, &bytes)
        .filter(|what| !is_moot(facts, part, what) && !transfer::is_unreadable(facts, index, part))?;
    let field = named(part, "Content-Type");
    let text = field.map(|header| facts.message.value(header)).unwrap_or_default();
    let written = parameter::find(text, "charset").map(|found| found.value);
    let spot = |range: Range<usize>| {
        field.map(|header| Spot { view: header.value, span: ViewSpan::new(range.start, range.end) })
    };
    let is_utf8 = !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok();
    let cure = match &written {
        Some(label) => spot(label.clone()).map(|place| (place, "utf-8")),
        None if text.contains("charset") => None,
        None => spot(text.len()..text.len()).map(|place| (place, "; charset=utf-8")),
    };
    let view = facts.message.view(body.view);
    let is_broken = matches!(what, Mislabel::Broken(_)) && view.text().contains(char::REPLACEMENT_CHARACTER);
    let is_odd =
        |character: char| if is_broken { character == char::REPLACEMENT_CHARACTER } else { !character.is_ascii() };
    let first = view.text().char_indices().find(|(_, character)| is_odd(*character));
    Some(Mislabelled {
        part: index,
        label: written.filter(|range| !range.is_empty()).and_then(spot),
        contradiction: first
            .map(|(at, character)| Spot { view: body.view, span: ViewSpan::new(at, at + character.len_utf8()) }),
        cure: cure.filter(|_| is_utf8),
        in_meta: says_charset(&body.content),
        what,
    })
}

/// The text was decoded by an editor, and what is wrong would be wrong with the bytes that it read.
fn is_moot(facts: &Facts<'_>, part: &Part, what: &Mislabel) -> bool {
    let of_bytes = matches!(what, Mislabel::IsUtf8(_) | Mislabel::Broken(_));
    of_bytes && facts.message.source.decoded && part.encoding == TransferEncoding::Identity
}

fn judge(label: Option<&str>, bytes: &[u8]) -> Option<Mislabel> {
    let Some(label) = label else { return (!bytes.is_ascii()).then_some(Mislabel::Undeclared) };
    let owned = || label.to_owned();
    let Some(charset) = Charset::labelled(label) else { return Some(Mislabel::Unknown(owned())) };
    if bytes.is_ascii() && charset.holds_ascii() {
        return None;
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    if label.to_ascii_lowercase().contains("ascii") {
        return (!bytes.is_ascii()).then(|| Mislabel::NotAscii(owned()));
    }
    let marked = bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let broken = !marked && charset.decode(bytes).1;
    if charset != Charset::UTF_8 && is_utf8 && (broken || charset.is_single_byte()) && beyond_ascii(bytes) >= PROOF {
        return Some(Mislabel::IsUtf8(owned()));
    }
    broken.then(|| Mislabel::Broken(owned()))
}

/// Characters beyond ASCII, in bytes that are UTF-8.
fn beyond_ascii(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte >= 0xc0).count()
}

fn says_charset(content: &BodyContent) -> bool {
    let BodyContent::Html(document) = content else { return false };
    document.named(&["meta"]).any(|element| {
        let names = |name: &str| element.attribute(name).is_some_and(|attribute| !attribute.value.trim().is_empty());
        let content = element.attribute("content").map(|content| content.value.to_ascii_lowercase());
        names("charset") || content.is_some_and(|content| content.contains("charset="))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_held_against_the_bytes() {
        let utf8 = "Grüße, Æther, café".as_bytes();
        for (label, bytes, expected) in [
            (None, &b"plain"[..], None),
            (None, utf8, Some(Mislabel::Undeclared)),
            (Some("utf-8"), utf8, None),
            (Some("us-ascii"), b"plain", None),
            (Some("us-ascii"), utf8, Some(Mislabel::NotAscii("us-ascii".into()))),
            (Some("iso-8859-1"), b"Gr\xfc\xdfe", None),
            // what mail programs take for windows-1252 is no fault
            (Some("iso-8859-1"), b"\x93quoted\x94", None),
            (Some("iso-8859-1"), utf8, Some(Mislabel::IsUtf8("iso-8859-1".into()))),
            (Some("iso-8859-1"), "é".as_bytes(), None),
            (Some("utf-8"), b"Gr\xfc\xdfe", Some(Mislabel::Broken("utf-8".into()))),
            (Some("shift_jis"), b"\x82\xa0\xff", Some(Mislabel::Broken("shift_jis".into()))),
            (Some("gbk"), b"\xd6\xd0\xce\xc4", None),
            (Some("no-such"), b"plain", Some(Mislabel::Unknown("no-such".into()))),
            (Some("utf-16le"), b"a\0b\0", None),
        ] {
            assert_eq!(judge(label, bytes), expected, "{label:?} {}", bytes.escape_ascii());
        }
    }
}
