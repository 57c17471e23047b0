//! The bounces of a run for people: causes with advice, the most urgent first; destinations; what to do next.

use super::{Cleaned, Found};
use crate::answers::bounces::Kind;
use crate::answers::tally::{Occurred, Totals};
use crate::cli::args::{BouncesArgs, By};
use crate::cli::replies::address;
use crate::cli::streams::Streams;
use crate::cli::table;
use crate::knowledge::replies::{self, Suppress};
use crate::report::{Options, wanted_width};
use crate::sort;
use std::io::{self, Write};

/// Most names that are told where there are many.
const NAMED: usize = 5;
/// Longest reply that is shown, in characters.
const SHOWN: usize = 200;

/// Writes it.
///
/// # Errors
/// A stream can't be written.
pub fn write(
    args: &BouncesArgs,
    found: &Found,
    totals: &Totals,
    cleaned: Option<&Cleaned>,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let options = Options { width: wanted_width(None), color: streams.color, ..Options::default() };
    let out = &mut *streams.out;
    for (urgency, replies) in &found.tally.causes {
        let Some(cause) = replies::causes().get(*urgency) else { continue };
        options.entry("", &format!("{}: {}", cause.name, cause.title), out)?;
        let mut replies: Vec<_> = replies.iter().collect();
        sort::by_key(&mut replies, |(_, occurred)| std::cmp::Reverse(occurred.count.events));
        for (says, occurred) in replies {
            meaning(says, occurred, cause.name == "complaint", &options, out)?;
        }
        writeln!(out)?;
    }
    if args.by == Some(By::Destination) {
        destinations(found, out)?;
    }
    if !totals.retried.is_empty() {
        let names = named(totals.retried.iter().map(|(address, failures)| format!("{address} ({failures} times)")));
        options.entry("", "mailed again after a permanent failure", out)?;
        options.entry("addresses", &names, out)?;
        options.entry("do", "stop mailing them: after a permanent failure the same message is not to be sent again, and after several no other", out)?;
        options.entry("source", "Microsoft, External senders: policies, practices, and guidelines", out)?;
        writeln!(out)?;
    }
    if !totals.spared.is_empty() {
        options.entry("", "domains that refuse all their addresses", out)?;
        options.entry("domains", &named(totals.spared.iter().cloned()), out)?;
        options.entry(
            "do",
            "keep the addresses: the domain is misconfigured, and its administrator can mend it",
            out,
        )?;
        writeln!(out)?;
    }
    closing(args, found, totals, cleaned, out)
}

fn meaning(says: &str, occurred: &Occurred, complaint: bool, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let code = match occurred.code.as_str() {
        "" if complaint => "report",
        "" => "reply",
        code => code,
    };
    let (address_of, reply) = &occurred.sample;
    options.entry(
        code,
        &format!("{says}: {}, such as {address_of}", count(occurred.count.addresses() as u64, "address")),
        out,
    )?;
    if !reply.is_empty() && !complaint {
        let mut shown: String = reply.chars().take(SHOWN).collect();
        shown.push_str(if shown.len() < reply.len() { "…" } else { "" });
        options.entry("said", &shown, out)?;
    }
    let advice = occurred.meaning.map_or(&[][..], |meaning| meaning.advice.as_slice());
    for (at, word) in advice.iter().enumerate() {
        options.entry(if at == 0 { "do" } else { "then" }, word.words.as_str(), out)?;
    }
    match occurred.meaning {
        Some(meaning) => options.entry("address", address(meaning.suppress), out),
        None if complaint => {
            options.entry("do", "unsubscribe the reader at once: presend explain feedback-loop", out)?;
            options.entry("address", address(Suppress::Now), out)
        }
        None => Ok(()),
    }
}

fn destinations(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let mut all: Vec<_> = found.tally.destinations.iter().filter(|(_, one)| one.count.events > 0).collect();
    sort::by_key(&mut all, |(name, one)| (std::cmp::Reverse(one.count.events), *name));
    let head = ["destination", "failed", "delayed", "mostly"].map(str::to_owned);
    let row = |(name, one): (&String, &crate::answers::tally::Destination)| {
        let cause = one.cause().map_or("", |cause| cause.title.as_str());
        [
            crate::report::visible::visible(name).into_owned(),
            one.failed.to_string(),
            one.delayed.to_string(),
            cause.to_owned(),
        ]
    };
    table::write(std::iter::once(head).chain(all.into_iter().map(row)).collect(), out)?;
    writeln!(out)
}

fn closing(
    args: &BouncesArgs,
    found: &Found,
    totals: &Totals,
    cleaned: Option<&Cleaned>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let of = |kind| found.tally.of(kind);
    let mut parts = vec![format!("{} failed", of(Kind::Failed)), format!("{} delayed", of(Kind::Delayed))];
    let more = [(Kind::Complaint, "complaint"), (Kind::Automatic, "automatic answer")];
    parts.extend(more.into_iter().filter(|(kind, _)| of(*kind) > 0).map(|(kind, name)| count(of(kind), name)));
    if of(Kind::Delivered) > 0 {
        parts.push(format!("{} delivered", of(Kind::Delivered)));
    }
    writeln!(
        out,
        "{}: {} in {}",
        count(found.tally.addresses() as u64, "address"),
        parts.join(", "),
        count(found.files as u64, "file")
    )?;
    if !found.unread.is_empty() {
        writeln!(out, "{} could not be read, as said above", count(found.unread.len() as u64, "report"))?;
    }
    let remove = totals.suppressions.len() as u64;
    match &args.suppress {
        // nothing is overwritten, so what is there was written now; why not, an error told
        Some(file) if !file.exists() => writeln!(out, "{} never to mail again, not written", count(remove, "address"))?,
        Some(file) => writeln!(out, "{} never to mail again, written to {}", count(remove, "address"), file.display())?,
        None if remove > 0 => {
            writeln!(out, "{} never to mail again; `--suppress OUT.csv` writes them", count(remove, "address"))?
        }
        None => {}
    }
    if let (Some(cleaned), Some(file)) = (cleaned, &args.clean) {
        let gone: u64 = cleaned.gone.values().sum();
        let reasons: Vec<String> = cleaned.gone.iter().map(|(reason, rows)| format!("{rows} {reason}")).collect();
        let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
        writeln!(
            out,
            "{} of {} left out{why}; the others are in {}",
            gone,
            count(cleaned.rows, "row"),
            file.display()
        )?;
    }
    Ok(())
}

fn named(mut names: impl Iterator<Item = String>) -> String {
    let told: Vec<String> = names.by_ref().take(NAMED).collect();
    let rest = names.count();
    let more = if rest > 0 { format!(", and {rest} more") } else { String::new() };
    told.join(", ") + &more
}

fn count(number: u64, thing: &str) -> String {
    match (number, thing) {
        (1, _) => format!("1 {thing}"),
        (_, "address") => format!("{number} addresses"),
        _ => format!("{number} {thing}s"),
    }
}
