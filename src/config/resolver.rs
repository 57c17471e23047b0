//! Which configuration holds for a source: the nearest `presend.toml` upwards, its overrides, and the command line.

use super::Settings;
use super::error::{ConfigError, ConfigErrors, said};
use super::file::{Allowed, Config};
use super::layer::Layer;
use super::levels::{Levels, Lowered, Origin, Setting};
use super::paths::{settled, shown};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Level;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name of the configuration file.
pub const FILE_NAME: &str = "presend.toml";

/// Bytes of a configuration; nobody writes a longer one.
const LONGEST: u64 = 1 << 20;

/// Where the configuration comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigChoice {
    /// The nearest [`FILE_NAME`] upwards from each source, up to a folder with `.git`.
    Nearest,
    /// This file.
    File(PathBuf),
    /// None at all.
    Nothing,
}

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct CommandLine {
    /// Settings; they beat the configuration, but for own domains, which are added.
    pub layer: Layer,
    /// Levels, in order.
    pub flags: Vec<Setting>,
    /// `--cap-lints`.
    pub cap: Option<Level>,
}

/// Everything that is settled before a source is read.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// What the sender knows.
    pub settings: Arc<Settings>,
    /// The level of each lint.
    pub levels: Arc<Levels>,
    /// Diagnostics of this source that were looked at and allowed.
    pub allowed: Vec<Allowed>,
    /// The configuration file, if there is one.
    pub file: Option<PathBuf>,
}

/// Finds and reads configurations, each once, and settles what holds for each source. Shared by all threads.
#[derive(Debug)]
pub struct Resolver {
    vocabulary: Vocabulary,
    choice: ConfigChoice,
    command_line: CommandLine,
    here: PathBuf,
    folders: Mutex<HashMap<PathBuf, Governing>>,
    files: Mutex<HashMap<PathBuf, Loaded>>,
    profiles: Mutex<HashMap<Circumstances, Arc<Profile>>>,
}

/// The configuration file that governs a folder.
type Governing = Option<PathBuf>;
type Loaded = Result<Arc<Config>, Arc<ConfigErrors>>;
/// The configuration file, and which of its overrides hold.
type Circumstances = (Option<PathBuf>, Vec<usize>);

/// Settings and levels, shared by all sources in the same circumstances.
#[derive(Debug)]
struct Profile {
    settings: Arc<Settings>,
    levels: Arc<Levels>,
}

impl Resolver {
    /// A resolver for one run that was started in the folder `here`.
    pub fn new(vocabulary: Vocabulary, choice: ConfigChoice, command_line: CommandLine, here: PathBuf) -> Self {
        let here = here.canonicalize().unwrap_or(here);
        Self {
            vocabulary,
            choice,
            command_line,
            here,
            folders: Mutex::default(),
            files: Mutex::default(),
            profiles: Mutex::default(),
        }
    }

    /// Settles what holds for the source at `path`; for one that lies nowhere, what holds in the folder of the run.
    ///
    /// # Errors
    /// The configuration that governs the source is broken or can't be read. The same `Arc` for all sources that it governs.
    pub fn resolve(&self, path: Option<&Path>) -> Result<Resolved, Arc<ConfigErrors>> {
        let path = path.map(|path| settled(&self.here.join(path)));
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(&self.here);
        let Some(file) = self.governing(folder) else {
            let profile = self.profile((None, Vec::new()), None)?;
            return Ok(Resolved::new(&profile, Vec::new(), None));
        };
        let config = self.load(&file)?;
        let root = settled(&file);
        let relative = path.as_deref().and_then(|path| path.strip_prefix(root.parent()?).ok());
        let matching = |patterns: &super::paths::Patterns| relative.is_some_and(|path| patterns.matches(path));
        let overrides = (0..config.overrides.len()).filter(|at| matching(&config.overrides[*at].0)).collect();
        let profile = self.profile((Some(file.clone()), overrides), Some(&config))?;
        let allowed = config.allows.iter().filter(|(paths, _)| matching(paths)).map(|(_, allowed)| allowed.clone());
        Ok(Resolved::new(&profile, allowed.collect(), Some(file)))
    }

    fn governing(&self, folder: &Path) -> Governing {
        match &self.choice {
            ConfigChoice::Nothing => None,
            ConfigChoice::File(file) => Some(file.clone()),
            ConfigChoice::Nearest => self.nearest(folder),
        }
    }

    /// Every folder on the way up is remembered, so that each is looked at once a run.
    fn nearest(&self, folder: &Path) -> Governing {
        let mut folders = lock(&self.folders);
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = folders.get(folder) {
                found = known.clone();
                break;
            }
            passed.push(folder);
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                found = Some(file);
                break;
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        folders.extend(passed.into_iter().map(|folder| (folder.to_owned(), found.clone())));
        found
    }

    fn load(&self, file: &Path) -> Loaded {
        lock(&self.files).entry(file.to_owned()).or_insert_with(|| self.read(file)).clone()
    }

    fn read(&self, file: &Path) -> Loaded {
        let name = match &self.choice {
            ConfigChoice::File(given) => given.to_string_lossy().into_owned(),
            _ => shown(file, &self.here),
        };
        let broken = |why: &str| {
            let message = format!("can't read the configuration: {why}");
            Err(Arc::new(ConfigErrors(vec![ConfigError::whole_file(&name, message)])))
        };
        let bytes = match bytes(&self.here.join(file)) {
            Ok(bytes) if bytes.len() as u64 > LONGEST => return broken("it is larger than 1 MiB"),
            Ok(bytes) => bytes,
            Err(error) => return broken(&said(&error)),
        };
        Config::from_bytes(&name, bytes, &self.vocabulary).map(Arc::new).map_err(Arc::new)
    }

    fn profile(
        &self,
        circumstances: Circumstances,
        config: Option<&Config>,
    ) -> Result<Arc<Profile>, Arc<ConfigErrors>> {
        if let Some(profile) = lock(&self.profiles).get(&circumstances) {
            return Ok(Arc::clone(profile));
        }
        let settings = self.settings(config, &circumstances.1);
        let levels = self
            .levels(config, &circumstances.1)
            .map_err(|lowered| Arc::new(ConfigErrors(vec![explain(config, &lowered)])))?;
        let profile = Arc::new(Profile { settings: Arc::new(settings), levels: Arc::new(levels) });
        lock(&self.profiles).insert(circumstances, Arc::clone(&profile));
        Ok(profile)
    }

    fn settings(&self, config: Option<&Config>, overrides: &[usize]) -> Settings {
        let mut settings = Settings::default();
        for table in config.into_iter().flat_map(|config| config.tables(overrides)) {
            table.layer.apply(&mut settings);
        }
        let configured = settings.own_domains.clone();
        self.command_line.layer.apply(&mut settings);
        if self.command_line.layer.own_domains.is_some() {
            settings.own_domains.extend(configured);
        }
        settings
    }

    fn levels(&self, config: Option<&Config>, overrides: &[usize]) -> Result<Levels, Lowered> {
        let mut levels = Levels::new(&self.vocabulary.known);
        for table in config.into_iter().flat_map(|config| config.tables(overrides)) {
            levels.configure(table.lints.iter().map(|(setting, _)| setting))?;
        }
        levels.command_line(&self.command_line.flags)?;
        if let Some(cap) = self.command_line.cap {
            levels.cap(cap);
        }
        Ok(levels)
    }
}

impl Config {
    fn tables<'c>(&'c self, overrides: &'c [usize]) -> impl Iterator<Item = &'c super::file::Table> {
        std::iter::once(&self.base)
            .chain(overrides.iter().filter_map(|at| self.overrides.get(*at)).map(|(_, table)| table))
    }
}

impl Resolved {
    fn new(profile: &Profile, allowed: Vec<Allowed>, file: Option<PathBuf>) -> Self {
        let (settings, levels) = (Arc::clone(&profile.settings), Arc::clone(&profile.levels));
        Self { settings, levels, allowed, file }
    }
}

/// The mistake of lowering what is forbidden, at the entry that did it, or else at the one that forbids it.
fn explain(config: Option<&Config>, lowered: &Lowered) -> ConfigError {
    let note = format!("forbidden by {}, lowered by {}", lowered.forbidden_by, lowered.by);
    let Some(config) = config else {
        return ConfigError { notes: vec![note], ..ConfigError::whole_file("command line", lowered.to_string()) };
    };
    let entry_of = |origin: &Origin| {
        let tables = std::iter::once(&config.base).chain(config.overrides.iter().map(|(_, table)| table));
        let mut entries = tables.flat_map(|table| &table.lints);
        entries.find(|(setting, _)| setting.origin == *origin).map(|(_, span)| span.clone())
    };
    let span = entry_of(&lowered.by).or_else(|| entry_of(&lowered.forbidden_by)).unwrap_or(0..0);
    config.error(span, lowered.to_string(), note)
}

/// What is in `file`, up to one byte more than a configuration may have.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A lock that a panic elsewhere does not take away: what it guards is only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "resolver_tests.rs"]
mod tests;
