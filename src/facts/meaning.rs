//! What a merge tag stands for, and what an attribute or the name of an element says that it is for: `<a xt="SPOPTOUT">`, `<unsubscribe>`.

use super::Facts;
use crate::knowledge::providers::{self, TagMeaning};
use crate::message::html::{AttributeNames, Element};
use std::cell::RefCell;
use std::collections::HashMap;

/// What the tags that were asked for mean: links, images, notices and others ask for the same ones, and a template repeats them.
#[derive(Debug, Default)]
pub(super) struct TagMeanings(RefCell<HashMap<Box<str>, Option<TagMeaning>>>);

/// A longer one is looked up anew each time, so that little is kept. In bytes.
const LONGEST_KEPT: usize = 512;

impl Facts<'_> {
    /// What a whole tag (with delimiters, as written) stands for, by the lists of the provider that is set first.
    pub(super) fn tag_meaning(&self, tag: &str) -> Option<TagMeaning> {
        let look = || providers::tag_meaning(tag, self.settings.provider.as_deref());
        if tag.len() > LONGEST_KEPT {
            return look();
        }
        if let Some(known) = self.tag_meanings.0.borrow().get(tag) {
            return *known;
        }
        let meaning = look();
        self.tag_meanings.0.borrow_mut().insert(tag.into(), meaning);
        meaning
    }
}

/// The attributes to which some provider gives a meaning.
const SIGNS: AttributeNames = {
    let (mut signs, mut number) = (AttributeNames::NONE, 0);
    while let Some(name) = providers::attribute_with_meaning(number) {
        if !name.is_empty() {
            signs = signs.and(AttributeNames::one(name));
        }
        number += 1;
    }
    signs
};

/// The meaning that some provider gives `element`.
pub(super) fn of(element: Element<'_>) -> Option<TagMeaning> {
    if !element.may_have_any(SIGNS) && !providers::is_pseudo_element(element.name()) {
        return None;
    }
    let attributes: Vec<_> = element.attributes().collect();
    let mut pairs = attributes.iter().map(|attribute| (&*attribute.name, &*attribute.value));
    providers::element_meaning(element.name(), &mut pairs).map(|(meaning, _)| meaning)
}
