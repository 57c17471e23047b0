//! `replies/*.toml` becomes the tables behind `knowledge::replies`, and their texts what finds them.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::PathBuf;

use serde::Deserialize;

use crate::data::{fail, read, write};
use crate::table::{entries, list, text, text_list};
use crate::words::phrase::{Entry, Spacing, parts};
use crate::words::tables;

const WORDS: &str = "replies/words.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    cause: Vec<Cause>,
    fault: BTreeMap<String, String>,
    advice: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    name: String,
    title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    source: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replies {
    reply: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    #[serde(default)]
    code: String,
    #[serde(default)]
    text: Vec<String>,
    cause: String,
    says: String,
    fault: String,
    advice: Vec<String>,
    suppress: String,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    submission: bool,
    #[serde(default)]
    note: String,
    sources: Vec<String>,
}

/// What the entries refer to.
struct Vocabulary {
    causes: Vec<Cause>,
    faults: Vec<(String, String)>,
    advice: Vec<(String, String)>,
    sources: Vec<(String, String)>,
}

/// Writes `replies.rs` and the tables that find the texts.
pub fn build() {
    let words: Words = read(WORDS);
    let sources: Sources = read("replies/sources.toml");
    let vocabulary = Vocabulary {
        causes: words.cause,
        faults: words.fault.into_iter().collect(),
        advice: words.advice.into_iter().collect(),
        sources: sources.source.into_iter().collect(),
    };
    let mut out = vocabulary.tables();
    let (mut meanings, mut phrases, mut owners) = (Vec::new(), Vec::new(), Vec::new());
    for (file, spacing) in [("replies/microsoft.toml", Spacing::None), ("replies/others.toml", Spacing::Words)] {
        let mut seen = HashSet::new();
        for reply in read::<Replies>(file).reply {
            let name = if reply.code.is_empty() { &reply.says } else { &reply.code };
            if !seen.insert((reply.code.clone(), reply.text.first().cloned())) {
                fail(file, name, "this code is there twice, with the same text");
            }
            for text in &reply.text {
                let parts = parts(text, spacing).unwrap_or_else(|wrong| fail(file, name, wrong));
                phrases.push(Entry { language: 0, meaning: 0, weak: false, parts });
                owners.push(meanings.len());
            }
            meanings.push(vocabulary.meaning(file, name, &reply, spacing == Spacing::None));
        }
    }
    writeln!(out, "static MEANINGS: [Meaning; {}] = [\n{}];", meanings.len(), meanings.concat()).expect("text");
    writeln!(out, "static OWNERS: [u16; {}] = {owners:?};", owners.len()).expect("text");
    out += &entries("Word");
    write("replies.rs", &out);
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    tables::write(&folder, "replies", &phrases).unwrap_or_else(|wrong| fail("replies", "-", wrong));
}

impl Vocabulary {
    fn tables(&self) -> String {
        let mut out = String::new();
        let causes: Vec<_> = self.causes.iter().map(|cause| (&cause.name, &cause.title)).collect();
        writeln!(out, "static CAUSES: [Cause; {}] = [", causes.len()).expect("text");
        for (urgency, (name, title)) in causes.into_iter().enumerate() {
            check_text(WORDS, name, title);
            writeln!(out, "{},", cause(urgency, name, title)).expect("text");
        }
        out.push_str("];\n");
        let unknown = self.causes.iter().position(|cause| cause.name == "unknown");
        let unknown = unknown.unwrap_or_else(|| fail(WORDS, "unknown", "what does not say why needs a cause"));
        writeln!(out, "const UNKNOWN: usize = {unknown};").expect("text");
        for (name, words) in self.faults.iter().chain(&self.advice) {
            check_text(WORDS, name, words);
        }
        out
    }

    fn meaning(&self, file: &str, name: &str, reply: &Reply, microsoft: bool) -> String {
        check_text(file, name, &reply.says);
        let codes = codes(file, &reply.code);
        if codes.is_none() && reply.text.is_empty() {
            fail(file, name, "neither a code nor a text");
        }
        let urgency = self.causes.iter().position(|cause| cause.name == reply.cause);
        let urgency =
            urgency.unwrap_or_else(|| fail(file, name, format!("`{}` is no cause of words.toml", reply.cause)));
        let cause = cause(urgency, &self.causes[urgency].name, &self.causes[urgency].title);
        let named = |(name, words): &(String, String)| word(name, words);
        let fault = named(called(file, name, &self.faults, &reply.fault));
        let advice: Vec<_> = reply.advice.iter().map(|one| named(called(file, name, &self.advice, one))).collect();
        let sources: Vec<_> = reply.sources.iter().map(|one| &called(file, name, &self.sources, one).1).collect();
        if sources.is_empty() {
            fail(file, name, "every entry needs its sources");
        }
        let suppress = match reply.suppress.as_str() {
            "now" => "Now",
            "repeated" => "Repeated",
            "no" => "No",
            other => fail(file, name, format!("`{other}` is none of now, repeated and no")),
        };
        if suppress == "Now" && reply.code.starts_with('4') {
            fail(file, name, "a passing trouble never costs an address");
        }
        format!(
            "Meaning {{ codes: {}, texts: {}, cause: {cause}, says: {}, fault: {fault}, advice: {}, \
             suppress: Suppress::{suppress}, weak: {}, submission: {}, microsoft: {microsoft}, note: {}, sources: {} }},\n",
            codes.map_or("None".to_owned(), |codes| format!("Some({codes})")),
            text_list(&reply.text),
            text(&reply.says),
            list("Word", advice),
            reply.weak,
            reply.submission,
            text(&reply.note),
            text_list(sources),
        )
    }
}

fn cause(urgency: usize, name: &str, title: &str) -> String {
    format!("Cause {{ name: {}, title: {}, urgency: {urgency} }}", text(name), text(title))
}

fn word(name: &str, words: &str) -> String {
    format!("Word {{ name: {}, words: {} }}", text(name), text(words))
}

fn called<'t>(file: &str, name: &str, table: &'t [(String, String)], key: &str) -> &'t (String, String) {
    table.iter().find(|(one, _)| one == key).unwrap_or_else(|| fail(file, name, format!("nothing is called `{key}`")))
}

/// `5.7.606`, `5.7.606-649` or `550`.
fn codes(file: &str, code: &str) -> Option<String> {
    if code.is_empty() {
        return None;
    }
    let wrong = || -> ! { fail(file, code, "neither `5.1.1`, nor `5.7.606-649`, nor `550`") };
    let number = |digits: &str| digits.parse::<u16>().unwrap_or_else(|_| wrong());
    let numbers: Vec<&str> = code.split('.').collect();
    match numbers[..] {
        [basic] if basic.len() == 3 => Some(format!("Codes::Basic({})", number(basic))),
        [class, subject, details] => {
            let (first, last) = details.split_once('-').unwrap_or((details, details));
            let (first, last) = (number(first), number(last));
            if first > last {
                wrong();
            }
            Some(format!(
                "Codes::Enhanced {{ class: {}, subject: {}, first: {first}, last: {last} }}",
                number(class),
                number(subject)
            ))
        }
        _ => wrong(),
    }
}

fn check_text(file: &str, name: &str, text: &str) {
    if text.trim().is_empty() || text.ends_with('.') {
        fail(file, name, format!("`{text}`: something is said, and without a full stop"));
    }
}
