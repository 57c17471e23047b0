//! `--zone FILE`: answers from a zone file, for `presend domain` and for the domains that `presend check` meets.

use super::check::Found;
use super::complaint;
use super::domain::Judge;
use super::reporter::Reporter;
use super::streams::Streams;
use crate::config::error::said;
use crate::dns::{Zone, ZoneError};
use crate::domain::{Domain, Existence, Name, Role, Wanted};
use crate::knowledge::domains::registrable;
use crate::report::InputError;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a zone file; those of senders are a thousand times smaller.
const LARGEST: u64 = 16 << 20;
/// Questions that are named where they had no answer.
const MOST: usize = 4;

/// A zone file, read.
pub struct ZoneFile {
    name: String,
    bytes: Vec<u8>,
}

impl ZoneFile {
    /// The zone for this domain: where the file has no `$ORIGIN`, names are relative to its registrable domain.
    ///
    /// # Errors
    /// The file can't be read: place and reason.
    pub fn for_domain(&self, name: &Name) -> Result<Zone, String> {
        let origin = registrable(name.as_str()).and_then(Name::new).unwrap_or_else(|| name.clone());
        let zone = Zone::parse(&self.name, self.bytes.clone(), Some(&origin));
        zone.map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, error: &ZoneError) -> String {
        format!("{}:{error}", self.name)
    }
}

/// Reads the file, if there is one to read; nothing if it can't be read, which is told then.
///
/// # Errors
/// A stream can't be written.
pub fn read(file: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<Option<Option<ZoneFile>>> {
    let Some(path) = file else { return Ok(Some(None)) };
    let name = crate::source::display_name(path);
    let mut bytes = Vec::new();
    let done = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    let message = match done {
        Err(error) => format!("can't read the zone `{name}`: {}", said(&error)),
        Ok(_) if bytes.len() as u64 > LARGEST => format!("can't read the zone `{name}`: it is larger than 16 MiB"),
        Ok(_) => {
            let zone = ZoneFile { name, bytes };
            // any origin will do to find mistakes
            match zone.for_domain(&Name::root()) {
                Ok(_) => return Ok(Some(Some(zone))),
                Err(message) => message,
            }
        }
    };
    streams.complain(|err| complaint::say(err, &message, &[], &[]))?;
    Ok(None)
}

/// Reports the domains that the messages of a run name, each once, after the messages.
///
/// # Errors
/// A stream can't be written.
pub fn report(
    zone: &ZoneFile,
    mut found: Vec<Found>,
    judge: &Judge<'_>,
    reporter: &mut Reporter<'_, '_>,
) -> io::Result<()> {
    let key = |found: &Found| (found.mention.role != Role::Sender, found.mention.name.clone());
    found.sort_by_cached_key(|found| (key(found), found.order));
    found.dedup_by_key(|found| key(found));
    for Found { mention, .. } in found {
        let name = &mention.name;
        // the file was read before, with another origin
        let Ok(mut answers) = zone.for_domain(name) else { continue };
        let domain = Domain::gather(name, Wanted::of(mention.role), &mut answers);
        if domain.existence == Existence::Unknown {
            if mention.role == Role::Sender {
                reporter.warn(&format!("`{name}` is not in the zone `{}`, so nothing is said of it", zone.name))?;
            }
            continue;
        }
        match judge.lint(&domain) {
            Ok((mut report, known)) => {
                if let Some(first) = report.diagnostics.first_mut() {
                    first.labels.push(mention.label);
                }
                reporter.told(report, &known)?;
            }
            Err(errors) => reporter.misconfigured(name.as_str(), &errors)?,
        }
    }
    Ok(())
}

/// The questions to which servers had no answer, by the reason.
pub fn unanswered(domain: &Domain) -> Option<InputError> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for failure in &domain.failures {
        let Some(why) = failure.why.as_deref() else { continue };
        let question = format!("{} of `{}`", failure.question.1.name(), failure.question.0);
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, questions)) => questions.push(question),
            None => reasons.push((why, vec![question])),
        }
    }
    let told = reasons.iter().map(|(why, questions)| {
        let more = questions.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{why}: {}{more}", questions[..questions.len().min(MOST)].join(", "))
    });
    let message = told.collect::<Vec<_>>().join("; ");
    (!reasons.is_empty()).then(|| InputError {
        message: format!("not all could be asked, and what is unknown is not judged: {message}"),
    })
}
