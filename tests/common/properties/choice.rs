//! The first bytes of an input, which say how the others are read.

use std::cell::Cell;

/// How many bytes choose.
pub const CHOICES: usize = 3;

/// Decisions, each taken from a byte. What is not there is 0.
pub struct Choice {
    bytes: [u8; CHOICES],
    next: Cell<usize>,
}

impl Choice {
    /// The decisions, and what they are about.
    pub fn split(input: &[u8]) -> (Self, &[u8]) {
        let (head, rest) = input.split_at(input.len().min(CHOICES));
        let mut bytes = [0; CHOICES];
        bytes[..head.len()].copy_from_slice(head);
        (Self { bytes, next: Cell::new(0) }, rest)
    }

    /// The next byte.
    pub fn byte(&self) -> u8 {
        let at = self.next.get();
        self.next.set(at + 1);
        self.bytes.get(at).copied().unwrap_or_default()
    }

    /// One of `all`.
    pub fn of<T: Copy>(&self, all: &[T]) -> T {
        all[usize::from(self.byte()) % all.len()]
    }
}
