//! presend reads an e-mail campaign before it is sent and says what Microsoft 365 and its readers will hold against it.
//!
//! The modules stand in the order of the way through the house; each knows only those before it:
//!
//! ```text
//! files, stdin ─► source ─► message ─► facts ─► lints ─► diagnostics ─► report
//! ```
//!
//! `knowledge` is the compiled data that message, facts and lints look up; `config` says what the sender knows and the
//! linter can't. `docs/architecture.md` shows the house room by room.

pub mod answers;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod dns;
pub mod domain;
pub mod facts;
pub mod fix;
pub mod gate;
pub mod knowledge;
pub mod lint;
#[path = "../lints/mod.rs"]
pub mod lints;
pub mod lsp;
pub mod message;
pub mod report;
mod sort;
pub mod source;
