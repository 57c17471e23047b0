//! What the tests share: linting a few bytes with chosen lints.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub mod pages;

use presend::config::levels::{Levels, Setting};
use presend::config::{Purpose, Settings};
use presend::diagnostic::{Diagnostic, Level};
use presend::dns::Zone;
use presend::domain::{Domain, Name, Role, Wanted};
use presend::lint::{Linted, lint, lint_domain};
use presend::lints::REGISTRY;
use presend::message::Stage;
use presend::source::Source;
use std::net::IpAddr;

/// How a sample is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the file, which decides its kind.
    pub name: String,
    /// What the sender says.
    pub settings: Settings,
    /// The bytes are a zone, and this is the domain to look at in it.
    pub domain: Option<Asked>,
}

/// A domain to look at in a zone.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub name: String,
    pub selectors: Vec<String>,
    pub addresses: Vec<IpAddr>,
}

impl Options {
    /// `purpose=bulk stage=rendered own-domain=brand.com …`, as the fences of pages write it.
    pub fn parse(name: &str, options: &str) -> Self {
        let mut settings = Settings::default();
        let mut name = name.to_owned();
        let mut domain: Option<Asked> = None;
        for option in options.split_whitespace() {
            let (key, value) = option.split_once('=').expect("options are written key=value");
            match key {
                "purpose" => settings.purpose = Some(purpose(value)),
                "stage" => settings.stage = Some(if value == "rendered" { Stage::Rendered } else { Stage::Template }),
                "own-domain" => settings.own_domains.push(value.to_owned()),
                "provider" => settings.provider = Some(value.to_owned()),
                "name" => value.clone_into(&mut name),
                "raw" => settings.raw = value == "true",
                "max-message" => settings.max_message = value.parse().expect("a number of bytes"),
                "partner-domain" => settings.partner_domains.push(value.to_owned()),
                "digest" => settings.digest = value == "true",
                "audience" => settings.internal_audience = value == "internal",
                "domain" => domain.get_or_insert_default().name = value.to_owned(),
                "selector" => domain.get_or_insert_default().selectors.push(value.to_owned()),
                "ip" => domain.get_or_insert_default().addresses.push(value.parse().expect("an address")),
                "strict-disclosure" => settings.strict_disclosure = value == "true",
                _ => panic!("unknown option `{key}`"),
            }
        }
        Self { name, settings, domain }
    }
}

fn purpose(word: &str) -> Purpose {
    match word {
        "bulk" => Purpose::Bulk,
        "transactional" => Purpose::Transactional,
        "confirmation" => Purpose::Confirmation,
        "unknown" => Purpose::Unknown,
        _ => panic!("unknown purpose `{word}`"),
    }
}

/// Levels with all lints off but `name`, which is at its own level, or at warn where that is allow.
fn only(name: &str) -> Levels {
    let known = REGISTRY.known();
    let flags: Vec<Setting> = known
        .iter()
        .filter_map(|lint| {
            let level = match lint.name == name {
                true if lint.level == Level::Allow => Level::Warn,
                true => return None,
                false => Level::Allow,
            };
            Some(Setting::flag(level, lint.name, &known).expect("a lint of the registry"))
        })
        .collect();
    let mut levels = Levels::new(&known);
    levels.command_line(&flags).expect("nothing is forbidden");
    levels
}

/// Lints a campaign, or a domain in a zone.
fn lint_sample(options: &Options, bytes: &[u8], levels: &Levels) -> Linted {
    match &options.domain {
        None => lint(&Source::new(&options.name, None, bytes.to_vec(), None), &REGISTRY, &options.settings, levels),
        Some(asked) => {
            let name = Name::of_person(&asked.name).expect("a domain");
            let mut zone = Zone::parse(&options.name, bytes.to_vec(), None).expect("a zone");
            let (selectors, addresses) = (asked.selectors.clone(), asked.addresses.clone());
            let wanted = Wanted { selectors, addresses, ..Wanted::of(Role::Sender) };
            lint_domain(&Domain::gather(&name, wanted, &mut zone), &REGISTRY, levels)
        }
    }
}

/// Lints `bytes` with one lint.
pub fn lint_only(name: &str, options: &Options, bytes: &[u8]) -> Linted {
    let linted = lint_sample(options, bytes, &only(name));
    assert!(linted.panics.is_empty(), "{name} panicked: {:?}", linted.panics);
    linted
}

/// Lints `bytes` with all lints at their own levels.
pub fn lint_all(options: &Options, bytes: &[u8]) -> Linted {
    let linted = lint_sample(options, bytes, &Levels::new(&REGISTRY.known()));
    assert!(linted.panics.is_empty(), "a lint panicked: {:?}", linted.panics);
    linted
}

/// The names of the lints that fire on a sample, in order, each once.
pub fn names(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    let mut names: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.lint).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the labels of `lint` mark in `text`, read as `options` say; nothing where it is silent.
pub fn marks(lint: &str, name: &str, options: &str, text: &str) -> Vec<String> {
    let linted = lint_only(lint, &Options::parse(name, options), text.as_bytes());
    let marked = |diagnostic: &Diagnostic| {
        let place = &diagnostic.primary.as_ref().expect("a place").place;
        match &place.view {
            Some(view) => view.text.clone(),
            None => {
                let span = place.span.map_or(0..0, |positions| positions.span.range());
                String::from_utf8_lossy(&text.as_bytes()[span]).into_owned()
            }
        }
    };
    linted.diagnostics.iter().map(marked).collect()
}

/// The levels at which `lint` says something of `text`, in order.
pub fn levels(lint: &str, name: &str, options: &str, text: &str) -> Vec<Level> {
    let linted = lint_only(lint, &Options::parse(name, options), text.as_bytes());
    linted.diagnostics.iter().map(|diagnostic| diagnostic.level).collect()
}

/// The digits of base64, by what they count.
pub const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `bytes` in base64, without line ends.
pub fn base64(bytes: &[u8]) -> String {
    let digit = |bits: u32| char::from(DIGITS[(bits & 63) as usize]);
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        let mut text: String = [18, 12, 6, 0].iter().map(|shift| digit(bits >> shift)).collect();
        text.replace_range(group.len() + 1.., &"="[..1].repeat(3 - group.len()));
        text
    };
    bytes.chunks(3).map(group).collect()
}
