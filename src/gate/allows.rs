//! The `[[allow]]` entries of the configurations: they take away what was looked at, and one that took nothing away is told.

use crate::config::{AllowEntry, Allowed, Config, Resolved, Resolver};
use crate::diagnostic::{Diagnostic, Excerpt, Label, Level, Place, Positions};
use crate::lint::{Linted, Registry};
use crate::report::FileReport;
use crate::source::{FileSpan, LineIndex};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The lint that reports what allows nothing.
const UNUSED: &str = "unused-allow";

/// What the entries for one source did.
#[derive(Debug, Default)]
pub struct Allowing {
    file: Option<PathBuf>,
    entries: Vec<(usize, Effect)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    /// The lint ran and had nothing to say.
    Nothing,
    /// It took something away; or the lint is off, so that nobody knows.
    Some,
}

/// Takes away what the entries for a source allow. What is forbidden can't be allowed.
pub fn apply(resolved: &Resolved, linted: &mut Linted) -> Allowing {
    let effect = |allowed: &Allowed| {
        let taken = linted.diagnostics.iter().any(|found| found.lint == allowed.lint && found.level < Level::Forbid);
        let off = resolved.levels.of(allowed.lint).0 == Level::Allow;
        (allowed.entry, if taken || off { Effect::Some } else { Effect::Nothing })
    };
    let entries = resolved.allowed.iter().map(effect).collect();
    let is_allowed = |lint| resolved.allowed.iter().any(|allowed| allowed.lint == lint);
    linted.diagnostics.retain(|found| found.level == Level::Forbid || !is_allowed(found.lint));
    Allowing { file: resolved.file.clone(), entries }
}

/// What all entries of a run did.
#[derive(Debug, Default)]
pub struct Tally {
    files: BTreeMap<PathBuf, BTreeMap<usize, Effect>>,
}

impl Tally {
    /// Counts a source.
    pub fn add(&mut self, allowing: Allowing) {
        let Some(file) = allowing.file else { return };
        let entries = self.files.entry(file).or_default();
        for (entry, effect) in allowing.entries {
            let before = entries.entry(entry).or_insert(effect);
            *before = effect.max(*before);
        }
    }

    /// A report on each configuration with entries that allowed nothing, in path order. `roots` are the paths of the run: of an entry for many
    /// files it can be told only where all that lies below the configuration was checked.
    pub fn unused(&self, roots: &[PathBuf], resolver: &Resolver, registry: &Registry) -> Vec<FileReport> {
        let folders: BTreeSet<PathBuf> =
            roots.iter().filter(|root| root.is_dir()).filter_map(|root| root.canonicalize().ok()).collect();
        let reports = self.files.iter().filter_map(|(file, entries)| {
            let config = resolver.config(file).ok()?;
            let folder = file.canonicalize().ok()?.parent()?.to_owned();
            let whole = folder.ancestors().any(|above| folders.contains(above));
            let of = |entry: &AllowEntry| match entries.get(&entry.allowed.entry) {
                Some(Effect::Some) => None,
                Some(Effect::Nothing) if whole || is_one_file(&folder, &entry.pattern) => Some(idle(entry)),
                None if whole => Some(unmatched(entry)),
                _ => None,
            };
            let unused = config.allows().iter().filter_map(of);
            let (level, origin) = level(resolver, file)?;
            let (topic, lint) = registry.find(UNUSED)?;
            let diagnostics: Vec<_> = unused
                .map(|unused| Diagnostic {
                    lint: lint.name,
                    topic,
                    level,
                    level_origin: origin.clone(),
                    standards: lint.standards,
                    message: unused.message,
                    primary: Some(Label { place: place(&config, unused.span), text: unused.label.to_owned() }),
                    labels: Vec::new(),
                    notes: Vec::new(),
                    help: vec![unused.help.to_owned()],
                    suggestions: Vec::new(),
                })
                .collect();
            let name = config.name.as_str().into();
            (!diagnostics.is_empty()).then(|| FileReport {
                name,
                diagnostics,
                configuration: true,
                ..FileReport::default()
            })
        });
        reports.collect()
    }
}

/// What is said of one entry.
struct Unused {
    span: Range<usize>,
    message: String,
    label: &'static str,
    help: &'static str,
}

fn idle(entry: &AllowEntry) -> Unused {
    Unused {
        span: entry.lint_span.clone(),
        message: format!("this `[[allow]]` of `{}` allows nothing", entry.allowed.lint),
        label: "nothing that could be allowed is reported there",
        help: "take the entry out",
    }
}

fn unmatched(entry: &AllowEntry) -> Unused {
    Unused {
        span: entry.pattern_span.clone(),
        message: format!("this `[[allow]]` of `{}` allows nothing", entry.allowed.lint),
        label: "no source that was checked is called so",
        help: "put the path right, which begins in the folder of this file, or take the entry out",
    }
}

/// Whether a pattern names one file and nothing else.
fn is_one_file(folder: &Path, pattern: &str) -> bool {
    let path = pattern.trim_start_matches("./");
    let anchored = pattern.trim_end_matches('/').contains('/');
    anchored && !path.contains(['*', '?', '[', '{', '\\', '!']) && folder.join(path.trim_start_matches('/')).is_file()
}

/// The level of the lint for a configuration, unless it is off, and who set it.
fn level(resolver: &Resolver, file: &Path) -> Option<(Level, String)> {
    let levels = resolver.resolve(Some(file)).ok()?.levels;
    let (level, _) = levels.settle(UNUSED, false);
    (level > Level::Allow).then(|| (level, levels.why(UNUSED, false)))
}

fn place(config: &Config, span: Range<usize>) -> Place {
    let text = config.text();
    let lines = LineIndex::new(text.as_bytes());
    let position = |offset| lines.position(text.as_bytes(), offset);
    Place {
        file: config.name.as_str().into(),
        span: Some(Positions {
            span: FileSpan::new(span.start, span.end),
            start: position(span.start),
            end: position(span.end),
        }),
        view: None,
        excerpt: Some(Excerpt::of(text, &lines, span, |line| line)),
        record: None,
    }
}
