//! What the binary has to say whatever files hold: mutated fixtures and soup of what means something, from a seed.

use super::mutated::Seeded;
use super::properties::{html_is_well_formed, nothing_raw, xml_is_well_formed};
use super::tree::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let is_source =
            path.extension().is_some_and(|end| ["eml", "html", "mjml", "hbs"].iter().any(|kind| end == *kind));
        if path.is_dir() {
            fixtures(&path, found);
        } else if is_source && fs::metadata(&path).unwrap().len() < 20_000 {
            found.push(path);
        }
    }
}

/// A folder of sources; their names and bytes.
fn sources() -> (TempDir, Vec<(String, Vec<u8>)>) {
    let mut random = Seeded(0x9e37_79b9_7f4a_7c15);
    let mut seeds = Vec::new();
    fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut seeds);
    let mut sources = Vec::new();
    for nth in 0..40 {
        let seed = &seeds[random.below(seeds.len())];
        let name = format!("{nth:02}.{}", seed.extension().unwrap().to_str().unwrap());
        sources.push((name, random.mutated(fs::read(seed).unwrap())));
    }
    for (nth, kind) in ["eml", "html", "mjml", "hbs"].iter().cycle().take(24).enumerate() {
        let soup: Vec<u8> = (0..random.below(200)).flat_map(|_| random.meaningful().to_vec()).collect();
        sources.push((format!("soup{nth:02}.{kind}"), soup));
    }
    let tree = tree(&[]);
    for (name, bytes) in &sources {
        fs::write(tree.path().join(name), bytes).unwrap();
    }
    (tree, sources)
}

fn check(tree: &TempDir, args: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).args(["check", "--no-config", "-W", "pedantic", "."]);
    let ran = command.args(args.split_whitespace()).output().unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(matches!(ran.status.code(), Some(0 | 1)) && !err.contains("internal error"), "{args}: {err}");
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn whatever_a_file_holds() {
    let (tree, sources) = sources();
    let json = check(&tree, "--threads 1 --format json");
    assert_eq!(json, check(&tree, "--threads 2 --format json"), "the same with two threads");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["errors"], serde_json::json!([]));
    assert!(report["diagnostics"].as_array().unwrap().len() > sources.len());
    spans_lie_inside(&report, &sources);
    serde_json::from_str::<serde_json::Value>(&check(&tree, "--format sarif")).unwrap();
    for line in check(&tree, "--format json-lines").lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    for format in ["human", "short", "github"] {
        nothing_raw(&check(&tree, &format!("--color never --format {format}")), format);
    }
    xml_is_well_formed(&check(&tree, "--format junit"));
    let frames = html_is_well_formed(&check(&tree, "--format html"));
    assert!(frames > sources.len() / 2, "{frames}: most have a body to draw");
}

/// Every place is one of its file's.
fn spans_lie_inside(report: &serde_json::Value, sources: &[(String, Vec<u8>)]) {
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let mut seen = 0;
    for found in report["diagnostics"].as_array().unwrap() {
        for place in std::iter::once(&found["primary"]).chain(found["labels"].as_array().unwrap()) {
            let Some((name, bytes)) = sources.iter().find(|(name, _)| place["file"] == **name) else { continue };
            if let [Some(start), Some(end)] = ["byte_start", "byte_end"].map(|end| place["file_span"].get(end)) {
                let (start, end) = (number(start), number(end));
                assert!(start <= end && end <= bytes.len(), "{name}: {start}..{end} of {}", bytes.len());
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "some have a place: {}", report["diagnostics"][0]);
}
