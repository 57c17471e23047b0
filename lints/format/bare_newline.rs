//! Line ends that are only half of one.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::LineEnd;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "bare-newline",
    summary: "line that ends with a bare line feed or a bare carriage return",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::Rfc],
    since: "0.1.0",
    page: include_str!("bare_newline.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(odd) = facts.odd_line_ends().filter(|_| facts.is_as_sent()) else { return };
    let Some(&first) = odd.places.first() else { return };
    let (lines, verb) = if odd.count == 1 { ("1 line".to_owned(), "ends") } else { (format!("{} lines", odd.count), "end") };
    let message = match (odd.odd, odd.usual) {
        (LineEnd::CrLf, _) => format!("{lines} {verb} with CRLF in a file whose other lines end with a bare line feed"),
        (LineEnd::Lf, _) => format!("{lines} {verb} with a bare line feed"),
        (LineEnd::Cr, _) => format!("{lines} {verb} with a bare carriage return"),
    };
    let label = match odd.odd {
        LineEnd::CrLf => "carriage return and line feed",
        LineEnd::Lf => "a line feed without a carriage return",
        LineEnd::Cr => "a carriage return without a line feed",
    };
    let finding = findings.report(first, message);
    finding.label(label);
    for place in &odd.places[1..] {
        finding.also(*place, "here, too");
    }
    finding
        .because("carriage return and line feed occur only together, at the end of a line", sources::LINE_ENDS)
        .because(
            "Microsoft 365 no longer takes bare line feeds away, for that would break the DKIM signature; such a message can come back",
            sources::NDR_BARE_LINE_FEEDS,
        )
        .help("write the whole file with one line end; CRLF is what is sent");
    // a bare carriage return is no line end to most programs: made one, it could end the header
    if odd.count == 1
        && (odd.odd, odd.usual) == (LineEnd::Lf, LineEnd::CrLf)
        && let Some(spot) = facts.message.raw_spot(first)
    {
        finding.suggest("end the line with CRLF", Applicability::MachineApplicable, spot, "\r\n");
    }
}
