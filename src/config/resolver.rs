//! Which configuration holds for a source: the nearest `presend.toml` upwards, its overrides, and the command line.

use super::Settings;
use super::error::{ConfigError, ConfigErrors, said};
use super::file::{Allowed, Config, Table};
use super::layer::Layer;
use super::levels::{Levels, Lowered, Origin, Setting};
use super::paths::{Patterns, settled, shown};
use super::sender::{self, Choice};
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
    /// `--sender`.
    pub sender: Option<String>,
}

/// What is settled before a source is read; all of it, unless `sender` is still open.
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
    /// Which of several senders it is from. [`Resolver::by_from`] answers it where it is open.
    pub sender: Choice,
    circumstances: Circumstances,
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
/// What settings and levels follow from, beside the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Circumstances {
    /// The configuration file.
    file: Option<PathBuf>,
    /// Which of its senders it is from.
    sender: Option<usize>,
    /// Which of its overrides hold.
    overrides: Vec<usize>,
}

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
            if let Some(name) = &self.command_line.sender {
                return Err(no_sender(
                    "command line",
                    format!("`--sender {name}` without a configuration"),
                    Vec::new(),
                ));
            }
            return self.resolved(Circumstances::default(), None, Choice::None, Vec::new());
        };
        let config = self.load(&file)?;
        let root = settled(&file);
        let relative = path.as_deref().and_then(|path| path.strip_prefix(root.parent()?).ok());
        let matching = |patterns: &Patterns| relative.is_some_and(|path| patterns.matches(path));
        let overrides: Vec<_> =
            (0..config.overrides.len()).filter(|at| matching(&config.overrides[*at].paths)).collect();
        let (sender, choice) = self.sender(&config, &overrides, relative)?;
        let allowed = config.allows.iter().filter(|entry| matching(&entry.paths)).map(|entry| entry.allowed.clone());
        self.resolved(Circumstances { file: Some(file), sender, overrides }, Some(&config), choice, allowed.collect())
    }

    /// Whether the configuration that governs `path` leaves it out of searches. One that is broken leaves nothing out: it is told when the source is
    /// to be checked.
    pub fn excludes(&self, path: &Path) -> bool {
        let path = settled(&self.here.join(path));
        let excluded = || {
            let file = self.governing(path.parent()?)?;
            let config = self.load(&file).ok()?;
            let relative = path.strip_prefix(settled(&file).parent()?).ok()?;
            Some(config.exclude.as_ref()?.matches(relative))
        };
        excluded().unwrap_or(false)
    }

    /// Settles which sender a source is from, where its path did not: `host` reads the host of its From, with the settings that hold so far.
    ///
    /// # Errors
    /// What the sender's table says about levels lowers what is forbidden.
    pub fn by_from(
        &self,
        resolved: Resolved,
        host: impl FnOnce(&Settings) -> Option<String>,
    ) -> Result<Resolved, Arc<ConfigErrors>> {
        let (Choice::Open, Some(file)) = (&resolved.sender, &resolved.file) else { return Ok(resolved) };
        let config = self.load(file)?;
        let host = host(&resolved.settings);
        let (sender, why) = sender::by_from(&config.senders, host.as_deref(), self.vocabulary.registrable);
        let circumstances = Circumstances { sender, ..resolved.circumstances };
        let choice = match sender.and_then(|at| config.senders.get(at)) {
            Some(sender) => Choice::Sender(sender.name.clone(), why),
            None => Choice::Nobody(why),
        };
        self.resolved(circumstances, Some(&config), choice, resolved.allowed)
    }

    /// The configuration in `file`, which has governed a source of this run.
    ///
    /// # Errors
    /// It is broken or can't be read.
    pub fn config(&self, file: &Path) -> Result<Arc<Config>, Arc<ConfigErrors>> {
        self.load(file)
    }

    /// The sender that the command line, an override or a path names, and why; the later override wins.
    fn sender(
        &self,
        config: &Config,
        overrides: &[usize],
        path: Option<&Path>,
    ) -> Result<(Option<usize>, Choice), Arc<ConfigErrors>> {
        let senders = &config.senders;
        let chosen = |at: usize, why: String| {
            let name = senders.get(at).map(|sender| sender.name.clone()).unwrap_or_default();
            (Some(at), Choice::Sender(name, why))
        };
        if let Some(name) = &self.command_line.sender {
            let at = sender::named(senders, name).map_err(|(message, help)| no_sender(&config.name, message, help))?;
            return Ok(chosen(at, "`--sender` says so".to_owned()));
        }
        let named = overrides.iter().rev().find_map(|at| config.overrides.get(*at)?.sender);
        let by_path = || path.and_then(|path| sender::by_path(senders, path));
        Ok(match (named, by_path()) {
            _ if senders.is_empty() => (None, Choice::None),
            (Some(at), _) => chosen(at, format!("an `[[override]]` in {} says so", config.name)),
            (None, Some(at)) => chosen(at, "its `paths` match".to_owned()),
            (None, None) => (None, Choice::Open),
        })
    }

    /// The configuration file that governs the source at `path`, broken or not.
    pub fn file(&self, path: Option<&Path>) -> Option<PathBuf> {
        let path = path.map(|path| settled(&self.here.join(path)));
        self.governing(path.as_deref().and_then(Path::parent).unwrap_or(&self.here))
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

    fn resolved(
        &self,
        circumstances: Circumstances,
        config: Option<&Config>,
        sender: Choice,
        allowed: Vec<Allowed>,
    ) -> Result<Resolved, Arc<ConfigErrors>> {
        let profile = self.profile(&circumstances, config)?;
        let (settings, levels) = (Arc::clone(&profile.settings), Arc::clone(&profile.levels));
        Ok(Resolved { settings, levels, allowed, file: circumstances.file.clone(), sender, circumstances })
    }

    fn profile(
        &self,
        circumstances: &Circumstances,
        config: Option<&Config>,
    ) -> Result<Arc<Profile>, Arc<ConfigErrors>> {
        if let Some(profile) = lock(&self.profiles).get(circumstances) {
            return Ok(Arc::clone(profile));
        }
        let settings = self.settings(config, circumstances);
        let levels = self
            .levels(config, circumstances)
            .map_err(|lowered| Arc::new(ConfigErrors(vec![explain(config, &lowered)])))?;
        let profile = Arc::new(Profile { settings: Arc::new(settings), levels: Arc::new(levels) });
        lock(&self.profiles).insert(circumstances.clone(), Arc::clone(&profile));
        Ok(profile)
    }

    fn settings(&self, config: Option<&Config>, circumstances: &Circumstances) -> Settings {
        let mut settings = Settings::default();
        for table in config.into_iter().flat_map(|config| config.tables(circumstances)) {
            table.layer.apply(&mut settings);
        }
        let said = &self.command_line.layer;
        let configured = settings.own_domains.clone();
        said.apply(&mut settings);
        if said.own_domains.is_some() {
            settings.own_domains.extend(configured);
        }
        settings.from_wins = said.from.is_some();
        settings.subject_wins = said.subject.is_some();
        settings
    }

    fn levels(&self, config: Option<&Config>, circumstances: &Circumstances) -> Result<Levels, Lowered> {
        let mut levels = Levels::new(&self.vocabulary.known);
        for table in config.into_iter().flat_map(|config| config.tables(circumstances)) {
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
    /// The tables that hold, the weakest first: the top of the file, the sender's, the overrides.
    fn tables<'c>(&'c self, circumstances: &'c Circumstances) -> impl Iterator<Item = &'c Table> {
        let sender = circumstances.sender.and_then(|at| self.senders.get(at)).map(|sender| &sender.table);
        let overrides = circumstances.overrides.iter().filter_map(|at| self.overrides.get(*at));
        std::iter::once(&self.base).chain(sender).chain(overrides.map(|over| &over.table))
    }

    /// All tables of settings, in this order.
    fn all_tables(&self) -> impl Iterator<Item = &Table> {
        let senders = self.senders.iter().map(|sender| &sender.table);
        std::iter::once(&self.base).chain(senders).chain(self.overrides.iter().map(|over| &over.table))
    }
}

/// The mistake of naming a sender that `place` does not have.
fn no_sender(place: &str, message: String, help: Vec<String>) -> Arc<ConfigErrors> {
    Arc::new(ConfigErrors(vec![ConfigError { help, ..ConfigError::whole_file(place, message) }]))
}

/// The mistake of lowering what is forbidden, at the entry that did it, or else at the one that forbids it.
fn explain(config: Option<&Config>, lowered: &Lowered) -> ConfigError {
    let note = format!("forbidden by {}, lowered by {}", lowered.forbidden_by, lowered.by);
    let Some(config) = config else {
        return ConfigError { notes: vec![note], ..ConfigError::whole_file("command line", lowered.to_string()) };
    };
    let entry_of = |origin: &Origin| {
        let mut entries = config.all_tables().flat_map(|table| &table.lints);
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
