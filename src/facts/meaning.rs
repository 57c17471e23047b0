//! What an attribute or the name of an element says that it is for: `<a xt="SPOPTOUT">`, `<unsubscribe>`.

use crate::knowledge::providers::{self, TagMeaning};
use crate::message::html::Element;

/// The meaning that some provider gives `element`.
pub(super) fn of(element: Element<'_>) -> Option<TagMeaning> {
    if !providers::may_have_meaning(element.name(), |attribute| element.may_have(attribute)) {
        return None;
    }
    let attributes: Vec<_> = element.attributes().collect();
    let mut pairs = attributes.iter().map(|attribute| (&*attribute.name, &*attribute.value));
    providers::element_meaning(element.name(), &mut pairs).map(|(meaning, _)| meaning)
}
