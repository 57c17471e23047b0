//! Reading `presend.toml`: its tables, each name and value checked, each mistake with its place.

use super::error::{ConfigError, ConfigErrors, Fault};
use super::keys::{KEYS, Key, LIMITS};
use super::layer::Layer;
use super::levels::{Origin, Setting};
use super::paths::{Patterns, PatternsBuilder};
use super::selector::{Selector, UnknownName};
use super::value::{self, Item, Read, fault, unknown_key};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Level;
use std::collections::HashMap;
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
    /// What holds for all sources.
    pub(super) base: Table,
    /// What holds for some, in order; a later one beats an earlier one.
    pub(super) overrides: Vec<(Patterns, Table)>,
    /// Diagnostics that were looked at and allowed.
    pub(super) allows: Vec<(Patterns, Allowed)>,
}

/// A diagnostic that was looked at and allowed: an entry of `[[allow]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The lint's bare name.
    pub lint: &'static str,
    /// Why it is fine.
    pub reason: String,
}

/// The top of the file, or one `[[override]]`.
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
            base: Table::default(),
            overrides: Vec::new(),
            allows: Vec::new(),
        };
        match DeTable::parse(&text) {
            Ok(root) => reader.file(root.get_ref(), &mut config),
            Err(error) => reader.faults.push(Fault::new(error.span().unwrap_or(0..0), first_lower(error.message()))),
        }
        let mut faults = reader.faults;
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.span.start);
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
        config.base = self.table(root, "the file", &["override", "allow"]);
        for element in self.elements(root, "override") {
            if let Some(over) = self.overriding(element) {
                config.overrides.push(over);
            }
        }
        for element in self.elements(root, "allow") {
            let allowed = self.allowed(element);
            config.allows.extend(self.keep(allowed));
        }
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
    fn table(&mut self, table: &DeTable<'_>, what: &str, also: &[&'static str]) -> Table {
        let mut read = Table::default();
        let mut known: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        known.extend(["lints", "limits"].iter().chain(also));
        for (key, item) in table {
            match key.get_ref().as_ref() {
                "lints" => read.lints = self.lints(item, what),
                "limits" => self.limits(item, &mut read.layer),
                name if also.contains(&name) => {}
                name => match find(KEYS, name) {
                    Some(key) => {
                        let result = key.read(self.vocabulary, &mut read.layer, item);
                        self.keep(result);
                    }
                    None => self.faults.push(unknown_key(key, what, &known)),
                },
            }
        }
        read
    }

    fn limits(&mut self, item: &Item<'_>, layer: &mut Layer) {
        let Some(table) = self.keep(value::table(item)) else { return };
        let known: Vec<_> = LIMITS.iter().map(|key| key.name).collect();
        for (key, item) in table {
            let result = match find(LIMITS, key.get_ref()) {
                Some(limit) => limit.read(self.vocabulary, layer, item),
                None => fault(unknown_key(key, "`[limits]`", &known)),
            };
            self.keep(result);
        }
    }

    /// `[lints]`: lints and groups with their levels.
    fn lints(&mut self, item: &Item<'_>, what: &str) -> Vec<(Setting, Range<usize>)> {
        let Some(table) = self.keep(value::table(item)) else { return Vec::new() };
        let prefix = if what == "the file" { "lints" } else { "override.lints" };
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

    fn overriding(&mut self, element: &Item<'_>) -> Option<(Patterns, Table)> {
        let table = self.keep(value::table(element))?;
        let read = self.table(table, "`[[override]]`", &["paths"]);
        let patterns = match table.get("paths") {
            Some(paths) => patterns(paths, value::array(paths, "patterns").map(|array| array.iter().collect())),
            None => missing(element, "[[override]]", "paths", r#"paths = ["transactional/**"]"#),
        };
        Some((self.keep(patterns)?, read))
    }

    fn allowed(&self, element: &Item<'_>) -> Read<(Patterns, Allowed)> {
        const KEYS: [(&str, &str); 3] = [
            ("path", r#"path = "campaigns/spring.html""#),
            ("lint", r#"lint = "freemail-sender""#),
            ("reason", r#"reason = "the club writes from its mailbox""#),
        ];
        let table = value::table(element)?;
        let mut faults: Vec<_> = (table.iter())
            .filter(|(key, _)| KEYS.iter().all(|(name, _)| *name != key.get_ref()))
            .map(|(key, _)| unknown_key(key, "`[[allow]]`", &KEYS.map(|(name, _)| name)))
            .collect();
        let mut get = |(name, example)| match table.get(name) {
            Some(item) => Some(item),
            None => {
                faults.extend(missing::<()>(element, "[[allow]]", name, example).err().into_iter().flatten());
                None
            }
        };
        let [Some(path), Some(lint), Some(reason)] = KEYS.map(&mut get) else { return Err(faults) };
        let path = patterns(path, Ok(vec![path]));
        let lint = value::text(lint).and_then(|name| {
            Selector::lint(name, &self.vocabulary.known).map_err(|unknown| vec![unknown_lint(lint.span(), &unknown)])
        });
        match (path, lint, value::words(reason)) {
            (Ok(path), Ok(lint), Ok(reason)) if faults.is_empty() => Ok((path, Allowed { lint, reason })),
            (path, lint, reason) => {
                faults.extend(path.err().into_iter().chain(lint.err()).chain(reason.err()).flatten());
                Err(faults)
            }
        }
    }
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
