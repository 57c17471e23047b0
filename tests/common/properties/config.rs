//! A configuration is read, or what is wrong with it is explained at its place.

use super::Choice;
use super::terminal::{nothing_raw, without_style};
use presend::config::error::ConfigErrors;
use presend::config::{CommandLine, Config, ConfigChoice, Resolver, Vocabulary};
use presend::lints::REGISTRY;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(REGISTRY.known()));

thread_local! {
    static FOLDER: TempDir = tempfile::tempdir().unwrap();
}

/// Mistakes that are shown, and the line about the others.
const MOST: usize = 51;

/// Panics if it is neither read nor explained.
pub fn is_read_or_explained(input: &[u8]) {
    let (_, bytes) = Choice::split(input);
    let read = Config::from_bytes("presend.toml", bytes.to_vec(), &VOCABULARY);
    match &read {
        Err(errors) => explained(errors, bytes),
        Ok(config) => assert_eq!(config.text().as_bytes(), bytes),
    }
    let again = Config::from_bytes("presend.toml", bytes.to_vec(), &VOCABULARY);
    assert_eq!(format!("{read:?}"), format!("{again:?}"));
    FOLDER.with(|folder| governs(folder.path(), bytes, read.is_ok()));
}

fn explained(errors: &ConfigErrors, bytes: &[u8]) {
    assert!(!errors.0.is_empty() && errors.0.len() <= MOST);
    for error in &errors.0 {
        assert!(!error.message.is_empty());
        let Some(place) = &error.place else { continue };
        assert!(place.span.start <= place.span.end && place.line >= 1 && place.column >= 1, "{error:?}");
        assert!(place.span.end <= bytes.len() + 1, "{error:?} in {} bytes", bytes.len());
    }
    let mut out = Vec::new();
    errors.render(&mut out).unwrap();
    nothing_raw(&without_style(&String::from_utf8(out).unwrap()), "a mistake");
}

/// What the file makes of campaigns, for each of which it may still turn out to be wrong.
fn governs(folder: &Path, bytes: &[u8], is_right: bool) {
    let file = folder.join("presend.toml");
    std::fs::write(&file, bytes).unwrap();
    let choice = ConfigChoice::File(file);
    let resolver = Resolver::new(VOCABULARY.clone(), choice, CommandLine::default(), folder.to_owned());
    for name in ["a.eml", "partials/b.html", "mails/may/c.mjml"] {
        let path = folder.join(name);
        resolver.excludes(&path);
        match resolver.resolve(Some(&path)) {
            Ok(resolved) => {
                assert!(is_right);
                REGISTRY.lints().for_each(|(_, lint)| drop(resolved.levels.why(lint.name, true)));
            }
            Err(errors) => explained(&errors, bytes),
        }
    }
}
