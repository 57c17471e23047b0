//! Text that is hidden from readers and not from filters.

use crate::sort;
use crate::diagnostic::{Level, Standard};
use crate::facts::{Concealed, Facts};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "hidden-text",
    summary: "more than 40 words that readers can't see",
    level: Level::Warn,
    standards: &[Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("hidden_text.md"),
    check,
};

/// Up to this many words are left alone.
const SOME: usize = 40;
/// As many places as are pointed at.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_signup_page() {
        return;
    }
    for (body, _, _) in facts.html_bodies() {
        let mut hidden: Vec<&Concealed> = facts.concealed().iter().filter(|text| text.body == body).collect();
        let words: usize = hidden.iter().map(|text| text.words).sum();
        if words <= SOME {
            continue;
        }
        // The longest first; of equal ones the first.
        sort::by_key(&mut hidden, |text| std::cmp::Reverse(text.words));
        let Some((longest, others)) = hidden.split_first() else { continue };
        let finding = findings.report(longest.spot, format!("{words} words are hidden from readers"));
        finding.label("styled so that nobody sees it");
        for text in others.iter().take(SHOWN - 1) {
            finding.also(text.spot, format!("{} more", text.words));
        }
        finding
            .because("don't use HTML and CSS to hide content in your messages", sources::GMAIL_HIDDEN)
            .help("take it out; a preheader is fine, and so are twins that a media query shows on other screens");
    }
}
