//! What a repository of campaigns needs of presend: who a diagnostic is, run after run.

mod fingerprint;
mod repository;

pub use fingerprint::{Fingerprint, Identities};
pub use repository::Repository;
