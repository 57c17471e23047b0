//! The bounces of a run as one JSON document.

use super::rows::Row;
use super::{Cleaned, Found};
use crate::answers::bounces::Kind;
use crate::answers::tally::{Occurred, Totals};
use crate::knowledge::replies;
use crate::knowledge::table::Text;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
struct Document<'d> {
    /// Of this form; a change that breaks readers raises it.
    version: u32,
    summary: Summary,
    causes: Vec<Cause<'d>>,
    destinations: Vec<Destination<'d>>,
    bounces: Vec<Row<'d>>,
    suppressions: Vec<Suppression<'d>>,
    retried: Vec<Retried<'d>>,
    /// Domains that refuse all their addresses: misconfigured.
    spared_domains: &'d [String],
    unreadable: Vec<Unreadable<'d>>,
    list: Option<List>,
}

/// The numbers of a run.
#[derive(Serialize)]
pub struct Summary {
    files: usize,
    unreadable: usize,
    failed: u64,
    delayed: u64,
    delivered: u64,
    complaints: u64,
    automatic: u64,
    addresses: usize,
    suppressed: usize,
    retried: usize,
}

impl Summary {
    /// Those of `found`.
    pub fn new(found: &Found, totals: &Totals) -> Self {
        let of = |kind| found.tally.of(kind);
        Self {
            files: found.files,
            unreadable: found.unread.len(),
            failed: of(Kind::Failed),
            delayed: of(Kind::Delayed),
            delivered: of(Kind::Delivered),
            complaints: of(Kind::Complaint),
            automatic: of(Kind::Automatic),
            addresses: found.tally.addresses(),
            suppressed: totals.suppressions.len(),
            retried: totals.retried.len(),
        }
    }
}

#[derive(Serialize)]
struct Cause<'d> {
    cause: &'static str,
    title: &'static str,
    replies: Vec<Meaning<'d>>,
}

#[derive(Serialize)]
struct Meaning<'d> {
    says: &'static str,
    code: &'d str,
    events: u64,
    addresses: usize,
    fault: Option<&'static str>,
    advice: Vec<&'static str>,
    suppress: Option<&'static str>,
    sources: &'static [Text],
    example: Example<'d>,
}

#[derive(Serialize)]
struct Example<'d> {
    address: &'d str,
    reply: &'d str,
}

#[derive(Serialize)]
struct Destination<'d> {
    destination: &'d str,
    addresses: usize,
    failed: u64,
    delayed: u64,
    delivered: u64,
    cause: Option<&'static str>,
}

#[derive(Serialize)]
struct Suppression<'d> {
    address: &'d str,
    reason: &'static str,
    code: &'d str,
    when: &'d str,
    file: &'d str,
}

#[derive(Serialize)]
struct Retried<'d> {
    address: &'d str,
    failures: usize,
}

#[derive(Serialize)]
struct Unreadable<'d> {
    file: &'d str,
    reason: &'d str,
}

/// What became of the list.
#[derive(Serialize)]
pub struct List {
    rows: u64,
    removed: u64,
    reasons: BTreeMap<&'static str, u64>,
}

impl List {
    /// Of a list that was cleaned.
    pub fn new(cleaned: &Cleaned) -> Self {
        Self { rows: cleaned.rows, removed: cleaned.gone.values().sum(), reasons: cleaned.gone.clone() }
    }
}

/// Writes the document.
///
/// # Errors
/// `out` can't be written.
pub fn write(found: &Found, totals: &Totals, cleaned: Option<&Cleaned>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        summary: Summary::new(found, totals),
        causes: causes(found),
        destinations: destinations(found),
        bounces: found.kept.iter().map(|(file, event, judged)| Row::new(file, event, judged)).collect(),
        suppressions: totals
            .suppressions
            .iter()
            .map(|one| Suppression {
                address: &one.address,
                reason: one.reason,
                code: &one.code,
                when: &one.when,
                file: &one.file,
            })
            .collect(),
        retried: totals.retried.iter().map(|(address, failures)| Retried { address, failures: *failures }).collect(),
        spared_domains: &totals.spared,
        unreadable: found.unread.iter().map(|one| Unreadable { file: &one.file, reason: &one.reason }).collect(),
        list: cleaned.map(List::new),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn causes(found: &Found) -> Vec<Cause<'_>> {
    let cause = |(urgency, replies): (&usize, _)| {
        let cause = replies::causes().get(*urgency)?;
        Some(Cause { cause: cause.name.as_str(), title: cause.title.as_str(), replies: meanings(replies) })
    };
    found.tally.causes.iter().filter_map(cause).collect()
}

fn meanings<'d>(replies: &'d BTreeMap<&'static str, Occurred>) -> Vec<Meaning<'d>> {
    let meaning = |(says, occurred): (&&'static str, &'d Occurred)| Meaning {
        says,
        code: &occurred.code,
        events: occurred.count.events,
        addresses: occurred.count.addresses(),
        fault: occurred.meaning.map(|meaning| meaning.fault.name.as_str()),
        advice: occurred
            .meaning
            .map(|meaning| meaning.advice.iter().map(|word| word.words.as_str()).collect())
            .unwrap_or_default(),
        suppress: occurred.meaning.map(|meaning| meaning.suppress.name()),
        sources: occurred.meaning.map_or(&[], |meaning| meaning.sources.as_slice()),
        example: Example { address: &occurred.sample.0, reply: &occurred.sample.1 },
    };
    replies.iter().map(meaning).collect()
}

fn destinations(found: &Found) -> Vec<Destination<'_>> {
    found
        .tally
        .destinations
        .iter()
        .map(|(name, one)| Destination {
            destination: name,
            addresses: one.count.addresses(),
            failed: one.failed,
            delayed: one.delayed,
            delivered: one.delivered,
            cause: one.cause().map(|cause| cause.name.as_str()),
        })
        .collect()
}
