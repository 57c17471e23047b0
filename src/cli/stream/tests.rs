//! A lint that panics on one of many records.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::cli::args::{Cli, Command};
use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{About, Findings, Lint, Topic};
use clap::Parser;

/// Panics where a source says "panic", reports the others.
fn fragile(facts: &Facts<'_>, findings: &mut Findings) {
    assert!(!facts.message.source.bytes.windows(5).any(|word| word == b"panic"), "no such thing");
    findings.report(facts.first_line(), "it was looked at");
}

static FRAGILE: Lint = Lint {
    name: "fragile",
    summary: "breaks",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: "",
    check: fragile,
};
static BROKEN: Registry = Registry::new(&[&Topic { name: "topic", about: About::Message, lints: &[&FRAGILE] }]);

#[test]
fn a_lint_that_panics_on_one_record_is_named_and_the_others_get_their_reports() {
    let record = |nth: usize| {
        let text = if nth == 7 { "panic" } else { "fine" };
        format!("{{\"id\":{nth},\"name\":\"{nth}.html\",\"campaign\":\"<p>{text}\"}}\n")
    };
    let records: String = (0..20).map(record).collect();
    let line = ["presend", "stream", "--no-config", "--threads", "2"];
    let Command::Stream(args) = Cli::try_parse_from(line).unwrap().command else { panic!("stream") };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams::new(Box::new(&mut out), Box::new(&mut err));
    assert_eq!(run_on(io::Cursor::new(records), &args, &BROKEN, &mut streams).unwrap(), Outcome::Failed);
    drop(streams);
    let answers: Vec<serde_json::Value> =
        out.split_inclusive(|byte| *byte == b'\n').map(|line| serde_json::from_slice(line).unwrap()).collect();
    assert_eq!(answers.len(), 20);
    for (nth, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], nth, "{answer}");
        let (errors, found) = (answer["errors"].as_array().unwrap(), answer["diagnostics"].as_array().unwrap());
        assert_eq!((errors.len(), found.len()), if nth == 7 { (1, 0) } else { (0, 1) }, "{answer}");
    }
    let error = &answers[7]["errors"][0];
    assert_eq!([&error["file"], &error["kind"], &error["lint"]], ["7.html", "internal", "fragile"]);
    let said = error["message"].as_str().unwrap();
    assert!(said.starts_with("no such thing") && said.contains("; please report it") && said.contains("--version`"));
    assert!(String::from_utf8(err).unwrap().contains("1 record could not be checked; its line says why"));
}
