//! A text in another charset than it says.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::Mislabel;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "mislabelled-charset",
    summary: "body in another charset than its header says",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("mislabelled_charset.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    for fault in facts.mislabelled_bodies() {
        let Some(place) = fault.label.or(fault.contradiction) else { continue };
        let harmless = fault.contradiction.is_none();
        let finding = findings.report(place, said(&fault.what));
        match (fault.label, fault.contradiction) {
            (Some(_), contradiction) => {
                finding.label(label(&fault.what));
                if let Some(spot) = contradiction {
                    finding.also(spot, contradicted(&fault.what));
                }
            }
            (None, _) => {
                finding.label("the first character that is not ASCII");
            }
        }
        finding.because(reason(&fault.what), sources::CHARSET);
        match fault.cure {
            Some((spot, text)) => finding.suggest("say that the text is UTF-8", Applicability::MachineApplicable, spot, text),
            None => finding.help("let Content-Type say the charset that the text is written in, UTF-8 for a new text"),
        };
        // a program that writes drafts without any field of MIME leaves that to the one that sends
        let is_bare = facts.message.header("MIME-Version").is_none() && facts.message.header("Content-Type").is_none();
        let is_draft = is_bare && !facts.is_rendered();
        finding.soften_if(harmless || fault.what == Mislabel::Undeclared && (fault.in_meta || is_draft));
    }
}

fn said(what: &Mislabel) -> String {
    match what {
        Mislabel::Undeclared => "the text has characters beyond ASCII, but nothing says in what charset".to_owned(),
        Mislabel::Unknown(label) => format!("nobody knows the charset `{label}`"),
        Mislabel::NotAscii(label) => format!("the text is said to be `{label}`, but has characters beyond ASCII"),
        Mislabel::IsUtf8(label) => format!("the text is said to be `{label}`, but is UTF-8"),
        Mislabel::Broken(label) => format!("the text is said to be `{label}`, but some of its bytes are not"),
    }
}

fn label(what: &Mislabel) -> &'static str {
    match what {
        Mislabel::Unknown(_) => "not a charset",
        _ => "not what the text is written in",
    }
}

fn contradicted(what: &Mislabel) -> &'static str {
    match what {
        Mislabel::Broken(_) => "the first place that is not as it says",
        Mislabel::IsUtf8(_) => "readers see the first of several wrong characters here",
        _ => "the first character that is not ASCII",
    }
}

fn reason(what: &Mislabel) -> &'static str {
    match what {
        Mislabel::Undeclared => "a text that says no charset is ASCII; what readers see of other characters is up to their mail program",
        Mislabel::Unknown(_) => "what readers see of a text in a charset that their mail program does not know is up to that program",
        _ => "mail programs read the text as its header says, and show wrong characters where that is not true",
    }
}
