//! Merge tags stand in order, on whole characters, and the mask over them moves nothing.

use super::Choice;
use presend::message::tags::{Code, Dialect, mask, scan};

const CODES: &[Option<Code>] =
    &[None, Some(Code::Blade), Some(Code::Razor), Some(Code::Velocity), Some(Code::FreeMarker)];

/// Tokens of loose syntaxes, as providers have them.
const LOOSE: &[&str] = &["%UNSUBSCRIBELINK%", "[unsubscribe]", "{$unsubscribe}", "#unsubscribe#", "-name-"];

/// Panics where tags overlap, lie, or change what is around them.
pub fn stand_in_order(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let text = String::from_utf8_lossy(bytes);
    let loose = if choice.byte() & 1 == 0 { Vec::new() } else { LOOSE.to_vec() };
    let dialect = Dialect { loose, code: choice.of(CODES) };
    let html = choice.byte() & 1 == 0;
    let tags = scan(&text, html, &dialect);
    assert_eq!(tags, scan(&text, html, &dialect));
    let mut end = 0;
    for tag in &tags {
        assert!(tag.span.start >= end && !tag.span.is_empty() && tag.span.contains(tag.inner), "{tag:?} behind {end}");
        assert!(text.get(tag.span.range()).is_some() && text.get(tag.inner.range()).is_some(), "{tag:?}");
        end = tag.span.end;
    }
    let masked = mask(&text, &tags);
    assert_eq!(masked.len(), text.len());
    let mut at = 0;
    for tag in &tags {
        assert_eq!(masked[at..tag.span.start], text[at..tag.span.start]);
        assert!(masked[tag.span.range()].bytes().all(|byte| matches!(byte, b' ' | b'x' | b'\n' | b'\r')));
        at = tag.span.end;
    }
    assert_eq!(masked[at..], text[at..]);
}
