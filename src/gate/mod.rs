//! What a repository of campaigns needs of presend: who a diagnostic is, run after run, and what was known before.

mod baseline;
mod fingerprint;
mod repository;

pub use baseline::{Baseline, Comparison};
pub use fingerprint::{Fingerprint, Identities};
pub use repository::Repository;
