//! What the attributes of an element say about its looks, read in one go.

use super::super::Element;
use super::super::attribute::masked;
use super::super::entity::{self, Place};
use super::declaration::Declaration;
use super::selector::Subject;
use super::{MOST_CLASSES, legacy, lower};
use std::borrow::Cow;

/// What an element's attributes say. Of an attribute that is there twice the first one counts.
pub(super) struct Written<'d> {
    /// The style attribute, not decoded.
    pub style: Option<&'d str>,
    pub subject: Subject<'d>,
}

/// The attributes that are looked at.
const READ: [&str; 13] = [
    "style",
    "class",
    "width",
    "href",
    "id",
    "height",
    "color",
    "bgcolor",
    "background",
    "hidden",
    "size",
    "text",
    "css-class",
];

impl<'d> Written<'d> {
    /// Reads what `element` says; `name` is what the tree calls it, `is_foreign` says that it is one of SVG or MathML. What rules override comes
    /// into `hints`.
    pub fn of(element: Option<Element<'d>>, name: &'d str, is_foreign: bool, hints: &mut Vec<Declaration>) -> Self {
        let subject = Subject { name: lower(name), ..Subject::default() };
        let mut written = Self { style: None, subject };
        hints.clear();
        hints.extend(legacy::by_name(name));
        let mut seen = [false; READ.len()];
        for (raw, value) in element.into_iter().flat_map(masked) {
            let attribute = if is_foreign { without_prefix(raw) } else { raw };
            let Some(which) = known(attribute) else { continue };
            let Some((known, seen)) = READ.get(which).zip(seen.get_mut(which)) else { continue };
            if !std::mem::replace(seen, true) {
                written.take(name, known, value, hints);
            }
        }
        written
    }

    fn take(&mut self, element: &str, attribute: &str, value: &'d str, hints: &mut Vec<Declaration>) {
        match attribute {
            "style" => self.style = Some(value),
            "id" => self.subject.id = Some(id(decoded(value))),
            // `css-class` is what MJML calls it.
            "class" | "css-class" => self.subject.classes.extend(classes(decoded(value))),
            // that it is there is all that counts
            "href" => hints.extend(legacy::by_attribute(element, attribute, "")),
            _ => hints.extend(legacy::by_attribute(element, attribute, &decoded(value))),
        }
    }
}

/// Which of [`READ`] is called so.
fn known(attribute: &str) -> Option<usize> {
    let first = attribute.as_bytes().first()?.to_ascii_lowercase();
    let may_be = |which: &&usize| READ[**which].as_bytes()[0] == first && attribute.eq_ignore_ascii_case(READ[**which]);
    OF_LENGTH.get(attribute.len())?.iter().take_while(|which| **which < READ.len()).find(may_be).copied()
}

/// Which of [`READ`] have so many bytes; behind the last one stands a number that none has.
const OF_LENGTH: [[usize; 5]; 11] = {
    let mut of_length = [[usize::MAX; 5]; 11];
    let mut which = 0;
    while which < READ.len() {
        let alike = &mut of_length[READ[which].len()];
        let mut place = 0;
        while alike[place] != usize::MAX {
            place += 1;
        }
        alike[place] = which;
        which += 1;
    }
    of_length
};

/// A value as the parser reads it.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    entity::decode(value, Place::Attribute, &[]).text
}

/// In SVG and MathML the tree builder takes this prefix off.
fn without_prefix(name: &str) -> &str {
    let parts = name.split_at_checked("xlink:".len());
    parts.filter(|(prefix, _)| prefix.eq_ignore_ascii_case("xlink:")).map_or(name, |(_, name)| name)
}

fn id(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => lower(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_ascii_lowercase()),
    }
}

fn classes(value: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    match value {
        Cow::Borrowed(value) => value.split_ascii_whitespace().take(MOST_CLASSES).map(lower).collect(),
        Cow::Owned(value) => value
            .split_ascii_whitespace()
            .take(MOST_CLASSES)
            .map(|class| Cow::Owned(class.to_ascii_lowercase()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{READ, known};

    #[test]
    fn each_attribute_is_known_by_its_name() {
        for (which, name) in READ.iter().enumerate() {
            assert_eq!(known(name), Some(which), "{name}");
            assert_eq!(known(&name.to_ascii_uppercase()), Some(which), "{name}");
        }
        for other in ["", "i", "style2", "stale", "src", "alt", "title"] {
            assert_eq!(known(other), None, "{other}");
        }
    }
}
