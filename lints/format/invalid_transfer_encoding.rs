//! Parts that are not encoded as they say.

use crate::diagnostic::{Applicability, Level, Standard};
use crate::facts::Facts;
use crate::facts::format::{TransferFault, TransferFlaw};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "invalid-transfer-encoding",
    summary: "part whose bytes are not in the transfer encoding that it says",
    level: Level::Deny,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("invalid_transfer_encoding.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_as_sent() {
        return;
    }
    for fault in facts.transfer_faults() {
        let said = fault.said.map(|spot| facts.message.view(spot.view).text()[spot.span.range()].to_owned());
        let message = message(&fault, said.as_deref().unwrap_or("7bit"));
        let finding = match (fault.places.first(), fault.said) {
            (Some(&first), said) => {
                let finding = findings.report(first, message);
                finding.label(label(fault.flaw));
                for place in &fault.places[1..] {
                    finding.also(*place, "here, too");
                }
                if let Some(spot) = said {
                    finding.also(spot, "what the part says");
                }
                finding
            }
            (None, Some(spot)) => {
                let finding = findings.report(spot, message);
                finding.label(label(fault.flaw));
                finding
            }
            (None, None) => continue,
        };
        let (reason, source) = reason(fault.flaw);
        finding.because(reason, source).soften_if(fault.flaw.is_understood());
        let escape = (fault.flaw == TransferFlaw::BadEscape && fault.count == 1)
            .then(|| facts.message.raw_spot(*fault.places.first()?))
            .flatten();
        match (fault.said.zip(fault.cure), escape) {
            (Some((spot, cure)), _) => finding.suggest(format!("write `{cure}`"), Applicability::MachineApplicable, spot, cure),
            (None, Some(spot)) => finding.suggest("write `=3D`", Applicability::MachineApplicable, spot, "=3D"),
            (None, None) => finding.help(help(fault.flaw)),
        };
    }
}

fn message(fault: &TransferFault, said: &str) -> String {
    let count = fault.count;
    match fault.flaw {
        TransferFlaw::Unknown => format!("`{said}` is no standard transfer encoding"),
        TransferFlaw::Trailing => "the transfer encoding has something behind its name".to_owned(),
        TransferFlaw::Composite => format!("a multipart can't be `{said}` as a whole"),
        TransferFlaw::EightBit if fault.said.is_none() => "the part has bytes beyond ASCII, but says no transfer encoding".to_owned(),
        TransferFlaw::EightBit => format!("the part is said to be `{said}`, but has bytes beyond ASCII"),
        TransferFlaw::BadEscape if count == 1 => format!("the part is said to be `{said}`, but has a `=` that is no code"),
        TransferFlaw::BadEscape => format!("the part is said to be `{said}`, but has {count} `=` that are no code"),
        TransferFlaw::NotBase64 => format!("the part is said to be `{said}`, but has characters that base64 does not have"),
        TransferFlaw::InnerPadding => "the base64 of the part goes on behind its end".to_owned(),
        TransferFlaw::Unpadded => "the base64 of the part is not complete".to_owned(),
    }
}

fn label(flaw: TransferFlaw) -> &'static str {
    match flaw {
        TransferFlaw::Unknown => "there are `7bit`, `8bit`, `binary`, `quoted-printable` and `base64`",
        TransferFlaw::Trailing => "only the name belongs here",
        TransferFlaw::Composite => "each of its parts has an encoding of its own",
        TransferFlaw::EightBit => "the first bytes beyond ASCII",
        TransferFlaw::BadEscape => "two hexadecimal digits or the end of the line should follow",
        TransferFlaw::NotBase64 => "not base64",
        TransferFlaw::InnerPadding => "`=` ends base64",
        TransferFlaw::Unpadded => "the last group has fewer than four characters",
    }
}

fn reason(flaw: TransferFlaw) -> (&'static str, &'static str) {
    match flaw {
        TransferFlaw::Unknown => ("a part in an encoding that a program does not know is shown as a file, not as text", sources::TRANSFER_ENCODING),
        TransferFlaw::Trailing => ("the field is one word; some programs don't know the encoding otherwise", sources::TRANSFER_ENCODING),
        TransferFlaw::Composite => ("a multipart is `7bit`, `8bit` or `binary`", sources::COMPOSITE_ENCODING),
        TransferFlaw::EightBit => (
            "without an encoding that allows them, bytes beyond ASCII may lose their eighth bit on the way",
            sources::TRANSFER_ENCODING,
        ),
        TransferFlaw::BadEscape => ("a `=` is written `=3D`; what follows a bare one may be lost, or be read as a code", sources::QUOTED_PRINTABLE),
        TransferFlaw::NotBase64 | TransferFlaw::InnerPadding | TransferFlaw::Unpadded => {
            ("what programs make of characters outside of base64, or behind its end, differs", sources::BASE64)
        }
    }
}

fn help(flaw: TransferFlaw) -> &'static str {
    match flaw {
        TransferFlaw::EightBit => "encode the part as quoted-printable, or say `Content-Transfer-Encoding: 8bit`",
        TransferFlaw::Unknown | TransferFlaw::Trailing | TransferFlaw::Composite => "say the encoding that the part really has",
        _ => "encode the part anew, or say the encoding that it really has",
    }
}
