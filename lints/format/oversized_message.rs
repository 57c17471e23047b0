//! A message that the service refuses for its size.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, bytes_in_words};
use crate::lints::sources;
use crate::source::FileSpan;

pub static LINT: Lint = Lint {
    name: "oversized-message",
    summary: "message of more than 36 MiB, or of more than the configured limit",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("oversized_message.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    let limit = facts.settings.max_message;
    let size = facts.size_as_sent() as u64;
    if size <= limit {
        return;
    }
    let parts = facts.message.parts.iter().filter(|part| !part.content_type.starts_with("multipart/"));
    let largest = parts.max_by_key(|part| part.body_span.len());
    let place = largest.map_or(FileSpan::at(0), |part| match part.headers.first().zip(part.headers.last()) {
        Some((first, last)) if part.parent.is_some() => FileSpan::new(first.name_span.start, last.raw_span.end),
        _ => FileSpan::at(part.body_span.start),
    });
    let finding = findings.report(place, format!("the message has {}, more than {}", bytes_in_words(size), bytes_in_words(limit)));
    if let Some(part) = largest {
        finding.label(format!("the largest part: {}", bytes_in_words(part.body_span.len() as u64)));
    }
    finding
        .because("a mailbox of Exchange Online takes messages of up to 36 MB, if its administrator has not set another limit", sources::EXCHANGE_LIMITS)
        .note("what counts is the size as it is sent: base64 makes a file a third larger")
        .help("put large files and images on your website and link to them");
}
