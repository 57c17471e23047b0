//! `presend.explain`: a lint's page, in the client's browser or in words.

use crate::lint::{Lint, Registry};
use crate::report::{PAGES, page};
use serde_json::{Value, json};

/// What is known of a lint.
#[derive(Debug)]
pub(super) struct Explained {
    lint: &'static Lint,
    /// Where its page can be read.
    pub url: String,
}

/// The lint called `name`, in any spelling.
pub(super) fn explain(name: &str, registry: &Registry) -> Option<Explained> {
    let (topic, lint) = registry.find(name)?;
    Some(Explained { lint, url: page(PAGES, topic, lint.name) })
}

impl Explained {
    /// What the command answers, for clients that show pages themselves.
    pub fn answer(&self) -> Value {
        json!({ "lint": self.lint.name, "summary": self.lint.summary, "url": self.url, "markdown": self.lint.page })
    }

    /// In a few words, for a client that shows nothing else: the summary and the first paragraph of the reasons.
    pub fn words(&self) -> String {
        let why = self.lint.page.split("\n## ").find_map(|section| section.strip_prefix("Why\n"));
        let first = why.map(|why| why.trim().split("\n\n").next().unwrap_or_default().replace('\n', " "));
        let Lint { name, summary, .. } = self.lint;
        [Some(format!("{name}: {summary}")), first, Some(self.url.clone())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lints::REGISTRY;

    #[test]
    fn every_page_has_words() {
        for (_, lint) in REGISTRY.lints() {
            let words = explain(lint.name, &REGISTRY).map(|explained| explained.words()).unwrap_or_default();
            assert!(words.split("\n\n").count() == 3 && words.len() < 2000, "{words}");
        }
        assert!(explain("no-such-lint", &REGISTRY).is_none());
    }
}
