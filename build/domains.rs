//! `freemail.toml`, `shorteners.toml`, `common_hosts.toml`, `reserved.toml`, `private_hosts.toml` and `placeholder_hosts.toml` become the tables behind `knowledge::domains`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_hosts, check_sources, fail, read, write};
use crate::table::{text, texts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Freemail {
    sources: Vec<String>,
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    sources: Vec<String>,
    hosts: Vec<String>,
    #[serde(default, rename = "except")]
    exceptions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    sources: Vec<String>,
    hosts: Vec<String>,
    staging: Vec<String>,
    development: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholders {
    sources: Vec<String>,
    hosts: Vec<String>,
    labels: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    sources: Vec<String>,
    hosts: BTreeMap<String, Vec<String>>,
}

/// Writes `domains.rs`.
pub fn build() {
    let mut out = String::new();
    put(&mut out, "FREEMAIL", &freemail());
    let shorteners = list("shorteners.toml");
    put(&mut out, "SHORTENERS", &shorteners.hosts);
    put(&mut out, "NO_SHORTENERS", &shorteners.exceptions);
    put(&mut out, "RESERVED", &list("reserved.toml").hosts);
    private(&mut out);
    placeholders(&mut out);
    common(&mut out);
    write("domains.rs", &out);
}

fn put(out: &mut String, name: &str, hosts: &[String]) {
    writeln!(out, "static {name}: [Text; {}] = {};", hosts.len(), texts(hosts)).expect("text");
}

fn freemail() -> Vec<String> {
    let file = "freemail.toml";
    let freemail: Freemail = read(file);
    check_sources(file, "-", &freemail.sources);
    let mut hosts: Vec<String> = Vec::new();
    for group in freemail.group {
        check_hosts(file, &group.name, &group.hosts);
        hosts.extend(group.hosts);
    }
    hosts.sort();
    check_hosts(file, "of all groups together", &hosts);
    hosts
}

fn list(file: &str) -> List {
    let list: List = read(file);
    check_sources(file, "-", &list.sources);
    check_hosts(file, "hosts", &list.hosts);
    check_hosts(file, "except", &list.exceptions);
    list
}

fn private(out: &mut String) {
    let file = "private_hosts.toml";
    let private: Private = read(file);
    check_sources(file, "-", &private.sources);
    let lists = [("PRIVATE", &private.hosts), ("STAGING", &private.staging), ("DEVELOPMENT", &private.development)];
    for (name, list) in lists {
        check_hosts(file, name, list);
        put(out, name, list);
    }
}

fn placeholders(out: &mut String) {
    let file = "placeholder_hosts.toml";
    let placeholders: Placeholders = read(file);
    check_sources(file, "-", &placeholders.sources);
    for (name, list) in [("PLACEHOLDERS", &placeholders.hosts), ("PLACEHOLDER_LABELS", &placeholders.labels)] {
        check_hosts(file, name, list);
        put(out, name, list);
    }
}

fn common(out: &mut String) {
    let file = "common_hosts.toml";
    let common: Common = read(file);
    check_sources(file, "-", &common.sources);
    let mut all: BTreeMap<&str, &str> = BTreeMap::new();
    for (kind, hosts) in &common.hosts {
        let variant = match kind.as_str() {
            "social" => "Social",
            "app-store" => "AppStore",
            "map" => "Map",
            "calendar" => "Calendar",
            "video" => "Video",
            "font" => "Font",
            "badge" => "Badge",
            other => fail(file, other, "no such kind of host"),
        };
        check_hosts(file, kind, hosts);
        for host in hosts {
            if all.insert(host, variant).is_some() {
                fail(file, host, "this host is there twice");
            }
        }
    }
    let entries: Vec<String> = all.iter().map(|(host, kind)| format!("({}, CommonHost::{kind})", text(host))).collect();
    writeln!(out, "static COMMON: [(Text, CommonHost); {}] = [{}];", entries.len(), entries.join(", ")).expect("text");
}
