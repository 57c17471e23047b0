//! A merge tag or a block of a template that is opened and never closed.

use crate::diagnostic::Level;
use crate::facts::{Facts, Unclosed};
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "unbalanced-merge-tag",
    summary: "merge tag or block that is opened and never closed",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: include_str!("unbalanced_merge_tag.md"),
    check,
};

/// As many as are reported: behind the first the others are often only its consequence.
const MOST: usize = 20;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // In a rendered mail, what is left over is `unresolved-merge-tag`'s.
    if facts.is_rendered() {
        return;
    }
    let unclosed = facts.unclosed();
    if facts.is_fragment() {
        if !unclosed.is_empty() {
            findings.silent("it is a fragment: the rest of the template may close what is opened here");
        }
        return;
    }
    if let Some(why) = facts.unread() {
        return findings.silent(why);
    }
    let mut groups: Vec<(&str, Vec<&Unclosed>)> = Vec::new();
    for each in unclosed.iter().take(MOST) {
        let written = &facts.message.view(each.spot.view).text()[each.spot.span.range()];
        match groups.iter_mut().find(|(known, first)| *known == written && first[0].spot.view != each.spot.view) {
            // The text alternative repeats the template.
            Some((_, same)) => same.push(each),
            None => groups.push((written, vec![each])),
        }
    }
    for (written, same) in groups {
        let first = same[0];
        let what = shortened(written);
        let message = match first.is_delimiter {
            true => format!("the merge tag `{what}` has no `{}` at its end", first.closer),
            false => format!("the block `{what}` is never closed"),
        };
        let finding = findings.report(first.spot, message);
        finding.label(if first.is_delimiter { "opened here" } else { "the block begins here" });
        if let Some(spot) = first.interrupted {
            finding.also(spot, "this closes what is around it");
        }
        for each in same.iter().skip(1) {
            finding.also(each.spot, "and here");
        }
        let help = match first.is_delimiter {
            true => format!("close it with `{}`: else readers see it as it is written", first.closer),
            false => format!("close it with `{}`: else the template fails, or the rest of the mail depends on it", first.closer),
        };
        finding.because("mail should be transparent and accurate; this is a slip that every reader sees", sources::HIGH_VOLUME).help(help);
    }
}

fn shortened(tag: &str) -> String {
    let folded = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &folded[..at]),
        None => folded,
    }
}
