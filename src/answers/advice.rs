//! The pages of advice: what Microsoft's article asks of senders and no program can check from here.

/// A page of advice, `lints/advice/NAME.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Its name: `warming-up`.
    pub name: &'static str,
    /// Markdown; its first line is `# NAME: what it is about`.
    pub text: &'static str,
}

impl Page {
    /// What it is about, in one line.
    pub fn summary(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, summary)| summary)
    }
}

macro_rules! pages {
    ($($name:literal),+ $(,)?) => {
        /// All pages, in the order of the article.
        pub static PAGES: &[Page] = &[$(Page {
            name: $name,
            text: include_str!(concat!("../../lints/advice/", $name, ".md")),
        }),+];
    };
}

pages![
    "reputation",
    "warming-up",
    "delisting",
    "junked-campaign",
    "throttling",
    "microsoft-ranges",
    "double-opt-in",
    "privacy-page",
    "feedback-loop",
];

/// The page of that name; `-` and `_` are the same, and case is none.
pub fn page(name: &str) -> Option<&'static Page> {
    let wanted = name.trim().replace('_', "-").to_ascii_lowercase();
    PAGES.iter().find(|page| page.name == wanted)
}
