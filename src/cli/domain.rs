//! `presend domain`: the only command that uses the network, and of it only DNS.

use super::baseline::Baselines;
use super::check;
use super::complaint;
use super::domain_args::DomainArgs;
use super::exit::Outcome;
use super::reporter::Reporter;
use super::streams::Streams;
use super::zones::{self, ZoneFile};
use crate::config::error::ConfigErrors;
use crate::config::{Resolver, Vocabulary};
use crate::diagnostic::Diagnostic;
use crate::domain::{Ask, Domain, Name, Role, Wanted};
use crate::gate::{Known, Repository, allows};
use crate::lint::{Registry, lint_domain};
use crate::report::FileReport;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &DomainArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let vocabulary = Vocabulary::new(registry.known());
    let as_check = args.as_check();
    let Some(names) = names(args, streams)? else { return Ok(Outcome::Failed) };
    let folder = std::env::current_dir()?;
    let Some(resolver) = check::resolver(&as_check, vocabulary, &folder, streams)? else { return Ok(Outcome::Failed) };
    let Some(zone) = zones::read(args.zone.as_deref(), streams)? else { return Ok(Outcome::Failed) };
    let Some(baselines) = Baselines::read(&as_check, streams)? else { return Ok(Outcome::Failed) };
    let (baseline, repository) = (baselines.known(), Repository::around(&folder));
    let known = baseline.as_deref().map(|baseline| Known { baseline, repository: &repository });
    let judge = Judge { resolver: &resolver, registry, known };
    let mut reporter = Reporter::new(&as_check, baselines, registry, &folder, streams);
    for name in &names {
        let wanted =
            Wanted { selectors: args.selectors.clone(), addresses: args.addresses.clone(), ..Wanted::of(Role::Sender) };
        let report = match ask(args, zone.as_ref(), name, wanted) {
            Ok(domain) => judge.lint(&domain),
            Err(why) => {
                Ok((FileReport { domain: true, ..FileReport::unreadable(name.as_str().into(), why) }, Vec::new()))
            }
        };
        match report {
            Ok((report, known)) => reporter.told(report, &known)?,
            Err(errors) => reporter.misconfigured(name.as_str(), &errors)?,
        }
    }
    reporter.finish()?;
    Ok(reporter.outcome())
}

/// The domains, each once; nothing if one of them is none, which is told then.
fn names(args: &DomainArgs, streams: &mut Streams<'_>) -> io::Result<Option<Vec<Name>>> {
    let mut names = Vec::new();
    let mut wrong = false;
    for text in &args.domains {
        match Name::of_person(text) {
            Ok(name) if !names.contains(&name) => names.push(name),
            Ok(_) => {}
            Err(why) => {
                wrong = true;
                streams.complain(|err| complaint::say(err, &why, &[], &[]))?;
            }
        }
    }
    for selector in &args.selectors {
        if Name::new(selector).is_none_or(|name| name.labels() == 0) {
            wrong = true;
            let message = format!("`{selector}` is no DKIM selector");
            let help = "it is what stands behind `s=` in the DKIM-Signature, such as `s1`".to_owned();
            streams.complain(|err| complaint::say(err, &message, &[], &[help]))?;
        }
    }
    Ok((!wrong).then_some(names))
}

/// Asks the zone, or the servers; or tells why nobody can be asked.
fn ask(args: &DomainArgs, zone: Option<&ZoneFile>, name: &Name, wanted: Wanted) -> Result<Domain, String> {
    let mut who: Box<dyn Ask> = match zone {
        Some(zone) => Box::new(zone.for_domain(name)?),
        None => network(args)?,
    };
    Ok(Domain::gather(name, wanted, &mut *who))
}

#[cfg(feature = "dns")]
fn network(args: &DomainArgs) -> Result<Box<dyn Ask>, String> {
    use crate::dns::{Network, Reach};
    use std::time::Duration;
    // two more tries have to fit in
    let patience = (args.timeout / 4).min(Duration::from_secs(5));
    let reach = Reach { servers: args.resolvers.clone(), patience, limit: args.timeout };
    Ok(Box::new(Network::open(&reach)?))
}

#[cfg(not(feature = "dns"))]
fn network(_: &DomainArgs) -> Result<Box<dyn Ask>, String> {
    Err("this presend was built without DNS; give it a zone file with `--zone`".to_owned())
}

/// What decides of what is found what is told.
pub(super) struct Judge<'j> {
    /// Levels and `[[allow]]` entries.
    pub resolver: &'j Resolver,
    /// The lints.
    pub registry: &'j Registry,
    /// What was known before.
    pub known: Option<Known<'j>>,
}

impl Judge<'_> {
    /// What there is to say of a domain, and what was known of it.
    ///
    /// # Errors
    /// The configuration that governs it is broken.
    pub fn lint(&self, domain: &Domain) -> Result<(FileReport, Vec<Diagnostic>), Arc<ConfigErrors>> {
        let name = domain.name.as_str();
        // `[[allow]]` entries name a domain as they name a file
        let resolved = self.resolver.resolve(Some(Path::new(name)))?;
        let mut linted = lint_domain(domain, self.registry, &resolved.levels);
        allows::apply(&resolved, &mut linted);
        let sound = linted.panics.is_empty();
        let known = self
            .known
            .filter(|_| sound)
            .map(|known| known.baseline.take_known(&mut linted.diagnostics, name, known.repository));
        let report = FileReport::linted(name.into(), linted);
        Ok((FileReport { domain: true, error: zones::unanswered(domain), ..report }, known.unwrap_or_default()))
    }
}
