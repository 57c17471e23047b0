//! `filler.toml` becomes the table behind `knowledge::filler`: phrases as words, sorted by their first one.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_sources, fail, read, write};
use crate::table::text;

#[path = "../src/knowledge/filler/tokens.rs"]
mod tokens;

const FILE: &str = "filler.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filler {
    sources: Vec<String>,
    language: BTreeMap<String, Language>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    certain: Vec<String>,
    alone: Vec<String>,
    named: Vec<String>,
    stub: Vec<String>,
}

/// Writes `filler.rs`.
pub fn build() {
    let filler: Filler = read(FILE);
    check_sources(FILE, "-", &filler.sources);
    let mut phrases: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    for language in filler.language.values() {
        let kinds = [
            ("Certain", &language.certain),
            ("Alone", &language.alone),
            ("Named", &language.named),
            ("Stub", &language.stub),
        ];
        for (kind, texts) in kinds {
            for text in texts {
                let words: Vec<String> = tokens::words(text).map(|(word, _)| word).collect();
                if words.is_empty() {
                    fail(FILE, text, "a phrase has words");
                }
                if phrases.insert(words, kind).is_some_and(|before| before != kind) {
                    fail(FILE, text, "this phrase is there twice, with different strength");
                }
            }
        }
    }
    let entry = |(words, kind): (&Vec<String>, &&str)| {
        let (first, others) = words.split_first()?;
        Some(format!("Phrase {{ first: {}, others: {}, kind: Strength::{kind} }}", text(first), text(others.join(" "))))
    };
    let entries: Vec<String> = phrases.iter().filter_map(entry).collect();
    let mut out = String::new();
    writeln!(out, "static PHRASES: [Phrase; {}] = [{}];", entries.len(), entries.join(", ")).expect("text");
    write("filler.rs", &out);
}
