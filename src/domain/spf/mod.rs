//! SPF (RFC 7208): one record, read term by term. `walk` follows where its terms lead.

mod covers;
mod term;
#[cfg(test)]
mod tests;
mod walk;

pub use term::{Qualifier, Target, Term, What};
pub use walk::{Breach, Leads, Node, Step, Walk};

use std::ops::Range;

/// One SPF record, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// Its terms in order, those that can be read.
    pub terms: Vec<Term>,
    /// What can't be read: receivers stop with `permerror`.
    pub faults: Vec<Fault>,
    /// The first `all`.
    all: Option<usize>,
    has_redirect: bool,
    has_exp: bool,
}

/// A term against the grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The term, or what of it is wrong.
    pub span: Range<usize>,
    /// What is wrong: lowercase, no final punctuation.
    pub what: String,
}

/// Whether a TXT record is an SPF record: `v=spf1`, then a blank or nothing (RFC 7208 §4.5).
pub fn is_record(text: &str) -> bool {
    let version = text.get(..6).is_some_and(|version| version.eq_ignore_ascii_case("v=spf1"));
    version && matches!(text.as_bytes().get(6), None | Some(b' '))
}

/// Whether a TXT record is meant to be one and is none.
pub fn is_near_miss(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(9).flat_map(char::to_lowercase).collect();
    let meant = ["v=spf", "v=sfp", "v = spf", "spf1 ", "v-spf1", "\"v=spf", "v:spf1", "spf2.0/", "v=\"spf"];
    !is_record(text) && meant.iter().any(|meant| start.starts_with(meant)) && !start.starts_with("spf2.0/")
}

impl Policy {
    /// Reads a record; `text` begins with its version.
    pub fn read(text: &str) -> Self {
        let mut policy = Self::default();
        let mut start = 0;
        for piece in text.split(' ') {
            let span = start..start + piece.len();
            start = span.end + 1;
            if span.start == 0 || piece.is_empty() {
                continue;
            }
            match term::read(piece, span.start) {
                Ok(term) => policy.add(term),
                Err(fault) => policy.faults.push(fault),
            }
        }
        policy
    }

    /// A modifier may stand once (RFC 7208 §6).
    fn add(&mut self, term: Term) {
        let again = match &term.what {
            What::Redirect(_) => std::mem::replace(&mut self.has_redirect, true),
            What::Exp => std::mem::replace(&mut self.has_exp, true),
            _ => false,
        };
        if term.what == What::All {
            self.all.get_or_insert(self.terms.len());
        }
        if again {
            let what = format!("`{}=` stands here for the second time", term.name);
            self.faults.push(Fault { span: term.span.clone(), what });
        }
        self.terms.push(term);
    }

    /// The first `all`.
    pub fn all(&self) -> Option<&Term> {
        self.terms.get(self.all?)
    }

    /// Whether receivers look at a term: mechanisms behind `all` are never tested, and `redirect=` is ignored where there
    /// is an `all` (RFC 7208 §5.1 and §6.1).
    pub fn is_live(&self, at: usize) -> bool {
        let is_redirect = || self.terms.get(at).is_some_and(|term| matches!(term.what, What::Redirect(_)));
        self.all.is_none_or(|all| at <= all && !is_redirect())
    }
}
