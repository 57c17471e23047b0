//! What was known before: a run reports only what a baseline does not hold.

use super::{Fingerprint, Repository};
use crate::diagnostic::{Diagnostic, Level};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The version of the file.
const VERSION: u32 = 1;

/// The diagnostics of a run by their fingerprints, as a multiset: two that are alike are in it twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Fingerprint, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    file: String,
    lint: String,
    count: usize,
}

/// The file: an entry a line, in order of files, so that its changes can be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    diagnostics: Vec<Line>,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    lint: String,
    fingerprint: String,
    count: usize,
}

impl Baseline {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// It is no baseline, or one of another version: why, lowercase, no final punctuation.
    pub fn read(text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if document.version != VERSION {
            return Err(format!("it has version {}, and this presend knows version {VERSION}", document.version));
        }
        let mut baseline = Self::default();
        for Line { file, lint, fingerprint, count } in document.diagnostics {
            let Some(key) = Fingerprint::parse(&fingerprint) else {
                return Err(format!("`{fingerprint}` is no fingerprint"));
            };
            baseline.put(key, file, lint, count);
        }
        Ok(baseline)
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let line = |(fingerprint, entry): (&Fingerprint, &Entry)| Line {
            file: entry.file.clone(),
            lint: entry.lint.clone(),
            fingerprint: fingerprint.to_string(),
            count: entry.count,
        };
        let mut lines: Vec<Line> = self.entries.iter().map(line).collect();
        lines.sort();
        let lines: Vec<String> = lines.iter().filter_map(|line| serde_json::to_string(line).ok()).collect();
        format!("{{\"version\":{VERSION},\"diagnostics\":[\n{}\n]}}\n", lines.join(",\n"))
    }

    /// Puts a diagnostic in that was found in the file that reports call `file`. What is forbidden is never known.
    pub fn add(&mut self, diagnostic: &Diagnostic, file: &str, repository: &Repository) {
        if diagnostic.level < Level::Forbid {
            let place = diagnostic.primary.as_ref().map_or(file, |label| &label.place.file);
            let fingerprint = Fingerprint::of(diagnostic, file, repository);
            self.put(fingerprint, repository.path(place), diagnostic.lint.to_owned(), 1);
        }
    }

    /// Takes the diagnostics of the file that reports call `file` out which are known, and hands them back. Of those that are alike the first ones
    /// are the known ones.
    pub fn take_known(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        file: &str,
        repository: &Repository,
    ) -> Vec<Diagnostic> {
        let mut met: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        let is_known = |diagnostic: &mut Diagnostic| {
            let fingerprint = Fingerprint::of(diagnostic, file, repository);
            let Some(entry) = self.entries.get(&fingerprint).filter(|_| diagnostic.level < Level::Forbid) else {
                return false;
            };
            let met = met.entry(fingerprint).or_default();
            *met += 1;
            *met <= entry.count
        };
        diagnostics.extract_if(.., is_known).collect()
    }

    fn put(&mut self, fingerprint: Fingerprint, file: String, lint: String, count: usize) {
        let entry = self.entries.entry(fingerprint).or_insert(Entry { file, lint, count: 0 });
        entry.count = entry.count.saturating_add(count);
    }
}

/// A baseline that is held against a run, file by file. Its paths tell whose a diagnostic is, so that the order of files means nothing.
#[derive(Debug, Default)]
pub struct Comparison {
    baseline: Arc<Baseline>,
    left: Baseline,
    checked: BTreeSet<String>,
}

impl Comparison {
    /// Nothing has been compared yet.
    pub fn new(baseline: Baseline) -> Self {
        Self { left: baseline.clone(), baseline: Arc::new(baseline), checked: BTreeSet::new() }
    }

    /// All that was known.
    pub fn baseline(&self) -> &Arc<Baseline> {
        &self.baseline
    }

    /// Notes that the file that reports call `file` was checked, and what of it was known.
    pub fn note(&mut self, known: &[Diagnostic], file: &str, repository: &Repository) {
        self.checked.insert(repository.path(file));
        for diagnostic in known {
            if let Some(entry) = self.left.entries.get_mut(&Fingerprint::of(diagnostic, file, repository)) {
                entry.count = entry.count.saturating_sub(1);
            }
        }
    }

    /// How many are gone: known in a file that was checked or is there no more, and not found.
    pub fn gone(&self, repository: &Repository) -> usize {
        let gone = self.left.entries.values().filter(|entry| !self.is_unseen(entry, repository));
        gone.map(|entry| entry.count).sum()
    }

    /// Puts what is known of files that were not checked in a new baseline.
    pub fn keep_unseen(&self, fresh: &mut Baseline, repository: &Repository) {
        for (fingerprint, entry) in &self.left.entries {
            if entry.count > 0 && self.is_unseen(entry, repository) {
                fresh.put(*fingerprint, entry.file.clone(), entry.lint.clone(), entry.count);
            }
        }
    }

    fn is_unseen(&self, entry: &Entry, repository: &Repository) -> bool {
        !self.checked.contains(&entry.file) && repository.root().join(&entry.file).exists()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::report::samples::diagnostic;
    use std::path::Path;

    fn repository() -> Repository {
        Repository::around(Path::new("/nowhere"))
    }

    fn baseline(lints: &[&'static str]) -> Baseline {
        let mut baseline = Baseline::default();
        lints.iter().for_each(|lint| baseline.add(&diagnostic(lint), "a.eml", &repository()));
        baseline
    }

    #[test]
    fn it_comes_back_from_its_file() {
        let one = baseline(&["one", "two", "one"]);
        assert_eq!(Baseline::read(&one.text()), Ok(one.clone()));
        assert!(one.text().contains("{\"file\":\"a.eml\",\"lint\":\"one\",\"fingerprint\":\""), "{}", one.text());
        assert_eq!(one.text().lines().count(), 4, "a line an entry");
        assert_eq!(Baseline::read(&Baseline::default().text()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for (text, said) in [
            ("", "EOF while parsing"),
            ("[]", "invalid length 0"),
            (r#"{"version":2,"diagnostics":[]}"#, "it has version 2, and this presend knows version 1"),
            (r#"{"version":1,"diagnostics":[],"x":1}"#, "unknown field `x`"),
            (r#"{"version":1,"diagnostics":[{"file":"a","lint":"b","fingerprint":"c","count":1}]}"#, "`c` is no"),
            (r#"{"version":1,"diagnostics":[{"file":"a","lint":"b","fingerprint":"c","count":-1}]}"#, "invalid value"),
        ] {
            let error = Baseline::read(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    #[test]
    fn known_ones_are_counted_and_new_ones_stay() {
        let mut comparison = Comparison::new(baseline(&["one", "one", "gone"]));
        let mut found: Vec<_> = ["one", "new", "one", "one"].map(diagnostic).into();
        let known = comparison.baseline().take_known(&mut found, "a.eml", &repository());
        assert_eq!(known.len(), 2);
        comparison.note(&known, "a.eml", &repository());
        assert_eq!(found.iter().map(|found| found.lint).collect::<Vec<_>>(), ["new", "one"]);
        assert_eq!(comparison.gone(&repository()), 1);
    }

    #[test]
    fn what_is_forbidden_is_never_known() {
        let forbidden = Diagnostic { level: Level::Forbid, ..diagnostic("one") };
        let mut found = vec![forbidden.clone()];
        assert!(baseline(&["one"]).take_known(&mut found, "a.eml", &repository()).is_empty());
        let mut fresh = Baseline::default();
        fresh.add(&forbidden, "a.eml", &repository());
        assert_eq!(fresh, Baseline::default());
    }
}
