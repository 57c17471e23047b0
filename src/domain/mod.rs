//! A sender's domain as DNS shows it: records, and what SPF, DKIM, DMARC, MX and reverse names in them say.
//!
//! What answers the questions is behind [`Ask`]: servers or a zone file, in `dns`. Nothing here touches the network.

mod ask;
pub mod dkim;
pub mod dmarc;
mod found;
mod gather;
mod mail;
mod name;
mod policy;
mod record;
mod reverse;
mod selectors;
pub mod spf;
pub mod tags;

pub use ask::{Answer, Ask, Failure, Inquiry, Question, Reply};
pub use found::{Dmarc, Domain, Exchange, Existence, Extras, Mail, Report, Role, Selector, Sending, Spf, Wanted};
pub use name::Name;
pub use record::{Kind, Origin, Record, RecordSpot, ZoneText};
