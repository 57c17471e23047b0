//! What was found is found after an empty line at the end that has nothing to do with it.

use super::lint::{LEVELS, lint};
use presend::config::Settings;
use presend::diagnostic::Diagnostic;
use presend::lint::Linted;
use presend::source::{Kind, Source};
use std::collections::HashMap;

/// Panics if something is no longer said when a line end stands behind the last line.
pub fn what_was_found_is_found(source: &Source, settings: &Settings, first: Linted) {
    if !is_unrelated(source) {
        return;
    }
    let line_end: &[u8] = if source.bytes.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
    let bytes = [&source.bytes[..], line_end].concat();
    let longer = Source::new(&source.name, None, bytes, None);
    let after = lint(&longer, settings, &LEVELS);
    let end = source.bytes.len();
    let mut counts: HashMap<_, usize> = HashMap::new();
    for found in &after.diagnostics {
        *counts.entry(identity(found, end)).or_default() += 1;
    }
    // of two kinds of line ends it reports the rarer, which one line more may change
    for found in first.diagnostics.iter().filter(|found| found.lint != "bare-newline") {
        match counts.get_mut(&identity(found, end)) {
            Some(left @ 1..) => *left -= 1,
            _ => panic!("no longer said: {found:?}\n{:?}", after.diagnostics),
        }
    }
}

/// What is missing is said at the end, which moved.
fn identity(found: &Diagnostic, end: usize) -> (&'static str, Option<usize>) {
    let at = found.primary.as_ref().and_then(|label| label.place.span).map(|at| at.span.start.min(end));
    (found.lint, at)
}

/// The source ends with a line of text, and a header is behind it where there is one. A line end behind anything else may
/// complete it: a header, a tag, a CRLF.
fn is_unrelated(source: &Source) -> bool {
    let bytes = &source.bytes;
    let ends = bytes.ends_with(b"\n") && std::str::from_utf8(bytes).is_ok();
    let has_body = source.kind != Kind::Message || [&b"\n\n"[..], b"\n\r\n"].iter().any(|end| contains(bytes, end));
    ends && has_body
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
