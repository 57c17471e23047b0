//! The JSON Schema of `presend.toml`, for editors: made from the tables that the reader uses.
//!
//! Draft 7, which the TOML editors know. Names of lints are not listed: a schema that is kept beside a configuration should not refuse the next lint.

use super::key::{Key, Value};
use super::keys::{ALLOW_KEYS, FILE_KEYS, KEYS, LIMITS, OVERRIDE_KEYS, SENDER_KEYS, TableKey};
use crate::knowledge::providers;
use serde_json::{Map, Value as Json, json};

/// The schema, with a final line end.
pub fn json_schema() -> String {
    let mut text = format!("{:#}", schema());
    text.push('\n');
    text
}

fn schema() -> Json {
    let mut top = settings(KEYS.iter());
    put(&mut top, "limits", json!({ "$ref": "#/definitions/limits" }));
    put(&mut top, "lints", json!({ "$ref": "#/definitions/lints" }));
    let mut sender = settings(KEYS.iter().filter(|key| !key.early));
    put(&mut sender, "limits", json!({ "$ref": "#/definitions/sender-limits" }));
    put(&mut sender, "lints", json!({ "$ref": "#/definitions/lints" }));
    extend(&mut sender, SENDER_KEYS);
    let mut over = top.clone();
    extend(&mut over, OVERRIDE_KEYS);
    let mut allow = Map::new();
    extend(&mut allow, ALLOW_KEYS);

    let mut definitions: Map<String, Json> = KEYS.iter().map(|key| (key.name.to_owned(), described(key))).collect();
    put(&mut definitions, "limits", limits(LIMITS.iter()));
    put(&mut definitions, "sender-limits", limits(LIMITS.iter().filter(|key| !key.early)));
    put(&mut definitions, "lints", lints());
    put(&mut definitions, "level", level());
    put(&mut definitions, "senderTable", table(sender, SENDER_KEYS, "One of several senders, such as a client."));
    put(&mut definitions, "overrideTable", table(over, OVERRIDE_KEYS, "What holds for some sources only."));
    put(&mut definitions, "allowTable", table(allow, ALLOW_KEYS, "A diagnostic that was looked at and is fine."));

    extend(&mut top, FILE_KEYS);
    put(
        &mut top,
        "sender",
        json!({
            "description": "Several senders in one configuration, each by its name.",
            "type": "object",
            "additionalProperties": { "$ref": "#/definitions/senderTable" },
        }),
    );
    for (name, about) in [("override", "What holds for some sources only."), ("allow", "Diagnostics that are fine.")] {
        let items = format!("#/definitions/{name}Table");
        put(&mut top, name, json!({ "description": about, "type": "array", "items": { "$ref": items } }));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "presend.toml",
        "description": "The configuration of presend: what the sender knows and the linter can't.",
        "type": "object",
        "additionalProperties": false,
        "properties": top,
        "definitions": definitions,
    })
}

fn put(map: &mut Map<String, Json>, name: &str, value: Json) {
    map.insert(name.to_owned(), value);
}

/// References to settings; their own definitions say what they are.
fn settings<'k>(keys: impl Iterator<Item = &'k Key>) -> Map<String, Json> {
    keys.map(|key| (key.name.to_owned(), json!({ "$ref": format!("#/definitions/{}", key.name) }))).collect()
}

fn extend(properties: &mut Map<String, Json>, keys: &[TableKey]) {
    for key in keys {
        let text = json!({ "type": "string", "minLength": 1 });
        let mut shape = if key.list { json!({ "type": "array", "items": text }) } else { text };
        shape["description"] = json!(key.about);
        put(properties, key.name, shape);
    }
}

fn table(properties: Map<String, Json>, keys: &[TableKey], about: &str) -> Json {
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "description": about,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "required": required,
    })
}

fn limits<'k>(keys: impl Iterator<Item = &'k Key>) -> Json {
    let properties: Map<String, Json> = keys.map(|key| (key.name.to_owned(), described(key))).collect();
    json!({
        "description": "What is too large or too long.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn lints() -> Json {
    json!({
        "description": "Levels of lints, topics, standards, `pedantic` and `warnings`.",
        "type": "object",
        "propertyNames": { "pattern": "^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?$" },
        "additionalProperties": {
            "oneOf": [
                { "$ref": "#/definitions/level" },
                {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                        "level": { "$ref": "#/definitions/level" },
                        "reason": { "description": "Why.", "type": "string", "minLength": 1 },
                    },
                    "required": ["level"],
                },
            ],
        },
    })
}

fn level() -> Json {
    json!({ "description": "How grave it is.", "enum": ["allow", "warn", "deny", "forbid"] })
}

/// What may stand at a key, with what it says and its default.
fn described(key: &Key) -> Json {
    let mut shape = shape(key);
    shape["description"] = json!(key.about);
    if !key.default.is_empty() {
        let default: Option<toml::Table> = toml::from_str(&format!("default = {}", key.default)).ok();
        shape["default"] = json!(default.and_then(|mut table| table.remove("default")));
    }
    shape
}

fn shape(key: &Key) -> Json {
    let text = json!({ "type": "string", "minLength": 1 });
    match key.value {
        Value::Flag(_) => json!({ "type": "boolean" }),
        Value::Words(_) => text,
        Value::List(_) => json!({ "type": "array", "items": text }),
        Value::Domains(_) => {
            json!({ "type": "array", "items": { "type": "string", "pattern": "^[^/@:\\s]+\\.[^/@:\\s]+$" } })
        }
        Value::WebAddress(_) => json!({ "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://." }),
        Value::Provider(_) => {
            json!({ "enum": providers::all().iter().map(|provider| provider.id).collect::<Vec<_>>() })
        }
        Value::Size(_) => size(0, None),
        Value::Limit(limit) if limit.is_size() => size(1, Some(limit.most())),
        Value::Limit(limit) => json!({ "type": "integer", "minimum": 1, "maximum": limit.most() }),
        Value::Count(_) => json!({ "type": "integer", "minimum": 0 }),
        Value::Purpose | Value::Stage | Value::Kind | Value::Audience => json!({ "enum": key.choices() }),
    }
}

/// A size; with its bounds, where it is a number of bytes.
fn size(least: u64, most: Option<u64>) -> Json {
    let mut number = json!({ "type": "integer", "minimum": least });
    if let Some(most) = most {
        number["maximum"] = json!(most);
    }
    let text = json!({ "type": "string", "pattern": "^\\s*[0-9]+(\\.[0-9]{1,3})?\\s*([KkMmGg][Ii]?[Bb]|[Bb])?\\s*$" });
    json!({ "anyOf": [text, number] })
}
