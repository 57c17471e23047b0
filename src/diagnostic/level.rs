//! How bad it is, in rustc's four words.

use std::fmt;

/// What happens when a lint finds something. Ordered: `Allow < Warn < Deny < Forbid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing.
    Allow,
    /// It is reported.
    Warn,
    /// It is reported and the run fails.
    Deny,
    /// As deny, and nothing can lower it.
    Forbid,
}

impl Level {
    /// The word on the command line and in `presend.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
            Self::Forbid => "forbid",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Allow, Self::Warn, Self::Deny, Self::Forbid].into_iter().find(|level| level.name() == word)
    }

    /// One step milder, as a check may soften a single finding: deny becomes warn, warn becomes allow.
    pub fn softened(self) -> Self {
        match self {
            Self::Forbid => Self::Forbid,
            Self::Deny => Self::Warn,
            Self::Warn | Self::Allow => Self::Allow,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
