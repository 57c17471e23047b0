//! What stands between the lints and whoever is told: what was allowed, what was known before, which files changed, and who a diagnostic
//! is, run after run.

mod allows;
mod baseline;
mod case;
mod changes;
mod fingerprint;
mod git;
mod repository;

pub use allows::{Allowing, Tally};
pub use baseline::{Baseline, Comparison};
pub use case::{Case, Checked, Known};
pub use changes::Changes;
pub use fingerprint::{Fingerprint, Identities};
pub use git::GitError;
pub use repository::Repository;
