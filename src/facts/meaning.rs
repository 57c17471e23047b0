//! What a merge tag stands for, and what an attribute or the name of an element says that it is for: `<a xt="SPOPTOUT">`, `<unsubscribe>`.

use super::Facts;
use crate::knowledge::providers::{self, TagMeaning};
use crate::message::html::Element;
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

/// The meaning that some provider gives `element`.
pub(super) fn of(element: Element<'_>) -> Option<TagMeaning> {
    if !providers::may_have_meaning(element.name(), |attribute| element.may_have(attribute)) {
        return None;
    }
    let attributes: Vec<_> = element.attributes().collect();
    let mut pairs = attributes.iter().map(|attribute| (&*attribute.name, &*attribute.value));
    providers::element_meaning(element.name(), &mut pairs).map(|(meaning, _)| meaning)
}
