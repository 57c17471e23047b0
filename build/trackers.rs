//! The URL shapes of `providers/*.toml` and `trackers.toml`, and `link_rewriters.toml`, become the tables behind `knowledge::trackers`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_hosts, check_sources, fail, read, write};
use crate::providers::{ShapeEntry, Urls, read_all};
use crate::shapes::{Filed, Origin, compile, host_segments};
use crate::table::{entries, list, text, texts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trackers {
    tracker: Vec<Tracker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tracker {
    id: String,
    name: String,
    sources: Vec<String>,
    #[allow(dead_code)]
    note: Option<String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    open: Vec<ShapeEntry>,
    #[serde(default)]
    click: Vec<ShapeEntry>,
}

struct Owner {
    file: String,
    id: String,
    name: String,
    family: String,
    hosts: Vec<String>,
    urls: Urls,
}

fn owners() -> Vec<Owner> {
    let mut owners: Vec<Owner> = read_all()
        .into_iter()
        .map(|(file, raw)| {
            let family = raw.family.unwrap_or_else(|| raw.id.clone());
            Owner { file, family, id: raw.id, name: raw.name, hosts: raw.hosts, urls: raw.urls }
        })
        .collect();
    let file = "trackers.toml";
    let trackers: Trackers = read(file);
    for tracker in trackers.tracker {
        check_sources(file, &tracker.id, &tracker.sources);
        check_hosts(file, &tracker.id, &tracker.hosts);
        if owners.iter().any(|owner| owner.id == tracker.id) {
            fail(file, &tracker.id, "this id is there twice, or a provider's");
        }
        owners.push(Owner {
            file: file.to_owned(),
            family: tracker.id.clone(),
            id: tracker.id,
            name: tracker.name,
            hosts: tracker.hosts,
            urls: Urls { open: tracker.open, click: tracker.click, ..Urls::default() },
        });
    }
    owners
}

/// Writes `trackers.rs`.
pub fn build() {
    let owners = owners();
    let mut out = String::new();
    let record = |owner: &Owner| format!("({}, {}, {})", text(&owner.id), text(&owner.name), text(&owner.family));
    let records: Vec<String> = owners.iter().map(record).collect();
    writeln!(out, "static OWNERS: [(Text, Text, Text); {}] = [{}];", records.len(), records.join(", ")).expect("text");
    tables(&mut out, &owners);
    families(&mut out, &owners);
    rewriters(&mut out);
    for kind in ["Segment", "Parameter", "Atom", "Number"] {
        out += &entries(kind);
    }
    write("trackers.rs", &out);
}

/// What an owner has of one kind.
type Shapes = fn(&Urls) -> &Vec<ShapeEntry>;

/// The kinds of shapes, by their names in the program.
const KINDS: [(&str, Shapes); 5] = [
    ("Open", |urls| &urls.open),
    ("Click", |urls| &urls.click),
    ("Unsubscribe", |urls| &urls.unsubscribe),
    ("Preferences", |urls| &urls.preferences),
    ("WebVersion", |urls| &urls.web_version),
];

/// All shapes, and under what each is filed, by its index.
#[derive(Default)]
struct Tables {
    shapes: Vec<String>,
    by_host: BTreeMap<String, Vec<usize>>,
    by_label: BTreeMap<String, Vec<usize>>,
    by_segment: BTreeMap<String, Vec<usize>>,
    on_all: Vec<usize>,
}

impl Tables {
    fn add(&mut self, shape: String, filed: Filed) {
        let at = self.shapes.len();
        self.shapes.push(shape);
        match filed {
            Filed::Host(host) => self.by_host.entry(host).or_default().push(at),
            Filed::Label(labels) => {
                labels.into_iter().for_each(|label| self.by_label.entry(label).or_default().push(at))
            }
            Filed::Segment(words) => {
                words.into_iter().for_each(|word| self.by_segment.entry(word).or_default().push(at))
            }
            Filed::Nothing => self.on_all.push(at),
        }
    }
}

fn tables(out: &mut String, owners: &[Owner]) {
    let mut tables = Tables::default();
    for (kind, pick) in KINDS {
        for (number, owner) in owners.iter().enumerate() {
            let mut seen: Vec<&str> = Vec::new();
            for entry in pick(&owner.urls) {
                let (shape, certainty) = match entry {
                    ShapeEntry::High(shape) => (shape.as_str(), "high"),
                    ShapeEntry::Other { shape, certainty } => (shape.as_str(), certainty.as_str()),
                };
                let origin = Origin { file: &owner.file, entry: &owner.id };
                let certainty = match certainty {
                    "high" => "High",
                    "medium" => "Medium",
                    "low" => "Low",
                    other => fail(&owner.file, shape, format!("certainty is high, medium or low, not `{other}`")),
                };
                if seen.contains(&shape) {
                    fail(&owner.file, shape, "this shape is there twice");
                }
                seen.push(shape);
                let compiled = compile(shape, origin);
                let fields = compiled.fields;
                let text = format!(
                    "Shape {{ kind: Kind::{kind}, owner: {number}, certainty: Certainty::{certainty}, {fields} }}"
                );
                tables.add(text, compiled.filed);
            }
        }
    }
    let count = tables.shapes.len();
    writeln!(out, "static SHAPES: [Shape; {count}] = [\n    {}\n];", tables.shapes.join(",\n    ")).expect("text");
    for (name, filed) in
        [("BY_HOST", &tables.by_host), ("BY_LABEL", &tables.by_label), ("BY_SEGMENT", &tables.by_segment)]
    {
        let entries: Vec<String> = filed
            .iter()
            .map(|(key, shapes)| {
                format!(
                    "({}, {})",
                    text(key),
                    list("Number", shapes.iter().map(|shape| format!("Number({shape})")).collect())
                )
            })
            .collect();
        writeln!(out, "static {name}: [(Text, List<Number>); {}] = [{}];", entries.len(), entries.join(", "))
            .expect("text");
    }
    let on_all: Vec<String> = tables.on_all.iter().map(|shape| format!("Number({shape})")).collect();
    writeln!(out, "static ON_ALL: [Number; {}] = [{}];", on_all.len(), on_all.join(", ")).expect("text");
}

fn families(out: &mut String, owners: &[Owner]) {
    let mut hosts: BTreeMap<&str, &str> = BTreeMap::new();
    let mut shapes = Vec::new();
    for owner in owners {
        for host in &owner.hosts {
            if host.contains('{') {
                let origin = Origin { file: &owner.file, entry: &owner.id };
                shapes.push(format!("({}, {})", host_segments(host, origin), text(&owner.family)));
            } else if let Some(other) = hosts.insert(host, &owner.family) {
                fail(&owner.file, host, format!("this host is also one of `{other}`"));
            }
        }
    }
    let hosts: Vec<String> = hosts.iter().map(|(host, family)| format!("({}, {})", text(host), text(family))).collect();
    writeln!(out, "static FAMILIES: [(Text, Text); {}] = [{}];", hosts.len(), hosts.join(", ")).expect("text");
    writeln!(out, "static FAMILY_SHAPES: [(List<Segment>, Text); {}] = [{}];", shapes.len(), shapes.join(", "))
        .expect("text");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rewriters {
    sources: Vec<String>,
    receiver: Vec<Receiver>,
    destination: Destination,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Receiver {
    host: String,
    #[serde(default)]
    path: String,
    method: String,
    #[serde(default)]
    parameter: String,
    #[serde(default)]
    host_parameter: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Destination {
    parameters: Vec<String>,
}

fn rewriters(out: &mut String) {
    let file = "link_rewriters.toml";
    let rewriters: Rewriters = read(file);
    check_sources(file, "-", &rewriters.sources);
    let receivers: Vec<String> = rewriters.receiver.iter().map(|receiver| receiver_text(file, receiver)).collect();
    writeln!(out, "static RECEIVERS: [Receiver; {}] = [\n    {}\n];", receivers.len(), receivers.join(",\n    "))
        .expect("text");
    let names = &rewriters.destination.parameters;
    for (at, name) in names.iter().enumerate() {
        if name.to_lowercase() != *name || names[..at].contains(name) {
            fail(file, name, "parameters are lower case, each once");
        }
    }
    writeln!(out, "static DESTINATION_PARAMETERS: [Text; {}] = {};", names.len(), texts(names)).expect("text");
}

fn receiver_text(file: &str, receiver: &Receiver) -> String {
    check_hosts(file, &receiver.host, std::slice::from_ref(&receiver.host));
    let method = match receiver.method.as_str() {
        "parameter" => "Parameter",
        "parameter-base64" => "ParameterBase64",
        "parameter-host" => "ParameterHost",
        "proofpoint-v2" => "ProofpointV2",
        "proofpoint-v3" => "ProofpointV3",
        "path-url" => "PathUrl",
        other => fail(file, &receiver.host, format!("no such method: `{other}`")),
    };
    if method.starts_with("Parameter") && receiver.parameter.is_empty() {
        fail(file, &receiver.host, "this method needs a parameter");
    }
    format!(
        "Receiver {{ host: {}, path: {}, method: Method::{method}, parameter: {}, host_parameter: {} }}",
        text(&receiver.host),
        text(&receiver.path),
        text(&receiver.parameter),
        text(&receiver.host_parameter)
    )
}
