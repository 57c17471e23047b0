//! Plain lists of words (`senders.toml`, `mail_hosts.toml`, `test_markers.toml`, `suggested_words.toml`, `postal.toml`, `stopwords.toml`, `reply_commands.toml`,
//! `service_mail.toml`) become sorted tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::data::{check_hosts, check_sources, fail, read, write};
use crate::table::texts;
use crate::words::fold::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Senders {
    sources: Vec<String>,
    noreply: Vec<String>,
    noreply_whole: Vec<String>,
    reply_hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestMarkers {
    sources: Vec<String>,
    bracketed: Vec<String>,
    bracketed_capitals: Vec<String>,
    shouted: Vec<String>,
    leading: Vec<String>,
    mailings: Vec<String>,
    not_before: Vec<String>,
    headings: Vec<String>,
    disregard: Vec<String>,
    unsent: Vec<String>,
    trailing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Postal {
    sources: Vec<String>,
    streets: Vec<String>,
    prose: Vec<String>,
    boxes: Vec<String>,
    marks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuggestedWords {
    source: String,
    no_guarantee: BTreeMap<String, String>,
    unsubscribe: BTreeMap<String, String>,
    privacy: BTreeMap<String, String>,
    receiving_because: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stopwords {
    source: String,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyCommands {
    source: String,
    reply: BTreeMap<String, Vec<String>>,
    command: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceMail {
    source: String,
    service: BTreeMap<String, Vec<String>>,
    commercial: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailHosts {
    sources: Vec<String>,
    microsoft: Vec<String>,
    border: Vec<String>,
    gateways: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipients {
    sources: Vec<String>,
    roles: Vec<String>,
    disposable: Vec<String>,
    popular: Vec<String>,
    own: Vec<String>,
}

/// Writes `recipients.rs`, `senders.rs`, `mail_hosts.rs`, `test_markers.rs`, `suggested_words.rs`, `postal.rs`, `stopwords.rs`, `reply_commands.rs` and
/// `service_mail.rs`.
pub fn build() {
    senders();
    mail_hosts();
    test_markers();
    suggested_words();
    postal();
    stopwords();
    reply_commands();
    service_mail();
    recipients();
}

fn recipients() {
    let file = "recipients.toml";
    let data: Recipients = read(file);
    check_sources(file, "-", &data.sources);
    let mut out = table(file, "ROLES", data.roles);
    out += &table(file, "DISPOSABLE", data.disposable);
    out += &table(file, "POPULAR", data.popular);
    out += &table(file, "OWN", data.own);
    write("recipients.rs", &out);
}

fn senders() {
    let file = "senders.toml";
    let data: Senders = read(file);
    check_sources(file, "-", &data.sources);
    check_hosts(file, "reply_hosts", &data.reply_hosts);
    let squeezed = data.noreply.iter().map(|words| words.replace('-', ""));
    let mut out = table(file, "NO_REPLY", squeezed);
    out += &table(file, "NO_REPLY_WHOLE", data.noreply_whole);
    out += &table(file, "REPLY_HOSTS", data.reply_hosts);
    write("senders.rs", &out);
}

fn mail_hosts() {
    let file = "mail_hosts.toml";
    let data: MailHosts = read(file);
    check_sources(file, "-", &data.sources);
    let mut out = String::new();
    for (name, hosts) in [("MICROSOFT", data.microsoft), ("BORDER", data.border), ("GATEWAYS", data.gateways)] {
        check_hosts(file, name, &hosts);
        out += &table(file, name, hosts);
    }
    write("mail_hosts.rs", &out);
}

fn test_markers() {
    let file = "test_markers.toml";
    let data: TestMarkers = read(file);
    check_sources(file, "-", &data.sources);
    let mut out = table(file, "BRACKETED", data.bracketed);
    out += &table(file, "BRACKETED_CAPITALS", data.bracketed_capitals);
    out += &table(file, "SHOUTED", data.shouted);
    out += &table(file, "LEADING", data.leading);
    out += &table(file, "MAILINGS", data.mailings);
    out += &table(file, "NOT_BEFORE", data.not_before);
    out += &table(file, "HEADINGS", data.headings);
    out += &table(file, "DISREGARD", data.disregard);
    out += &table(file, "UNSENT", data.unsent);
    out += &table(file, "TRAILING", data.trailing);
    write("test_markers.rs", &out);
}

fn suggested_words() {
    let file = "suggested_words.toml";
    let data: SuggestedWords = read(file);
    check_sources(file, "-", &[data.source]);
    let lists = [data.no_guarantee, data.unsubscribe, data.privacy, data.receiving_because];
    let mut out = format!("static WORDS: [Words; {}] = [\n", lists[0].len());
    for language in lists[0].keys() {
        let said = lists.each_ref().map(|list| list.get(language).map(String::as_str).unwrap_or_default());
        if said.iter().any(|said| said.is_empty() || said.contains(['<', '>', '&', '"'])) {
            fail(file, language, "each list has the language, and nothing that HTML would read: no <, >, & or \"");
        }
        let [no_guarantee, unsubscribe, privacy, receiving_because] = said;
        let _ = writeln!(
            out,
            "Words {{ language: {language:?}, no_guarantee: {no_guarantee:?}, unsubscribe: {unsubscribe:?}, privacy: {privacy:?}, receiving_because: {receiving_because:?} }},"
        );
    }
    if let Some(list) = lists.iter().find(|list| list.len() != lists[0].len()) {
        fail(file, list.keys().next().map_or("", String::as_str), "all lists have the same languages");
    }
    write("suggested_words.rs", &(out + "];\n"));
}

fn postal() {
    let file = "postal.toml";
    let data: Postal = read(file);
    check_sources(file, "-", &data.sources);
    let (ends, whole): (Vec<_>, Vec<_>) = data.streets.into_iter().partition(|word| word.starts_with('*'));
    let mut out = table(file, "STREETS", whole);
    out += &table(file, "STREET_ENDS", ends.iter().map(|word| word.trim_start_matches('*').to_owned()));
    out += &table(file, "PROSE", data.prose);
    out += &table(file, "BOXES", data.boxes);
    out += &table(file, "MARKS", data.marks);
    write("postal.rs", &out);
}

fn stopwords() {
    let file = "stopwords.toml";
    let data: Stopwords = read(file);
    check_sources(file, "-", &[data.source]);
    write("stopwords.rs", &table(file, "STOPWORDS", data.words.into_values().flatten()));
}

fn reply_commands() {
    let file = "reply_commands.toml";
    let data: ReplyCommands = read(file);
    check_sources(file, "-", &[data.source]);
    let folded = |words: BTreeMap<String, Vec<String>>| words.into_values().flatten().map(|word| fold(&word).text);
    let replies = table(file, "REPLIES", folded(data.reply));
    write("reply_commands.rs", &(replies + &table(file, "COMMANDS", folded(data.command))));
}

fn service_mail() {
    let file = "service_mail.toml";
    let data: ServiceMail = read(file);
    check_sources(file, "-", &[data.source]);
    let service = table(file, "SERVICE", data.service.into_values().flatten());
    write("service_mail.rs", &(service + &table(file, "COMMERCIAL", data.commercial.into_values().flatten())));
}

/// A sorted table of lower-case words, each once: languages share some.
fn table(file: &str, name: &str, words: impl IntoIterator<Item = String>) -> String {
    let mut words: Vec<String> = words.into_iter().collect();
    if let Some(word) = words.iter().find(|word| word.is_empty() || **word != word.to_lowercase()) {
        fail(file, word, format!("{name} wants lower case"));
    }
    words.sort();
    words.dedup();
    let mut out = String::new();
    writeln!(out, "static {name}: [Text; {}] = {};", words.len(), texts(&words)).expect("text");
    out
}
