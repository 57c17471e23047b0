//! What a name stands for where levels are set: one lint, or a group of lints.

use super::levels::Known;
use super::similar::{did_you_mean, folded};
use crate::diagnostic::{Level, Standard};
use std::fmt;

/// A lint, or a group of lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selector {
    /// Whatever is at `warn` when all else is said.
    Warnings,
    /// All lints that are allowed by default.
    Pedantic,
    /// All lints of a standard.
    Standard(Standard),
    /// All lints of a topic.
    Topic(&'static str),
    /// One lint, by its bare name.
    Lint(&'static str),
}

impl Selector {
    /// Reads a name: a lint's, bare or as `topic/lint`, a topic's, a standard's, `pedantic` or `warnings`; `_` for `-`, any case.
    ///
    /// # Errors
    /// No lint and no group has that name.
    pub fn parse(name: &str, known: &[Known]) -> Result<Self, UnknownName> {
        let wanted = folded(name);
        let group = match wanted.as_str() {
            "warnings" => Some(Self::Warnings),
            "pedantic" => Some(Self::Pedantic),
            _ => Standard::ALL.into_iter().find(|standard| standard.name() == wanted).map(Self::Standard),
        };
        group
            .or_else(|| known.iter().find(|lint| lint.topic == wanted).map(|lint| Self::Topic(lint.topic)))
            .or_else(|| known.iter().find(|lint| is_called(lint, &wanted)).map(|lint| Self::Lint(lint.name)))
            .ok_or_else(|| UnknownName::new(name, known))
    }

    /// Reads the name of one lint, bare or as `topic/lint`.
    ///
    /// # Errors
    /// No lint has that name.
    pub fn lint(name: &str, known: &[Known]) -> Result<&'static str, UnknownName> {
        match Self::parse(name, known) {
            Ok(Self::Lint(lint)) => Ok(lint),
            Ok(_) => Err(UnknownName { group: true, ..UnknownName::new(name, known) }),
            Err(unknown) => Err(unknown),
        }
    }

    /// Whether setting `level` moves `lint`. To raise a topic or a standard leaves out what is allowed by default: those lints need `pedantic`
    /// or their name.
    pub fn moves(self, lint: &Known, level: Level) -> bool {
        let raised = lint.level > Level::Allow || level == Level::Allow;
        match self {
            Self::Warnings => false,
            Self::Pedantic => lint.level == Level::Allow,
            Self::Standard(standard) => raised && lint.standards.contains(&standard),
            Self::Topic(topic) => raised && lint.topic == topic,
            Self::Lint(name) => lint.name == name,
        }
    }

    /// Which of two entries of one `[lints]` table has the last word: the more particular one.
    pub fn rank(self) -> u8 {
        match self {
            Self::Warnings => 0,
            Self::Pedantic => 1,
            Self::Standard(_) => 2,
            Self::Topic(_) => 3,
            Self::Lint(_) => 4,
        }
    }
}

/// Whether the folded name `wanted` is the lint's, bare or with its topic.
fn is_called(lint: &Known, wanted: &str) -> bool {
    match wanted.split_once('/') {
        Some((topic, name)) => lint.topic == topic && lint.name == name,
        None => lint.name == wanted,
    }
}

/// A name that is no lint's and no group's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The name as written.
    pub name: String,
    /// The name that was probably meant.
    pub meant: Option<String>,
    /// It is the name of a group where a lint is wanted.
    pub group: bool,
}

impl UnknownName {
    /// `name`, with the nearest known name.
    pub fn new(name: &str, known: &[Known]) -> Self {
        Self { name: name.to_owned(), meant: meant(name, known), group: false }
    }

    /// The way out, one line each.
    pub fn help(&self) -> Vec<String> {
        let list = "`presend lints` lists all lints with their topics and standards".to_owned();
        match &self.meant {
            _ if self.group => vec![format!("`presend explain {}` lists its lints", self.name)],
            Some(meant) => vec![format!("did you mean `{meant}`?"), list],
            None => vec![list],
        }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group {
            true => write!(f, "`{}` is a group, not a lint", self.name),
            false => write!(f, "unknown lint `{}`", self.name),
        }
    }
}

/// With a topic written before it, the lint's own name decides: the topic may be the slip.
fn meant(name: &str, known: &[Known]) -> Option<String> {
    if let Some((_, bare)) = folded(name).split_once('/') {
        let near = did_you_mean(bare, known.iter().map(|lint| lint.name))?;
        return known.iter().find(|lint| lint.name == near).map(|lint| format!("{}/{}", lint.topic, lint.name));
    }
    let groups = Standard::ALL.into_iter().map(Standard::name).chain(["pedantic", "warnings"]);
    did_you_mean(name, known.iter().flat_map(|lint| [lint.name, lint.topic]).chain(groups)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::config::levels::tests::KNOWN;

    #[test]
    fn a_name_is_read_in_every_spelling() {
        for (written, selector) in [
            ("missing-unsubscribe", Selector::Lint("missing-unsubscribe")),
            ("Missing_Unsubscribe", Selector::Lint("missing-unsubscribe")),
            ("unsubscribe/missing-unsubscribe", Selector::Lint("missing-unsubscribe")),
            ("unsubscribe", Selector::Topic("unsubscribe")),
            ("gmail_yahoo", Selector::Standard(Standard::GmailYahoo)),
            ("PEDANTIC", Selector::Pedantic),
            ("warnings", Selector::Warnings),
        ] {
            assert_eq!(Selector::parse(written, KNOWN), Ok(selector), "{written}");
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_known_one() {
        for (written, meant) in [
            ("missing-unsubscrib", Some("missing-unsubscribe")),
            ("sender/missing-unsubscribe", Some("unsubscribe/missing-unsubscribe")),
            ("mircosoft", Some("microsoft")),
            ("warning", Some("warnings")),
            ("zebra", None),
        ] {
            let unknown = Selector::parse(written, KNOWN).unwrap_err();
            assert_eq!((unknown.to_string(), unknown.meant.as_deref()), (format!("unknown lint `{written}`"), meant));
        }
        assert_eq!(Selector::lint("rfc", KNOWN).unwrap_err().to_string(), "`rfc` is a group, not a lint");
    }
}
