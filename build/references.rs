//! `character_references.toml` becomes one text of all names in order, with where each begins and what it stands for: a table of pointers would be ten
//! times its size.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_sources, fail, read, write};

const FILE: &str = "character_references.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    source: String,
    references: BTreeMap<String, String>,
}

/// Writes `references.rs`.
pub fn build() {
    let data: Data = read(FILE);
    check_sources(FILE, "source", &[data.source]);
    let (mut names, mut starts, mut characters) = (String::new(), String::new(), String::new());
    for (name, text) in &data.references {
        if !name.trim_end_matches(';').bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            fail(FILE, name, "letters and digits are expected, and a semicolon at the end or none");
        }
        let mut code_points = text.chars().map(u32::from);
        let (Some(first), second, None) = (code_points.next(), code_points.next().unwrap_or(0), code_points.next())
        else {
            fail(FILE, name, "it stands for one or two characters");
        };
        let Ok(start) = u16::try_from(names.len()) else { fail(FILE, name, "the names are too long together") };
        let _ = write!(starts, "{start}, ");
        let _ = write!(characters, "({first}, {second}), ");
        names.push_str(name);
    }
    let (count, end) = (data.references.len(), names.len());
    write(
        "references.rs",
        &format!(
            "static NAMES: &str = {names:?};\nstatic STARTS: [u16; {}] = [{starts}{end}];\n\
             static CHARACTERS: [(u32, u16); {count}] = [{characters}];\n",
            count + 1
        ),
    );
}
