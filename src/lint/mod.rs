//! What a lint is; the registry; running them.

mod findings;
mod registry;
mod run;
mod suppression;

pub use findings::{Finding, Findings};
pub use registry::{Registry, Topic};
pub use run::{Linted, lint};

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;

/// One rule: a name, a level, a page, a check.
#[derive(Debug)]
pub struct Lint {
    /// A noun phrase for the fault, kebab-case; it reads well after "allow" and "deny".
    pub name: &'static str,
    /// One line: what it reports.
    pub summary: &'static str,
    /// The highest level that it has by itself.
    pub level: Level,
    /// Who asks for it.
    pub standards: &'static [Standard],
    /// The version that brought it.
    pub since: &'static str,
    /// The page: what `presend explain` prints.
    pub page: &'static str,
    /// Asks the facts and says what it finds.
    pub check: fn(&Facts<'_>, &mut Findings),
}
