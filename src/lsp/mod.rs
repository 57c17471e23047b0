//! The language server: what the command line says of files, said of an editor's buffers (LSP 3.17).
//!
//! One thread owns all state and never lints; `worker` threads lint; `wire` threads read and write.

mod actions;
mod allow;
mod client;
mod configuration;
mod diff;
mod document;
mod explain;
mod hover;
mod insight;
mod language;
mod markdown;
mod options;
mod parent;
mod publish;
mod requests;
mod server;
mod text;
mod uri;
mod wire;
mod worker;

pub use server::Ended;
pub use text::{Encoding, Text};

use crate::lint::Registry;

/// Serves the client at standard input and output until it says `exit` or is gone.
pub fn serve(registry: &'static Registry) -> Ended {
    let (wire, written) = wire::stdio();
    let ended = server::run(registry, wire);
    // what is still to be written is, unless nobody takes it
    let _ = written.recv_timeout(std::time::Duration::from_secs(1));
    ended
}
