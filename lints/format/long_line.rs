//! Lines that no server has to take.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::facts::format::{LONGEST_LINE, Within};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::TransferEncoding;

pub static LINT: Lint = Lint {
    name: "long-line",
    summary: "line of more than 998 bytes",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("long_line.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    let lines = facts.long_lines();
    let Some(&(first, length)) = lines.places.first() else {
        if lines.unknown {
            findings.silent("merge tags decide how long the long lines will be");
        }
        return;
    };
    let message = match lines.count {
        1 => format!("a line has {length} bytes; {LONGEST_LINE} are allowed"),
        count => format!("{count} lines have more than {LONGEST_LINE} bytes; the longest has {}", lines.longest),
    };
    let finding = findings.report(first, message);
    finding.label(format!("what is beyond {LONGEST_LINE} bytes"));
    for (place, length) in &lines.places[1..] {
        finding.also(*place, format!("this line has {length}"));
    }
    let help = match lines.within {
        Some(Within::Header) => "fold the field: break its line before a blank, so that the next line begins with that blank",
        Some(Within::Body(TransferEncoding::Identity)) => {
            "send the part as quoted-printable, which breaks every line, or break the line where the text allows it"
        }
        _ => "break the encoded lines after 76 characters, as any library for mail does",
    };
    finding
        .because("a line has no more than 998 characters; servers on the way may refuse longer ones, or break them in the middle of a tag", sources::LINE_LENGTH)
        .help(help);
}
