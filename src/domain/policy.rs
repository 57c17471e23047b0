//! Finds the DMARC record that holds for a domain: at its own name, or by the tree walk of RFC 9989 §4.10 above it.
//!
//! Both standards agree on what matters here: a record at the domain itself holds, else that of the organisation. The
//! walk ends at the registrable domain, which is where RFC 7489 §3.2 looks; what is published above, at a public suffix,
//! is not the sender's.

use super::dmarc::{self, Policy};
use super::found::{Dmarc, Report};
use super::{Inquiry, Kind, Name, RecordSpot};
use crate::knowledge::domains::{organisational, registrable};

/// Labels above which the walk skips to the last seven (RFC 9989 §4.10).
const DEEP: usize = 8;
/// Reports to other organisations that are looked after.
const MOST: usize = 20;

/// The names at which a record may hold, from the domain itself upwards.
pub(super) fn places(name: &Name) -> impl Iterator<Item = Name> {
    let top = organisational(name.as_str()).and_then(Name::new).unwrap_or_else(|| name.clone());
    let mut next = Some(name.clone());
    std::iter::from_fn(move || {
        let current = next.take()?;
        next = above(&current).filter(|_| current != top && current.is_within(&top));
        Some(current)
    })
}

fn above(name: &Name) -> Option<Name> {
    let mut parent = name.parent()?;
    while name.labels() > DEEP && parent.labels() >= DEEP {
        parent = parent.parent()?;
    }
    Some(parent)
}

/// Asks for the record.
pub(super) fn of(name: &Name, inquiry: &mut Inquiry<'_>) -> Dmarc {
    let mut found = Dmarc { known: true, ..Dmarc::default() };
    for place in places(name) {
        let Some(at) = place.under("_dmarc") else { continue };
        let reply = inquiry.ask(&at, Kind::Txt);
        found.known &= !reply.is_unknown();
        let of = |wanted: fn(&str) -> bool, inquiry: &Inquiry<'_>| -> Vec<usize> {
            let is_wanted = |at: &&usize| inquiry.records.get(**at).is_some_and(|record| wanted(&record.text));
            reply.records().iter().filter(is_wanted).copied().collect()
        };
        found.near_misses.extend(of(dmarc::is_near_miss, inquiry));
        let records = of(dmarc::is_record, inquiry);
        if records.is_empty() {
            continue;
        }
        let policy = match records[..] {
            [record] => inquiry.records.get(record).map(|record| Policy::read(&record.text)),
            _ => None,
        };
        let is_own = place == *name;
        // the walk goes on to the organisation's record, but `psd=n` says that this is it
        let is_end = is_own || policy.as_ref().is_some_and(|policy| policy.psd == Some('n'));
        (found.at, found.records, found.policy) = (Some(place), records, policy);
        if is_end {
            break;
        }
    }
    // a record was found: what is above it is not needed
    found.known |= found.at.is_some();
    if let (Some(at), Some(policy), [record]) = (&found.at, &found.policy, &found.records[..]) {
        found.reports = reports(at, policy, *record, inquiry);
    }
    found
}

/// Reports that go elsewhere, and whether they are wanted there (RFC 7489 §7.1).
fn reports(at: &Name, policy: &Policy, record: usize, inquiry: &mut Inquiry<'_>) -> Vec<Report> {
    let own = registrable(at.as_str());
    let all = policy.reports.iter().chain(&policy.failure_reports);
    let away = all.filter_map(|to| Some((to.host.clone()?, &to.span)));
    let away = away.filter(|(host, _)| registrable(host.as_str()) != own || own.is_none() && !host.is_within(at));
    let reports: Vec<_> = away
        .filter_map(|(host, span)| {
            let permission = Name::new(&format!("{at}._report._dmarc.{host}"))?;
            Some(Report { spot: RecordSpot::new(record, span), host, permission, permitted: None })
        })
        .take(MOST)
        .collect();
    inquiry.prepare(reports.iter().map(|report| (report.permission.clone(), Kind::Txt)));
    let ask = |mut report: Report| {
        let reply = inquiry.ask(&report.permission, Kind::Txt);
        let says_so = |at: &usize| inquiry.records.get(*at).is_some_and(|record| dmarc::is_record(&record.text));
        report.permitted = (!reply.is_unknown()).then(|| reply.records().iter().any(says_so));
        report
    };
    reports.into_iter().map(ask).collect()
}
