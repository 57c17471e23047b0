//! What all bounces of a run come to: by cause, by destination, and which addresses never to mail again.

use super::bounces::address::{domain, key};
use super::bounces::{Event, Kind};
use super::{Permanence, Reply, classify, destination};
use crate::knowledge::replies::{self, Cause, Meaning, Suppress};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Days on which an address must have failed for good before it is given up, where a single failure does not tell.
const DAYS: usize = 3;
/// Addresses of a domain that must all be refused at the edge before the domain, and not they, is to blame; and how many in a hundred.
const REFUSED: (usize, u64) = (5, 90);

/// What is made of one event.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Why.
    pub cause: &'static Cause,
    /// What the reply means, where something is known of it.
    pub meaning: Option<&'static Meaning>,
    /// Whether to mail the address again, by this event alone.
    pub suppress: Suppress,
    /// Whether the reply is final.
    pub permanence: Permanence,
    /// The code to show; may be empty.
    pub code: String,
    /// Where the mail went.
    pub destination: String,
}

/// Numbers of a cause, a meaning or a destination.
#[derive(Debug, Default)]
pub struct Count {
    /// Events.
    pub events: u64,
    /// Fingerprints of the addresses.
    seen: HashSet<u64>,
}

impl Count {
    /// How many addresses; two of a billion may count as one.
    pub fn addresses(&self) -> usize {
        self.seen.len()
    }

    fn add(&mut self, key: &str) {
        self.events += 1;
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.seen.insert(hasher.finish());
    }
}

/// One meaning of a cause, as it occurred.
#[derive(Debug)]
pub struct Occurred {
    /// What it means; `None` where nothing is known.
    pub meaning: Option<&'static Meaning>,
    /// How often.
    pub count: Count,
    /// The code of the first one.
    pub code: String,
    /// Its address and its reply.
    pub sample: (String, String),
}

/// A destination.
#[derive(Debug, Default)]
pub struct Destination {
    /// All that did not arrive at once, and complaints.
    pub count: Count,
    /// Of these, failed for good.
    pub failed: u64,
    /// Of these, still being tried.
    pub delayed: u64,
    /// Arrived, where a log says so.
    pub delivered: u64,
    causes: BTreeMap<usize, u64>,
}

impl Destination {
    /// The most frequent cause, the more urgent of equals.
    pub fn cause(&self) -> Option<&'static Cause> {
        let most = self.causes.iter().rev().max_by_key(|(_, events)| **events)?;
        replies::causes().get(*most.0)
    }
}

/// An address never to mail again, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// As it is written in the bounce.
    pub address: String,
    /// The name of the cause.
    pub reason: &'static str,
    /// The code of the reply; may be empty.
    pub code: String,
    /// When; may be empty.
    pub when: String,
    /// The file that tells it, with the place in it.
    pub file: String,
}

/// What is known of an address.
#[derive(Debug)]
struct Known {
    suppression: Suppression,
    suppress: Suppress,
    /// Refused at Microsoft's edge, and for no other reason to be suppressed.
    at_edge: bool,
    /// When it failed for good, for a reason of its own.
    failures: BTreeSet<String>,
}

/// Counts events as they come.
#[derive(Debug, Default)]
pub struct Tally {
    /// Events by what happened.
    pub kinds: HashMap<&'static str, u64>,
    /// By cause, the most urgent first, and in it by what the replies say.
    pub causes: BTreeMap<usize, BTreeMap<&'static str, Occurred>>,
    /// By destination.
    pub destinations: BTreeMap<String, Destination>,
    known: BTreeMap<String, Known>,
    delivered: HashMap<String, u64>,
}

/// What a run comes to in the end.
#[derive(Debug, Default)]
pub struct Totals {
    /// The addresses never to mail again, in order.
    pub suppressions: Vec<Suppression>,
    /// Addresses that were mailed again after they had failed for good, and how often they failed.
    pub retried: Vec<(String, usize)>,
    /// Domains that refuse all their addresses at the edge: misconfigured, their addresses are not given up.
    pub spared: Vec<String>,
}

/// Says what an event means.
pub fn judge(event: &Event) -> Judged {
    let reply = Reply {
        text: &event.reply,
        status: event.status.as_deref(),
        delayed: event.kind == Kind::Delayed,
        host: event.host.as_deref(),
    };
    let verdict = classify(&reply);
    let named = |name: &str| replies::cause(name).unwrap_or(replies::unknown());
    let (cause, meaning, suppress) = match event.kind {
        Kind::Complaint => (named("complaint"), None, Suppress::Now),
        Kind::Automatic => (named("automatic-reply"), None, Suppress::No),
        Kind::Delivered => (replies::unknown(), None, Suppress::No),
        // that nobody knows why is no permission to go on
        Kind::Failed if verdict.meaning.is_none() && verdict.permanence != Permanence::Temporary => {
            (replies::unknown(), None, Suppress::Repeated)
        }
        _ => (verdict.meaning.map_or(replies::unknown(), |meaning| &meaning.cause), verdict.meaning, verdict.suppress),
    };
    let permanence = match event.kind {
        Kind::Complaint => Permanence::Permanent,
        Kind::Failed if verdict.permanence == Permanence::Unknown => Permanence::Permanent,
        _ => verdict.permanence,
    };
    let code = if matches!(event.kind, Kind::Complaint | Kind::Automatic) { String::new() } else { verdict.code() };
    Judged { cause, meaning, suppress, permanence, code, destination: destination::of(event) }
}

impl Tally {
    /// Counts an event of `file` (with the place in it).
    pub fn add(&mut self, event: &Event, file: &str) -> Judged {
        let judged = judge(event);
        *self.kinds.entry(event.kind.name()).or_default() += 1;
        let destination = self.destinations.entry(judged.destination.clone()).or_default();
        if event.kind == Kind::Delivered {
            destination.delivered += 1;
            *self.delivered.entry(domain(&event.address).unwrap_or_default()).or_default() += 1;
            return judged;
        }
        let key = key(&event.address);
        if event.kind != Kind::Automatic {
            destination.count.add(&key);
            destination.failed += u64::from(event.kind == Kind::Failed);
            destination.delayed += u64::from(event.kind == Kind::Delayed);
            *destination.causes.entry(judged.cause.urgency).or_default() += 1;
        }
        let says = judged.meaning.map_or(judged.cause.title, |meaning| meaning.says);
        let occurred =
            self.causes.entry(judged.cause.urgency).or_default().entry(says.as_str()).or_insert_with(|| Occurred {
                meaning: judged.meaning,
                count: Count::default(),
                code: judged.code.clone(),
                sample: (event.address.clone(), event.reply.clone()),
            });
        occurred.count.add(&key);
        if event.kind != Kind::Automatic {
            self.know(key, event, &judged, file);
        }
        judged
    }

    fn know(&mut self, key: String, event: &Event, judged: &Judged, file: &str) {
        let suppression = || Suppression {
            address: event.address.clone(),
            reason: judged.cause.name.as_str(),
            code: judged.code.clone(),
            when: event.when.clone().unwrap_or_default(),
            file: file.to_owned(),
        };
        let at_edge = judged.code == "5.4.1";
        let known = self.known.entry(key).or_insert_with(|| Known {
            suppression: suppression(),
            suppress: judged.suppress,
            at_edge,
            failures: BTreeSet::new(),
        });
        // the surest reason is told, the edge's refusal the least sure
        let surer = (judged.suppress, !at_edge) > (known.suppress, !known.at_edge);
        if surer {
            known.suppression = suppression();
            known.suppress = judged.suppress;
            known.at_edge = at_edge;
        }
        if judged.suppress > Suppress::No && judged.permanence == Permanence::Permanent && event.kind == Kind::Failed {
            known.failures.insert(event.when.clone().unwrap_or_else(|| file.to_owned()));
        }
    }

    /// What it comes to.
    pub fn totals(&self) -> Totals {
        let spared = self.spared();
        let mut totals = Totals::default();
        for (key, known) in &self.known {
            let own = domain(key).unwrap_or_default();
            let is_spared = known.at_edge && spared.contains(&own);
            let days: BTreeSet<&str> = known.failures.iter().map(|when| day(when)).collect();
            let gives_up =
                known.suppress == Suppress::Now || (known.suppress == Suppress::Repeated && days.len() >= DAYS);
            if gives_up && !is_spared {
                totals.suppressions.push(known.suppression.clone());
            }
            if known.failures.len() > 1 {
                totals.retried.push((known.suppression.address.clone(), known.failures.len()));
            }
        }
        totals.spared = spared.into_iter().collect();
        totals
    }

    /// Domains whose addresses are nearly all refused at Microsoft's edge.
    fn spared(&self) -> BTreeSet<String> {
        let mut domains: BTreeMap<String, (usize, u64)> = BTreeMap::new();
        for (key, known) in &self.known {
            let count = domains.entry(domain(key).unwrap_or_default()).or_default();
            count.0 += usize::from(known.at_edge && known.suppress == Suppress::Now);
            count.1 += 1;
        }
        let misconfigured = |(domain, (refused, all)): (String, (usize, u64))| {
            let all = all + self.delivered.get(&domain).copied().unwrap_or_default();
            (refused >= REFUSED.0 && refused as u64 * 100 >= all * REFUSED.1).then_some(domain)
        };
        domains.into_iter().filter_map(misconfigured).collect()
    }

    /// How many addresses did not get the mail, or complained.
    pub fn addresses(&self) -> usize {
        self.known.len()
    }

    /// How many events of a kind there were.
    pub fn of(&self, kind: Kind) -> u64 {
        self.kinds.get(kind.name()).copied().unwrap_or_default()
    }
}

/// The day of a time, however it is written: `2026-11-21…`, `Nov 21 22:34:32`.
fn day(when: &str) -> &str {
    let end = if when.starts_with(|c: char| c.is_ascii_digit()) { 10 } else { 6 };
    let is_time = when.contains(':') && when.len() > end;
    when.get(..end).filter(|_| is_time).unwrap_or(when)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(address: &str, reply: &str, when: &str) -> Event {
        Event {
            kind: Kind::Failed,
            address: address.into(),
            reply: reply.into(),
            status: None,
            host: None,
            when: Some(when.into()),
        }
    }

    fn suppressed(events: &[Event]) -> Vec<String> {
        let mut tally = Tally::default();
        for event in events {
            tally.add(event, "a.eml");
        }
        tally.totals().suppressions.into_iter().map(|one| format!("{} {}", one.address, one.reason)).collect()
    }

    #[test]
    fn an_address_that_does_not_exist_goes_and_a_blocked_sender_keeps_all() {
        let events = [
            failed("A@example.com", "550 5.1.1 user unknown", "1"),
            failed("a@example.com", "550 5.1.1 user unknown", "2"),
            failed("b@example.com", "550 5.7.606 Access denied, banned sending IP", "1"),
            failed("c@example.com", "552 5.2.2 mailbox full", "1"),
        ];
        assert_eq!(suppressed(&events), ["A@example.com no-such-address"]);
        let mut tally = Tally::default();
        for event in &events {
            tally.add(event, "a.eml");
        }
        assert_eq!(tally.totals().retried, [("A@example.com".to_owned(), 2)]);
    }

    #[test]
    fn a_mailbox_that_is_full_on_three_days_goes() {
        let full = |when| failed("c@example.com", "552 5.2.2 mailbox full", when);
        assert!(
            suppressed(&[full("2026-11-01T08:00:00Z"), full("2026-11-01T09:00:00Z"), full("2026-11-02T08:00:00Z")])
                .is_empty()
        );
        let three = [full("2026-11-01T08:00:00Z"), full("2026-11-02T08:00:00Z"), full("2026-11-03T08:00:00Z")];
        assert_eq!(suppressed(&three), ["c@example.com full-mailbox"]);
    }

    #[test]
    fn a_domain_that_refuses_all_its_addresses_is_misconfigured() {
        let refused = |name: usize| {
            failed(&format!("a{name}@example.com"), "550 5.4.1 Recipient address rejected: Access denied", "1")
        };
        let mut events: Vec<Event> = (0..4).map(refused).collect();
        assert_eq!(suppressed(&events).len(), 4);
        events.push(refused(4));
        assert!(suppressed(&events).is_empty());
        // some arrive: the domain is in order
        events.extend(
            (0..5).map(|name| Event { kind: Kind::Delivered, ..failed(&format!("b{name}@example.com"), "", "1") }),
        );
        assert_eq!(suppressed(&events).len(), 5);
    }

    #[test]
    fn a_complaint_is_final() {
        let complaint = Event { kind: Kind::Complaint, ..failed("a@example.com", "complaint: abuse", "1") };
        assert_eq!(suppressed(&[complaint]), ["a@example.com complaint"]);
    }
}
