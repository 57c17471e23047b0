//! Ctrl-C while a file is being written: the file is finished first, so that nothing is left beside it.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// What shells give for a program that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

static WRITING: Mutex<()> = Mutex::new(());
static HANDLER: Once = Once::new();

/// As long as this is held, Ctrl-C (and a polite request to end, `SIGTERM` or `SIGHUP`) waits.
pub fn hold() -> MutexGuard<'static, ()> {
    // who ignores a signal, or hears it already, goes on doing so
    HANDLER.call_once(|| drop(ctrlc::try_set_handler(end)));
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The end, as if nobody had listened; without the unsafe code that it takes to die of the signal itself.
#[allow(clippy::exit)]
fn end() {
    let _finished = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    std::process::exit(INTERRUPTED)
}
