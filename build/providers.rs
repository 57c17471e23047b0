//! `providers/*.toml`, `engines.toml` and `tag_words.toml` become the tables behind `knowledge::providers`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_hosts, check_sources, fail, names, read, write};
use crate::shapes::{Origin, host_segments};
use crate::table::{entries, list, text, text_list, texts};

#[path = "../src/knowledge/providers/fold.rs"]
mod fold;

/// The kinds of tags in a provider's file and what they are called in the code, the weightiest meaning first.
const MEANINGS: [(&str, &str); 8] = [
    ("unsubscribe", "Unsubscribe"),
    ("preferences", "Preferences"),
    ("web_version", "WebVersion"),
    ("postal_address", "PostalAddress"),
    ("open_pixel", "OpenPixel"),
    ("subject", "Subject"),
    ("from", "From"),
    ("recipient", "Recipient"),
];

/// One file of `providers/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raw {
    pub id: String,
    pub name: String,
    pub family: Option<String>,
    pub sources: Vec<String>,
    #[allow(dead_code)]
    pub confidence: Option<String>,
    #[allow(dead_code)]
    pub note: Option<String>,
    #[serde(default)]
    adds: Vec<String>,
    footer: Option<String>,
    #[serde(default)]
    pub hosts: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub urls: Urls,
    #[serde(default)]
    elements: Vec<Element>,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(skip)]
    engine: bool,
}

/// The shapes of its URLs.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Urls {
    pub open: Vec<ShapeEntry>,
    pub click: Vec<ShapeEntry>,
    pub unsubscribe: Vec<ShapeEntry>,
    pub preferences: Vec<ShapeEntry>,
    pub web_version: Vec<ShapeEntry>,
}

/// A shape of high certainty, or one that says how certain it is.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum ShapeEntry {
    High(String),
    Other { shape: String, certainty: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Element {
    name: Option<String>,
    attribute: Option<String>,
    value: Option<String>,
    means: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    name: String,
    contains: Option<String>,
    #[serde(default = "telling")]
    weight: u8,
}

fn telling() -> u8 {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Engines {
    engine: Vec<Engine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Engine {
    id: String,
    name: String,
    sources: Vec<String>,
    note: Option<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
}

/// Every provider's file, by id, checked.
pub fn read_all() -> Vec<(String, Raw)> {
    names("providers")
        .into_iter()
        .map(|file| {
            let raw: Raw = read(&file);
            if file != format!("providers/{}.toml", raw.id) {
                fail(&file, &raw.id, "the file is named as the id");
            }
            check_sources(&file, &raw.id, &raw.sources);
            check_hosts(&file, "hosts", &raw.hosts);
            (file, raw)
        })
        .collect()
}

fn engines() -> Vec<(String, Raw)> {
    let file = "engines.toml";
    let engines: Engines = read(file);
    engines
        .engine
        .into_iter()
        .map(|engine| {
            check_sources(file, &engine.id, &engine.sources);
            let raw = Raw {
                id: engine.id,
                name: engine.name,
                family: None,
                sources: engine.sources,
                confidence: None,
                note: engine.note,
                adds: Vec::new(),
                footer: None,
                hosts: Vec::new(),
                signs: engine.signs,
                hints: engine.hints,
                tags: BTreeMap::new(),
                urls: Urls::default(),
                elements: Vec::new(),
                headers: Vec::new(),
                engine: true,
            };
            (file.to_owned(), raw)
        })
        .collect()
}

/// A tag as the program compares it.
struct Tag {
    text: String,
    /// What it ends with, for a beginning.
    end: String,
    prefix: bool,
    loose: bool,
    meaning: usize,
}

fn tags(file: &str, raw: &Raw) -> Vec<Tag> {
    for key in raw.tags.keys() {
        if !MEANINGS.iter().any(|(kind, _)| kind == key) {
            fail(file, key, "no such kind of tag");
        }
    }
    let mut tags: Vec<Tag> = Vec::new();
    for (meaning, (kind, _)) in MEANINGS.iter().enumerate() {
        for written in raw.tags.get(*kind).into_iter().flatten() {
            let folded = fold::fold(written);
            let (text, end) = folded.split_once('…').unwrap_or((&folded, ""));
            let prefix = folded.contains('…');
            if text.len() < 4 || end.contains('…') {
                fail(file, written, "a tag has four characters at least, and one `…` at most");
            }
            if tags.iter().any(|tag| tag.text == text && tag.end == end && tag.prefix == prefix) {
                fail(file, written, "this tag is there twice");
            }
            tags.push(Tag { text: text.to_owned(), end: end.to_owned(), prefix, loose: is_loose(text), meaning });
        }
    }
    tags
}

/// Whether the delimiters are other than those that are always recognised.
fn is_loose(text: &str) -> bool {
    !["{{", "{%", "<%", "*|", "%%", "[[", "${"].iter().any(|open| text.starts_with(open))
}

/// Writes `providers.rs`.
pub fn build() {
    let mut all = read_all();
    all.extend(engines());
    all.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    for pair in all.windows(2) {
        if let [(_, first), (file, second)] = pair
            && first.id == second.id
        {
            fail(file, &second.id, "this id is there twice");
        }
    }
    let mut out = String::new();
    let mut index = Index::default();
    let mut records = String::new();
    for (number, (file, raw)) in all.iter().enumerate() {
        let tags = tags(file, raw);
        writeln!(records, "    {},", record(file, raw, &tags)).expect("a string takes text");
        index.add(number, file, raw, &tags);
    }
    writeln!(out, "static PROVIDERS: [Provider; {}] = [\n{records}];", all.len()).expect("a string takes text");
    index.write(&mut out);
    words(&mut out);
    out += &entries("Token");
    out += &entries("Owner");
    write("providers.rs", &out);
}

fn record(file: &str, raw: &Raw, tags: &[Tag]) -> String {
    let adds: Vec<&str> = raw
        .adds
        .iter()
        .map(|adds| match adds.as_str() {
            "unsubscribe" => "Adds::Unsubscribe",
            "address" => "Adds::Address",
            "pixel" => "Adds::Pixel",
            "headers" => "Adds::Headers",
            other => fail(file, other, "a provider adds unsubscribe, address, pixel or headers"),
        })
        .collect();
    let tokens: Vec<String> = tags
        .iter()
        .map(|tag| {
            format!(
                "Token {{ text: {}, end: {}, prefix: {}, loose: {}, meaning: TagMeaning::{} }}",
                text(&tag.text),
                text(&tag.end),
                tag.prefix,
                tag.loose,
                MEANINGS[tag.meaning].1
            )
        })
        .collect();
    format!(
        "Provider {{ id: {}, name: {}, engine: {}, adds: &[{}], tokens: {}, signs: {}, hosts: {}, footer: {} }}",
        text(&raw.id),
        text(&raw.name),
        raw.engine,
        adds.join(", "),
        list("Token", tokens),
        text_list(&raw.signs),
        text_list(raw.hosts.iter().filter(|host| !host.contains('{'))),
        raw.footer.as_ref().map_or("None".to_owned(), |footer| format!("Some({})", text(footer)))
    )
}

/// What is looked up across all providers.
#[derive(Default)]
struct Index {
    whole: BTreeMap<String, (usize, usize)>,
    beginnings: Vec<(String, String, usize)>,
    needles: BTreeMap<String, BTreeMap<usize, u8>>,
    shared: BTreeMap<String, usize>,
    hosts: BTreeMap<String, (usize, String)>,
    host_shapes: Vec<(String, usize)>,
    elements: Vec<String>,
    headers: Vec<String>,
    loose: BTreeSet<String>,
}

impl Index {
    fn add(&mut self, number: usize, file: &str, raw: &Raw, tags: &[Tag]) {
        for tag in tags {
            if tag.prefix {
                self.beginnings.push((tag.text.clone(), tag.end.clone(), tag.meaning));
            } else {
                if tag.loose && !raw.engine && !tag.text.starts_with('<') {
                    self.loose.insert(tag.text.clone());
                }
                let entry = self.whole.entry(tag.text.clone()).or_insert((tag.meaning, number));
                entry.0 = entry.0.min(tag.meaning);
            }
            // a name in `[…]` or `{…}` may be prose
            if !(tag.loose && MEANINGS[tag.meaning].0 == "recipient") {
                *self.shared.entry(tag.text.clone()).or_default() += 1;
                let weight = if MEANINGS[tag.meaning].0 == "recipient" { 1 } else { 2 };
                self.needle(file, &tag.text, number, weight);
            }
        }
        // an engine is no provider: it may never outweigh one
        let (sign, hint) = if raw.engine { (2, 1) } else { (3, 1) };
        for text in &raw.hints {
            self.needle(file, &fold::fold(text), number, hint);
        }
        for text in &raw.signs {
            self.needle(file, &fold::fold(text), number, sign);
        }
        for host in &raw.hosts {
            if host.contains('{') {
                let segments = host_segments(host, Origin { file, entry: "hosts" });
                self.host_shapes.push((segments, number));
            } else if let Some((_, other)) = self.hosts.insert(host.clone(), (number, raw.id.clone())) {
                fail(file, host, format!("this host is also in the file of `{other}`"));
            }
        }
        for element in &raw.elements {
            self.elements.push(element_record(file, element, number));
            self.element_needle(file, element, number);
        }
        for header in &raw.headers {
            self.headers.push(format!(
                "HeaderSign {{ name: {}, contains: {}, weight: {}, provider: {number} }}",
                text(header.name.to_lowercase()),
                text(header.contains.as_deref().unwrap_or_default().to_lowercase()),
                header.weight
            ));
        }
    }

    fn needle(&mut self, file: &str, text: &str, number: usize, weight: u8) {
        if text.len() < 4 {
            fail(file, text, "too short to be told from other text: four bytes at least");
        }
        let known = self.needles.entry(text.to_owned()).or_default().entry(number).or_insert(weight);
        *known = (*known).max(weight);
    }

    fn element_needle(&mut self, file: &str, element: &Element, number: usize) {
        let text = match (&element.name, &element.attribute, &element.value) {
            (Some(name), None, None) => format!("<{name}"),
            (_, Some(attribute), Some(value)) => format!("{attribute}=\"{value}\""),
            (_, Some(attribute), None) => attribute.clone(),
            _ => fail(file, &element.means, "an element needs a name or an attribute"),
        };
        let text = fold::fold(&text);
        *self.shared.entry(text.clone()).or_default() += 1;
        self.needle(file, &text, number, 3);
    }

    fn write(&self, out: &mut String) {
        let whole: Vec<String> = self
            .whole
            .iter()
            .map(|(tag, (meaning, _))| format!("({}, TagMeaning::{})", text(tag), MEANINGS[*meaning].1))
            .collect();
        let mut beginnings = self.beginnings.clone();
        // by their first four bytes; of those that share them the longest first: `{{contact.first_name` before `{{contact.`
        beginnings.sort_by(|a, b| {
            (&a.0.as_bytes()[..4], b.0.len(), &a.0, a.2).cmp(&(&b.0.as_bytes()[..4], a.0.len(), &b.0, b.2))
        });
        let beginnings: Vec<String> = beginnings
            .iter()
            .map(|(start, end, meaning)| {
                format!("({}, {}, TagMeaning::{})", text(start), text(end), MEANINGS[*meaning].1)
            })
            .collect();
        let hosts: Vec<String> =
            self.hosts.iter().map(|(host, (number, _))| format!("({}, {number})", text(host))).collect();
        let shapes: Vec<String> =
            self.host_shapes.iter().map(|(segments, number)| format!("({segments}, {number})")).collect();
        let mut put = |name: &str, kind: &str, entries: &[String]| {
            writeln!(out, "static {name}: [{kind}; {}] = [\n    {}\n];", entries.len(), entries.join(",\n    "))
                .expect("a string takes text");
        };
        put("WHOLE_TAGS", "(Text, TagMeaning)", &whole);
        put("TAG_BEGINNINGS", "(Text, Text, TagMeaning)", &beginnings);
        put("HOSTS", "(Text, u16)", &hosts);
        put("HOST_SHAPES", "(List<Segment>, u16)", &shapes);
        put("ELEMENTS", "ElementSign", &self.elements);
        put("HEADERS", "HeaderSign", &self.headers);
        put("LOOSE_TAGS", "Text", &self.loose.iter().map(text).collect::<Vec<_>>());
        self.write_needles(out);
    }

    /// Needles by their first four bytes, and a bit set of those: text is looked at four bytes at a time.
    fn write_needles(&self, out: &mut String) {
        let mut entries: Vec<([u8; 4], &String, String)> = Vec::new();
        for (needle, owners) in &self.needles {
            let shared = owners.len() > 1;
            let owners: Vec<String> = owners
                .iter()
                .map(|(number, weight)| format!("Owner({number}, {})", if shared { 1 } else { *weight }))
                .collect();
            let head: [u8; 4] = needle.as_bytes()[..4].try_into().expect("four bytes at least, checked above");
            let owners = list("Owner", owners);
            entries.push((head, needle, format!("Needle {{ text: {}, owners: {owners} }}", text(needle))));
        }
        entries.sort();
        let mut heads: BTreeMap<[u8; 4], (usize, usize)> = BTreeMap::new();
        let mut bits = [0u64; fold::HEAD_WORDS];
        for (at, (head, ..)) in entries.iter().enumerate() {
            heads.entry(*head).or_insert((at, at)).1 = at + 1;
            let bit = fold::head_bit(*head);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        let needles: Vec<&str> = entries.iter().map(|(.., needle)| needle.as_str()).collect();
        let heads: Vec<String> = heads.iter().map(|(head, (from, to))| format!("({head:?}, {from}, {to})")).collect();
        writeln!(out, "static NEEDLES: [Needle; {}] = [\n    {}\n];", needles.len(), needles.join(",\n    "))
            .expect("text");
        writeln!(out, "static HEADS: [([u8; 4], u16, u16); {}] = [{}];", heads.len(), heads.join(", ")).expect("text");
        writeln!(out, "static HEAD_BITS: [u64; {}] = {bits:?};", bits.len()).expect("text");
    }
}

fn element_record(file: &str, element: &Element, number: usize) -> String {
    let Some((_, meaning)) = MEANINGS.iter().find(|(kind, _)| *kind == element.means) else {
        fail(file, &element.means, "no such meaning")
    };
    let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
    format!(
        "ElementSign {{ name: {}, attribute: {}, value: {}, meaning: TagMeaning::{meaning}, provider: {number} }}",
        text(lower(&element.name)),
        text(lower(&element.attribute)),
        text(lower(&element.value))
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    sources: Vec<String>,
    unsubscribe: Vec<String>,
    no_unsubscribe: Vec<String>,
    preferences: Vec<String>,
    web_version: Vec<String>,
    postal_address: Vec<String>,
    link: Vec<String>,
    state: Vec<String>,
}

fn words(out: &mut String) {
    let file = "tag_words.toml";
    let words: Words = read(file);
    check_sources(file, "-", &words.sources);
    let lists = [
        ("UNSUBSCRIBE_WORDS", &words.unsubscribe),
        ("NO_UNSUBSCRIBE_WORDS", &words.no_unsubscribe),
        ("PREFERENCES_WORDS", &words.preferences),
        ("WEB_VERSION_WORDS", &words.web_version),
        ("POSTAL_ADDRESS_WORDS", &words.postal_address),
        ("LINK_WORDS", &words.link),
        ("STATE_WORDS", &words.state),
    ];
    for (name, list) in lists {
        for (at, word) in list.iter().enumerate() {
            if word.to_lowercase() != *word || list[..at].contains(word) {
                fail(file, word, "words are lower case, each once");
            }
        }
        writeln!(out, "static {name}: [Text; {}] = {};", list.len(), texts(list)).expect("text");
    }
}
