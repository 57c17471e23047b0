//! Many ranges, and whether one of them overlaps or holds another: without looking at all of them each time.

use std::ops::Range;

/// Ranges, sorted by their start.
#[derive(Debug, Default)]
pub(crate) struct Cover {
    /// The start of each, and the furthest end of it and all before it.
    starts: Vec<(usize, usize)>,
}

impl Cover {
    /// Of these ranges.
    pub(crate) fn of(ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut starts: Vec<_> = ranges.into_iter().map(|range| (range.start, range.end)).collect();
        starts.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut starts {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { starts }
    }

    /// Whether one of them shares a byte with `range`, which must not be empty.
    pub(crate) fn overlaps(&self, range: Range<usize>) -> bool {
        let behind = self.starts.partition_point(|(start, _)| *start < range.end);
        self.starts[..behind].last().is_some_and(|(_, furthest)| *furthest > range.start)
    }

    /// Whether `range` lies inside one of them.
    pub(crate) fn holds(&self, range: &Range<usize>) -> bool {
        let behind = self.starts.partition_point(|(start, _)| *start <= range.start);
        self.starts[..behind].last().is_some_and(|(_, furthest)| *furthest >= range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Cover;
    use proptest::prelude::*;

    fn ranges() -> impl Strategy<Value = Vec<std::ops::Range<usize>>> {
        prop::collection::vec((0usize..20, 0usize..8).prop_map(|(start, length)| start..start + length), 0..8)
    }

    proptest! {
        #[test]
        fn it_says_what_looking_at_all_of_them_says(ranges in ranges(), start in 0usize..25, length in 1usize..6) {
            let asked = start..start + length;
            let cover = Cover::of(ranges.clone());
            prop_assert_eq!(
                cover.overlaps(asked.clone()),
                ranges.iter().any(|range| range.start < asked.end && asked.start < range.end)
            );
            prop_assert_eq!(cover.holds(&asked), ranges.iter().any(|range| range.start <= asked.start && asked.end <= range.end));
        }
    }
}
