//! Where the terms of an SPF record lead, to the end: what a receiver looks up for a sender that nothing matches.

use super::{Policy, Target, Term, What, is_record};
use crate::domain::ask::Inquiry;
use crate::domain::{Kind, Name, RecordSpot};
use std::net::IpAddr;

/// Lookups that are followed: enough to tell by how much a record is over the limit of ten.
const MOST: usize = 60;
/// Hosts that an `mx` may have (RFC 7208 §4.6.4).
const MOST_HOSTS: usize = 10;

/// A record and where its terms lead.
#[derive(Debug, Clone)]
pub struct Node {
    /// Whose record it is.
    pub name: Name,
    /// Its number.
    pub record: usize,
    /// The record, read.
    pub policy: Policy,
    /// Where each term leads.
    pub leads: Vec<Leads>,
}

/// Where one term leads.
#[derive(Debug, Clone)]
pub enum Leads {
    /// Nowhere: it is an address, it is never looked at, or nothing was found.
    Nowhere,
    /// To another record.
    Record(Box<Node>),
    /// To addresses.
    Addresses(Vec<IpAddr>),
    /// Nobody knows: a macro, or a question without an answer.
    Unknown,
}

/// Why receivers stop with `permerror`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// The name that is included has no SPF record; whether the name itself is missing.
    NoRecord(bool),
    /// The name has so many SPF records.
    Several(usize),
    /// The record there can't be read at this place.
    Malformed(RecordSpot),
    /// It leads to a record that it comes from.
    Loop,
    /// More hosts than an `mx` may have.
    TooManyHosts(usize),
}

/// One lookup.
#[derive(Debug, Clone)]
pub struct Step {
    /// The term.
    pub spot: RecordSpot,
    /// The term of the domain's own record that led here.
    pub top: RecordSpot,
    /// What is looked up; `None` where macros make it.
    pub target: Option<Name>,
    /// What is wrong with it.
    pub breach: Option<Breach>,
    /// Nothing was found: a void lookup (RFC 7208 §4.6.4).
    pub void: bool,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Walk {
    /// The domain's own record.
    pub root: Node,
    /// All lookups that count, in the order of a receiver.
    pub steps: Vec<Step>,
    /// Whether everything could be followed.
    pub complete: bool,
}

impl Walk {
    /// Follows the record with this number, of `name`.
    pub(in crate::domain) fn of(name: &Name, record: usize, inquiry: &mut Inquiry<'_>) -> Self {
        let mut walker = Walker { inquiry, steps: Vec::new(), complete: true, path: Vec::new() };
        let root = walker.node(name, record, None);
        Self { root, steps: walker.steps, complete: walker.complete }
    }
}

struct Walker<'w, 'a> {
    inquiry: &'w mut Inquiry<'a>,
    steps: Vec<Step>,
    complete: bool,
    path: Vec<Name>,
}

impl Walker<'_, '_> {
    fn node(&mut self, name: &Name, record: usize, top: Option<RecordSpot>) -> Node {
        let policy = Policy::read(self.inquiry.records.get(record).map_or("", |record| &record.text));
        self.path.push(name.clone());
        let room = MOST.saturating_sub(self.steps.len());
        let live = |at: &usize| policy.is_live(*at) && policy.terms[*at].looks_up();
        let looking: Vec<_> = (0..policy.terms.len()).filter(live).take(room).collect();
        self.inquiry.prepare(looking.iter().flat_map(|at| questions(&policy.terms[*at], name)));
        let mut leads = Vec::with_capacity(policy.terms.len());
        for (at, term) in policy.terms.iter().enumerate() {
            leads.push(match policy.is_live(at) && term.looks_up() {
                true => self.term(term, name, record, top),
                false => Leads::Nowhere,
            });
        }
        self.path.pop();
        Node { name: name.clone(), record, policy, leads }
    }

    fn term(&mut self, term: &Term, own: &Name, record: usize, top: Option<RecordSpot>) -> Leads {
        if self.steps.len() >= MOST {
            self.complete = false;
            return Leads::Unknown;
        }
        let spot = RecordSpot::new(record, &term.span);
        let top = top.unwrap_or(spot);
        let target = target(term, own);
        let at = self.steps.len();
        self.steps.push(Step { spot, top, target: target.clone(), breach: None, void: false });
        // what a macro makes, nobody knows before there is a mail
        let Some(target) = target else { return Leads::Unknown };
        let (leads, void, breach) = match &term.what {
            What::Include(_) | What::Redirect(_) => self.record(&target, top),
            What::A(..) | What::Exists(_) => self.addresses(&target, matches!(term.what, What::Exists(_))),
            What::Mx(..) => self.hosts(&target),
            _ => (Leads::Unknown, false, None),
        };
        self.steps[at].void = void;
        self.steps[at].breach = breach;
        leads
    }

    fn record(&mut self, target: &Name, top: RecordSpot) -> (Leads, bool, Option<Breach>) {
        if self.path.contains(target) {
            return (Leads::Nowhere, false, Some(Breach::Loop));
        }
        let reply = self.inquiry.ask(target, Kind::Txt);
        if reply.is_unknown() {
            self.complete = false;
            return (Leads::Unknown, false, None);
        }
        let is_spf = |at: &&usize| self.inquiry.records.get(**at).is_some_and(|record| is_record(&record.text));
        let records: Vec<usize> = reply.records().iter().filter(is_spf).copied().collect();
        match records[..] {
            [record] => {
                let node = self.node(target, record, Some(top));
                let fault = node.policy.faults.first().map(|fault| RecordSpot::new(record, &fault.span));
                (Leads::Record(Box::new(node)), false, fault.map(Breach::Malformed))
            }
            [] => {
                let no_name = matches!(reply, crate::domain::ask::Reply::Nothing { no_name: true, .. });
                (Leads::Nowhere, reply.is_nothing(), Some(Breach::NoRecord(no_name)))
            }
            _ => (Leads::Nowhere, false, Some(Breach::Several(records.len()))),
        }
    }

    fn addresses(&mut self, target: &Name, exists: bool) -> (Leads, bool, Option<Breach>) {
        // RFC 7208 §5.7: `exists` asks for A, also where the sender has an IPv6 address
        let reply = if exists { self.inquiry.ask(target, Kind::A) } else { self.inquiry.addresses(target) };
        if reply.is_unknown() {
            self.complete = false;
            return (Leads::Unknown, false, None);
        }
        let addresses = reply.records().iter().filter_map(|at| self.inquiry.records.get(*at)?.text.parse().ok());
        (Leads::Addresses(addresses.collect()), reply.is_nothing(), None)
    }

    fn hosts(&mut self, target: &Name) -> (Leads, bool, Option<Breach>) {
        let reply = self.inquiry.ask(target, Kind::Mx);
        if reply.is_unknown() {
            self.complete = false;
            return (Leads::Unknown, false, None);
        }
        let hosts: Vec<Name> = reply
            .records()
            .iter()
            .filter_map(|at| self.inquiry.records.get(*at)?.target())
            .filter(|name| name.labels() > 0)
            .collect();
        if hosts.len() > MOST_HOSTS {
            return (Leads::Nowhere, false, Some(Breach::TooManyHosts(hosts.len())));
        }
        self.inquiry.prepare(hosts.iter().flat_map(|host| [(host.clone(), Kind::A), (host.clone(), Kind::Aaaa)]));
        let mut addresses = Vec::new();
        for host in &hosts {
            let reply = self.inquiry.addresses(host);
            self.complete &= !reply.is_unknown();
            addresses.extend(
                reply.records().iter().filter_map(|at| self.inquiry.records.get(*at)?.text.parse::<IpAddr>().ok()),
            );
        }
        (Leads::Addresses(addresses), reply.is_nothing(), None)
    }
}

/// What the term asks DNS.
fn questions(term: &Term, own: &Name) -> Vec<(Name, Kind)> {
    let Some(name) = target(term, own) else { return Vec::new() };
    match term.what {
        What::Include(_) | What::Redirect(_) => vec![(name, Kind::Txt)],
        What::A(..) => vec![(name.clone(), Kind::A), (name, Kind::Aaaa)],
        What::Exists(_) => vec![(name, Kind::A)],
        What::Mx(..) => vec![(name, Kind::Mx)],
        _ => Vec::new(),
    }
}

/// The name that a term is about.
fn target(term: &Term, own: &Name) -> Option<Name> {
    let target = match &term.what {
        What::Include(target) | What::Redirect(target) | What::Exists(target) => target,
        What::A(target, _) | What::Mx(target, _) => target,
        _ => return None,
    };
    match target {
        Target::Own => Some(own.clone()),
        Target::Name(name) => Some(name.clone()),
        Target::Macro => None,
    }
}
