//! The passes: apply what can stand side by side, lint again, until nothing is left to apply.

use super::edits::{apply, choose};
use super::places::Moves;
use super::verify::{Ledger, Refused};
use super::{Fixed, Trust};
use crate::lint::Linted;
use crate::source::{Kind, Source};

/// How often a file is edited at most.
pub const PASSES: usize = 10;

/// Mends `source`, of which `first` is what there is to say. `lint` says it of what comes after: with the same levels, and without what is allowed.
/// `None` where there is nothing to apply.
///
/// # Errors
/// The result is no better: a fault that was mended is still there, or there is a new one at deny level.
pub fn fix(
    source: &Source,
    first: &Linted,
    trust: Trust,
    mut lint: impl FnMut(&Source) -> Linted,
) -> Result<Option<Fixed>, Refused> {
    let lines_bind = source.kind == Kind::Message;
    let mut ledger = Ledger::new(&first.diagnostics);
    let mut now: Option<(Source, Linted)> = None;
    for _ in 0..PASSES {
        let (source, linted) = now.as_ref().map_or((source, first), |(source, linted)| (source, linted));
        let pass = choose(&linted.diagnostics, trust, &source.bytes, lines_bind);
        if pass.edits.is_empty() {
            break;
        }
        ledger.pass(&pass, &linted.diagnostics, &Moves::new(&pass.edits));
        let source = with_bytes(source, apply(&source.bytes, &pass.edits));
        let linted = lint(&source);
        if let Some((lint, said)) = linted.panics.first() {
            return Err(Refused::Panicked { lint, said: said.clone() });
        }
        now = Some((source, linted));
    }
    let Some((source, linted)) = now else { return Ok(None) };
    // a fault of which only a part could be mended is as it was to whoever reads of it: no file is rewritten for that
    if ledger.count() == 0 {
        return Ok(None);
    }
    ledger.verify(&linted.diagnostics)?;
    Ok(Some(Fixed { bytes: source.bytes, linted, count: ledger.count() }))
}

/// The same source with other bytes: taken for what it was.
fn with_bytes(source: &Source, bytes: Vec<u8>) -> Source {
    let Source { kind, mistaken, decoded, .. } = *source;
    Source { name: source.name.clone(), path: source.path.clone(), bytes, kind, mistaken, decoded }
}
