//! Reads the entries of a zone file: `$ORIGIN`, `$TTL`, and records with their owner, TTL, class and type.

use super::lexer::{Lexer, Line, Word, Wrong};
use crate::domain::{Kind, Name, Origin, Record, ZoneText};
use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// The longest string in a record (RFC 1035 §3.3), in bytes.
const LONGEST_STRING: usize = 255;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// The records of the types that are asked for.
    pub records: Vec<Record>,
    /// The owners of all others.
    pub others: Vec<Name>,
    /// The tops of the zones.
    pub tops: HashSet<Name>,
}

/// Reads a file.
pub(super) fn read(zone: &Arc<ZoneText>, origin: Option<&Name>) -> Result<Entries, Wrong> {
    let mut reader = Reader { zone, origin: origin.cloned(), owner: None, entries: Entries::default() };
    let mut origins: HashSet<Name> = origin.into_iter().cloned().collect();
    let mut lexer = Lexer::new(&zone.text);
    while let Some(line) = lexer.next()? {
        let first = line.words[0].text();
        match first.strip_prefix('$').filter(|_| !line.words[0].escaped && !line.words[0].quoted) {
            Some(directive) => {
                reader.directive(directive, &line)?;
                origins.extend(reader.origin.clone());
            }
            None => reader.record(&line)?,
        }
    }
    let mut entries = reader.entries;
    if entries.tops.is_empty() {
        entries.tops = origins;
    }
    Ok(entries)
}

struct Reader<'z> {
    zone: &'z Arc<ZoneText>,
    origin: Option<Name>,
    /// The owner of the entry before.
    owner: Option<Name>,
    entries: Entries,
}

impl Reader<'_> {
    fn directive(&mut self, name: &str, line: &Line) -> Result<(), Wrong> {
        let argument = line.words.get(1);
        match (name.to_ascii_uppercase().as_str(), argument) {
            ("ORIGIN", Some(word)) => self.origin = Some(self.name(word)?),
            ("TTL", Some(word)) if is_ttl(&word.text()) => {}
            ("ORIGIN" | "TTL", None) => return Err((line.start, format!("`${name}` lacks its value"))),
            ("TTL", Some(word)) => return Err((word.start, format!("`{}` is no time to live", word.text()))),
            ("INCLUDE", _) => return Err((line.start, "`$INCLUDE` is not read; put all into one file".to_owned())),
            _ => return Err((line.start, format!("`${name}` is no directive that is known"))),
        }
        match line.words.get(2) {
            Some(more) => Err((more.start, "nothing more may follow here".to_owned())),
            None => Ok(()),
        }
    }

    fn record(&mut self, line: &Line) -> Result<(), Wrong> {
        let mut words = line.words.iter().peekable();
        if !line.indented
            && let Some(word) = words.next()
        {
            self.owner = Some(self.name(word)?);
        }
        let Some(owner) = self.owner.clone() else {
            return Err((line.start, "the first record has no name before it".to_owned()));
        };
        while words.peek().is_some_and(|word| !word.quoted && (is_ttl(&word.text()) || is_class(&word.text()))) {
            words.next();
        }
        let Some(word) = words.next() else {
            return Err((line.start, format!("the record of `{owner}` has no type")));
        };
        let kind = word.text().to_ascii_uppercase();
        let data: Vec<&Word> = words.collect();
        match Kind::ALL.into_iter().find(|known| known.name() == kind) {
            Some(kind) => {
                let record = self.data(&owner, kind, word.start, &data)?;
                self.entries.records.push(record);
            }
            None if is_type(&kind) => {
                if kind == "SOA" {
                    self.entries.tops.insert(owner.clone());
                }
                self.entries.others.push(owner);
            }
            None => return Err((word.start, format!("`{}` is no type of record", word.text()))),
        }
        Ok(())
    }

    fn data(&self, owner: &Name, kind: Kind, at: usize, data: &[&Word]) -> Result<Record, Wrong> {
        if kind == Kind::Txt {
            return self.strings(owner, at, data);
        }
        let wanted = if kind == Kind::Mx { 2 } else { 1 };
        let (Some(last), true) = (data.last(), data.len() == wanted) else {
            let what = if kind == Kind::Mx { "a number and a name" } else { "one value" };
            return Err((
                data.get(wanted).map_or(at, |word| word.start),
                format!("a record of type {} has {what}", kind.name()),
            ));
        };
        let value = last.text();
        let text = match kind {
            Kind::A => value
                .parse::<Ipv4Addr>()
                .map_err(|_| (last.start, format!("`{value}` is no IPv4 address")))?
                .to_string(),
            Kind::Aaaa => value
                .parse::<Ipv6Addr>()
                .map_err(|_| (last.start, format!("`{value}` is no IPv6 address")))?
                .to_string(),
            Kind::Mx => {
                let preference = data[0].text();
                let number: u16 = preference
                    .parse()
                    .map_err(|_| (data[0].start, format!("`{preference}` is no number from 0 to 65535")))?;
                format!("{number} {}", self.name(last)?)
            }
            _ => self.name(last)?.to_string(),
        };
        let end = last.offsets.last().copied().unwrap_or(last.start);
        let first = data.first().map_or(last.start, |word| word.start);
        let target = text.find(' ').map_or(0, |at| at + 1);
        let origin =
            Origin { zone: Arc::clone(self.zone), offsets: spread(target, text.len(), first, last.start, end) };
        Ok(Record { origin: Some(origin), ..Record::new(owner.clone(), kind, text) })
    }

    fn strings(&self, owner: &Name, at: usize, data: &[&Word]) -> Result<Record, Wrong> {
        if data.is_empty() {
            return Err((at, "a record of type TXT has at least one string".to_owned()));
        }
        if let Some(long) = data.iter().find(|word| word.bytes.len() > LONGEST_STRING) {
            let message =
                format!("this string has {} bytes; cut it into strings of at most {LONGEST_STRING}", long.bytes.len());
            return Err((long.start, message));
        }
        let strings: Vec<&[u8]> = data.iter().map(|word| &word.bytes[..]).collect();
        let mut record = Record::of_strings(owner.clone(), &strings);
        let mut offsets: Vec<usize> = Vec::with_capacity(record.text.len() + 1);
        for word in data {
            offsets.extend(&word.offsets[..word.bytes.len()]);
        }
        offsets.extend(data.last().and_then(|word| word.offsets.last()));
        // where bytes were replaced, offsets are unknown: the record as a whole is meant
        if offsets.len() != record.text.len() + 1 {
            let (start, end) = (offsets.first().copied().unwrap_or(at), offsets.last().copied().unwrap_or(at));
            offsets = spread(0, record.text.len(), start, start, end);
        }
        record.origin = Some(Origin { zone: Arc::clone(self.zone), offsets });
        Ok(record)
    }

    /// A name; `@` is the origin, and one without a final dot is below it.
    fn name(&self, word: &Word) -> Result<Name, Wrong> {
        let text = word.text();
        let wrong = |why: &str| (word.start, format!("`{text}` {why}"));
        if word.escaped {
            return Err(wrong("has a backslash, which is not read in names"));
        }
        let origin = || self.origin.clone().ok_or_else(|| wrong("is relative, and there is no `$ORIGIN` before it"));
        if text == "@" {
            return origin();
        }
        if let Some(absolute) = text.strip_suffix('.') {
            return Name::new(absolute).ok_or_else(|| wrong("is no name"));
        }
        let name = Name::new(&text).filter(|name| name.labels() > 0).ok_or_else(|| wrong("is no name"))?;
        origin()?.under(name.as_str()).ok_or_else(|| wrong("makes a name that is too long"))
    }
}

/// Offsets for text that stands in the file in another spelling: up to `target` it is at `first`, behind it at `second`;
/// each byte one further, as far as `end`.
fn spread(target: usize, length: usize, first: usize, second: usize, end: usize) -> Vec<usize> {
    let at = |byte: usize| match byte < target {
        true => (first + byte).min(second),
        false => (second + byte - target).min(end),
    };
    (0..length).map(at).chain([end]).collect()
}

/// `3600`, or `1h30m` as BIND writes it.
fn is_ttl(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "smhdwSMHDW".contains(c);
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(is_part)
}

fn is_class(word: &str) -> bool {
    ["IN", "CH", "HS"].iter().any(|class| class.eq_ignore_ascii_case(word))
}

/// Types that are read past, and `TYPE123` (RFC 3597).
fn is_type(word: &str) -> bool {
    const TYPES: &[&str] = &[
        "SOA",
        "NS",
        "SRV",
        "CAA",
        "DNAME",
        "SPF",
        "NAPTR",
        "TLSA",
        "SSHFP",
        "DS",
        "DNSKEY",
        "RRSIG",
        "NSEC",
        "NSEC3",
        "NSEC3PARAM",
        "CDS",
        "CDNSKEY",
        "HINFO",
        "LOC",
        "RP",
        "SVCB",
        "HTTPS",
        "ALIAS",
        "ANAME",
        "URI",
        "OPENPGPKEY",
        "SMIMEA",
        "AFSDB",
        "CERT",
        "DHCID",
        "HIP",
        "KEY",
        "KX",
        "MINFO",
        "PX",
        "SIG",
        "ZONEMD",
    ];
    let number = word.strip_prefix("TYPE");
    TYPES.contains(&word)
        || number.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
