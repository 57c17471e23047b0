//! Paths and patterns of `presend.toml`: relative to its folder, as a `.gitignore` writes them.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Component, Path, PathBuf};

/// Patterns that a path is held against.
#[derive(Debug, Clone)]
pub(super) struct Patterns(Gitignore);

/// Builds up [`Patterns`].
pub(super) struct PatternsBuilder(GitignoreBuilder);

impl PatternsBuilder {
    pub fn new() -> Self {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        Self(builder)
    }

    /// Adds a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn add(&mut self, pattern: &str) -> Result<(), String> {
        match pattern.trim() {
            "" => return Err("an empty pattern matches nothing".to_owned()),
            text if text.starts_with('#') => return Err("a pattern that begins with `#` matches nothing".to_owned()),
            text if text.split('/').any(|part| part == "..") => {
                return Err("a pattern can't leave the folder of its file".to_owned());
            }
            _ => {}
        }
        // `./x` says the same as `/x`: below this folder
        let pattern = pattern.strip_prefix('.').filter(|rest| rest.starts_with('/')).unwrap_or(pattern);
        self.0.add_line(None, pattern).map(|_| ()).map_err(|error| reason(&error))
    }

    /// The patterns.
    ///
    /// # Errors
    /// Together they are too much for the matcher.
    pub fn build(&self) -> Result<Patterns, String> {
        self.0.build().map(Patterns).map_err(|error| reason(&error))
    }
}

fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { glob: Some(glob), err } => format!("bad pattern `{glob}`: {err}"),
        other => format!("bad pattern: {other}"),
    }
}

impl Patterns {
    /// Whether `path`, relative to the configuration's folder, or a folder above it matches. The last pattern that does decides; `!` excludes.
    pub fn matches(&self, path: &Path) -> bool {
        // the matcher refuses absolute paths
        path.is_relative() && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// `path` made absolute, its folder's links followed where the folder exists.
pub(super) fn settled(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else { return absolute };
    match folder.canonicalize() {
        Ok(folder) => folder.join(name),
        Err(_) => without_dots(&absolute),
    }
}

fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    clean
}

/// How reports name a configuration file: from the folder `here` where it lies below or straight above it, else in full.
pub(super) fn shown(path: &Path, here: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    let steps_up =
        path.parent().and_then(|folder| here.strip_prefix(folder).ok()).map(|below| below.components().count());
    let shown = match (path.strip_prefix(here), steps_up) {
        (Ok(below), _) => below.to_owned(),
        (_, Some(steps)) => Path::new(&"../".repeat(steps)).join(name),
        _ => path.to_owned(),
    };
    shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn patterns_are_those_of_a_gitignore() {
        for (patterns, path, matches) in [
            (&["transactional/**"][..], "transactional/a/receipt.eml", true),
            (&["transactional/"], "transactional/a/receipt.eml", true),
            (&["transactional"], "mails/transactional/receipt.eml", true),
            (&["/transactional"], "mails/transactional/receipt.eml", false),
            (&["./transactional"], "mails/transactional/receipt.eml", false),
            (&["./transactional"], "transactional/receipt.eml", true),
            (&["*.mjml"], "deep/in/draft.mjml", true),
            (&["*.mjml"], "draft.html", false),
            (&["*.eml", "!keep.eml"], "keep.eml", false),
            (&["*.eml"], "/elsewhere/a.eml", false),
            (&[], "a.eml", false),
        ] {
            let mut builder = PatternsBuilder::new();
            patterns.iter().for_each(|pattern| builder.add(pattern).unwrap());
            assert_eq!(builder.build().unwrap().matches(Path::new(path)), matches, "{patterns:?} {path}");
        }
        for pattern in ["", "  ", "#x", "../x", "a[", "{a"] {
            assert!(PatternsBuilder::new().add(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_file_is_named_from_here() {
        let shown = |path| shown(Path::new(path), Path::new("/home/me/mails"));
        assert_eq!(shown("/home/me/mails/presend.toml"), "presend.toml");
        assert_eq!(shown("/home/me/mails/a/presend.toml"), "a/presend.toml");
        assert_eq!(shown("/home/presend.toml"), "../../presend.toml");
        assert_eq!(shown("/srv/presend.toml"), "/srv/presend.toml");
    }
}
