//! The level of each lint, and who set it.

use crate::diagnostic::{Level, Standard};

/// What levels need to know of a lint; the registry hands them in.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Bare name.
    pub name: &'static str,
    /// Topic.
    pub topic: &'static str,
    /// Standards.
    pub standards: &'static [Standard],
    /// Default level.
    pub level: Level,
}

/// Who set a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The lint itself.
    Default,
    /// `presend.toml`: the key that set it (`lints.unsubscribe`), and the file.
    Config {
        /// The lint, topic, standard or group that was written.
        selector: String,
        /// The file as shown.
        file: String,
    },
    /// The command line: the flag as written, `-D microsoft`.
    Flag(String),
}

/// The level of each lint for one source.
#[derive(Debug, Clone)]
pub struct Levels {
    _private: (),
}

impl Levels {
    /// Level and origin of the lint called `name` (bare).
    pub fn of(&self, name: &str) -> (Level, &Origin) {
        let _ = name;
        todo!()
    }

    /// The final level of one finding: softened only while the origin is the default, then `-D warnings`, then `--cap-lints`.
    pub fn settle(&self, name: &str, softened: bool) -> (Level, &Origin) {
        let _ = (name, softened);
        todo!()
    }
}
