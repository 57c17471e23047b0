//! What was found out about a domain.

use super::dkim::{Fault, Key};
use super::spf::{Qualifier, Walk};
use super::{Failure, Name, Record, RecordSpot, dmarc};
use std::net::IpAddr;
use std::ops::Range;

/// Why a domain is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Mail is sent from it.
    Sender,
    /// A link of a mail leads to it.
    Link,
}

/// What to find out beside the domain itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Why it is looked at.
    pub role: Role,
    /// DKIM selectors that it uses; where none is given, well-known ones are tried.
    pub selectors: Vec<String>,
    /// Addresses that its mail is sent from.
    pub addresses: Vec<IpAddr>,
}

impl Wanted {
    /// Only the domain.
    pub fn of(role: Role) -> Self {
        Self { role, selectors: Vec::new(), addresses: Vec::new() }
    }
}

/// Whether a name is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// It is there.
    Exists,
    /// There is no such name.
    Missing,
    /// Nobody knows.
    Unknown,
}

/// A domain.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its name.
    pub name: Name,
    /// What was asked.
    pub wanted: Wanted,
    /// All records that came back; facts point at them by number.
    pub records: Vec<Record>,
    /// Whether it is there.
    pub existence: Existence,
    /// SPF.
    pub spf: Spf,
    /// DKIM, a selector each.
    pub dkim: Vec<Selector>,
    /// DMARC.
    pub dmarc: Dmarc,
    /// Mail to it.
    pub mail: Mail,
    /// Addresses that its mail is sent from.
    pub sending: Vec<Sending>,
    /// What else it publishes.
    pub extras: Extras,
    /// Questions without an answer.
    pub failures: Vec<Failure>,
}

/// SPF of a domain.
#[derive(Debug, Clone, Default)]
pub struct Spf {
    /// Whether it could be asked for.
    pub known: bool,
    /// The SPF records; one is right.
    pub records: Vec<usize>,
    /// TXT records that are meant to be one and are none.
    pub near_misses: Vec<usize>,
    /// Where the record leads, if there is exactly one.
    pub walk: Option<Walk>,
}

/// A DKIM selector of a domain.
#[derive(Debug, Clone)]
pub struct Selector {
    /// Its name.
    pub name: String,
    /// Where its key is looked for.
    pub at: Name,
    /// The sender named it; the others are well known.
    pub given: bool,
    /// Whether it could be asked for.
    pub known: bool,
    /// The records that are meant to be keys; one is right.
    pub records: Vec<usize>,
    /// The alias (CNAME) that leads to the key, or to nothing.
    pub alias: Option<usize>,
    /// The key, if there is exactly one record.
    pub key: Option<Result<Key, Fault>>,
}

/// DMARC of a domain.
#[derive(Debug, Clone, Default)]
pub struct Dmarc {
    /// Whether it could be asked for.
    pub known: bool,
    /// The domain whose record holds: this one or one above it.
    pub at: Option<Name>,
    /// Its DMARC records; one is right.
    pub records: Vec<usize>,
    /// TXT records that are meant to be one and are none.
    pub near_misses: Vec<usize>,
    /// The record, read, if there is exactly one.
    pub policy: Option<dmarc::Policy>,
    /// Where reports go to other organisations.
    pub reports: Vec<Report>,
}

/// Reports that go to another organisation.
#[derive(Debug, Clone)]
pub struct Report {
    /// The URI in the record.
    pub spot: RecordSpot,
    /// The host that they go to.
    pub host: Name,
    /// The name at which that organisation says that it wants them.
    pub permission: Name,
    /// Whether it says so; `None` if nobody knows.
    pub permitted: Option<bool>,
}

/// Mail to a domain.
#[derive(Debug, Clone, Default)]
pub struct Mail {
    /// Whether it could be asked for.
    pub known: bool,
    /// The null MX record (RFC 7505).
    pub null: Option<usize>,
    /// The other MX records.
    pub exchanges: Vec<Exchange>,
    /// The addresses of the domain itself, which takes mail where there is no MX record (RFC 5321 §5.1).
    pub addresses: Vec<usize>,
    /// The domain itself certainly has no address.
    pub no_address: bool,
}

/// A server that takes mail.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its MX record.
    pub record: usize,
    /// The host in the record's text.
    pub span: Range<usize>,
    /// The host is an address, which no MX record may have.
    pub is_address: bool,
    /// The alias (CNAME) that it is.
    pub alias: Option<usize>,
    /// Its addresses.
    pub addresses: Vec<usize>,
    /// It certainly has no address.
    pub no_address: bool,
}

/// An address that mail is sent from.
#[derive(Debug, Clone)]
pub struct Sending {
    /// The address.
    pub address: IpAddr,
    /// Its name in the tree of reverse names.
    pub reverse: Name,
    /// Whether its names could be asked for.
    pub known: bool,
    /// Its names (PTR).
    pub names: Vec<usize>,
    /// Whether one of its names leads back to it; `None` if nobody knows.
    pub confirmed: Option<bool>,
    /// The name that looks like one of a dial-up customer.
    pub generic: Option<usize>,
    /// What SPF says of mail from it; `None` if nobody knows, or there is no record.
    pub spf: Option<Qualifier>,
}

/// Records that are good to have.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// MTA-STS (RFC 8461).
    pub mta_sts: Option<usize>,
    /// Reports on TLS (RFC 8460).
    pub tls_reports: Option<usize>,
    /// BIMI, under the selector `default`.
    pub bimi: Option<usize>,
    /// Those of which nobody knows: `MTA-STS`, `TLS-RPT` or `BIMI`.
    pub unknown: Vec<&'static str>,
}

impl Domain {
    /// A record by its number.
    pub fn record(&self, number: usize) -> Option<&Record> {
        self.records.get(number)
    }

    /// The whole text of a record.
    pub fn whole(&self, number: usize) -> RecordSpot {
        RecordSpot { record: number, start: 0, end: self.text(number).len() }
    }

    /// The text of a record.
    pub fn text(&self, number: usize) -> &str {
        self.record(number).map_or("", |record| &record.text)
    }

    /// The text that a spot marks.
    pub fn marked(&self, spot: RecordSpot) -> &str {
        self.text(spot.record).get(spot.start..spot.end).unwrap_or_default()
    }

    /// Whether the span of a record's text goes over the end of one of its strings.
    pub fn is_joined(&self, spot: RecordSpot) -> bool {
        self.record(spot.record)
            .is_some_and(|record| record.joints.iter().any(|at| spot.start <= *at && *at <= spot.end))
    }

    /// Whether it says that it sends no mail: `v=spf1 -all` and nothing else.
    pub fn sends_no_mail(&self) -> bool {
        let Some(walk) = &self.spf.walk else { return false };
        let terms = &walk.root.policy.terms;
        matches!(&terms[..], [all] if all.qualifier == Qualifier::Fail && all.what == super::spf::What::All)
    }
}
