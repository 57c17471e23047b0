//! The level of each lint, and who set it.

use super::selector::Selector;
use crate::diagnostic::{Level, Standard};
use crate::sort;
use std::collections::BTreeMap;
use std::fmt;

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

impl Origin {
    /// Tells, in rustc's words, why `lint` has `level`: ``"`-D freemail-sender` implied by `-D microsoft`"``.
    pub fn sentence(&self, lint: &str, level: Level) -> String {
        match self {
            Self::Default => format!("`{lint}` is {} by default", participle(level)),
            Self::Config { selector, file } => format!("`{lint}` is {} by `{selector}` in {file}", participle(level)),
            Self::Flag(flag) if flag.starts_with(CAP) => format!("`{lint}` is held down to `{level}` by `{flag}`"),
            Self::Flag(flag) if names(flag, lint) => format!("requested on the command line with `{flag}`"),
            Self::Flag(flag) => format!("`{} {lint}` implied by `{flag}`", short_flag(level)),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::Config { selector, file } => write!(f, "`{selector}` in {file}"),
            Self::Flag(flag) => write!(f, "`{flag}`"),
        }
    }
}

const CAP: &str = "--cap-lints";
const DEFAULT: &Origin = &Origin::Default;

/// `-A`, `-W`, `-D` or `-F`.
pub fn short_flag(level: Level) -> &'static str {
    match level {
        Level::Allow => "-A",
        Level::Warn => "-W",
        Level::Deny => "-D",
        Level::Forbid => "-F",
    }
}

fn participle(level: Level) -> &'static str {
    match level {
        Level::Allow => "allowed",
        Level::Warn => "a warning",
        Level::Deny => "denied",
        Level::Forbid => "forbidden",
    }
}

/// Whether `flag` (`-D topic/lint`) was written for this very lint.
fn names(flag: &str, lint: &str) -> bool {
    flag.rsplit([' ', '/']).next().is_some_and(|name| super::similar::folded(name) == lint)
}

/// One entry of `[lints]`, or one flag with one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Which lints.
    pub selector: Selector,
    /// Their level.
    pub level: Level,
    /// Who says so.
    pub origin: Origin,
}

impl Setting {
    /// The setting that the flag `-D name` makes; `name` may be any selector.
    ///
    /// # Errors
    /// No lint and no group is called `name`.
    pub fn flag(level: Level, name: &str, known: &[Known]) -> Result<Self, super::selector::UnknownName> {
        let selector = Selector::parse(name, known)?;
        Ok(Self { selector, level, origin: Origin::Flag(format!("{} {name}", short_flag(level))) })
    }
}

/// An attempt to lower one lint that is forbidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowered {
    /// The lint.
    pub lint: &'static str,
    /// The level that it was to get.
    pub level: Level,
    /// Who tried.
    pub by: Origin,
    /// Who forbids it.
    pub forbidden_by: Origin,
}

impl fmt::Display for Lowered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}) incompatible with previous forbid", self.level, self.lint)
    }
}

impl std::error::Error for Lowered {}

/// The level of each lint for one source.
#[derive(Debug, Clone)]
pub struct Levels {
    set: BTreeMap<&'static str, (Known, Level, Origin)>,
    warnings: Option<(Level, Origin)>,
    cap: Option<(Level, Origin)>,
}

impl Levels {
    /// Every lint at its default level.
    pub fn new(known: &[Known]) -> Self {
        let set = known.iter().map(|lint| (lint.name, (*lint, lint.level, Origin::Default))).collect();
        Self { set, warnings: None, cap: None }
    }

    /// Adds one `[lints]` table, whose order means nothing: a lint's own entry beats its topic, topic beats standard, standard beats `pedantic`;
    /// of two standards the stricter one counts (and of two as strict, always the same one). A later table (an override) beats an earlier one.
    ///
    /// # Errors
    /// An entry for one lint lowers what is forbidden. Groups leave such a lint as it is.
    pub fn configure<'s>(&mut self, table: impl IntoIterator<Item = &'s Setting>) -> Result<(), Lowered> {
        let mut settings: Vec<_> = table.into_iter().collect();
        sort::by_key(&mut settings, |setting| (setting.selector.rank(), setting.level, setting.selector));
        settings.into_iter().try_for_each(|setting| self.apply(setting))
    }

    /// Adds the flags of the command line: of two that concern a lint, the last wins.
    ///
    /// # Errors
    /// A flag for one lint lowers what is forbidden. Groups leave such a lint as it is.
    pub fn command_line(&mut self, flags: &[Setting]) -> Result<(), Lowered> {
        flags.iter().try_for_each(|flag| self.apply(flag))
    }

    /// `--cap-lints`: no finding gets a higher level, not even one that is forbidden.
    pub fn cap(&mut self, level: Level) {
        self.cap = Some((level, Origin::Flag(format!("{CAP} {level}"))));
    }

    fn apply(&mut self, setting: &Setting) -> Result<(), Lowered> {
        if setting.selector == Selector::Warnings {
            self.warnings = Some((setting.level, setting.origin.clone()));
            return Ok(());
        }
        for (known, level, origin) in self.set.values_mut() {
            if !setting.selector.moves(known, setting.level) {
                continue;
            }
            if *level != Level::Forbid {
                (*level, *origin) = (setting.level, setting.origin.clone());
            } else if matches!(setting.selector, Selector::Lint(_)) && setting.level < Level::Deny {
                // deny inside forbid is fine and changes nothing, as in rustc
                return Err(Lowered {
                    lint: known.name,
                    level: setting.level,
                    by: setting.origin.clone(),
                    forbidden_by: origin.clone(),
                });
            }
        }
        Ok(())
    }

    /// Level and origin of the lint called `name` (bare); `allow` by default for a name that no lint has.
    pub fn of(&self, name: &str) -> (Level, &Origin) {
        self.settle(name, false)
    }

    /// The final level of one finding: softened only while the origin is the default, then `-D warnings`, then `--cap-lints`.
    pub fn settle(&self, name: &str, softened: bool) -> (Level, &Origin) {
        let (mut level, mut origin) =
            self.set.get(name).map_or((Level::Allow, DEFAULT), |(_, level, origin)| (*level, origin));
        if softened && origin == DEFAULT {
            level = level.softened();
        }
        if let (Level::Warn, Some((warnings, by))) = (level, &self.warnings)
            && *warnings != Level::Warn
        {
            (level, origin) = (*warnings, by);
        }
        match &self.cap {
            Some((cap, by)) if level > *cap => (*cap, by),
            _ => (level, origin),
        }
    }

    /// Why a finding of the lint called `name` has the level that [`Levels::settle`] gives it, for people.
    pub fn why(&self, name: &str, softened: bool) -> String {
        let (level, origin) = self.settle(name, softened);
        let by_itself = self.set.get(name).map_or(Level::Allow, |(known, ..)| known.level);
        let sentence = origin.sentence(name, if origin == DEFAULT { by_itself } else { level });
        match origin == DEFAULT && level != by_itself {
            true => format!("{sentence}, but only `{level}` here"),
            false => sentence,
        }
    }
}

#[cfg(test)]
#[path = "levels_tests.rs"]
pub(crate) mod tests;
