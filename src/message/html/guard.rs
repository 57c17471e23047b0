//! Limits that keep html5ever, which is quadratic in places, from taking long.

use super::scan::Scanner;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use std::ops::Range;

/// Tags that are read; what follows is left out.
pub(super) const MAX_TAGS: usize = 500_000;
/// Elements that may be open or wait to be opened again, at a time; deeper ones are left out.
pub(super) const MAX_OPEN: usize = 800;
/// Copies of formatting elements that the parser may make; what follows is left out.
pub(super) const MAX_COPIES: usize = 150_000;
/// Attributes of one tag; further ones are left out.
pub(super) const MAX_ATTRIBUTES: usize = 500;
/// Repeated `<html>` and `<body>` tags whose attributes are merged.
pub(super) const MAX_ROOTS: usize = 100;
/// Conditional comments whose inside is read.
pub(super) const MAX_CONDITIONALS: usize = 1_000;

/// The offset of the first `<` at or after `from` that opens markup (HTML §13.2.5.6), not mere text.
pub(super) fn opening(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr(b'<', bytes.get(at..)?)?;
        match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'/'), Some(b'>')) | (Some(b'/'), None) | (None, _) => {}
            (Some(b'/' | b'!' | b'?'), _) => return Some(at),
            (Some(byte), _) if byte.is_ascii_alphabetic() => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// Where the tag that begins at `tag` goes on after its last permitted attribute, if it has too many.
pub(super) fn surplus(text: &str, tag: usize) -> Option<Range<usize>> {
    let mut scanner = Scanner::new(text, tag);
    let last = scanner.nth(MAX_ATTRIBUTES - 1)?.end;
    scanner.next()?;
    scanner.by_ref().for_each(drop);
    Some(last..scanner.position())
}

/// Replaces `range` of the input by blanks; `start` is the offset of what the queue holds.
pub(super) fn blank(queue: &BufferQueue, start: usize, range: Range<usize>) {
    let Some(rest) = queue.pop_front() else { return };
    let offset = |at: usize| u32::try_from(at - start).unwrap_or(u32::MAX).min(rest.len32());
    let (from, to) = (offset(range.start), offset(range.end));
    queue.push_front(rest.subtendril(to, rest.len32() - to));
    queue.push_front(StrTendril::from(" ".repeat((to - from) as usize)));
    queue.push_front(rest.subtendril(0, from));
}

/// Takes `length` bytes from the input.
pub(super) fn skip(queue: &BufferQueue, length: usize) {
    let mut left = u32::try_from(length).unwrap_or(u32::MAX);
    while left > 0
        && let Some(mut piece) = queue.pop_front()
    {
        let taken = left.min(piece.len32());
        left -= taken;
        piece.pop_front(taken);
        if !piece.is_empty() {
            queue.push_front(piece);
        }
    }
}
