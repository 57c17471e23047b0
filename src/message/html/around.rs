//! Which names the elements around another may have, so that nobody climbs hundreds of elements to learn that none is a form.

use super::outline::Record;

/// A bit for each name, which some share.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around(u64);

impl Around {
    /// Nothing is known.
    pub const ANYTHING: Self = Self(u64::MAX);

    /// Whether one of `names` may be among them.
    pub fn may_hold(self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0 & bit(name) != 0)
    }

    fn and(self, name: &str) -> Self {
        Self(self.0 | bit(name))
    }
}

/// So made that names which are asked for seldom share a bit with those that many elements have.
fn bit(name: &str) -> u64 {
    let hash = name.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(23).wrapping_add(byte.into()));
    1 << ((hash >> 2) % 64)
}

/// Notes for each element what those around it are called, once their parents are known. What is around an element that stands before its parent in
/// the source is left open.
pub(super) fn note(records: &mut [Record]) {
    for index in 0..records.len() {
        let Some(record) = records.get(index) else { continue };
        let around = match record.parent.map(|parent| parent as usize) {
            None => Around::default(),
            Some(parent) => match records.get(parent) {
                Some(parent_record) if parent < index => parent_record.around.and(&parent_record.name),
                _ => Around::ANYTHING,
            },
        };
        if let Some(record) = records.get_mut(index) {
            record.around = around;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::message::html::Document;
    use proptest::prelude::*;

    const NAMES: &[&str] = &["form", "div", "table", "b", "a", "select", "svg", "body", "template"];

    proptest! {
        #[test]
        fn it_finds_what_climbing_finds(pieces in prop::collection::vec((0..NAMES.len(), any::<bool>()), 0..40)) {
            let tag = |(name, ends): &(usize, bool)| format!("<{}{}>x", if *ends { "/" } else { "" }, NAMES[*name]);
            let document = Document::parse(&pieces.iter().map(tag).collect::<String>(), &[]);
            for element in document.elements() {
                for name in NAMES {
                    let climbing = element.ancestors().find(|outer| outer.name() == *name).map(|outer| outer.id);
                    prop_assert_eq!(element.enclosing(&[name]).map(|outer| outer.id), climbing);
                }
            }
        }
    }
}
