//! Why a server gave no answer, in words.

use simple_dns::RCODE;
use std::io;
use std::time::Duration;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The time for all questions is up.
    Late,
    /// The server said nothing.
    Silent,
    /// The server can't be reached.
    Io(io::Error),
    /// The server answered with an error.
    Code(RCODE),
    /// The answer is cut off, over TCP too.
    CutOff,
    /// The answer is no DNS, or not one that can be read: why.
    Unreadable(&'static str),
}

impl Trouble {
    /// Whether it is better to ask another server first.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self, Self::Silent | Self::Io(_))
    }

    /// What is told: lowercase, no final punctuation.
    pub fn why(&self, patience: Duration) -> String {
        match self {
            Self::Late => "the time for all questions is up".to_owned(),
            Self::Silent => format!("no answer within {} s", patience.as_secs_f64()),
            Self::Io(error) => format!("no server could be reached: {error}"),
            Self::Code(RCODE::ServerFailure) => "the server failed (SERVFAIL)".to_owned(),
            Self::Code(RCODE::Refused) => "the server refused to answer (REFUSED)".to_owned(),
            Self::Code(code) => format!("the server answered with an error ({})", name(*code)),
            Self::CutOff => "the answer was cut off, over TCP too".to_owned(),
            Self::Unreadable(why) => format!("the answer could not be read: {why}"),
        }
    }
}

/// What the registry calls a code (RFC 6895 §2.3).
fn name(code: RCODE) -> &'static str {
    match code {
        RCODE::NoError => "No Error",
        RCODE::FormatError => "Form Error",
        RCODE::ServerFailure => "Server Failure",
        RCODE::NameError => "Non-Existent Domain",
        RCODE::NotImplemented => "Not Implemented",
        RCODE::Refused => "Query Refused",
        RCODE::YXDOMAIN => "Name should not exist",
        RCODE::YXRRSET => "RR Set should not exist",
        RCODE::NXRRSET => "RR Set does not exist",
        RCODE::NOTAUTH => "Not authorized",
        RCODE::NOTZONE => "Name not in zone",
        RCODE::BADVERS => "Bad option versions",
        RCODE::Reserved => "Unknown response code",
    }
}
