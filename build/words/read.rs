//! Reads the data files and says in which file and entry a mistake is.

use std::collections::HashSet;
use std::path::Path;

use toml::{Table, Value};

use super::fold::fold;
use super::meaning::Meaning;
use super::phrase::{Entry, Spacing, parts, spelling, variants};
use super::record::{WORD_END, WORD_START};

pub struct UrlHints {
    pub entries: Vec<Entry>,
    pub article_folders: Vec<String>,
    pub decoys: Vec<String>,
    pub campaign_parameters: Vec<String>,
}

pub struct Subjects {
    pub vague: Vec<String>,
    pub reply_prefixes: Vec<String>,
    pub automatic_prefixes: Vec<String>,
}

/// Adds the entries of one language file.
pub fn language(path: &Path, languages: &mut Vec<String>, entries: &mut Vec<Entry>) -> Result<(), String> {
    let table = table(path)?;
    let at = |problem: String| format!("{}: {problem}", path.display());
    let text = |key: &str| {
        table
            .get(key)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| at(format!("`{key}` is missing")))
    };
    let language = text("language")?;
    for key in ["name", "source", "reviewed"] {
        text(key)?;
    }
    let spacing = match text("spacing")? {
        "words" => Spacing::Words,
        "word-start" => Spacing::WordStart,
        "none" => Spacing::None,
        other => return Err(at(format!("spacing `{other}` is none of words, word-start, none"))),
    };
    let number = number_of(languages, language).ok_or_else(|| at("too many languages".into()))?;
    for (key, value) in &table {
        if ["language", "name", "source", "reviewed", "spacing"].contains(&key.as_str()) {
            continue;
        }
        let meaning = Meaning::ALL.iter().position(|(_, known)| known == key && !known.is_empty());
        let meaning = meaning.ok_or_else(|| at(format!("unknown key `{key}`")))?;
        let mut seen = HashSet::new();
        for item in value.as_array().ok_or_else(|| at(format!("`{key}` is not a list")))? {
            let (phrase, weak) = entry(item).map_err(|problem| at(format!("`{key}`: {problem}")))?;
            let wrong = |problem: String| at(format!("`{key}`: \"{phrase}\": {problem}"));
            if !seen.insert(spelling(phrase)) {
                return Err(wrong("it is there twice (case, diacritics, commas and dashes make no difference)".into()));
            }
            let meaning = if weak && meaning == number_in_all(Meaning::Unsubscribe) {
                number_in_all(Meaning::UnsubscribeWeak)
            } else {
                meaning
            };
            for variant in variants(phrase, language) {
                let parts = parts(&variant, spacing).map_err(wrong)?;
                entries.push(Entry { language: number, meaning: meaning as u8, weak, parts });
            }
        }
    }
    Ok(())
}

fn number_in_all(meaning: Meaning) -> usize {
    Meaning::ALL.iter().position(|&(known, _)| known == meaning).unwrap_or_default()
}

fn number_of(languages: &mut Vec<String>, language: &str) -> Option<u8> {
    let index = languages.iter().position(|known| known == language).unwrap_or_else(|| {
        languages.push(language.to_owned());
        languages.len() - 1
    });
    u8::try_from(index).ok()
}

/// A phrase, and whether it says why it is weak.
fn entry(item: &Value) -> Result<(&str, bool), String> {
    match item {
        Value::String(phrase) => Ok((phrase, false)),
        Value::Table(table) => {
            if let Some(key) = table.keys().find(|key| !["phrase", "weak"].contains(&key.as_str())) {
                return Err(format!("an entry has the unknown key `{key}`"));
            }
            let phrase = table.get("phrase").and_then(Value::as_str).ok_or("an entry has no `phrase`")?;
            let weak = table.get("weak").and_then(Value::as_str).filter(|why| !why.is_empty());
            weak.map(|_| (phrase, true)).ok_or_else(|| format!("\"{phrase}\": `weak` must say why"))
        }
        _ => Err("an entry is neither a text nor { phrase, weak }".into()),
    }
}

/// Hints in URLs: words joined by `-`, which may be missing in the URL; `*` for the rest of a word at either end.
pub fn url_hints(path: &Path) -> Result<UrlHints, String> {
    let table = table(path)?;
    let at = |problem: String| format!("{}: {problem}", path.display());
    only_keys(
        &table,
        &[
            "source",
            "unsubscribe",
            "opt_out",
            "preferences",
            "web_version",
            "privacy",
            "article_folders",
            "decoys",
            "campaign_parameters",
        ],
    )
    .map_err(at)?;
    let mut entries = Vec::new();
    let meanings = [
        ("unsubscribe", Meaning::Unsubscribe),
        ("opt_out", Meaning::UnsubscribeWeak),
        ("preferences", Meaning::Preferences),
        ("web_version", Meaning::WebVersion),
        ("privacy", Meaning::Privacy),
    ];
    for (key, meaning) in meanings {
        for hint in list(&table, key).map_err(at)? {
            let text = fold(hint.trim_matches('*')).text;
            let start = if hint.starts_with('*') { 0 } else { WORD_START };
            let end = if hint.ends_with('*') { 0 } else { WORD_END };
            let mut spellings = vec![text.clone(), text.replace('-', "")];
            spellings.dedup();
            for spelling in spellings {
                if spelling.len() < 3 {
                    return Err(at(format!("`{key}`: \"{hint}\" is too short")));
                }
                let parts = vec![(spelling, start | end | super::record::LAST)];
                entries.push(Entry { language: 0, meaning: number_in_all(meaning) as u8, weak: false, parts });
            }
        }
    }
    Ok(UrlHints {
        entries,
        article_folders: sorted(&table, "article_folders").map_err(at)?,
        decoys: sorted(&table, "decoys").map_err(at)?,
        campaign_parameters: sorted(&table, "campaign_parameters").map_err(at)?,
    })
}

/// Vague subjects, one table of languages each, and reply prefixes.
pub fn subjects(path: &Path) -> Result<Subjects, String> {
    let table = table(path)?;
    let at = |problem: String| format!("{}: {problem}", path.display());
    only_keys(&table, &["source", "reply_prefixes", "automatic_prefixes", "vague"]).map_err(at)?;
    let lists = table.get("vague").and_then(Value::as_table).ok_or_else(|| at("`vague` is no table".into()))?;
    let mut vague = Vec::new();
    for language in lists.keys() {
        vague.extend(sorted(lists, language).map_err(|problem| at(format!("vague: {problem}")))?);
    }
    // "information" is a word of many languages
    vague.sort();
    vague.dedup();
    Ok(Subjects {
        vague,
        reply_prefixes: sorted(&table, "reply_prefixes").map_err(at)?,
        automatic_prefixes: sorted(&table, "automatic_prefixes").map_err(at)?,
    })
}

fn table(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.parse::<Table>().map_err(|error| format!("{}: {}", path.display(), error.to_string().replace('\n', " ")))
}

fn only_keys(table: &Table, known: &[&str]) -> Result<(), String> {
    if !table.contains_key("source") {
        return Err("`source` is missing".into());
    }
    table.keys().find(|key| !known.contains(&key.as_str())).map_or(Ok(()), |key| Err(format!("unknown key `{key}`")))
}

fn list<'t>(table: &'t Table, key: &str) -> Result<Vec<&'t str>, String> {
    let items = table.get(key).and_then(Value::as_array).ok_or_else(|| format!("`{key}` is not a list"))?;
    items
        .iter()
        .map(|item| {
            item.as_str().filter(|text| !text.is_empty()).ok_or_else(|| format!("`{key}` has an entry that is no text"))
        })
        .collect()
}

/// A list, folded and in the order that a binary search needs.
fn sorted(table: &Table, key: &str) -> Result<Vec<String>, String> {
    let mut folded: Vec<String> = Vec::new();
    for item in list(table, key)? {
        let text = fold(item).text;
        let text = if key == "campaign_parameters" {
            text
        } else {
            text.trim_matches(|character: char| !character.is_alphanumeric()).to_owned()
        };
        if folded.contains(&text) {
            return Err(format!("`{key}`: \"{item}\" is there twice"));
        }
        folded.push(text);
    }
    folded.sort();
    Ok(folded)
}
