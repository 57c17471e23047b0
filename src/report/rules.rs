//! What a report says of the lints themselves: for formats that carry their rules along.

use crate::diagnostic::{Diagnostic, Level, Standard};
use crate::lint::Registry;

/// Where the pages of this version's lints can be read.
pub const PAGES: &str = concat!("https://docs.rs/crate/presend/", env!("CARGO_PKG_VERSION"), "/source/lints/");

/// A lint, as formats describe it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Its topic.
    pub topic: &'static str,
    /// One line: what it reports.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Its level by default.
    pub level: Level,
    /// Who asks for it.
    pub standards: &'static [Standard],
}

/// The lints that a run knows, and where their pages can be read.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    base: String,
}

impl Rules {
    /// The lints of `registry`; the folder of their pages is at `base`, which ends with `/`.
    pub fn new(registry: &Registry, base: &str) -> Self {
        let rules = registry.lints().map(|(topic, lint)| Rule {
            name: lint.name,
            topic,
            summary: lint.summary,
            page: lint.page,
            level: lint.level,
            standards: lint.standards,
        });
        Self { rules: rules.collect(), base: base.to_owned() }
    }

    /// All of them, in the order of the documentation.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The lint called `name` and its number.
    pub fn find(&self, name: &str) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, rule)| rule.name == name)
    }

    /// Where the page of a topic's lint can be read.
    pub fn url(&self, topic: &str, lint: &str) -> String {
        page(&self.base, topic, lint)
    }

    /// Where the page of the lint behind a diagnostic can be read.
    pub fn url_of(&self, diagnostic: &Diagnostic) -> String {
        self.url(diagnostic.topic, diagnostic.lint)
    }
}

/// The address of a page, where the folder of lints is at `base`.
pub fn page(base: &str, topic: &str, lint: &str) -> String {
    format!("{base}{topic}/{}.md", lint.replace('-', "_"))
}
