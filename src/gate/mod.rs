//! What a repository of campaigns needs of presend: who a diagnostic is, run after run, what was known before, and which files
//! changed.

mod baseline;
mod changes;
mod fingerprint;
mod git;
mod repository;

pub use baseline::{Baseline, Comparison};
pub use changes::Changes;
pub use fingerprint::{Fingerprint, Identities};
pub use git::GitError;
pub use repository::Repository;
