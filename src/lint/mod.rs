//! What a lint is; the registry; running them.

mod domain;
mod findings;
mod mentions;
pub mod panics;
mod records;
mod registry;
mod remarks;
mod resolve;
mod run;
mod suppression;

pub use domain::lint_domain;
pub use findings::{Finding, Findings, Whereabouts};
pub use mentions::{Mention, mentions};
pub use registry::{About, Registry, Topic};
pub use remarks::Remark;
pub use run::{Linted, from_host, lint, lint_and_look, lint_until, lint_with};

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;

/// A size for people: `812 bytes`, `48 KiB`, `1.25 MiB`.
pub fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ if bytes.is_multiple_of(1_048_576) => format!("{} MiB", bytes / 1_048_576),
        _ => format!("{:.2} MiB", bytes as f64 / 1_048_576.0),
    }
}

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
