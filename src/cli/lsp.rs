//! `presend lsp`: the language server, until the editor ends it.

use super::exit::Outcome;
use crate::lsp::{Ended, serve};

/// Runs the command. The exit code is the protocol's: 0 after `shutdown` and `exit`, 1 for any other end.
pub fn run() -> Outcome {
    match serve(&crate::lints::REGISTRY) {
        Ended::AsAgreed => Outcome::Clean,
        Ended::Abruptly => Outcome::Faults,
    }
}
