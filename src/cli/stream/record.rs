//! One record: who asks, and the campaign.

use super::input::too_large;
use crate::config::KINDS;
use crate::message::transfer;
use crate::report::json::RecordId;
use crate::source::{Kind, STANDARD_INPUT, Source};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// A record as it was cut from the input.
#[derive(Debug)]
pub enum Raw {
    /// A line, with its end.
    Line(Vec<u8>),
    /// The object, and the campaign behind it.
    Framed(Vec<u8>, Vec<u8>),
    /// What there is of one that can't be used, and why.
    Cut(Vec<u8>, String),
}

impl Raw {
    /// Bytes that it holds.
    pub fn size(&self) -> usize {
        match self {
            Self::Line(bytes) | Self::Cut(bytes, _) => bytes.len(),
            Self::Framed(head, body) => head.len() + body.len(),
        }
    }
}

/// A record as it is understood.
#[derive(Debug)]
pub struct Record {
    /// Who asks, where that can be read.
    pub id: Option<RecordId>,
    /// How reports name the campaign.
    pub name: String,
    /// What to check, or why nothing can be.
    pub source: Result<Source, String>,
}

impl Record {
    /// Reads a record whose campaign may have `largest` bytes and is of `kind` if that is said for all.
    pub fn read(raw: Raw, largest: u64, kind: Option<Kind>) -> Self {
        let mut object = Object::default();
        let (campaign, why) = match raw {
            Raw::Line(line) => (None, object.fill(&line, true)),
            Raw::Framed(head, body) => (Some(Campaign::Bytes(body)), object.fill(&head, false)),
            Raw::Cut(beginning, why) => {
                // as far as it goes
                let _ = object.fill(&beginning, true);
                (None, Err(why))
            }
        };
        let name = object.name.take().filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| STANDARD_INPUT.to_owned());
        let id = object.id.take();
        let source = why.and_then(|()| object.source(campaign, id.is_some(), &name, largest, kind));
        Self { id, name, source }
    }
}

#[derive(Debug)]
enum Campaign {
    Text(String),
    Bytes(Vec<u8>),
}

/// What the object of a record says so far: what can be read before a fault is kept, so that the answer finds its way.
#[derive(Debug, Default)]
struct Object {
    id: Option<RecordId>,
    name: Option<String>,
    kind: Option<String>,
    text: Option<String>,
    base64: Option<String>,
    seen: Vec<&'static str>,
    fault: Option<String>,
    /// The campaign is in the object.
    holds_campaign: bool,
}

impl Object {
    fn fill(&mut self, bytes: &[u8], holds_campaign: bool) -> Result<(), String> {
        let bytes = bytes.trim_ascii();
        if bytes.is_empty() {
            return Err("the record is empty".to_owned());
        }
        self.holds_campaign = holds_campaign;
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let read = (&mut *self).deserialize(&mut reader).and_then(|()| reader.end());
        read.map_err(|error| {
            let (text, column) = (error.to_string(), error.column());
            let what = text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(&text);
            format!("this is no record: {what} (byte {column})")
        })?;
        self.fault.take().map_or(Ok(()), Err)
    }

    fn source(
        self,
        campaign: Option<Campaign>,
        has_id: bool,
        name: &str,
        largest: u64,
        kind: Option<Kind>,
    ) -> Result<Source, String> {
        if !has_id {
            return Err("`id` is missing".to_owned());
        }
        let said = self.kind.map(|word| named(&word)).transpose()?;
        let campaign = match (campaign, self.text, self.base64) {
            (Some(campaign), ..) => campaign,
            (None, Some(text), None) => Campaign::Text(text),
            (None, None, Some(base64)) => Campaign::Bytes(decoded(&base64)?),
            (None, None, None) => return Err("`campaign` is missing, and so is `campaign_base64`".to_owned()),
            _ => return Err("`campaign` and `campaign_base64` exclude each other".to_owned()),
        };
        let size = match &campaign {
            Campaign::Text(text) => text.len(),
            Campaign::Bytes(bytes) => bytes.len(),
        };
        if size as u64 > largest {
            return Err(too_large(largest));
        }
        let kind = said.or(kind);
        Ok(match campaign {
            // whoever made JSON of it has undone its charset
            Campaign::Text(text) => Source::of_text(name, None, &text, kind),
            Campaign::Bytes(bytes) => Source::new(name, None, bytes, kind),
        })
    }

    /// Notes a key; false if it was there before, or is none.
    fn is_new(&mut self, key: &str) -> bool {
        let keys = if self.holds_campaign { KEYS } else { &KEYS[..3] };
        let Some(key) = keys.iter().find(|known| **known == key) else {
            let all: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            self.fault.get_or_insert_with(|| format!("unknown key `{key}` (keys: {})", all.join(", ")));
            return false;
        };
        if self.seen.contains(key) {
            self.fault.get_or_insert_with(|| format!("`{key}` is given twice"));
            return false;
        }
        self.seen.push(key);
        true
    }
}

const KEYS: &[&str] = &["id", "name", "kind", "campaign", "campaign_base64"];

impl<'de> DeserializeSeed<'de> for &mut Object {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Object {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `id` and the campaign")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if !self.is_new(&key) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match key.as_str() {
                "id" => self.id = Some(id(map.next_value()?).ok_or_else(|| A::Error::custom(NO_ID))?),
                "name" => self.name = map.next_value()?,
                "kind" => self.kind = map.next_value()?,
                "campaign" => self.text = Some(map.next_value()?),
                _ => self.base64 = Some(map.next_value()?),
            }
        }
        Ok(())
    }
}

const NO_ID: &str = "`id` is neither text nor a whole number";

fn id(value: Value) -> Option<RecordId> {
    match value {
        Value::String(text) => Some(RecordId::Text(text)),
        Value::Number(number) => {
            number.as_i64().map(i128::from).or(number.as_u64().map(i128::from)).map(RecordId::Number)
        }
        _ => None,
    }
}

fn named(word: &str) -> Result<Kind, String> {
    let found = KINDS.iter().find(|(name, _)| *name == word);
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let all: Vec<_> = KINDS.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("unknown kind `{word}` (kinds: {})", all.join(", "))
    })
}

/// Undoes base64 (RFC 4648 §4), with or without padding and line ends; in mail more is forgiven than here.
fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let digits = || text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let count = digits().take_while(|byte| *byte != b'=').count();
    let padding = digits().skip(count);
    let wanted = (4 - count % 4) % 4;
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let padded = padding.clone().count();
    let right = digits().take(count).all(is_digit)
        && count % 4 != 1
        && padding.clone().all(|byte| byte == b'=')
        && (padded == 0 || padded == wanted);
    if right { Ok(transfer::base64(text.as_bytes(), None)) } else { Err("`campaign_base64` is not base64".to_owned()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(line: &str) -> (Option<RecordId>, Result<String, String>) {
        let record = Record::read(Raw::Line(line.as_bytes().to_vec()), 20, None);
        (record.id, record.source.map(|source| String::from_utf8(source.bytes).unwrap()))
    }

    #[test]
    fn a_record_is_an_id_and_a_campaign() {
        let text = |id: &str| Some(RecordId::Text(id.to_owned()));
        assert_eq!(read(r#"{"id":"a","campaign":"<p>é"}"#), (text("a"), Ok("<p>é".to_owned())));
        assert_eq!(read(r#"{"campaign_base64":"PHA+\n","id":7}"#), (Some(RecordId::Number(7)), Ok("<p>".to_owned())));
        assert_eq!(read(r#"{"id":"a","campaign_base64":"PA"}"#).1, Ok("<".to_owned()));
        assert_eq!(read(r#"{"id":"a","campaign_base64":""}"#).1, Ok(String::new()));
    }

    #[test]
    fn what_is_wrong_is_said_and_the_id_kept() {
        for (line, said) in [
            (r#"{"id":"a"}"#, "`campaign` is missing, and so is `campaign_base64`"),
            (r#"{"id":"a","campaign":"","campaign_base64":""}"#, "`campaign` and `campaign_base64` exclude each other"),
            (r#"{"campaign":"","campaign":"","id":"a"}"#, "`campaign` is given twice"),
            (
                r#"{"campain":"","id":"a"}"#,
                "unknown key `campain` (keys: `id`, `name`, `kind`, `campaign`, `campaign_base64`)",
            ),
            (r#"{"id":"a","campaign":3}"#, "this is no record: invalid type: integer `3`, expected a string (byte 22)"),
            (r#"{"id":"a","campaign":"x"#, "this is no record: EOF while parsing a string (byte 23)"),
            (r#"{"id":"a","campaign":"x"}{"#, "this is no record: trailing characters (byte 26)"),
            (r#"{"id":"a","campaign_base64":"PHA"x}"#, "this is no record: expected `,` or `}` (byte 34)"),
            (r#"{"id":"a","campaign_base64":"P"}"#, "`campaign_base64` is not base64"),
            (r#"{"id":"a","campaign_base64":"PA=A"}"#, "`campaign_base64` is not base64"),
            (r#"{"id":"a","kind":"pdf","campaign":""}"#, "unknown kind `pdf` (kinds: "),
            (
                r#"{"id":"a","campaign":"123456789012345678901"}"#,
                "the campaign is over the limit of 20 bytes; `--max-size` raises it",
            ),
        ] {
            let (id, source) = read(line);
            assert!(source.as_ref().unwrap_err().starts_with(said), "{line}: {source:?}");
            assert_eq!(id, Some(RecordId::Text("a".to_owned())), "{line}");
        }
    }

    #[test]
    fn without_an_id_there_is_none() {
        for (line, said) in [
            ("", "the record is empty"),
            (r#"{"campaign":""}"#, "`id` is missing"),
            (r#"{"id":1.5,"campaign":""}"#, "this is no record: `id` is neither text nor a whole number (byte 9)"),
            (
                "3",
                "this is no record: invalid type: integer `3`, expected an object with `id` and the campaign (byte 1)",
            ),
        ] {
            assert_eq!(read(line), (None, Err(said.to_owned())), "{line}");
        }
    }
}
