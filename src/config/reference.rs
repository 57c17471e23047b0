//! The reference of the configuration, `docs/configuration.md`: a page with the keys filled in.

use super::key::{Key, Value};
use super::keys::{ALLOW_KEYS, FILE_KEYS, KEYS, LIMITS, OVERRIDE_KEYS, SENDER_KEYS, TableKey};
use super::value::listed;

/// The page without its keys.
const PAGE: &str = include_str!("reference.md");

/// The reference, as Markdown.
pub fn markdown() -> String {
    let settings: String = KEYS.iter().map(|key| setting(key, "")).collect();
    let limits: String = LIMITS.iter().map(|key| setting(key, "[limits]\n")).collect();
    PAGE.replace("{settings}", &settings)
        .replace("{limits}", &limits)
        .replace("{file}", &table_keys(FILE_KEYS))
        .replace("{sender}", &table_keys(SENDER_KEYS))
        .replace("{override}", &table_keys(OVERRIDE_KEYS))
        .replace("{allow}", &table_keys(ALLOW_KEYS))
}

fn setting(key: &Key, table: &str) -> String {
    let default = match key.default {
        "" => String::new(),
        default => format!(" `{default}` if left out."),
    };
    let (name, about, what, example) = (key.name, key.about, what(key), key.example);
    format!("### `{name}`\n\n{about}{default}\n\n{what}:\n\n```toml\n{table}{example}\n```\n\n")
}

/// What may stand at the key.
fn what(key: &Key) -> String {
    match key.value {
        Value::Flag(_) => "`true` or `false`".to_owned(),
        Value::Words(_) => "A string".to_owned(),
        Value::List(_) => "An array of strings".to_owned(),
        Value::Domains(_) => "An array of registrable domains".to_owned(),
        Value::WebAddress(_) => "An address that begins with `https://` or `http://`".to_owned(),
        Value::Provider(_) => "The id of a provider".to_owned(),
        Value::Size(_) => "A size".to_owned(),
        Value::Count(_) => "A whole number".to_owned(),
        Value::Limit(limit) => {
            let kind = if limit.is_size() { "A size" } else { "A whole number" };
            format!("{kind}, from {} to {}", limit.shown(1), limit.shown(limit.most()))
        }
        Value::Purpose | Value::Stage | Value::Kind | Value::Audience => listed(key.choices().into_iter(), "or"),
    }
}

fn table_keys(keys: &[TableKey]) -> String {
    let line = |key: &TableKey| {
        let needed = if key.required { "" } else { " May be left out." };
        format!("- `{}`: {}{needed}\n", key.name, key.about)
    };
    keys.iter().map(line).collect()
}
