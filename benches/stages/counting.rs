//! One stage run once where a program that counts instructions sees it: inside of [`measured`].

use super::cases::Case;
use super::stage::{Meter, Stage};
use super::walk::Walk;
use std::hint::black_box;

/// What is counted. Its name is what callgrind is told to look for.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
    // no tail call: the counting program has to see where it ends
    black_box(());
}

/// Runs the work of one stage only: a program that counts makes everything fifty times slower.
struct Counted {
    stage: Stage,
    /// Inside of [`measured`].
    seen: bool,
}

impl Meter for Counted {
    fn run(&mut self, stage: Stage, work: &mut dyn FnMut()) {
        match stage {
            _ if stage == self.stage && self.seen => measured(work),
            // without reading there is nothing to work on
            Stage::Read => work(),
            _ if stage == self.stage => work(),
            _ => {}
        }
    }
}

/// Runs `stage` once, after it has run before: what is built on first use does not count. Prints how much was found, and the bytes.
///
/// # Errors
/// A file can't be read.
pub fn once(walk: &Walk, case: &Case, stage: Stage) -> Result<(), String> {
    walk.round(case, &mut Counted { stage, seen: false })?;
    let found = walk.round(case, &mut Counted { stage, seen: true })?;
    println!("{found} {}", case.bytes);
    Ok(())
}
