//! The lints behind a name, and a table of them.

use super::table;
use crate::config::selector::{Selector, UnknownName};
use crate::diagnostic::{Level, Standard};
use crate::lint::{Lint, Registry};
use std::io::{self, Write};

/// A lint and its topic.
pub type Listed = (&'static str, &'static Lint);

/// The lints that `name` stands for, in the order of the documentation; `warnings` stands for none.
///
/// # Errors
/// No lint and no group has that name.
pub fn lints(name: &str, registry: &Registry) -> Result<Vec<Listed>, UnknownName> {
    let known = registry.known();
    let selector = Selector::parse(name, &known)?;
    // at `allow`, a group holds also what is allowed by default
    let belongs = known.iter().map(|lint| selector.moves(lint, Level::Allow));
    Ok(registry.lints().zip(belongs).filter(|(_, belongs)| *belongs).map(|(lint, _)| lint).collect())
}

/// Names of `standards`, with commas.
pub fn named(standards: &[Standard]) -> String {
    standards.iter().map(|standard| standard.name()).collect::<Vec<_>>().join(", ")
}

/// Writes a table: name with topic, default level, standards, summary.
///
/// # Errors
/// `out` can't be written.
pub fn table(lints: &[Listed], out: &mut dyn Write) -> io::Result<()> {
    let head = ["lint", "level", "standards", "summary"].map(str::to_owned);
    let row = |(topic, lint): &Listed| {
        let standards = if lint.standards.is_empty() { "–".to_owned() } else { named(lint.standards) };
        [format!("{topic}/{}", lint.name), lint.level.to_string(), standards, lint.summary.to_owned()]
    };
    table::write(std::iter::once(head).chain(lints.iter().map(row)).collect(), out)
}
