//! Reading the data files, and failing with the file and the entry at fault.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// The folder of the data files, watched for changes.
pub fn folder() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lints").join("data")
}

/// Reads `name` below `lints/data`.
pub fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = folder().join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| fail(name, "-", error));
    toml::from_str(&text).unwrap_or_else(|error| fail(name, "-", error))
}

/// The TOML files of a folder below `lints/data`, by name.
pub fn names(below: &str) -> Vec<String> {
    let path = folder().join(below);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|error| fail(below, "-", error));
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .map(|name| format!("{below}/{name}"))
        .collect();
    names.sort();
    names
}

/// Writes `name` where the crate includes it from.
pub fn write(name: &str, text: &str) {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(Path::new(&out).join(name), text).expect("the build folder can be written to");
}

/// Stops the build: which file, which entry, why.
#[allow(clippy::print_stderr, clippy::exit)]
pub fn fail(file: &str, entry: &str, reason: impl Display) -> ! {
    eprintln!("error: lints/data/{file}: `{entry}`: {reason}");
    std::process::exit(1);
}

/// Fails unless there are sources and none is empty.
pub fn check_sources(file: &str, entry: &str, sources: &[String]) {
    if sources.is_empty() || sources.iter().any(|source| source.trim().is_empty()) {
        fail(file, entry, "every entry needs its sources");
    }
}

/// Fails unless the hosts are lower case, without scheme, path or blanks, sorted, and none is there twice.
pub fn check_hosts(file: &str, entry: &str, hosts: &[String]) {
    for host in hosts {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-{}:+?|".contains(c);
        if host.is_empty() || !host.chars().all(plain) || host.starts_with('.') || host.ends_with('.') {
            fail(file, entry, format!("`{host}` is no lower-case host name"));
        }
    }
    for pair in hosts.windows(2) {
        if let [first, second] = pair
            && first >= second
        {
            fail(file, entry, format!("`{second}` stands behind `{first}`: sort the hosts, each once"));
        }
    }
}
