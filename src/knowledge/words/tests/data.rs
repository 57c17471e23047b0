//! The data files as an expert leaves them.

use std::path::Path;

use toml::{Table, Value};

const CORE: &[&str] = &[
    "unsubscribe",
    "preferences",
    "web_version",
    "privacy",
    "tracking_disclosure",
    "add_sender",
    "delivery_promise",
    "no_guarantee",
    "receiving_because",
    "consent",
    "refusal",
    "mailing_noun",
    "confirm",
    "gate",
    "offer",
    "transactional",
    "here",
];

fn tables(folder: &str) -> Vec<(String, Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    files
        .filter(|path| path.is_file())
        .filter_map(|path| {
            Some((path.file_stem()?.to_str()?.to_owned(), std::fs::read_to_string(&path).ok()?.parse().ok()?))
        })
        .collect()
}

#[test]
fn every_language_has_a_source_and_the_core_meanings() {
    let languages = tables("lints/data/words");
    assert_eq!(languages.len(), 32);
    for (name, table) in languages {
        assert_eq!(table.get("language").and_then(Value::as_str), Some(name.as_str()));
        for key in ["source", "reviewed"] {
            assert!(table.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty()), "{name}: {key}");
        }
        for key in CORE {
            assert!(table.get(*key).and_then(Value::as_array).is_some_and(|list| list.len() >= 3), "{name}: {key}");
        }
    }
}

#[test]
fn tables_of_words_name_their_source() {
    for (name, table) in
        tables("lints/data").iter().filter(|(name, _)| ["bulk", "subjects", "url_hints"].contains(&name.as_str()))
    {
        assert!(table.contains_key("source"), "{name}");
    }
}
