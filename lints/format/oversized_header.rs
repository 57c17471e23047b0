//! A header that servers refuse for its size.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, bytes_in_words};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "oversized-header",
    summary: "header of more than 256 KiB, or of more than many servers take",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("oversized_header.md"),
    check,
};

/// What a receive connector of Exchange Server takes if nothing else is set, in bytes.
const EXCHANGE: usize = 256 * 1024;
/// What some servers take, in bytes.
const CAREFUL: usize = 32 * 1024;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(header) = facts.header_size().filter(|header| facts.is_as_sent() && header.bytes > CAREFUL) else { return };
    let (field, size) = header.largest;
    let limit = if header.bytes > EXCHANGE { EXCHANGE } else { CAREFUL };
    let finding =
        findings.report(field.name_span, format!("the header has {}", bytes_in_words(header.bytes as u64)));
    finding.label(format!("{} of it are in this field", bytes_in_words(size as u64)));
    match limit {
        EXCHANGE => finding.because("the header of a message has 256 KB at most", sources::EXCHANGE_HEADER),
        _ => finding.because(
            "some servers refuse headers of more than 32 KB (`552 5.6.0 Headers too large`), and every server on the way adds to it",
            "Microsoft, Exchange team blog, 3 July 2017",
        ),
    };
    finding
        .help("send one message to each reader, and keep data of your own out of the header")
        .soften_if(limit != EXCHANGE);
}
