//! The edits of one pass: those that can be applied side by side. Where two meet, the first in the file wins.

use super::Trust;
use crate::diagnostic::{Diagnostic, FileEdit};
use crate::sort;

/// What one pass does.
#[derive(Debug, Default)]
pub(super) struct Pass<'d> {
    /// Sorted; no two of them touch.
    pub edits: Vec<&'d FileEdit>,
    /// The diagnostics of which nothing is left to apply.
    pub mended: Vec<&'d Diagnostic>,
}

/// An edit, and the diagnostic that suggests it.
struct Candidate<'d> {
    diagnostic: usize,
    edit: &'d FileEdit,
}

/// Chooses among the edits that `diagnostics` suggest for `bytes`. `lines_bind` says that edits on one line depend on each other, as they do where a
/// transfer encoding limits the length of lines: they are then left to different passes, unless one diagnostic suggests both.
pub(super) fn choose<'d>(diagnostics: &'d [Diagnostic], trust: Trust, bytes: &[u8], lines_bind: bool) -> Pass<'d> {
    let mut candidates: Vec<_> = diagnostics
        .iter()
        .enumerate()
        .flat_map(|(diagnostic, found)| trust.edits(found).flatten().map(move |edit| Candidate { diagnostic, edit }))
        .filter(|candidate| candidate.edit.span.end <= bytes.len())
        .collect();
    sort::by_key(&mut candidates, |candidate| candidate.edit.span);
    let mut chosen: Vec<Candidate<'d>> = Vec::new();
    let mut applied = vec![0; diagnostics.len()];
    for candidate in candidates {
        match chosen.last() {
            Some(last) if last.edit == candidate.edit => applied[candidate.diagnostic] += 1,
            Some(last) if meet(last, &candidate, bytes, lines_bind) => {}
            _ => {
                applied[candidate.diagnostic] += 1;
                chosen.push(candidate);
            }
        }
    }
    let is_mended = |applied: usize, found: &&Diagnostic| applied > 0 && applied == trust.edits(found).count();
    let mended = diagnostics.iter().zip(applied).filter(|(found, applied)| is_mended(*applied, found));
    Pass { mended: mended.map(|(found, _)| found).collect(), edits: chosen.into_iter().map(|one| one.edit).collect() }
}

fn meet(last: &Candidate<'_>, next: &Candidate<'_>, bytes: &[u8], lines_bind: bool) -> bool {
    let between = last.edit.span.end..next.edit.span.start;
    match bytes.get(between) {
        Some([]) => true,
        Some(gap) => lines_bind && last.diagnostic != next.diagnostic && is_one_line(gap),
        None => true,
    }
}

/// Whether no new line begins in `gap`; a line that begins with a blank goes on with a header field.
fn is_one_line(gap: &[u8]) -> bool {
    memchr::memchr2_iter(b'\n', b'\r', gap)
        .all(|end| matches!(gap.get(end + 1), Some(b' ' | b'\t')) || gap[end..].starts_with(b"\r\n"))
}

/// `bytes` with `edits`, which are sorted and don't touch.
pub(super) fn apply(bytes: &[u8], edits: &[&FileEdit]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + edits.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        out.extend_from_slice(bytes.get(at..edit.span.start).unwrap_or_default());
        out.extend_from_slice(&edit.replacement);
        at = edit.span.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}
