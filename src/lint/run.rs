//! Runs the lints on one source.

use super::mentions::Mention;
use super::suppression::Suppressions;
use super::{About, Findings, Lint, Registry, Remark, panics, remarks, resolve};
use crate::config::Settings;
use crate::config::levels::Levels;
use crate::diagnostic::{Diagnostic, Level};
use crate::facts::preview::Preview;
use crate::facts::{Facts, Included};
use crate::message::include;
use crate::message::{Given, Message, Stage};
use crate::sort;
use crate::source::{Includes, NoIncludes, Source};

/// What linting one source gave.
#[derive(Debug, Default)]
pub struct Linted {
    /// In source order: primary place, then the order of the registry.
    pub diagnostics: Vec<Diagnostic>,
    /// Why lints stayed silent, `lint: why`, for `--verbose`.
    pub silences: Vec<(&'static str, String)>,
    /// How it was taken and why, for `--verbose`, where the settings ask for it.
    pub remarks: Vec<Remark>,
    /// Lints that panicked, with what they said: an internal error.
    pub panics: Vec<(&'static str, String)>,
    /// It was a draft: a message that nobody has received yet.
    pub draft: bool,
    /// Domains that DNS has to know for it, where somebody looked: [`super::mentions()`].
    pub mentions: Vec<Mention>,
    /// What a reader would see of it, where somebody looked.
    pub preview: Option<Box<Preview>>,
}

/// Lints one source, for itself: what it includes is unknown.
pub fn lint(source: &Source, registry: &Registry, settings: &Settings, levels: &Levels) -> Linted {
    lint_with(source, &NoIncludes, registry, settings, levels)
}

/// Lints one source with the files that it includes. The command line, the language server and the tests all come through here.
pub fn lint_with(
    source: &Source,
    includes: &dyn Includes,
    registry: &Registry,
    settings: &Settings,
    levels: &Levels,
) -> Linted {
    lint_and_look(source, includes, registry, settings, levels, |_| ())
}

/// Lints one source, and lets `look` see the facts that the lints saw: they can't leave the task. What `look` panics with is passed on.
pub fn lint_and_look(
    source: &Source,
    includes: &dyn Includes,
    registry: &Registry,
    settings: &Settings,
    levels: &Levels,
    look: impl FnOnce(&Facts<'_>),
) -> Linted {
    lint_until(source, includes, registry, settings, levels, &|| false, look).unwrap_or_default()
}

/// The same, given up between two lints as soon as `stop` says so: `None` then, and nothing is looked at.
pub fn lint_until(
    source: &Source,
    includes: &dyn Includes,
    registry: &Registry,
    settings: &Settings,
    levels: &Levels,
    stop: &dyn Fn() -> bool,
    look: impl FnOnce(&Facts<'_>),
) -> Option<Linted> {
    let given = given(settings);
    let message = Message::parse(source, &given);
    let inclusions = include::gather(&message, &given, includes);
    let mut given = include::given_for_included(&given, message.stage);
    let mut files = Vec::new();
    for file in &inclusions.files {
        given.nodes = files.last().unwrap_or(&message).nodes;
        files.push(Message::parse(&file.source, &given));
    }
    let included =
        inclusions.files.iter().zip(&files).map(|(file, message)| Included::new(file.spot, message, settings));
    let facts = Facts::with_included(&message, settings, included.collect(), inclusions.missing.clone());
    let mut linted = Linted { draft: !facts.is_received() && message.stage == Stage::Template, ..Linted::default() };
    let suppressions = Suppressions::new(&facts, registry);
    let mut resolver = resolve::Resolver::new(&facts);
    let mut leading = Vec::new();
    for (topic, lint) in in_order(registry) {
        let (level, _) = levels.of(lint.name);
        // A lint that is off runs only where a comment names it: to know whether the comment is of use.
        if level == Level::Allow && !suppressions.name(lint.name) {
            continue;
        }
        if stop() {
            return None;
        }
        let mut findings = Findings { lint: lint.name, ..Findings::default() };
        let checked = panics::catch(|| {
            (lint.check)(&facts, &mut findings);
            let found = suppressions.apply(level, std::mem::take(&mut findings.found));
            for finding in facts.told(found, |finding| finding.softened) {
                let list = if finding.leads { &mut leading } else { &mut linted.diagnostics };
                list.extend(settle(&mut resolver, levels, topic, lint, finding));
            }
        });
        linted.panics.extend(checked.err().map(|said| (lint.name, said)));
        if level != Level::Allow {
            linted.silences.append(&mut findings.silences);
        }
    }
    if settings.remarks {
        // a fact that panics has been told by the lint that asked for it
        linted.remarks = panics::catch(|| remarks::of(&facts)).unwrap_or_default();
    }
    sort::by_key(&mut linted.diagnostics, |diagnostic| {
        diagnostic.primary.as_ref().map_or(0, |label| label.place.offset())
    });
    linted.diagnostics.splice(0..0, leading);
    look(&facts);
    Some(linted)
}

/// The host of a source's From, as [`lint`] would read it with `settings`: what chooses among several senders.
pub fn from_host(source: &Source, settings: &Settings) -> Option<String> {
    crate::message::from_host(source, &given(settings))
}

fn given(settings: &Settings) -> Given {
    Given {
        from: settings.from.clone(),
        from_wins: settings.from_wins,
        subject: settings.subject.clone(),
        subject_wins: settings.subject_wins,
        stage: settings.stage,
        fragment: settings.fragment,
        included_by: settings.included_by.clone(),
        loose_tags: settings
            .provider
            .iter()
            .filter_map(|id| crate::knowledge::providers::by_id(id))
            .map(|provider| provider.id.as_str())
            .collect(),
        limits: settings.limits,
        nodes: 0,
    }
}

/// The finding at its final level; `None` if that is `allow`.
pub(super) fn settle(
    resolver: &mut resolve::Resolver<'_>,
    levels: &Levels,
    topic: &'static str,
    lint: &'static Lint,
    finding: super::Finding,
) -> Option<Diagnostic> {
    let (level, _) = levels.settle(lint.name, finding.softened);
    if level == Level::Allow {
        return None;
    }
    let level_origin = levels.why(lint.name, finding.softened);
    Some(resolver.diagnostic(topic, lint, level, level_origin, finding))
}

/// The lints on messages, in the order in which they run: what looks back at the others comes after them.
fn in_order(registry: &Registry) -> Vec<(&'static str, &'static Lint)> {
    let looks_back = |topic: &str, lint: &Lint| match (topic, lint.name) {
        ("suppression", _) => 1,
        (_, "analysis-limit") => 2,
        _ => 0,
    };
    let mut lints: Vec<_> = registry.lints_about(About::Message).collect();
    sort::by_key(&mut lints, |(topic, lint)| looks_back(topic, lint));
    lints
}
