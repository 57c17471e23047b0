//! `presend lints`: all lints with level, standards and summary.

use super::args::ListFormat;
use super::exit::Outcome;
use super::groups::{self, Listed};
use super::streams::Streams;
use crate::lint::Registry;
use serde::Serialize;
use std::io;

/// The JSON document.
#[derive(Serialize)]
struct List {
    /// Of this form; a change that breaks readers raises it.
    version: u32,
    lints: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    lint: &'static str,
    topic: &'static str,
    level: &'static str,
    standards: Vec<&'static str>,
    since: &'static str,
    summary: &'static str,
}

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(format: ListFormat, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let lints: Vec<_> = registry.lints().collect();
    match format {
        ListFormat::Human => groups::table(&lints, &mut streams.out)?,
        ListFormat::Json => {
            let list = List { version: 1, lints: lints.into_iter().map(entry).collect() };
            serde_json::to_writer_pretty(&mut streams.out, &list)?;
            streams.out.write_all(b"\n")?;
        }
    }
    Ok(Outcome::Clean)
}

fn entry((topic, lint): Listed) -> Entry {
    Entry {
        lint: lint.name,
        topic,
        level: lint.level.name(),
        standards: lint.standards.iter().map(|standard| standard.name()).collect(),
        since: lint.since,
        summary: lint.summary,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::test_registry::{REGISTRY, captured};
    use serde_json::json;

    #[test]
    fn as_json_every_lint_has_its_fields() {
        let (outcome, text) = captured(|streams| run(ListFormat::Json, &REGISTRY, streams).unwrap());
        let list: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(outcome, Outcome::Clean);
        assert_eq!(list["version"], 1);
        assert_eq!(
            list["lints"][1],
            json!({
                "lint": "missing-unsubscribe", "topic": "unsubscribe", "level": "deny",
                "standards": ["microsoft", "outlook-high-volume"], "since": "0.1.0",
                "summary": "campaign that gives its readers no way to unsubscribe",
            })
        );
        assert_eq!(list["lints"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn as_a_table_every_lint_has_its_line() {
        let (_, text) = captured(|streams| run(ListFormat::Human, &REGISTRY, streams).unwrap());
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains("subject/vague-subject            warn   microsoft "), "{text}");
    }
}
