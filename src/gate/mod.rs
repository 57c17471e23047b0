//! What stands between the lints and whoever is told: what was allowed, what was known before, and who a diagnostic is, run after run.

mod allows;
mod baseline;
mod case;
mod fingerprint;
mod repository;

pub use allows::{Allowing, Tally};
pub use baseline::{Baseline, Comparison};
pub use case::{Case, Checked, Known};
pub use fingerprint::{Fingerprint, Identities};
pub use repository::Repository;
