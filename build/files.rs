//! `blocked_files.toml` becomes the tables behind `knowledge::files`.

use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_sources, fail, read, write};

const FILE: &str = "blocked_files.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    sources: Vec<String>,
    blocked: Vec<String>,
    opened: Vec<String>,
    documents: Vec<String>,
    content: Vec<Content>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    name: String,
    extensions: Vec<String>,
    offset: usize,
    bytes: String,
    #[serde(default)]
    contains: String,
}

/// Writes `files.rs`.
pub fn build() {
    let files: Files = read(FILE);
    check_sources(FILE, "-", &files.sources);
    let mut out = String::new();
    put(&mut out, "BLOCKED", &files.blocked);
    put(&mut out, "OPENED", &files.opened);
    put(&mut out, "DOCUMENTS", &files.documents);
    let signatures: Vec<String> = files.content.iter().map(|content| signature(content, &files.blocked)).collect();
    writeln!(out, "static SIGNATURES: [Signature; {}] = [{}];", signatures.len(), signatures.join(", ")).expect("text");
    write("files.rs", &out);
}

fn put(out: &mut String, name: &str, extensions: &[String]) {
    for extension in extensions {
        if !extension.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            fail(FILE, extension, "an extension is lower case, without its dot");
        }
    }
    if let Some(pair) = extensions.windows(2).find(|pair| pair[0] >= pair[1]) {
        fail(FILE, &pair[1], "sort the extensions, each once");
    }
    writeln!(out, "static {name}: [&str; {}] = {extensions:?};", extensions.len()).expect("text");
}

fn signature(content: &Content, blocked: &[String]) -> String {
    let Content { name, extensions, offset, bytes, contains } = content;
    if let Some(unknown) = extensions.iter().find(|extension| !blocked.contains(extension)) {
        fail(FILE, name, format!("`{unknown}` is not in `blocked`"));
    }
    let bytes: Vec<u8> = bytes
        .as_bytes()
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).unwrap_or_default();
            u8::from_str_radix(pair, 16).unwrap_or_else(|error| fail(FILE, name, error))
        })
        .collect();
    if bytes.len() < 2 {
        fail(FILE, name, "two bytes at least");
    }
    format!(
        "Signature {{ name: {name:?}, extensions: &{extensions:?}, offset: {offset}, bytes: &{bytes:?}, contains: {contains:?} }}"
    )
}
