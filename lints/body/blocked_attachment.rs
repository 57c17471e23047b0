//! Attached files that Microsoft 365 takes for malware, by name or by content.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Attachment, Facts};
use crate::knowledge::files;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "blocked-attachment",
    summary: "attachment of a type that Microsoft 365 takes for malware, or that hides its type",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("blocked_attachment.md"),
    check,
};

/// Characters that turn the direction of what follows: `gpj.exe` looks like `exe.jpg` behind them.
const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];

const ELSEWHERE: &str = "put the file on your website and link to the page that offers it";

/// What is wrong with an attachment.
struct Fault {
    message: String,
    label: &'static str,
    help: &'static str,
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for attachment in facts.attachments() {
        let Some(fault) = by_name(&attachment).or_else(|| by_content(facts, &attachment)) else { continue };
        let finding = match attachment.name_spot {
            Some(spot) => findings.report(spot, fault.message),
            None => findings.report(attachment.span, fault.message),
        };
        finding
            .label(fault.label)
            .because(
                "a message with a blocked type of file is quarantined as malware; the filter goes by name and by content",
                sources::ATTACHMENT_FILTER,
            )
            .help(fault.help);
    }
}

fn by_name(attachment: &Attachment) -> Option<Fault> {
    let name = attachment.file_name.as_deref().filter(|_| !attachment.is_message)?;
    if name.contains(OVERRIDES) {
        return Some(Fault {
            message: "the name of an attachment turns its reading direction".to_owned(),
            label: "an override character makes this look like another type of file",
            help: "take the override character out of the name",
        });
    }
    if let Some((before, last)) = files::double_extension(name) {
        return Some(Fault {
            message: format!("the attachment `{name}` looks like a `.{before}` and opens as a `.{last}`"),
            label: "two extensions",
            help: ELSEWHERE,
        });
    }
    let extension = files::blocked_extension(name)?;
    Some(Fault {
        message: format!("the attachment `{name}` will be taken for malware: it is a `.{extension}`"),
        label: "on the service's list of blocked types",
        help: ELSEWHERE,
    })
}

fn by_content(facts: &Facts<'_>, attachment: &Attachment) -> Option<Fault> {
    let kind = files::blocked_content(&facts.message.part_bytes(attachment.part))?;
    let name = attachment.file_name.as_deref();
    let called = name.map_or("an attachment".to_owned(), |name| format!("the attachment `{name}`"));
    Some(Fault {
        message: format!("{called} will be taken for malware: by its content it is {}", kind.name),
        label: "the service looks at the content, whatever the name says",
        help: ELSEWHERE,
    })
}
