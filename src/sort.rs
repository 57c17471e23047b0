//! One sort for all types. The standard library's is compiled anew for each type that it sorts: seven kilobytes a time, and seconds of a build.

use std::cmp::Ordering;

/// Sorts by what `key` says of each, as [`slice::sort_by_key`] does: those that are equal stay in their order.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts as `compare` says, as [`slice::sort_by`] does: those that are equal stay in their order.
pub fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other).is_le()) {
        return;
    }
    let mut places = places(items.len(), &|one, other| compare(&items[one], &items[other]));
    for at in 0..items.len() {
        while places[at] != at {
            let place = places[at];
            items.swap(at, place);
            places.swap(at, place);
        }
    }
}

/// Where each of `count` items belongs.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut places = vec![0; count];
    for (place, item) in order.into_iter().enumerate() {
        places[item] = place;
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_library_sorts(items in prop::collection::vec((0u8..9, any::<u8>()), 0..70)) {
            let mut wanted = items.clone();
            wanted.sort_by_key(|(key, _)| *key);
            let mut sorted = items;
            super::by_key(&mut sorted, |(key, _)| *key);
            prop_assert_eq!(sorted, wanted);
        }
    }
}
