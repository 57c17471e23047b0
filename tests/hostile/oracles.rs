//! What has to hold whatever a file holds: mutated fixtures and soup of what means something, from a seed.

use super::tree::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What means something to one of the parsers, or has meant trouble to others.
const MEANINGFUL: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"'",
    b"&",
    b"&#x202e;",
    b"&#0;",
    b"<!--",
    b"-->",
    b"<![endif]-->",
    b"<!--[if mso]>",
    b"</a>",
    b"<a href=",
    b"<img src=cid:",
    b"<style>",
    b"</style>",
    b"<svg>",
    b"<template>",
    b"<table>",
    b"<plaintext>",
    b"{{",
    b"}}",
    b"{%",
    b"%}",
    b"*|",
    b"|*",
    b"%%",
    b"[[",
    b"${",
    b"<%=",
    b"=?utf-8?Q?",
    b"?=",
    b"=?",
    b"=C3",
    b"=\r\n",
    b"=",
    b"\r\n",
    b"\r",
    b"\n",
    b"\n\n",
    b"\0",
    b"\x1b[2J",
    b"\x1b]0;",
    b"\x07",
    b"\x7f",
    b"\xc3",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\xf0\x9f\x8e\x81",
    b"--b",
    b"--",
    b"Content-Type: multipart/mixed; boundary=\"",
    b"Content-Transfer-Encoding: base64\r\n",
    b"charset=utf-16",
    b"From: ",
    b"Subject: ",
    b"List-Unsubscribe: <",
    b"List-Unsubscribe-Post: ",
    b"<mj-text>",
    b"<mj-include path=",
    b"presend-allow ",
    b"unsubscribe",
    b"mailto:",
    b"https://",
    b"xn--",
    b"@",
    b",",
    b";",
    b":",
];

/// Numbers that are the same each time (Marsaglia's xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }

    fn meaningful(&mut self) -> &'static [u8] {
        MEANINGFUL[self.below(MEANINGFUL.len())]
    }

    /// A few places of `bytes` are replaced, cut out or moved.
    fn mutated(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.splice(at..end, self.meaningful().iter().copied())),
                1 => drop(bytes.splice(at..at, self.meaningful().iter().copied())),
                2 => drop(bytes.drain(at..end)),
                _ => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    drop(bytes.splice(to..to, piece));
                }
            }
        }
        bytes
    }
}

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
    for format in ["human", "short", "github", "junit", "html"] {
        let said = check(&tree, &format!("--color never --format {format}"));
        let raw = said.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || is_bidi(*c));
        assert_eq!(raw, None, "{format}");
    }
}

/// Characters that change the direction of what is around them.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
