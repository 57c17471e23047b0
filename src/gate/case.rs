//! One source between its configuration and what is told of it: the way that the command line and the language server share.

use super::allows::{self, Allowing};
use super::{Baseline, Repository};
use crate::config::error::ConfigErrors;
use crate::config::levels::Levels;
use crate::config::limits::Limit;
use crate::config::{Resolved, Resolver, Settings};
use crate::diagnostic::Diagnostic;
use crate::lint::{Linted, Remark, from_host};
use crate::source::Source;
use std::sync::Arc;

/// What was known before a run, and what its paths are relative to.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The diagnostics.
    pub baseline: &'k Baseline,
    /// Where their paths begin.
    pub repository: &'k Repository,
}

/// Diagnostics of one lint in one source that are told where they are held against a baseline, at least: what was there before must not come up as new
/// because others before it are gone, nor hide what is new.
const COMPARED: u64 = 50_000;

/// What holds for one source, all of it settled.
#[derive(Debug)]
pub struct Case<'k> {
    /// What the sender knows.
    pub settings: Arc<Settings>,
    resolved: Resolved,
    known: Option<Known<'k>>,
}

/// What is told of a source, and what is not.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is told.
    pub linted: Linted,
    /// What was known before.
    pub known: Vec<Diagnostic>,
    /// What the entries of the configuration took away.
    pub allowing: Allowing,
}

impl<'k> Case<'k> {
    /// Settles what `resolved` left open about `source`, which another source, `included_by`, may include.
    ///
    /// # Errors
    /// What the sender's table says about levels lowers what is forbidden.
    pub fn new(
        resolver: &Resolver,
        resolved: Resolved,
        source: &Source,
        included_by: Option<&Arc<str>>,
        known: Option<Known<'k>>,
    ) -> Result<Self, Arc<ConfigErrors>> {
        let resolved = resolver.by_from(resolved, |settings| from_host(source, settings))?;
        let mut settings = Arc::clone(&resolved.settings);
        if let Some(by) = included_by {
            Arc::make_mut(&mut settings).included_by = Some(Arc::clone(by));
        }
        if known.is_some() && settings.limits.bytes(Limit::Diagnostics) < COMPARED {
            let limits = &mut Arc::make_mut(&mut settings).limits;
            *limits = limits.with(Limit::Diagnostics, COMPARED);
        }
        Ok(Self { settings, resolved, known })
    }

    /// The level of each lint.
    pub fn levels(&self) -> &Levels {
        &self.resolved.levels
    }

    /// Takes away what is allowed and what was known, of all that the lints found in the source that reports call `name`.
    pub fn judge(&self, mut linted: Linted, name: &str) -> Checked {
        let sender = self.resolved.sender.remark().map(|text| Remark::new("sender", text));
        linted.remarks.splice(0..0, sender);
        let allowing = allows::apply(&self.resolved, &mut linted);
        // where a lint panicked nobody knows what is there
        let known = self
            .known
            .filter(|_| linted.panics.is_empty())
            .map(|known| known.baseline.take_known(&mut linted.diagnostics, name, known.repository));
        Checked { linted, known: known.unwrap_or_default(), allowing }
    }
}
