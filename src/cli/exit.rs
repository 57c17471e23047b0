//! How a run ended, and its exit code.

use std::process::ExitCode;

/// How a run ended; the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing at deny level: 0.
    Clean,
    /// At least one diagnostic at deny level: 1.
    Faults,
    /// Usage, configuration, an unreadable or oversize input, an internal error: 2.
    Failed,
}

impl Outcome {
    /// `--exit-zero`: faults end with 0 too; what failed still fails.
    pub fn forgiving(self, exit_zero: bool) -> Self {
        if exit_zero && self == Self::Faults { Self::Clean } else { self }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Faults => 1,
            Outcome::Failed => 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{Clean, Failed, Faults};

    #[test]
    fn failure_beats_faults_and_is_never_forgiven() {
        assert_eq!(Faults.max(Failed), Failed);
        assert_eq!([Clean, Faults, Failed].map(|outcome| outcome.forgiving(true)), [Clean, Clean, Failed]);
        assert_eq!([Clean, Faults, Failed].map(|outcome| outcome.forgiving(false)), [Clean, Faults, Failed]);
    }
}
