//! Bounces as they come back: reports, plain texts of mail servers, logs; each read into what happened to whom.

mod accounting;
pub mod address;
mod complaint;
mod dsn;
mod log;
mod message;
mod prose;
mod stream;

pub use stream::read;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The message was not delivered, and will not be.
    Failed,
    /// Delivery is still being tried.
    Delayed,
    /// It was delivered; logs and reports on success say so.
    Delivered,
    /// The reader complained (RFC 5965).
    Complaint,
    /// An automatic answer; nothing bounced.
    Automatic,
}

impl Kind {
    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Complaint => "complaint",
            Self::Automatic => "automatic",
        }
    }
}

/// What happened to one recipient, as a report or a log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: Kind,
    /// The address that was mailed, as it is written there.
    pub address: String,
    /// What the server answered, as far as it is told; may be empty.
    pub reply: String,
    /// The `Status` field of a report.
    pub status: Option<String>,
    /// The host that answered.
    pub host: Option<String>,
    /// When: as RFC 3339 where a date could be read, else as it is written.
    pub when: Option<String>,
}

impl Event {
    fn new(kind: Kind, address: &str) -> Self {
        Self { kind, address: address.to_owned(), reply: String::new(), status: None, host: None, when: None }
    }
}

/// A message or a line of a file, and what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it is in its file: `message 3`, `line 12`; `None` where the file is one message.
    pub place: Option<String>,
    /// What happened, or why nothing could be read.
    pub events: Result<Vec<Event>, Unreadable>,
}

/// Why nothing could be read from a message or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unreadable {
    /// Nothing says that something was not delivered.
    NoBounce,
    /// It reports a failure, and not for whom.
    NoRecipient,
    /// It reports a complaint, and not whose.
    NoComplainer,
    /// A feedback report about something else: authentication, or a message that is no junk.
    NoComplaint,
    /// Nothing is in it.
    Empty,
    /// It is larger than what is read.
    TooLarge,
    /// A line of a log or a table that breaks off.
    BrokenLine,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoBounce => "it is no bounce that presend can read",
            Self::NoRecipient => "it reports a failure, but names no recipient",
            Self::NoComplainer => "it reports a complaint, but does not say whose",
            Self::NoComplaint => "it is a feedback report, but about no complaint",
            Self::Empty => "nothing is in it",
            Self::TooLarge => "it is larger than 64 MiB",
            Self::BrokenLine => "the line breaks off",
        })
    }
}

#[cfg(test)]
mod tests;
