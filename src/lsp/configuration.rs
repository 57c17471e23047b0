//! Which configuration and which baseline hold for a buffer now: read again when they change; while one is broken, the last good one goes on.

use super::options::Options;
use crate::config::error::{ConfigErrors, said};
use crate::config::{CommandLine, ConfigChoice, FILE_NAME, Resolved, Resolver, Vocabulary};
use crate::gate::Baseline;
use crate::lint::Registry;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// When a file was changed, and how long it is, in bytes.
type Stamp = Option<(SystemTime, u64)>;

/// What holds for one buffer.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// What settled it.
    pub resolver: Arc<Resolver>,
    /// What it settled.
    pub resolved: Resolved,
}

/// The configurations of all buffers.
#[derive(Debug)]
pub(super) struct Configuration {
    vocabulary: Vocabulary,
    options: Options,
    /// The folder that relative paths of the settings begin in.
    here: PathBuf,
    resolver: Arc<Resolver>,
    /// For each file the resolver that it was right for, last.
    good: HashMap<PathBuf, Arc<Resolver>>,
    /// The files as they were when they were read.
    stamps: HashMap<PathBuf, Stamp>,
    baseline: Option<Arc<Baseline>>,
}

impl Configuration {
    /// Nothing is read yet but the baseline; why it can't be comes second.
    pub fn new(registry: &Registry, options: Options, here: PathBuf) -> (Self, Option<String>) {
        let vocabulary = Vocabulary::new(registry.known());
        let resolver = resolver(&vocabulary, &options, &here);
        let mut configuration =
            Self { vocabulary, options, here, resolver, good: HashMap::new(), stamps: HashMap::new(), baseline: None };
        let told = configuration.read_baseline();
        (configuration, told)
    }

    /// Everything is checked, or nothing.
    pub fn is_on(&self) -> bool {
        self.options.enable
    }

    /// What is known before.
    pub fn baseline(&self) -> Option<&Arc<Baseline>> {
        self.baseline.as_ref()
    }

    /// The files to watch beside every `presend.toml`.
    pub fn files(&self) -> Vec<PathBuf> {
        [&self.options.config, &self.options.baseline].into_iter().flatten().map(|file| self.here.join(file)).collect()
    }

    /// Whether a change of the file at `path` may concern it.
    pub fn is_about(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == FILE_NAME) || self.files().iter().any(|file| file == path)
    }

    /// The configuration file that governs the buffer at `path`, if there is one.
    pub fn file(&self, path: Option<&Path>) -> Option<PathBuf> {
        Some(self.here.join(self.resolver.file(path)?))
    }

    /// Forgets what was read, so that it is read again, but for what is needed where a file is broken. Why the baseline can't be read comes back.
    pub fn reload(&mut self) -> Option<String> {
        self.resolver = resolver(&self.vocabulary, &self.options, &self.here);
        self.stamps.clear();
        self.read_baseline()
    }

    /// Whether a file that concerns the buffer at `path` is no longer what was read: what watching tells where it can be had.
    pub fn is_stale(&self, path: Option<&Path>) -> bool {
        let now = resolver(&self.vocabulary, &self.options, &self.here).file(path).map(|file| self.here.join(file));
        let known = now.as_ref().and_then(|file| self.stamps.get(file).map(|before| *before != stamp(file)));
        let other = known.is_none() && self.file(path) != now;
        let baseline = self.options.baseline.as_ref().map(|file| self.here.join(file));
        let is_old = |file: &PathBuf| self.stamps.get(file).is_some_and(|before| *before != stamp(file));
        known == Some(true) || other || baseline.as_ref().is_some_and(is_old)
    }

    /// Settles what holds for the buffer at `path`. Where its configuration is broken, what it said when it was right, if it ever was; and what is
    /// wrong comes second.
    pub fn hold(&mut self, path: Option<&Path>) -> (Option<Held>, Option<Arc<ConfigErrors>>) {
        let file = self.file(path);
        if let Some(file) = &file {
            self.stamps.entry(file.clone()).or_insert_with(|| stamp(file));
        }
        let resolver = Arc::clone(&self.resolver);
        match resolver.resolve(path) {
            Ok(resolved) => {
                self.good.extend(file.map(|file| (file, Arc::clone(&resolver))));
                (Some(Held { resolver, resolved }), None)
            }
            Err(errors) => {
                let before = file.and_then(|file| self.good.get(&file));
                let held = before.and_then(|resolver| {
                    Some(Held { resolver: Arc::clone(resolver), resolved: resolver.resolve(path).ok()? })
                });
                (held, Some(errors))
            }
        }
    }

    fn read_baseline(&mut self) -> Option<String> {
        let file = self.here.join(self.options.baseline.as_ref()?);
        self.stamps.insert(file.clone(), stamp(&file));
        let read = fs::read_to_string(&file).map_err(|error| said(&error));
        match read.and_then(|text| Baseline::read(&text)) {
            Ok(baseline) => self.baseline = Some(Arc::new(baseline)),
            // the last good one goes on
            Err(why) => return Some(format!("can't read the baseline `{}`: {why}", file.display())),
        }
        None
    }
}

fn resolver(vocabulary: &Vocabulary, options: &Options, here: &Path) -> Arc<Resolver> {
    let choice = options.config.as_ref().map_or(ConfigChoice::Nearest, |file| ConfigChoice::File(here.join(file)));
    let said = CommandLine { flags: options.levels.clone(), ..CommandLine::default() };
    Arc::new(Resolver::new(vocabulary.clone(), choice, said, here.to_owned()))
}

fn stamp(file: &Path) -> Stamp {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::config::Purpose;
    use crate::lints::REGISTRY;

    fn purpose(held: Option<Held>) -> Option<Purpose> {
        held.and_then(|held| held.resolved.settings.purpose)
    }

    #[test]
    fn what_changes_is_read_again_and_what_breaks_is_as_it_was() {
        let tree = tempfile::tempdir().unwrap();
        let root = tree.path().canonicalize().unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        let (file, mail) = (root.join(FILE_NAME), root.join("a.eml"));
        let mail = Some(mail.as_path());
        let (mut configuration, told) = Configuration::new(&REGISTRY, Options::default(), root.clone());
        assert_eq!(told, None);
        assert_eq!(purpose(configuration.hold(mail).0), None);
        assert!(!configuration.is_stale(mail));

        for (text, wanted) in
            [("purpose = \"bulk\"", Purpose::Bulk), ("purpose = \"transactional\"", Purpose::Transactional)]
        {
            fs::write(&file, text).unwrap();
            assert!(configuration.is_stale(mail), "{text}");
            configuration.reload();
            assert_eq!(purpose(configuration.hold(mail).0), Some(wanted));
            assert!(!configuration.is_stale(mail));
        }

        fs::write(&file, "purpose = 1").unwrap();
        configuration.reload();
        let (held, errors) = configuration.hold(mail);
        assert_eq!((purpose(held), errors.unwrap().0.len()), (Some(Purpose::Transactional), 1));

        fs::remove_file(&file).unwrap();
        assert!(configuration.is_stale(mail));
        configuration.reload();
        let (held, errors) = configuration.hold(mail);
        assert!(purpose(held).is_none() && errors.is_none());
    }
}
