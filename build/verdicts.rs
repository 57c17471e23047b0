//! What the codes of Microsoft's verdicts mean (`verdicts.toml`) becomes three tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_sources, fail, read, write};
use crate::table::text;

const FILE: &str = "verdicts.toml";
const EFFECTS: [&str; 9] = ["clean", "bypassed", "listed", "spam", "threat", "bulk", "failed", "open", "plain"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    sources: BTreeMap<String, String>,
    code: Vec<Code>,
    hit: Vec<Hit>,
    field: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    field: String,
    values: Vec<String>,
    means: String,
    effect: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    means: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hit {
    text: String,
    means: String,
    #[serde(default)]
    lint: String,
}

/// Writes `verdicts.rs`.
pub fn build() {
    let data: Verdicts = read(FILE);
    let sources: Vec<String> = data.sources.values().cloned().collect();
    check_sources(FILE, "sources", &sources);
    let mut rows = BTreeMap::new();
    for code in &data.code {
        let Some(source) = data.sources.get(&code.source) else { fail(FILE, &code.source, "no such source") };
        let Some(effect) = EFFECTS.iter().find(|effect| **effect == code.effect) else {
            fail(FILE, &code.effect, "no such effect")
        };
        check_words(&code.means);
        let effect = effect[..1].to_uppercase() + &effect[1..];
        for value in &code.values {
            let row = format!(
                "Code {{ field: {}, value: {}, means: {}, effect: Effect::{effect}, source: {} }}",
                text(&code.field),
                text(value),
                text(&code.means),
                text(source)
            );
            if rows.insert((code.field.clone(), value.clone()), row).is_some() {
                fail(FILE, value, format!("{} has it twice", code.field));
            }
        }
    }
    let mut out = String::new();
    writeln!(out, "static CODES: [Code; {}] = [{}];", rows.len(), rows.into_values().collect::<Vec<_>>().join(",\n"))
        .expect("text");
    let mut seen = BTreeSet::new();
    let hits: Vec<String> = data.hit.iter().map(|hit| row(hit, &mut seen)).collect();
    writeln!(out, "static HITS: [Hit; {}] = [{}];", hits.len(), hits.join(",\n")).expect("text");
    let mut names = BTreeSet::new();
    for field in &data.field {
        check_words(&field.means);
        if !names.insert(&field.name) {
            fail(FILE, &field.name, "is there twice");
        }
    }
    let fields: Vec<(&str, &str)> = data.field.iter().map(|field| (&*field.name, &*field.means)).collect();
    writeln!(out, "static FIELDS: [(&str, &str); {}] = {fields:?};", fields.len()).expect("text");
    write("verdicts.rs", &out);
}

fn row<'h>(hit: &'h Hit, seen: &mut BTreeSet<&'h str>) -> String {
    check_words(&hit.means);
    if !seen.insert(&hit.text) {
        fail(FILE, &hit.text, "is there twice");
    }
    format!("Hit {{ text: {}, means: {}, lint: {} }}", text(&hit.text), text(&hit.means), text(&hit.lint))
}

/// Meanings go into notes as they are.
fn check_words(means: &str) {
    if means.is_empty() || means.ends_with(['.', ';', ',']) {
        fail(FILE, means, "meanings have words, and no punctuation at their end");
    }
}
