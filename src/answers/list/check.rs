//! A list checked on its own: malformed, doubled, reserved, mistyped, throw-away and shared addresses.
//!
//! Of addresses that were seen only a fingerprint of 64 bits and the line are kept: among ten million rows the chance that two
//! different addresses count as one is about three in a million.

use super::csv::{self, Field, Next};
use super::{ListError, Opened, open};
use crate::answers::bounces::address::key;
use crate::diagnostic::{Diagnostic, Excerpt, Label, Level, Note, Place, Positions, Standard};
use crate::knowledge::{domains, recipients};
use crate::source::{FileSpan, LineIndex, Position};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufRead;
use std::sync::Arc;

/// The topic of what is said about lists.
pub const TOPIC: &str = "list";

const CLEANUP: &str =
    "Microsoft, Troubleshooting mail sent to Microsoft 365, \"Remove incorrect email aliases from your databases\"";

/// What can be wrong with an address: its name, its level, what is reported, why, and who says so.
struct Fault {
    lint: &'static str,
    level: Level,
    message: String,
    label: String,
    note: &'static str,
    source: Option<&'static str>,
    help: String,
}

/// A row of a list: where it begins in the file, and its bytes.
struct Row<'r> {
    bytes: &'r [u8],
    offset: usize,
    line: usize,
}

/// Numbers of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Rows with an address or without, header left out.
    pub rows: u64,
    /// Faults.
    pub faults: u64,
}

/// Checks the list `input`, which reports call `name`, and hands on what is wrong in order.
///
/// # Errors
/// The list can't be read, or has no such column.
pub fn check(
    input: impl BufRead,
    name: &Arc<str>,
    column: Option<&str>,
    mut found: impl FnMut(Diagnostic),
) -> Result<Checked, ListError> {
    let Opened { mut records, layout, mut record } = open(input, column)?;
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut checked = Checked::default();
    let (mut line, mut offset, mut is_header) = (1, 0, layout.header);
    loop {
        if !std::mem::take(&mut is_header) && !record.trim_ascii().is_empty() {
            checked.rows += 1;
            let row = Row { bytes: &record, offset, line };
            let field = csv::split(&record, layout.delimiter).into_iter().nth(layout.column);
            let field = field.unwrap_or_else(|| Field { text: String::new(), range: 0..0 });
            for fault in faults(&field.text, line, &mut seen) {
                checked.faults += 1;
                found(row.diagnostic(name, &field, fault));
            }
        }
        offset += record.len();
        match records.next(&mut record)? {
            Next::Record(at) => line = at,
            Next::TooLong(at) => return Err(ListError::OpenQuote(at)),
            Next::End => return Ok(checked),
        }
    }
}

impl Row<'_> {
    fn diagnostic(&self, name: &Arc<str>, field: &Field, fault: Fault) -> Diagnostic {
        let lines = LineIndex::new(self.bytes);
        let position = |at: usize| {
            let inside = lines.position(self.bytes, at);
            Position { line: inside.line + self.line - 1, ..inside }
        };
        let span = FileSpan { start: self.offset + field.range.start, end: self.offset + field.range.end };
        let place = Place {
            file: Arc::clone(name),
            span: Some(Positions { span, start: position(field.range.start), end: position(field.range.end) }),
            view: None,
            excerpt: Some(Excerpt::of_bytes(self.bytes, &lines, field.range.clone(), |line| line + self.line - 1)),
            record: None,
        };
        let standards: &'static [Standard] = if fault.source == Some(CLEANUP) { &[Standard::Microsoft] } else { &[] };
        Diagnostic {
            lint: fault.lint,
            topic: TOPIC,
            level: fault.level,
            level_origin: String::new(),
            standards,
            message: fault.message,
            primary: Some(Label { place, text: fault.label }),
            labels: Vec::new(),
            notes: vec![Note { text: fault.note.to_owned(), source: fault.source.map(Into::into) }],
            help: vec![fault.help],
            suggestions: Vec::new(),
        }
    }
}

fn faults(text: &str, line: usize, seen: &mut HashMap<u64, u32>) -> Vec<Fault> {
    if let Some(reason) = malformed(text) {
        return vec![malformed_address(reason)];
    }
    let address = key(text);
    let mut faults = Vec::new();
    if let Some(first) = first_seen(&address, line, seen) {
        faults.push(duplicate_address(&address, first));
    }
    let Some((local, domain)) = address.rsplit_once('@') else { return faults };
    if domains::is_reserved(domain) {
        faults.push(reserved_domain(domain));
    } else if let Some(meant) = recipients::meant(domain) {
        faults.push(mistyped_domain(domain, meant));
    } else if recipients::is_disposable(domain) {
        faults.push(disposable_address(domain));
    }
    if recipients::is_role(local) {
        faults.push(role_address(local));
    }
    faults
}

/// What is wrong with how an address is written (RFC 5321 §4.1.2 and §4.5.3.1).
fn malformed(text: &str) -> Option<&'static str> {
    let address = key(text);
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Some(if address.is_empty() { "there is no address" } else { "there is no `@`" });
    };
    let quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    let odd = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;@\\,\"".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || !c.is_ascii())
    };
    let fault = [
        (local.is_empty(), "nothing stands before the `@`"),
        (domain.is_empty(), "nothing stands behind the `@`"),
        (!quoted && local.contains('@'), "there is more than one `@`"),
        (!quoted && local.contains(odd), "a sign stands before the `@` that can't"),
        (
            !quoted && (local.starts_with('.') || local.ends_with('.') || local.contains("..")),
            "a dot stands where none can",
        ),
        (local.len() > 64, "more than 64 bytes stand before the `@`"),
        (address.len() > 254, "it is longer than 254 bytes"),
        (!domain.split('.').all(label), "the domain is none"),
        (!domain.contains('.'), "the domain has no dot"),
    ];
    fault.into_iter().find(|(wrong, _)| *wrong).map(|(_, reason)| reason)
}

/// The line where the address stood first; remembers it if it is new.
fn first_seen(address: &str, line: usize, seen: &mut HashMap<u64, u32>) -> Option<u32> {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    let mut first = None;
    seen.entry(hasher.finish())
        .and_modify(|line| first = Some(*line))
        .or_insert(u32::try_from(line).unwrap_or(u32::MAX));
    first
}

fn malformed_address(reason: &'static str) -> Fault {
    Fault {
        lint: "malformed-address",
        level: Level::Deny,
        message: "this is no address".to_owned(),
        label: reason.to_owned(),
        note: "no server takes it; what bounces puts all your mail at risk of further scrutiny",
        source: Some(CLEANUP),
        help: "correct it or remove it".to_owned(),
    }
}

fn duplicate_address(address: &str, first: u32) -> Fault {
    Fault {
        lint: "duplicate-address",
        level: Level::Warn,
        message: format!("`{address}` is on the list twice"),
        label: format!("first in line {first}"),
        note: "the reader would get the mail twice",
        source: None,
        help: "keep one of the rows".to_owned(),
    }
}

fn reserved_domain(domain: &str) -> Fault {
    Fault {
        lint: "reserved-domain",
        level: Level::Deny,
        message: format!("`{domain}` is reserved: nobody can have a mailbox there"),
        label: "left from a test?".to_owned(),
        note: "names for documentation, tests and private networks lead nowhere",
        source: Some("RFC 2606 §2 and §3, RFC 6761 §6"),
        help: "remove it".to_owned(),
    }
}

fn mistyped_domain(domain: &str, meant: &str) -> Fault {
    Fault {
        lint: "mistyped-domain",
        level: Level::Warn,
        message: format!("`{domain}` looks like a slip"),
        label: format!("`{meant}`?"),
        note: "mail to a mistyped domain bounces, or somebody else gets it",
        source: Some(CLEANUP),
        help: "ask the reader; an address that never confirmed is to be removed".to_owned(),
    }
}

fn disposable_address(domain: &str) -> Fault {
    Fault {
        lint: "disposable-address",
        level: Level::Warn,
        message: format!("`{domain}` is for throw-away mailboxes"),
        label: "it will soon bounce, or nobody reads it".to_owned(),
        note: "who signs up with such an address does not want to be mailed",
        source: None,
        help: "remove it".to_owned(),
    }
}

fn role_address(local: &str) -> Fault {
    Fault {
        lint: "role-address",
        level: Level::Warn,
        message: format!("`{local}` is a shared mailbox"),
        label: "nobody in particular reads it".to_owned(),
        note: "several people read it, and not all of them asked for your mail: they complain more often",
        source: Some("RFC 2142"),
        help: "keep it only if it confirmed: presend explain double-opt-in".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// `line:column lint` of each fault.
    fn said(list: &str) -> Vec<String> {
        let mut said = Vec::new();
        let name = Arc::from("list.csv");
        let done = check(list.as_bytes(), &name, None, |found| {
            let start = found.primary.unwrap().place.span.unwrap().start;
            said.push(format!("{}:{} {}", start.line, start.column, found.lint));
        });
        assert_eq!(done.unwrap().faults as usize, said.len());
        said
    }

    #[test]
    fn each_fault_has_its_place() {
        let list = "name;email\n\"An\nn\";ann@brand.com\nBo; BO@brand.com\nBob;bo@brand.com\nCy;cy@gmial.com\nDi;di at brand.com\nEd;ed@test\nFi;fi@example.com\nGus;info@yopmail.com\n;\nHo;a..b@brand.com\n";
        assert_eq!(
            said(list),
            [
                "5:5 duplicate-address",
                "6:4 mistyped-domain",
                "7:4 malformed-address",
                "8:4 malformed-address",
                "9:4 reserved-domain",
                "10:5 disposable-address",
                "10:5 role-address",
                "11:2 malformed-address",
                "12:4 malformed-address",
            ]
        );
    }

    #[test]
    fn a_list_in_order_says_nothing() {
        assert!(
            said("\u{feff}email\r\nann@brand.com\r\n\"o'hara+x@brand.co.uk\"\r\n\r\nJörg <joerg@müller.de>\r\n")
                .is_empty()
        );
        assert!(said("ann@brand.com\nbo@brand.com\n").is_empty());
    }
}
