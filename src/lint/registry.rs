//! All lints, by topic.

use super::Lint;
use crate::config::levels::Known;

/// What the lints of a topic look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A message.
    Message,
    /// A sender's domain, as DNS shows it.
    Domain,
}

/// A folder of lints.
#[derive(Debug)]
pub struct Topic {
    /// Its name, and that of its group.
    pub name: &'static str,
    /// What its lints look at.
    pub about: About,
    /// Its lints, in the order of the documentation.
    pub lints: &'static [&'static Lint],
}

/// The lints that a run knows.
#[derive(Debug, Clone, Copy)]
pub struct Registry {
    topics: &'static [&'static Topic],
}

impl Registry {
    /// A registry of `topics`.
    pub const fn new(topics: &'static [&'static Topic]) -> Self {
        Self { topics }
    }

    /// Topics in order.
    pub fn topics(&self) -> &'static [&'static Topic] {
        self.topics
    }

    /// All lints with their topic.
    pub fn lints(&self) -> impl Iterator<Item = (&'static str, &'static Lint)> {
        self.topics.iter().flat_map(|topic| topic.lints.iter().map(move |lint| (topic.name, *lint)))
    }

    /// The lints that look at this, with their topic.
    pub fn lints_about(&self, about: About) -> impl Iterator<Item = (&'static str, &'static Lint)> {
        let topics = self.topics.iter().filter(move |topic| topic.about == about);
        topics.flat_map(|topic| topic.lints.iter().map(move |lint| (topic.name, *lint)))
    }

    /// The lint called `name`: bare or `topic/name`, `_` for `-`, any case.
    pub fn find(&self, name: &str) -> Option<(&'static str, &'static Lint)> {
        let name = name.replace('_', "-").to_ascii_lowercase();
        self.lints().find(|(topic, lint)| {
            lint.name == name || name.strip_prefix(topic).and_then(|rest| rest.strip_prefix('/')) == Some(lint.name)
        })
    }

    /// What levels need to know.
    pub fn known(&self) -> Vec<Known> {
        self.lints()
            .map(|(topic, lint)| Known { name: lint.name, topic, standards: lint.standards, level: lint.level })
            .collect()
    }
}
