//! PowerMTA's accounting files: CSV with a header line that names its columns.

use super::address::is_address;
use super::{Event, Kind, Unreadable};
use crate::answers::list::csv::fields;

/// Where the columns that matter stand.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    kind: Option<usize>,
    time: Option<usize>,
    recipient: Option<usize>,
    original: Option<usize>,
    status: Option<usize>,
    diagnostic: Option<usize>,
    host: Option<usize>,
    /// How many there are.
    count: usize,
}

impl Columns {
    /// Reads the header line; `None` if it is none of PowerMTA's.
    pub fn read(line: &str) -> Option<Self> {
        let mut columns = Self::default();
        let names = fields(line.trim_start_matches('\u{feff}').as_bytes(), b',');
        columns.count = names.len();
        for (at, name) in names.iter().enumerate() {
            let slot = match name.to_ascii_lowercase().as_str() {
                "type" => &mut columns.kind,
                "timelogged" => &mut columns.time,
                "rcpt" => &mut columns.recipient,
                "orcpt" => &mut columns.original,
                "dsnstatus" => &mut columns.status,
                "dsndiag" => &mut columns.diagnostic,
                "dsnmta" => &mut columns.host,
                _ => continue,
            };
            slot.get_or_insert(at);
        }
        (columns.recipient.is_some() && (columns.status.is_some() || columns.diagnostic.is_some())).then_some(columns)
    }

    /// What happened in a line; `None` if it is about no recipient's delivery.
    pub fn event(&self, line: &[u8]) -> Option<Result<Event, Unreadable>> {
        let fields = fields(line, b',');
        let get = |column: Option<usize>| {
            column.and_then(|at| fields.get(at)).map(|field| field.trim()).filter(|field| !field.is_empty())
        };
        if get(self.recipient) == Some("rcpt") {
            return None;
        }
        let kind = match get(self.kind) {
            Some("d") => Kind::Delivered,
            Some("t" | "tq") => Kind::Delayed,
            Some("f" | "fbl") => Kind::Complaint,
            Some("b" | "rb") => Kind::Failed,
            None if get(self.status).is_some_and(|status| status.starts_with('2')) => Kind::Delivered,
            None if self.kind.is_none() => Kind::Failed,
            _ if fields.len() < self.count => return Some(Err(Unreadable::BrokenLine)),
            _ => return None,
        };
        let original = get(self.original).map(|value| value.rsplit(';').next().unwrap_or(value));
        let Some(address) =
            original.filter(|one| is_address(one)).or(get(self.recipient)).filter(|one| is_address(one))
        else {
            return Some(Err(Unreadable::NoRecipient));
        };
        let mut event = Event::new(kind, address);
        // `smtp;550 5.1.1 …`
        let diagnostic = get(self.diagnostic).unwrap_or_default();
        event.reply = diagnostic.strip_prefix("smtp;").unwrap_or(diagnostic).trim().to_owned();
        // `5.1.1 (bad destination mailbox address)`
        event.status = get(self.status).map(str::to_owned);
        // `mx.example.com (192.0.2.1)`
        event.host = get(self.host).and_then(|host| host.split_whitespace().next()).map(str::to_owned);
        event.when = get(self.time).map(str::to_owned);
        Some(Ok(event))
    }
}
