//! Byte ranges; the type says in what.

use std::ops::Range;

macro_rules! span {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            /// First byte.
            pub start: usize,
            /// One past the last byte; never before `start`.
            pub end: usize,
        }

        impl $name {
            /// The range from `start` up to, not including, `end` (bytes).
            pub fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end);
                Self { start, end }
            }

            /// An empty range: a place between two bytes.
            pub fn at(offset: usize) -> Self {
                Self { start: offset, end: offset }
            }

            /// The range as the standard library writes it, to index with.
            pub fn range(self) -> Range<usize> {
                self.start..self.end
            }

            /// Length in bytes.
            pub fn len(self) -> usize {
                self.end - self.start
            }

            /// Whether it holds no byte.
            pub fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// Whether `other` lies inside it.
            pub fn contains(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two share a byte.
            pub fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }

            /// The same range, `by` bytes further.
            pub fn shifted(self, by: usize) -> Self {
                Self { start: self.start + by, end: self.end + by }
            }
        }

        impl From<Range<usize>> for $name {
            fn from(range: Range<usize>) -> Self {
                Self::new(range.start, range.end)
            }
        }
    };
}

span! {
    /// A byte range in the source's file, as it lies on disk.
    FileSpan
}
span! {
    /// A byte range in a view: text that was decoded from the source.
    ViewSpan
}
