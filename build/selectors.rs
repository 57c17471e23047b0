//! `dkim_selectors.toml` becomes a table of selectors with the services that use them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::data::{check_sources, fail, read, write};

const FILE: &str = "dkim_selectors.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selectors {
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    name: String,
    selectors: Vec<String>,
    sources: Vec<String>,
}

/// Writes `selectors.rs`.
pub fn build() {
    let data: Selectors = read(FILE);
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for service in data.service {
        check_sources(FILE, &service.name, &service.sources);
        for selector in service.selectors {
            let is_label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if selector.is_empty() || !selector.chars().all(is_label) {
                fail(FILE, &service.name, format!("`{selector}` is no lower-case label"));
            }
            if let Some(other) = all.insert(selector.clone(), service.name.clone()) {
                fail(FILE, &service.name, format!("`{selector}` is there for {other} already"));
            }
        }
    }
    let all: Vec<_> = all.into_iter().collect();
    write(
        "selectors.rs",
        &format!(
            "/// Selectors that services give to all their customers, and the services.\npub static WELL_KNOWN: &[(&str, &str)] = &{all:?};\n"
        ),
    );
}
