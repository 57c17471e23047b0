//! What the editor's user sets: `initializationOptions`, or the section `presend` of the editor's settings.

use crate::config::levels::{Known, Setting};
use crate::diagnostic::Level;
use crate::sort;
use serde_json::Value;
use std::path::PathBuf;

/// The section of the settings.
pub(super) const SECTION: &str = "presend";

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Options {
    /// Anything is checked at all.
    pub enable: bool,
    /// The configuration file, where it is not the nearest one.
    pub config: Option<PathBuf>,
    /// The baseline.
    pub baseline: Option<PathBuf>,
    /// Levels, as flags of the command line: groups first, then lints.
    pub levels: Vec<Setting>,
}

impl Default for Options {
    fn default() -> Self {
        Self { enable: true, config: None, baseline: None, levels: Vec::new() }
    }
}

impl Options {
    /// Reads settings, which may lie in an object called `presend`. What can't be used is left out and told: the second result. Keys that are not
    /// known belong to the editor's extension.
    pub fn read(value: &Value, known: &[Known]) -> (Self, Vec<String>) {
        let value = value.get(SECTION).filter(|inner| inner.is_object()).unwrap_or(value);
        let mut told = Vec::new();
        let mut text = |key: &str| match value.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => (!text.is_empty()).then(|| PathBuf::from(text)),
            Some(_) => {
                told.push(format!("the setting `presend.{key}` has to be a string"));
                None
            }
        };
        let (config, baseline) = (text("config"), text("baseline"));
        let enable = match value.get("enable") {
            None | Some(Value::Null) => true,
            Some(Value::Bool(enable)) => *enable,
            Some(_) => {
                told.push("the setting `presend.enable` has to be `true` or `false`".to_owned());
                true
            }
        };
        let levels = levels(value.get("levels"), known, &mut told);
        (Self { enable, config, baseline, levels }, told)
    }
}

/// `{ "links": "warn", "freemail-sender": "deny" }`, in the order in which the command line would have to say it: the particular beats the general.
fn levels(value: Option<&Value>, known: &[Known], told: &mut Vec<String>) -> Vec<Setting> {
    let entries = match value {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Object(entries)) => entries,
        Some(_) => {
            told.push("the setting `presend.levels` has to be an object of names and levels".to_owned());
            return Vec::new();
        }
    };
    let mut settings: Vec<Setting> = Vec::new();
    for (name, level) in entries {
        let Some(level) = level.as_str().and_then(Level::parse) else {
            told.push(format!(
                "the level of `{name}` in `presend.levels` has to be `allow`, `warn`, `deny` or `forbid`"
            ));
            continue;
        };
        match Setting::flag(level, name, known) {
            Ok(setting) => settings.push(setting),
            Err(unknown) => told.push(format!("{unknown} in `presend.levels`")),
        }
    }
    sort::by_key(&mut settings, |setting| (setting.selector.rank(), setting.level, setting.selector));
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lints::REGISTRY;
    use serde_json::json;

    fn read(value: &Value) -> (Options, Vec<String>) {
        Options::read(value, &REGISTRY.known())
    }

    #[test]
    fn nothing_said_is_the_default() {
        for value in [Value::Null, json!({}), json!([1]), json!({"presend": {}}), json!({"levels": null, "config": ""})]
        {
            assert_eq!(read(&value), (Options::default(), Vec::new()), "{value}");
        }
    }

    #[test]
    fn the_particular_beats_the_general_whatever_the_order() {
        let levels = json!({"freemail-sender": "deny", "sender": "warn", "microsoft": "allow", "warnings": "deny"});
        let (options, told) = read(&json!({"presend": {"enable": false, "baseline": "known.json", "levels": levels}}));
        assert_eq!(told, Vec::<String>::new());
        assert_eq!((options.enable, options.baseline), (false, Some("known.json".into())));
        let flags: Vec<_> = options.levels.iter().map(|setting| setting.origin.to_string()).collect();
        assert_eq!(flags, ["`-D warnings`", "`-A microsoft`", "`-W sender`", "`-D freemail-sender`"]);
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_holds() {
        let (options, told) =
            read(&json!({"enable": 1, "config": 2, "levels": {"freemail-sendr": "deny", "links": 3, "body": "warn"}}));
        assert_eq!(options.levels.len(), 1);
        assert!(options.enable && told.len() == 4, "{told:?}");
        assert!(told.iter().any(|text| text.starts_with("unknown lint `freemail-sendr`")), "{told:?}");
    }
}
