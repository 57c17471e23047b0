//! What servers wrote on a message on its way: where it came through, what they checked and what they thought of it. It says what stands there;
//! whether to believe it is for facts to say.

mod pairs;
mod received;
mod results;
mod scan;

pub use pairs::{Pair, Stamp};
pub use received::{Address, Hop, Named};
pub use results::{Method, Property, Results};

use super::{Header, Message, Spot};
use crate::source::ViewSpan;
use std::ops::Range;

/// The fields of the header that servers wrote, each in the order of the header (the newest hop first).
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Received (RFC 5321 §4.4).
    pub hops: Vec<Hop>,
    /// Authentication-Results (RFC 8601), Microsoft's and others'. ARC-Authentication-Results is another field.
    pub results: Vec<Results>,
    /// X-Forefront-Antispam-Report. What the sender's side wrote carries another name when Microsoft delivers it (`-Untrusted`).
    pub reports: Vec<Stamp>,
    /// X-Microsoft-Antispam.
    pub bulk: Vec<Stamp>,
    /// X-Microsoft-Antispam-Mailbox-Delivery.
    pub mailbox: Vec<Stamp>,
}

impl Trace {
    /// Reads the header of `message`; nothing for a draft.
    pub fn of(message: &Message<'_>) -> Self {
        let mut trace = Self::default();
        if !message.is_mail() {
            return trace;
        }
        for (index, header) in message.headers.iter().enumerate() {
            let text = Text { header, index, text: message.value(header) };
            match header.name.to_ascii_lowercase().as_str() {
                "received" => trace.hops.push(received::read(&text)),
                "authentication-results" => trace.results.push(results::read(&text)),
                "x-forefront-antispam-report" => trace.reports.push(pairs::read(&text)),
                "x-microsoft-antispam" => trace.bulk.push(pairs::read(&text)),
                "x-microsoft-antispam-mailbox-delivery" => trace.mailbox.push(pairs::read(&text)),
                _ => {}
            }
        }
        trace
    }
}

/// The value of a field, and where it stands.
struct Text<'t> {
    header: &'t Header,
    /// Which field of the message it is.
    index: usize,
    text: &'t str,
}

impl Text<'_> {
    fn spot(&self, range: Range<usize>) -> Spot {
        Spot { view: self.header.value, span: ViewSpan::new(range.start, range.end) }
    }
}

#[cfg(test)]
mod tests;
