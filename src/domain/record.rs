//! Records, as they were read: text to point into, and where it stood.

use super::Name;
use crate::source::LineIndex;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The types of records that are asked for, and the alias that may come instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// Another name for the name.
    Cname,
    /// A server that takes mail.
    Mx,
    /// The name of an address.
    Ptr,
    /// Text: SPF, DKIM, DMARC and more.
    Txt,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::A, Self::Aaaa, Self::Cname, Self::Mx, Self::Ptr, Self::Txt];

    /// As zones write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::Ptr => "PTR",
            Self::Txt => "TXT",
        }
    }
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose it is.
    pub name: Name,
    /// Its type.
    pub kind: Kind,
    /// What it says: an address, `10 mail.example.com`, a name without its final dot, or the strings of a TXT record
    /// joined (RFC 7208 §3.3). Bytes that are no UTF-8 are replaced.
    pub text: String,
    /// Offsets in `text` where one string of a TXT record ends and the next begins.
    pub joints: Vec<usize>,
    /// Where it stands in a zone file; `None` if a server gave it.
    pub origin: Option<Origin>,
}

impl Record {
    /// A record from a server.
    pub fn new(name: Name, kind: Kind, text: impl Into<String>) -> Self {
        Self { name, kind, text: text.into(), joints: Vec::new(), origin: None }
    }

    /// A TXT record of these strings.
    pub fn of_strings(name: Name, strings: &[impl AsRef<[u8]>]) -> Self {
        let mut bytes = Vec::new();
        let mut joints = Vec::new();
        for string in strings {
            if !bytes.is_empty() {
                joints.push(bytes.len());
            }
            bytes.extend_from_slice(string.as_ref());
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self { joints, ..Self::new(name, Kind::Txt, text) },
            // offsets would be off
            Err(error) => Self::new(name, Kind::Txt, String::from_utf8_lossy(error.as_bytes())),
        }
    }

    /// The name that it leads to: the target of MX, CNAME and PTR.
    pub fn target(&self) -> Option<Name> {
        match self.kind {
            Kind::Mx => Name::new(self.text.split_once(' ')?.1),
            Kind::Cname | Kind::Ptr => Name::new(&self.text),
            _ => None,
        }
    }
}

/// Where a record stands in a zone file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The zone's name and text.
    pub zone: Arc<ZoneText>,
    /// The file's bytes that each byte of the record's text is from, and where the text ends: one more than the text is
    /// long, ascending.
    pub offsets: Vec<usize>,
}

impl Origin {
    /// The bytes of the file that hold `span` of the record's text.
    pub fn range(&self, span: &Range<usize>) -> Range<usize> {
        let last = self.offsets.last().copied().unwrap_or(0);
        let at = |offset: usize| self.offsets.get(offset).copied().unwrap_or(last);
        let start = at(span.start);
        // what follows the last marked byte may be behind the end of its string; a name may be longer than it is written
        let end = if span.end > span.start { (at(span.end - 1) + 1).min(last) } else { start };
        start..end.max(start)
    }
}

/// A zone file, as reports show it.
#[derive(Debug, Clone)]
pub struct ZoneText {
    /// Its name.
    pub name: Arc<str>,
    /// What is in it.
    pub text: String,
    lines: OnceLock<LineIndex>,
}

impl ZoneText {
    /// The file called `name` with `text` in it.
    pub fn new(name: &str, text: String) -> Self {
        Self { name: name.into(), text, lines: OnceLock::new() }
    }

    /// Its lines, found once.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text.as_bytes()))
    }
}

impl PartialEq for ZoneText {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for ZoneText {}

/// Text of one record: what facts about a domain point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordSpot {
    /// Which record, in [`super::Domain::records`].
    pub record: usize,
    /// First byte of its text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl RecordSpot {
    /// `span` of a record.
    pub fn new(record: usize, span: &Range<usize>) -> Self {
        Self { record, start: span.start, end: span.end }
    }
}
