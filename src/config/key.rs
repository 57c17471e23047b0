//! What a key of `presend.toml` is: its name, what may stand there, and where that goes.

use super::error::Fault;
use super::layer::Layer;
use super::limits::Limit;
use super::value::{self, Item, Read, fault};
use super::vocabulary::Vocabulary;
use super::{KINDS, PURPOSES, STAGES, domain, similar};
use url::Url;

/// One key, and what there is to know of it.
#[derive(Debug)]
pub struct Key {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// What may stand there.
    pub(super) value: Value,
    /// What holds where nobody says it; empty for nothing in particular.
    pub default: &'static str,
    /// An example, as TOML.
    pub example: &'static str,
    /// What it says, in whole sentences.
    pub about: &'static str,
    /// Whether it has to be known before a source is read: then no `[sender.NAME]` can say it, as a sender may be known by its From only.
    pub early: bool,
}

/// The place in a layer.
type Place<T> = fn(&mut Layer) -> &mut Option<T>;

/// What may stand at a key, and its place in a layer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// `true` or `false`.
    Flag(Place<bool>),
    /// A string with something in it.
    Words(Place<String>),
    /// Strings.
    List(Place<Vec<String>>),
    /// Registrable domains.
    Domains(Place<Vec<String>>),
    /// An address of http or https.
    WebAddress(Place<String>),
    /// The id of a provider.
    Provider(Place<String>),
    /// A number of bytes, with or without a unit.
    Size(Place<u64>),
    /// A number.
    Count(Place<u64>),
    /// How much of a source is read.
    Limit(Limit),
    /// Bulk, transactional or confirmation.
    Purpose,
    /// Template or rendered.
    Stage,
    /// Message, html, template or mjml.
    Kind,
    /// Internal or public.
    Audience,
}

/// Audiences: whether they are internal.
const AUDIENCES: [(&str, bool); 2] = [("internal", true), ("public", false)];

impl Key {
    /// Reads the key's value into `layer`.
    pub(super) fn read(&self, vocabulary: &Vocabulary, layer: &mut Layer, item: &Item<'_>) -> Read<()> {
        match self.value {
            Value::Flag(place) => *place(layer) = Some(value::boolean(item)?),
            Value::Words(place) => *place(layer) = Some(value::words(item)?),
            Value::List(place) => *place(layer) = Some(value::each(item, "strings", value::words)?),
            Value::Domains(place) => *place(layer) = Some(domains(vocabulary, item)?),
            Value::WebAddress(place) => *place(layer) = Some(web_address(item)?),
            Value::Provider(place) => {
                let id = provider(vocabulary, value::text(item)?).map_err(|fault| vec![at(item, fault)])?;
                *place(layer) = Some(id);
            }
            Value::Size(place) => *place(layer) = Some(value::size(item)?),
            Value::Count(place) => *place(layer) = Some(value::count(item)?),
            Value::Limit(limit) => layer.limits.push((limit, value::limit(item, limit)?)),
            Value::Purpose => layer.purpose = Some(value::one_of(item, &PURPOSES)?),
            Value::Stage => layer.stage = Some(value::one_of(item, &STAGES)?),
            Value::Kind => layer.kind = Some(value::one_of(item, &KINDS)?),
            Value::Audience => layer.internal_audience = Some(value::one_of(item, &AUDIENCES)?),
        }
        Ok(())
    }

    /// The words that may stand there, where only some may.
    pub(super) fn choices(&self) -> Vec<&'static str> {
        fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
            choices.iter().map(|(name, _)| *name).collect()
        }
        match self.value {
            Value::Purpose => names(&PURPOSES),
            Value::Stage => names(&STAGES),
            Value::Kind => names(&KINDS),
            Value::Audience => names(&AUDIENCES),
            _ => Vec::new(),
        }
    }
}

fn domains(vocabulary: &Vocabulary, item: &Item<'_>) -> Read<Vec<String>> {
    value::each(item, "domains", |element| {
        own_domain(vocabulary, value::text(element)?).map_err(|fault| vec![at(element, fault)])
    })
}

/// A domain, or why it is none with the way out.
pub(crate) fn own_domain(vocabulary: &Vocabulary, text: &str) -> Result<String, (String, Option<String>)> {
    domain::parse(text, vocabulary.registrable)
}

/// A provider's id, or why it is none with the way out.
pub(crate) fn provider(vocabulary: &Vocabulary, text: &str) -> Result<String, (String, Option<String>)> {
    let id = similar::folded(text);
    let ids = (vocabulary.providers)();
    if ids.contains(&id.as_str()) {
        return Ok(id);
    }
    let help = match similar::did_you_mean(&id, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`presend lints --providers` lists those that are known".to_owned(),
    };
    Err((format!("unknown provider `{text}`"), Some(help)))
}

fn at(item: &Item<'_>, (message, help): (String, Option<String>)) -> Fault {
    let fault = Fault::new(item.span(), message);
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn web_address(item: &Item<'_>) -> Read<String> {
    let text = value::words(item)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(text),
        _ => fault(
            Fault::new(item.span(), format!("`{text}` is no web address"))
                .help("write it in full, as `https://brand.com/privacy`"),
        ),
    }
}
