//! What the codes mean that Microsoft 365 writes on a message. The list is `lints/data/verdicts.toml`.

/// What a code means.
#[derive(Debug)]
pub struct Code {
    /// The field: `SFV`, `SCL`, `CAT`; methods of authentication in lower case.
    pub field: Text,
    /// Its value; `1xx` for all numbers that begin with that digit.
    pub value: Text,
    /// What it means, as a phrase.
    pub means: Text,
    /// What it does to the message, or to what the copy proves.
    pub effect: Effect,
    /// Who says so.
    pub source: Text,
}

/// What a code does to the message, or to what the copy proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Filters ran and had nothing against it.
    Clean,
    /// Filters were skipped, or did not decide.
    Bypassed,
    /// A list or rule of this recipient or organisation decided against it.
    Listed,
    /// Taken for spam.
    Spam,
    /// Taken for phishing, malware or forged.
    Threat,
    /// Taken for bulk mail.
    Bulk,
    /// Authentication did not pass.
    Failed,
    /// Authentication could not be told.
    Open,
    /// Decides nothing.
    Plain,
}

/// A hit of the Advanced Spam Filter.
#[derive(Debug)]
pub struct Hit {
    /// As X-CustomSpam has it.
    pub text: Text,
    /// What it means, as a phrase.
    pub means: Text,
    /// The lint that finds the cause; empty if none does.
    pub lint: Text,
}

use crate::knowledge::table::Text;
include!(concat!(env!("OUT_DIR"), "/verdicts.rs"));

/// What `value` of `field` means; `None` for codes that nobody documents.
pub fn code(field: &str, value: &str) -> Option<&'static Code> {
    let value = match field.starts_with(|first: char| first.is_ascii_uppercase()) {
        true => value.to_ascii_uppercase(),
        false => value.to_ascii_lowercase(),
    };
    find(field, &value).or_else(|| {
        let is_number = value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit());
        find(field, &format!("{}xx", value.get(..1).filter(|_| is_number)?))
    })
}

fn find(field: &str, value: &str) -> Option<&'static Code> {
    let index = CODES.binary_search_by(|code| (code.field.as_str(), code.value.as_str()).cmp(&(field, value)));
    index.ok().and_then(|index| CODES.get(index))
}

/// What the field `name` (upper case) is; `None` for fields that nobody documents.
pub fn field(name: &str) -> Option<&'static str> {
    FIELDS.iter().find(|(known, _)| *known == name).map(|(_, means)| *means)
}

/// The place of a field in the order in which people read them.
pub fn rank(name: &str) -> usize {
    FIELDS.iter().position(|(known, _)| *known == name).unwrap_or(FIELDS.len())
}

/// The hit that X-CustomSpam names with `text`.
pub fn hit(text: &str) -> Option<&'static Hit> {
    HITS.iter().find(|hit| hit.text.eq_ignore_ascii_case(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_whatever_their_case() {
        for (field, value, effect) in [
            ("SFV", "SKN", Some(Effect::Bypassed)),
            ("SFV", "skn", Some(Effect::Bypassed)),
            ("SCL", "-1", Some(Effect::Bypassed)),
            ("SCL", "9", Some(Effect::Spam)),
            ("SCL", "3", None),
            ("PTR", "InfoDomainNonexistent", Some(Effect::Failed)),
            ("dmarc", "BestGuessPass", Some(Effect::Failed)),
            ("reason", "130", Some(Effect::Clean)),
            ("reason", "109", Some(Effect::Clean)),
            ("reason", "601", Some(Effect::Failed)),
            ("reason", "1xx1", None),
            ("reason", "5", None),
            ("SFV", "", None),
        ] {
            assert_eq!(code(field, value).map(|code| code.effect), effect, "{field} {value}");
        }
        assert!(code("reason", "130").is_some_and(|code| code.means.contains("ARC")));
    }

    #[test]
    fn lints_that_hits_name_exist() {
        let known: Vec<_> = crate::lints::REGISTRY.lints().map(|(_, lint)| lint.name).collect();
        for hit in HITS.iter().filter(|hit| !hit.lint.is_empty()) {
            assert!(known.contains(&hit.lint.as_str()), "{}", hit.lint);
        }
        assert_eq!(hit(" web BUG ").map(|hit| hit.lint.as_str()), Some("tracking-pixel"));
    }
}
