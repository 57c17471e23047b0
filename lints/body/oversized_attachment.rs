//! An attachment that is too large for a campaign.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, bytes_in_words};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "oversized-attachment",
    summary: "attachment over 1 MiB, or over the configured limit",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("oversized_attachment.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let limit = facts.settings.max_attachment;
    for attachment in facts.attachments() {
        let size = attachment.size as u64;
        if size <= limit {
            continue;
        }
        let name = attachment.file_name.map_or("an attachment".to_owned(), |name| format!("the attachment `{name}`"));
        findings
            .report(attachment.span, format!("{name} has {}", bytes_in_words(size)))
            .label(format!("more than {}", bytes_in_words(limit)))
            .because("avoid content with large images and attachments", sources::TRANSPARENT)
            .note("in the message it is a third larger: base64 writes three bytes as four")
            .help("put the file on your website and link to it");
    }
}
