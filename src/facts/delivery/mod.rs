//! What Microsoft 365 said of a copy that came back from one of its mailboxes.

mod addresses;
mod authentication;
mod border;
mod journey;
mod verdict;

pub use authentication::{Authentication, Checked, Lost};
pub use border::Border;
pub use journey::Leg;
pub use verdict::Verdict;

use super::Facts;
use crate::knowledge::mail_hosts;
use crate::knowledge::verdicts::{self, Code, Effect};
use crate::message::Spot;
use crate::message::trace::{Hop, Pair, Stamp, Trace};

/// What Microsoft said, each value with its place. What others wrote, and what could be forged, is left out.
#[derive(Debug, Default)]
pub struct Delivery {
    /// All that servers wrote, believed or not.
    pub trace: Trace,
    /// The hop at which Microsoft took the message in from outside.
    pub border: Option<Border>,
    /// Why nothing, or not all, of what stands there is believed; empty where nothing was left out.
    pub doubts: Vec<String>,
    /// The values, in the order in which the fields stand in the header.
    pub readings: Vec<Reading>,
    /// What was said about SPF, DKIM and DMARC.
    pub authentication: Option<Authentication>,
    /// X-CustomSpam.
    pub hits: Vec<Reading>,
}

/// One value, such as `SCL:5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it is called: `SCL`, `BCL`, `SFV`, `DEST`.
    pub name: String,
    /// As written, without the name.
    pub value: String,
    /// The header field that it stands in.
    pub field: &'static str,
    /// Where: name and value where both stand there.
    pub spot: Spot,
}

impl Reading {
    /// What it means; `None` for codes that nobody documents.
    pub fn code(&self) -> Option<&'static Code> {
        verdicts::code(&self.name, &self.value)
    }

    /// What it does.
    pub fn effect(&self) -> Option<Effect> {
        self.code().map(|code| code.effect)
    }

    /// It as people write it: `SCL:5`.
    pub fn written(&self) -> String {
        let name = if matches!(self.name.as_str(), "DEST") { "dest" } else { &self.name };
        format!("{name}:{}", self.value)
    }
}

/// The fields that hold values, as their standard spelling has them.
const REPORT: &str = "X-Forefront-Antispam-Report";
const BULK: &str = "X-Microsoft-Antispam";
const MAILBOX: &str = "X-Microsoft-Antispam-Mailbox-Delivery";
const SCL: &str = "X-MS-Exchange-Organization-SCL";
const HIT: &str = "X-CustomSpam";

/// Names of the mailbox's own lists, as the delivery field abbreviates them: 1 says that one had a say.
const PERSONAL: [&str; 4] = ["WL", "PCWL", "DWL", "UCF"];

impl Delivery {
    /// The first value called `name` (upper case) that says something.
    pub fn reading(&self, name: &str) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.name == name && !reading.value.is_empty())
    }

    /// All values called `name` (upper case).
    pub fn readings<'d>(&'d self, name: &'d str) -> impl Iterator<Item = &'d Reading> {
        self.readings.iter().filter(move |reading| reading.name == name && !reading.value.is_empty())
    }

    /// The spam confidence level, -1 to 9, and where it stands; the highest where two differ.
    pub fn scl(&self) -> Option<(i8, &Reading)> {
        let levels = self.readings("SCL").filter_map(|reading| Some((level(&reading.value, -1..=9)?, reading)));
        // `max_by_key` gives the last of equals; the report stands before the bare field in what people read
        levels.fold(None, |best, level| match best {
            Some((most, _)) if most >= level.0 => best,
            _ => Some(level),
        })
    }

    /// The bulk complaint level, 0 to 9, and where it stands.
    pub fn bcl(&self) -> Option<(i8, &Reading)> {
        let reading = self.reading("BCL")?;
        Some((level(&reading.value, 0..=9)?, reading))
    }

    /// The values by which filters were skipped or did not decide, those that weigh most first.
    pub fn bypasses(&self) -> Vec<&Reading> {
        let by_rule = |reading: &Reading| {
            // a rule of the mailbox says something only where it chose the folder
            reading.name != "OFR" || self.reading("DEST").is_some_and(|dest| dest.value.eq_ignore_ascii_case("C"))
        };
        let of = |name: &'static str| {
            self.readings(name).filter(move |reading| reading.effect() == Some(Effect::Bypassed) && by_rule(reading))
        };
        ["SFV", "IPV", "SCL", "DIR", "OFR"].into_iter().flat_map(of).collect()
    }

    /// The values by which it was junk or a threat, those that weigh most first.
    pub fn junkings(&self) -> Vec<&Reading> {
        let is_junk = |reading: &&Reading| matches!(reading.effect(), Some(Effect::Spam | Effect::Threat));
        ["DEST", "CAT", "SFV", "SCL", "SFTY"].into_iter().flat_map(|name| self.readings(name).filter(is_junk)).collect()
    }

    /// Lists or settings of this one mailbox that had a say.
    pub fn personal(&self) -> Vec<&Reading> {
        PERSONAL.into_iter().filter_map(|name| self.reading(name).filter(|reading| reading.value == "1")).collect()
    }

    /// Whether anything is believed.
    pub fn says_something(&self) -> bool {
        self.authentication.is_some()
            || self.readings.iter().any(|reading| !reading.value.is_empty())
            || !self.hits.is_empty()
    }
}

fn level(value: &str, range: std::ops::RangeInclusive<i8>) -> Option<i8> {
    value.trim().parse().ok().filter(|level| range.contains(level))
}

pub(super) fn of(facts: &Facts<'_>) -> Delivery {
    let message = facts.message;
    let trace = Trace::of(message);
    let mut delivery = Delivery { border: border::find(&trace), ..Delivery::default() };
    let written = |name: &str| message.headers_named(name).next().is_some();
    let has_stamps = !trace.reports.is_empty() || !trace.bulk.is_empty() || !trace.mailbox.is_empty() || written(SCL);
    let believed = Believed::judge(facts, &trace, delivery.border.as_ref());
    match believed {
        Ok(believed) => {
            delivery.readings = believed.readings(facts, &trace, &mut delivery.doubts);
            delivery.hits = custom_hits(facts);
            delivery.authentication = authentication::of(facts, &trace, delivery.border.as_ref(), &mut delivery.doubts);
        }
        Err(doubt) if has_stamps => delivery.doubts.push(doubt),
        Err(_) => {}
    }
    delivery.trace = trace;
    delivery
}

/// What of the stamps is Microsoft's, and about the arrival of this message.
struct Believed {
    report: Option<usize>,
    why_no_report: Option<String>,
}

impl Believed {
    /// Microsoft's servers rename what the sender's side wrote (`-Untrusted`), and put their own fields at the end of the header; so what bears the
    /// plain name is theirs if they delivered the message. The connecting address in it has to be the one that they saw.
    fn judge(facts: &Facts<'_>, trace: &Trace, border: Option<&Border>) -> Result<Self, String> {
        if facts.message.header("X-MS-Journal-Report").is_some() {
            return Err(
                "it is a journal report: what stands in its header is about the report, not about the message in it"
                    .to_owned(),
            );
        }
        let Some(last) = trace.hops.first() else {
            return Err("no Received field says who delivered the message".to_owned());
        };
        let at_microsoft = last.by.as_ref().is_some_and(|by| mail_hosts::is_microsoft(&by.text));
        // Exchange Online hands mail on to servers of the organisation (hybrid); a mailbox elsewhere shows what the sender's side wrote.
        let is_hybrid = !at_microsoft && is_exchange(last) && border.is_some() && trace.reports.iter().any(is_inbound);
        if !at_microsoft && !is_hybrid {
            let by = last.by.as_ref().map_or("another server", |by| by.text.as_str());
            return Err(format!(
                "`{by}` delivered the message, not Microsoft 365; what Microsoft's fields say was written before it arrived"
            ));
        }
        let fits: Vec<usize> = (0..trace.reports.len())
            .filter(|&at| fits(facts, trace, &trace.reports[at], border, at_microsoft))
            .collect();
        let why_no_report = match (fits.as_slice(), trace.reports.len()) {
            ([_], _) | ([], 0) => None,
            ([], _) => Some(format!(
                "{REPORT} was not written when Microsoft 365 took this message in: its connecting address is another one"
            )),
            _ if alike(trace, &fits) => None,
            _ => Some(format!("several {REPORT} fields contradict each other")),
        };
        Ok(Self { report: fits.last().copied().filter(|_| why_no_report.is_none()), why_no_report })
    }

    fn readings(&self, facts: &Facts<'_>, trace: &Trace, doubts: &mut Vec<String>) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut add = |stamp: &Stamp, field| {
            readings.extend(stamp.pairs.iter().map(|pair| reading(pair, field)));
        };
        doubts.extend(self.why_no_report.clone());
        if let Some(at) = self.report {
            add(&trace.reports[at], REPORT);
        }
        for (stamps, field, telling) in [(&trace.bulk, BULK, "BCL"), (&trace.mailbox, MAILBOX, "DEST")] {
            match agreed(stamps, telling) {
                Some(stamp) => add(stamp, field),
                None if stamps.is_empty() => {}
                None => doubts.push(format!("several {field} fields contradict each other")),
            }
        }
        readings.extend(bare_scl(facts, doubts));
        readings
    }
}

/// Whether a report is about the connection that Microsoft took the message in through.
fn fits(facts: &Facts<'_>, trace: &Trace, stamp: &Stamp, border: Option<&Border>, at_microsoft: bool) -> bool {
    let direction = stamp.pair("DIR").map(|pair| pair.value.to_ascii_uppercase());
    match direction.as_deref() {
        Some("INB") => {}
        _ if !at_microsoft => return false,
        Some("INT") => return true,
        // what the sender's side wrote, where the recipient's wrote nothing
        Some("OUT") => return !trace.reports.iter().any(is_inbound),
        _ => {}
    }
    let Some(said) = stamp.pair("CIP").and_then(|pair| addresses::address(&pair.value)) else { return true };
    let Some(border) = border else { return true };
    border.address(trace).is_none_or(|seen| seen == said) || border::named_addresses(facts, trace).contains(&said)
}

/// An Exchange server took it.
fn is_exchange(hop: &Hop) -> bool {
    hop.with.as_ref().is_some_and(|with| with.starts_with("Microsoft SMTP Server"))
}

fn is_inbound(stamp: &Stamp) -> bool {
    stamp.pair("DIR").is_some_and(|pair| pair.value.eq_ignore_ascii_case("INB"))
}

/// Whether several reports say the same where it counts.
fn alike(trace: &Trace, at: &[usize]) -> bool {
    let telling = |at: usize| {
        ["SCL", "SFV", "CAT", "SRV", "IPV", "DIR"]
            .map(|name| trace.reports[at].pair(name).map(|pair| pair.value.clone()))
    };
    at.windows(2).all(|pair| telling(pair[0]) == telling(pair[1]))
}

/// The last of the fields if they agree on `telling`: Microsoft puts its own at the end of the header.
fn agreed<'s>(stamps: &'s [Stamp], telling: &str) -> Option<&'s Stamp> {
    let value = |stamp: &Stamp| stamp.pair(telling).map(|pair| pair.value.to_ascii_uppercase());
    let last = stamps.last()?;
    stamps.iter().all(|stamp| value(stamp) == value(last)).then_some(last)
}

fn reading(pair: &Pair, field: &'static str) -> Reading {
    Reading { name: pair.name.clone(), value: pair.value.clone(), field, spot: pair.spot }
}

/// X-MS-Exchange-Organization-SCL: a number alone.
fn bare_scl(facts: &Facts<'_>, doubts: &mut Vec<String>) -> Option<Reading> {
    let fields: Vec<Reading> = whole_values(facts, SCL, "SCL").collect();
    match fields.as_slice() {
        [first, others @ ..] if others.iter().all(|other| other.value == first.value) => Some(first.clone()),
        [] => None,
        _ => {
            doubts.push(format!("several {SCL} fields contradict each other"));
            None
        }
    }
}

/// The hits of the Advanced Spam Filter: one a field, or several behind commas or semicolons.
fn custom_hits(facts: &Facts<'_>) -> Vec<Reading> {
    let mut hits = Vec::new();
    for field in whole_values(facts, HIT, HIT) {
        if verdicts::hit(&field.value).is_some() {
            hits.push(field);
            continue;
        }
        let pieces = pieces(&field);
        match pieces.iter().all(|piece| verdicts::hit(&piece.value).is_some()) {
            true => hits.extend(pieces),
            false => hits.push(field),
        }
    }
    hits
}

fn pieces(field: &Reading) -> Vec<Reading> {
    let mut start = field.spot.span.start;
    let mut pieces = Vec::new();
    for piece in field.value.split([',', ';']) {
        let blanks = piece.len() - piece.trim_start().len();
        let span = crate::source::ViewSpan::new(start + blanks, start + blanks + piece.trim().len());
        if !piece.trim().is_empty() {
            pieces.push(Reading { value: piece.trim().to_owned(), spot: Spot { span, ..field.spot }, ..field.clone() });
        }
        start += piece.len() + 1;
    }
    pieces
}

fn whole_values<'f>(facts: &'f Facts<'_>, field: &'static str, name: &'f str) -> impl Iterator<Item = Reading> {
    facts.message.headers_named(field).filter_map(move |header| {
        let value = facts.message.value(header);
        let span = crate::source::ViewSpan::new(0, value.len());
        (!value.is_empty()).then(|| Reading {
            name: name.to_owned(),
            value: value.to_owned(),
            field,
            spot: Spot { view: header.value, span },
        })
    })
}

impl Delivery {
    /// The hop at which Microsoft took the message in.
    pub fn border_hop(&self) -> Option<&Hop> {
        self.trace.hops.get(self.border.as_ref()?.hop)
    }
}
