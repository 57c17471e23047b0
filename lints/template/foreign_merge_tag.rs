//! An opt-out tag of another provider than the one that will send.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::providers::{self, Provider, TagMeaning};
use crate::lint::{Findings, Lint};
use crate::lints::sources;
use crate::message::Spot;
use crate::message::tags::Role;
use std::collections::HashSet;

pub static LINT: Lint = Lint {
    name: "foreign-merge-tag",
    summary: "opt-out tag of another provider than the one that sends",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("foreign_merge_tag.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_rendered() {
        return;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for body in &facts.message.bodies {
        let text = facts.message.view(body.view).text();
        for tag in body.tags.iter().filter(|tag| tag.role != Role::Comment) {
            let written = &text[tag.span.range()];
            if !seen.insert(written) {
                continue;
            }
            let Some((sender, owner)) = foreign(facts, written) else { continue };
            let finding = findings.report(
                Spot { view: body.view, span: tag.span },
                format!("`{written}` is an opt-out tag of {}, and {} sends this", owner.name, sender.name),
            );
            finding
                .label(format!("this stays as it is: {} does not know it", sender.name))
                .because("marketing emails should always include a way of unsubscribing", sources::UNSUBSCRIBE);
            match sender.footer.and_then(|footer| own_tag(footer.as_str())) {
                Some(own) => finding.help(format!("with {} it is written `{own}`", sender.name)),
                None => finding.help(format!("write it as {} does", sender.name)),
            };
            if facts.provider().given {
                finding.note(format!("the configuration or the command line names {}", sender.name));
            } else if let Some(found) = facts.provider().evidence.iter().find(|found| found.provider.id == sender.id) {
                finding.note(format!("taken for a mail of {} because of {}", sender.name, found.what));
            }
        }
    }
}

/// Who sends, and whose tag it is, where these are two for sure.
fn foreign(facts: &Facts<'_>, written: &str) -> Option<(&'static Provider, &'static Provider)> {
    let owners = providers::owners_of_tag(written, TagMeaning::Unsubscribe);
    let owner = *owners.first()?;
    let sender = facts.provider().beside(written)?;
    let is_possible = |provider: &&Provider| provider.engine || provider.id == sender.id;
    if owners.iter().any(is_possible) || providers::shares_delimiter(sender, written) || sender.engine {
        return None;
    }
    // Where something else speaks for the tag's owner, too, nobody knows who sends.
    let unclear = !facts.provider().given && owners.iter().any(|owner| facts.provider().speaks_for(owner, written));
    (!unclear).then_some((sender, owner))
}

/// The opt-out tag in a footer of the provider's dialect.
fn own_tag(footer: &str) -> Option<&str> {
    footer.split_once("href=\"")?.1.split('"').next().filter(|tag| !tag.is_empty())
}
