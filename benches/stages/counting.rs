//! One stage run once where a program that counts instructions sees it: inside of [`measured`].

use super::cases::Case;
use super::stage::{Meter, Stage, Times};
use super::walk::Walk;
use std::hint::black_box;

/// What is counted. Its name is what callgrind is told to look for.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
    // no tail call: the counting program has to see where it ends
    black_box(());
}

/// Runs the work of one stage inside of [`measured`].
struct Counted(Stage);

impl Meter for Counted {
    fn run(&mut self, stage: Stage, work: &mut dyn FnMut()) {
        if stage == self.0 { measured(work) } else { work() }
    }
}

/// Runs `stage` once, after everything has run before: what is built on first use does not count. Prints how much was found, and the bytes.
///
/// # Errors
/// A file can't be read.
pub fn once(walk: &Walk, case: &Case, stage: Stage) -> Result<(), String> {
    walk.round(case, &mut Times::default())?;
    let found = walk.round(case, &mut Counted(stage))?;
    println!("{found} {}", case.bytes);
    Ok(())
}
