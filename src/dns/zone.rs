//! A zone file (RFC 1035 §5) that answers instead of the network.

mod entry;
mod lexer;
#[cfg(test)]
mod tests;

use crate::domain::{Answer, Ask, Kind, Name, Question, Record, ZoneText};
use crate::source::LineIndex;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Aliases that are followed; servers stop at about as many.
const LONGEST_CHAIN: usize = 16;

/// A mistake in a zone file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong: lowercase, no final punctuation.
    pub message: String,
}

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ZoneError {}

/// A zone, or several in one file.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    records: HashMap<Question, Vec<Record>>,
    /// All names with a record, and those above them up to the top of their zone.
    names: HashSet<Name>,
    /// The tops of the zones: what is not below one of them is not known.
    tops: HashSet<Name>,
}

impl Zone {
    /// Reads a file; `name` is how reports call it, `origin` is what relative names are below until `$ORIGIN` says otherwise.
    ///
    /// A zone's top is where its SOA record is; without any, each `$ORIGIN` and `origin` are.
    ///
    /// # Errors
    /// The first line that can't be read.
    pub fn parse(name: &str, bytes: Vec<u8>, origin: Option<&Name>) -> Result<Self, ZoneError> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return Err(error_at(error.as_bytes(), at, "this is no UTF-8".to_owned()));
            }
        };
        let shared = Arc::new(ZoneText::new(name, text));
        let read =
            entry::read(&shared, origin).map_err(|(at, message)| error_at(shared.text.as_bytes(), at, message))?;
        let mut zone = Self { tops: read.tops, ..Self::default() };
        for record in read.records {
            zone.add_name(record.name.clone());
            zone.records.entry((record.name.clone(), record.kind)).or_default().push(record);
        }
        for name in read.others {
            zone.add_name(name);
        }
        Ok(zone)
    }

    fn add_name(&mut self, name: Name) {
        let mut name = Some(name);
        while let Some(current) = name.take() {
            let is_top = self.tops.contains(&current);
            name = current.parent().filter(|parent| !is_top && !self.names.contains(parent));
            self.names.insert(current);
        }
    }

    /// Whether there is an answer for this name, be it that it is missing.
    fn holds(&self, name: &Name) -> bool {
        let mut above = Some(name.clone());
        while let Some(current) = above {
            if self.tops.contains(&current) {
                return true;
            }
            above = current.parent();
        }
        self.tops.contains(&Name::root())
    }

    fn answer(&self, (name, kind): &Question) -> Answer {
        let mut chain = Vec::new();
        let mut name = name.clone();
        loop {
            if let Some(found) = self.look_up(&name, *kind) {
                chain.extend(found);
                return Answer::Found(chain);
            }
            let alias = self.look_up(&name, Kind::Cname).and_then(|mut aliases| aliases.pop());
            let Some((alias, target)) = alias.and_then(|alias| Some((alias.target()?, alias))) else {
                return match self.exists(&name) {
                    true => Answer::Empty(chain),
                    false if !self.holds(&name) => Answer::Outside,
                    false if chain.is_empty() => Answer::NoName,
                    false => Answer::Empty(chain),
                };
            };
            chain.push(target);
            name = alias;
            if chain.len() > LONGEST_CHAIN {
                return Answer::Failed("its aliases (CNAME) go round in a circle".to_owned());
            }
        }
    }

    fn exists(&self, name: &Name) -> bool {
        self.names.contains(name) || self.wildcard(name).is_some()
    }

    /// The records of a name; where it is missing, those of the wildcard above it (RFC 4592).
    fn look_up(&self, name: &Name, kind: Kind) -> Option<Vec<Record>> {
        if self.names.contains(name) {
            return self.records.get(&(name.clone(), kind)).cloned();
        }
        let wildcard = self.wildcard(name)?;
        let records = self.records.get(&(wildcard, kind))?;
        Some(records.iter().map(|record| Record { name: name.clone(), ..record.clone() }).collect())
    }

    /// `*` below the nearest name that is there.
    fn wildcard(&self, name: &Name) -> Option<Name> {
        let mut above = name.parent();
        while let Some(current) = above {
            if self.names.contains(&current) {
                return current.under("*").filter(|wildcard| self.names.contains(wildcard));
            }
            above = current.parent();
        }
        None
    }
}

impl Ask for Zone {
    fn ask(&mut self, questions: &[Question]) -> Vec<Answer> {
        questions.iter().map(|question| self.answer(question)).collect()
    }
}

fn error_at(bytes: &[u8], at: usize, message: String) -> ZoneError {
    let position = LineIndex::new(bytes).position(bytes, at.min(bytes.len()));
    ZoneError { line: position.line, column: position.column, message }
}
