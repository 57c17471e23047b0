//! What `--format json` writes is what the schema promises: over all fixtures, and over every example of every page.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use presend::lints::REGISTRY;
use std::path::Path;
use std::process::Command;

/// Runs the binary over all of `folder` and gives its report.
fn report(folder: &Path, more: &[&str]) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "--no-config", "--format", "json", "--raw", "--verbose", "-W", "pedantic"])
        .args(more)
        .arg(folder)
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}: {err}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

fn validate(report: &serde_json::Value) {
    let schema = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<_> =
        validator.iter_errors(report).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn lints(report: &serde_json::Value) -> Vec<&str> {
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let mut names: Vec<_> = diagnostics.iter().filter_map(|diagnostic| diagnostic["lint"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_reports_of_all_fixtures() {
    let report = report(Path::new("fixtures"), &[]);
    validate(&report);
    assert!(lints(&report).len() > 5, "{:?}", lints(&report));
}

#[test]
fn the_reports_of_all_examples() {
    let folder = tempfile::tempdir().unwrap();
    let mut examples = 0;
    for (topic, lint) in REGISTRY.lints() {
        for (nth, fence) in lint.page.split("\n```").skip(1).step_by(2).enumerate() {
            let (info, code) = fence.split_once('\n').unwrap();
            let extension = info.split(' ').next().unwrap();
            let name = info.split(' ').find_map(|option| option.strip_prefix("name="));
            let name = name.map_or(format!("{nth}.{extension}"), |name| name.replace('/', "-"));
            let parent = folder.path().join(topic).join(format!("{}-{nth}", lint.name));
            std::fs::create_dir_all(&parent).unwrap();
            std::fs::write(parent.join(name), code).unwrap();
            examples += 1;
        }
    }
    for more in [&[][..], &["--rendered"], &["--template"], &["--purpose", "bulk"]] {
        let report = report(folder.path(), more);
        validate(&report);
        let files = report["summary"]["files"].as_u64().unwrap();
        assert!(files > 0 && files <= examples, "{files} of {examples}");
        assert!(lints(&report).len() > 10, "{:?}", lints(&report));
    }
}
