//! Reading `presend.toml`: its tables, each name and value checked, each mistake with its place.

use super::error::{ConfigError, ConfigErrors, Fault};
use super::key::Key;
use super::keys::{ALLOW_KEYS, FILE_KEYS, KEYS, LIMITS, OVERRIDE_KEYS, SENDER_KEYS, TableKey};
use super::layer::Layer;
use super::levels::{Origin, Setting};
use super::paths::{Patterns, PatternsBuilder};
use super::selector::{Selector, UnknownName};
use super::sender::{self, Sender};
use super::value::{self, Item, Read, fault, unknown_key};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Level;
use crate::sort;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use toml::de::DeTable;

/// Mistakes that are shown, each with its excerpt; who makes more begins with these.
const MOST: usize = 50;

/// A `presend.toml`, read.
#[derive(Debug)]
pub struct Config {
    /// The file as shown.
    pub name: String,
    /// Its text, to show mistakes that come to light later.
    pub(super) text: String,
    /// What is left out when a folder is searched.
    pub(super) exclude: Option<Patterns>,
    /// What holds for all sources.
    pub(super) base: Table,
    /// Whose mails there are, in order of the file.
    pub(super) senders: Vec<Sender>,
    /// What holds for some, in order; a later one beats an earlier one.
    pub(super) overrides: Vec<Override>,
    /// Diagnostics that were looked at and allowed.
    pub(super) allows: Vec<AllowEntry>,
}

/// An `[[override]]`.
#[derive(Debug)]
pub(super) struct Override {
    pub paths: Patterns,
    /// The sender that it names: an index of [`Config::senders`].
    pub sender: Option<usize>,
    pub table: Table,
}

/// An `[[allow]]`.
#[derive(Debug)]
pub struct AllowEntry {
    pub(super) paths: Patterns,
    /// What it allows.
    pub allowed: Allowed,
    /// Its pattern as written.
    pub pattern: String,
    /// Where the pattern stands in the file.
    pub pattern_span: Range<usize>,
    /// Where the name of the lint stands.
    pub lint_span: Range<usize>,
}

/// A diagnostic that was looked at and allowed: an entry of `[[allow]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The lint's bare name.
    pub lint: &'static str,
    /// Why it is fine.
    pub reason: String,
    /// Which entry of its configuration it is, from 0.
    pub entry: usize,
}

/// The settings and levels of the top of the file, of a sender, or of an `[[override]]`.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub layer: Layer,
    pub lints: Vec<(Setting, Range<usize>)>,
}

impl Config {
    /// Reads `text`, the content of the file that is shown as `name`.
    ///
    /// # Errors
    /// All mistakes in it, in the order of the file.
    pub fn parse(name: &str, text: String, vocabulary: &Vocabulary) -> Result<Self, ConfigErrors> {
        let mut reader = Reader { name, vocabulary, faults: Vec::new() };
        let mut config = Self {
            name: name.to_owned(),
            text: String::new(),
            exclude: None,
            base: Table::default(),
            senders: Vec::new(),
            overrides: Vec::new(),
            allows: Vec::new(),
        };
        match DeTable::parse(&text) {
            Ok(root) => reader.file(root.get_ref(), &mut config),
            Err(error) => reader.faults.push(Fault::new(error.span().unwrap_or(0..0), first_lower(error.message()))),
        }
        let mut faults = reader.faults;
        if !faults.is_empty() {
            sort::by_key(&mut faults, |fault| fault.span.start);
            let more = faults.len().saturating_sub(MOST);
            let mut errors: Vec<_> = faults.into_iter().take(MOST).map(|fault| fault.in_file(name, &text)).collect();
            if more > 0 {
                errors.push(ConfigError::whole_file(name, format!("{more} more mistakes are not shown")));
            }
            return Err(ConfigErrors(errors));
        }
        config.text = text;
        Ok(config)
    }

    /// Reads `bytes` as [`Config::parse`] does.
    ///
    /// # Errors
    /// They are no UTF-8, or hold mistakes.
    pub fn from_bytes(name: &str, bytes: Vec<u8>, vocabulary: &Vocabulary) -> Result<Self, ConfigErrors> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            ConfigErrors(vec![Fault::new(valid..valid + 1, "this is no UTF-8").in_file(name, &text)])
        })?;
        Self::parse(name, text, vocabulary)
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entries of `[[allow]]`, in order.
    pub fn allows(&self) -> &[AllowEntry] {
        &self.allows
    }

    /// The error that `message` about `span` of this file is.
    pub(super) fn error(&self, span: Range<usize>, message: String, note: String) -> ConfigError {
        Fault::new(span, message).note(note).in_file(&self.name, &self.text)
    }
}

/// The TOML reader's messages begin with a capital here and there; ours don't.
fn first_lower(message: &str) -> String {
    let mut characters = message.lines().next().unwrap_or_default().chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

struct Reader<'r> {
    name: &'r str,
    vocabulary: &'r Vocabulary,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn keep<T>(&mut self, read: Read<T>) -> Option<T> {
        read.map_err(|faults| self.faults.extend(faults)).ok()
    }

    fn file(&mut self, root: &DeTable<'_>, config: &mut Config) {
        let tables = ["sender", "override", "allow"];
        config.base = self.table(root, &Where::Top, &[&names(FILE_KEYS)[..], &tables].concat());
        let exclude = root.get("exclude").map(all_patterns);
        config.exclude = exclude.and_then(|exclude| self.keep(exclude));
        if let Some(item) = root.get("sender") {
            config.senders = self.senders(item);
        }
        for element in self.elements(root, "override") {
            config.overrides.extend(self.overriding(element, &config.senders));
        }
        for (entry, element) in self.elements(root, "allow").into_iter().enumerate() {
            let allowed = self.allowed(element, entry);
            config.allows.extend(self.keep(allowed));
        }
    }

    /// The tables `[sender.NAME]`, in the order of the file.
    fn senders(&mut self, item: &Item<'_>) -> Vec<Sender> {
        let Some(tables) = self.keep(value::table(item)) else { return Vec::new() };
        let mut tables: Vec<_> = tables.iter().collect();
        sort::by_key(&mut tables, |(key, _)| key.span().start);
        tables.into_iter().filter_map(|(key, item)| self.sender(key.get_ref(), item)).collect()
    }

    fn sender(&mut self, name: &str, item: &Item<'_>) -> Option<Sender> {
        let table = value::table(item).map_err(|faults| {
            let help = "each sender has a table of its own: write `[sender.NAME]`";
            faults.into_iter().map(|fault| fault.help(help)).collect()
        });
        let table = self.keep(table)?;
        let read = self.table(table, &Where::Sender(name), &names(SENDER_KEYS));
        let paths = table.get("paths").map(all_patterns);
        let paths = paths.and_then(|paths| self.keep(paths));
        Some(Sender { name: name.to_owned(), paths, table: read })
    }

    /// The tables of `[[name]]`.
    fn elements<'i, 't>(&mut self, root: &'i DeTable<'t>, name: &str) -> Vec<&'i Item<'t>> {
        let Some(item) = root.get(name) else { return Vec::new() };
        let tables = value::array(item, "tables").map_err(|_| {
            let help = format!("write `[[{name}]]`");
            vec![Fault::new(item.span(), format!("`{name}` has to be an array of tables")).help(help)]
        });
        self.keep(tables).map_or_else(Vec::new, |array| array.iter().collect())
    }

    /// The settings, limits and levels of a table. Keys in `also` are somebody else's.
    fn table(&mut self, table: &DeTable<'_>, place: &Where<'_>, also: &[&'static str]) -> Table {
        let (mut read, what) = (Table::default(), place.to_string());
        let mut known: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        known.extend(["lints", "limits"].iter().chain(also));
        for (key, item) in table {
            match key.get_ref().as_ref() {
                "lints" => read.lints = self.lints(item, place),
                "limits" => self.limits(item, place, &mut read.layer),
                name if also.contains(&name) => {}
                name => {
                    let result = match find(KEYS, name) {
                        Some(setting) => place
                            .admits(setting, key.span())
                            .and_then(|()| setting.read(self.vocabulary, &mut read.layer, item)),
                        None => fault(unknown_key(key, &what, &known)),
                    };
                    self.keep(result);
                }
            }
        }
        read
    }

    fn limits(&mut self, item: &Item<'_>, place: &Where<'_>, layer: &mut Layer) {
        let Some(table) = self.keep(value::table(item)) else { return };
        let known: Vec<_> = LIMITS.iter().map(|key| key.name).collect();
        for (key, item) in table {
            let result = match find(LIMITS, key.get_ref()) {
                Some(limit) => place.admits(limit, key.span()).and_then(|()| limit.read(self.vocabulary, layer, item)),
                None => fault(unknown_key(key, "`[limits]`", &known)),
            };
            self.keep(result);
        }
    }

    /// `[lints]`: lints and groups with their levels.
    fn lints(&mut self, item: &Item<'_>, place: &Where<'_>) -> Vec<(Setting, Range<usize>)> {
        let Some(table) = self.keep(value::table(item)) else { return Vec::new() };
        let prefix = place.lints();
        let mut settings = Vec::new();
        let mut spellings: HashMap<Selector, String> = HashMap::new();
        for (key, item) in table {
            let name = key.get_ref().as_ref();
            let selector = Selector::parse(name, &self.vocabulary.known)
                .map_err(|unknown| vec![unknown_lint(key.span(), &unknown)]);
            let (selector, level) = (self.keep(selector), level(item));
            let (Some(selector), Some(level)) = (selector, self.keep(level)) else { continue };
            if let Some(before) = spellings.insert(selector, name.to_owned()) {
                let message = format!("`{name}` sets the level that `{before}` sets");
                self.faults.push(Fault::new(key.span(), message).help("leave one of them out"));
            }
            let origin = Origin::Config { selector: format!("{prefix}.{name}"), file: self.name.to_owned() };
            settings.push((Setting { selector, level, origin }, key.span()));
        }
        settings
    }

    fn overriding(&mut self, element: &Item<'_>, senders: &[Sender]) -> Option<Override> {
        let table = self.keep(value::table(element))?;
        let read = self.table(table, &Where::Override, &names(OVERRIDE_KEYS));
        let patterns = match table.get("paths") {
            Some(paths) => all_patterns(paths),
            None => missing(element, "[[override]]", "paths", example(OVERRIDE_KEYS, "paths")),
        };
        let patterns = self.keep(patterns);
        let sender = table.get("sender").map(|item| {
            let name = value::text(item)?;
            sender::named(senders, name)
                .or_else(|(message, help)| fault(help.into_iter().fold(Fault::new(item.span(), message), Fault::help)))
        });
        let sender = sender.and_then(|sender| self.keep(sender));
        Some(Override { paths: patterns?, sender, table: read })
    }

    fn allowed(&self, element: &Item<'_>, entry: usize) -> Read<AllowEntry> {
        let known = names(ALLOW_KEYS);
        let table = value::table(element)?;
        let mut faults: Vec<_> = (table.iter())
            .filter(|(key, _)| !known.contains(&key.get_ref().as_ref()))
            .map(|(key, _)| unknown_key(key, "`[[allow]]`", &known))
            .collect();
        let mut get = |name| match table.get(name) {
            Some(item) => Some(item),
            None => {
                let missing = missing::<()>(element, "[[allow]]", name, example(ALLOW_KEYS, name));
                faults.extend(missing.err().into_iter().flatten());
                None
            }
        };
        let [Some(path), Some(lint), Some(reason)] = ["path", "lint", "reason"].map(&mut get) else {
            return Err(faults);
        };
        let (pattern_span, lint_span) = (path.span(), lint.span());
        let pattern = path.get_ref().as_str().unwrap_or_default().to_owned();
        let paths = patterns(path, Ok(vec![path]));
        let lint = value::text(lint).and_then(|name| {
            Selector::lint(name, &self.vocabulary.known).map_err(|unknown| vec![unknown_lint(lint.span(), &unknown)])
        });
        match (paths, lint, value::words(reason)) {
            (Ok(paths), Ok(lint), Ok(reason)) if faults.is_empty() => {
                let allowed = Allowed { lint, reason, entry };
                Ok(AllowEntry { paths, allowed, pattern, pattern_span, lint_span })
            }
            (paths, lint, reason) => {
                faults.extend(paths.err().into_iter().chain(lint.err()).chain(reason.err()).flatten());
                Err(faults)
            }
        }
    }
}

/// Where a table of settings stands; shown, as mistakes name it.
enum Where<'n> {
    Top,
    Sender(&'n str),
    Override,
}

impl Where<'_> {
    /// How the origin of a level begins.
    fn lints(&self) -> String {
        match self {
            Self::Top => "lints".to_owned(),
            Self::Sender(name) => format!("sender.{name}.lints"),
            Self::Override => "override.lints".to_owned(),
        }
    }

    /// Whether `key`, at `span`, can be said here.
    fn admits(&self, key: &Key, span: Range<usize>) -> Read<()> {
        match self {
            Self::Sender(_) if key.early => {
                let message = format!("`{}` can't be said of a sender", key.name);
                let note = "it has to be known before a source is read, and a sender may be known by its From only";
                let help = "say it at the top of the file, or in an `[[override]]`";
                fault(Fault::new(span, message).note(note).help(help))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Where<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("the file"),
            Self::Sender(name) => write!(f, "`[sender.{name}]`"),
            Self::Override => f.write_str("`[[override]]`"),
        }
    }
}

fn names(keys: &[TableKey]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

fn example(keys: &[TableKey], name: &str) -> &'static str {
    keys.iter().find(|key| key.name == name).map_or("", |key| key.example)
}

fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}

/// A level: the word, or a table with `level` and `reason`.
fn level(item: &Item<'_>) -> Read<Level> {
    const KEYS: &[&str] = &["level", "reason"];
    const LEVELS: [(&str, Level); 4] =
        [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny), ("forbid", Level::Forbid)];
    let Ok(table) = value::table(item) else {
        return match item.get_ref().is_str() {
            true => value::one_of(item, &LEVELS),
            false => Err(value::wrong_type(item, "a level (`\"warn\"`) or a table with `level` and `reason`")),
        };
    };
    if let Some((unknown, _)) = table.iter().find(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
        return fault(unknown_key(unknown, "a lint's table", KEYS));
    }
    table.get("reason").map_or(Ok(()), |reason| value::words(reason).map(|_| ()))?;
    match table.get("level") {
        Some(level) => value::one_of(level, &LEVELS),
        None => missing(item, "a lint's table", "level", r#"level = "allow""#),
    }
}

fn unknown_lint(span: Range<usize>, unknown: &UnknownName) -> Fault {
    unknown.help().into_iter().fold(Fault::new(span, unknown.to_string()), Fault::help)
}

fn missing<T>(element: &Item<'_>, what: &str, key: &str, example: &str) -> Read<T> {
    fault(Fault::new(element.span(), format!("`{what}` without `{key}`")).help(format!("write `{example}`")))
}

fn all_patterns(item: &Item<'_>) -> Read<Patterns> {
    patterns(item, value::array(item, "patterns").map(|array| array.iter().collect()))
}

/// The patterns in the strings `items` of `whole`.
fn patterns(whole: &Item<'_>, items: Read<Vec<&Item<'_>>>) -> Read<Patterns> {
    let mut builder = PatternsBuilder::new();
    let mut add =
        |item: &Item<'_>| builder.add(value::text(item)?).or_else(|message| fault(Fault::new(item.span(), message)));
    let faults: Vec<_> = items?.into_iter().filter_map(|item| add(item).err()).flatten().collect();
    match faults.is_empty() {
        true => builder.build().or_else(|message| fault(Fault::new(whole.span(), message))),
        false => Err(faults),
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
