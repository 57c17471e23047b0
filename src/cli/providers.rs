//! `presend lints --providers`: the providers and template engines that are known.

use super::args::ListFormat;
use super::exit::Outcome;
use super::streams::Streams;
use super::table;
use crate::knowledge::providers::{self, Adds, Provider, TagMeaning};
use serde::Serialize;
use std::io;

/// The JSON document.
#[derive(Serialize)]
struct List {
    /// Of this form; a change that breaks readers raises it.
    version: u32,
    providers: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    provider: &'static str,
    name: &'static str,
    /// A template engine, which sends nothing.
    engine: bool,
    adds: Vec<&'static str>,
    unsubscribe: Option<&'static str>,
}

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(format: ListFormat, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    let (engines, mut listed): (Vec<_>, Vec<_>) = providers::all().iter().partition(|provider| provider.engine);
    listed.extend(engines);
    match format {
        ListFormat::Human => {
            let head = ["provider", "name", "adds by itself", "opt-out"].map(str::to_owned);
            table::write(std::iter::once(head).chain(listed.into_iter().map(row)).collect(), &mut streams.out)?;
        }
        ListFormat::Json => {
            let list = List { version: 1, providers: listed.into_iter().map(entry).collect() };
            serde_json::to_writer_pretty(&mut streams.out, &list)?;
            streams.out.write_all(b"\n")?;
        }
    }
    Ok(Outcome::Clean)
}

fn row(provider: &Provider) -> [String; 4] {
    let adds = match adds(provider) {
        _ if provider.engine => "(template engine)".to_owned(),
        adds if adds.is_empty() => "–".to_owned(),
        adds => adds.join(", "),
    };
    [provider.id.to_string(), provider.name.to_string(), adds, unsubscribe(provider).unwrap_or("–").to_owned()]
}

fn entry(provider: &'static Provider) -> Entry {
    Entry {
        provider: provider.id.as_str(),
        name: provider.name.as_str(),
        engine: provider.engine,
        adds: adds(provider),
        unsubscribe: unsubscribe(provider),
    }
}

fn adds(provider: &Provider) -> Vec<&'static str> {
    let word = |adds: &Adds| match adds {
        Adds::Unsubscribe => "unsubscribe",
        Adds::Address => "address",
        Adds::Pixel => "pixel",
        Adds::Headers => "headers",
    };
    provider.adds.iter().map(word).collect()
}

/// What unsubscribes in the provider's dialect: as its footer writes it, else as its list of tags has it.
fn unsubscribe(provider: &Provider) -> Option<&'static str> {
    let listed = provider.tokens.iter().find(|token| token.meaning == TagMeaning::Unsubscribe && !token.prefix);
    let own = provider.footer.and_then(|footer| in_footer(footer.as_str()));
    own.or_else(|| listed.map(|token| token.text.as_str()))
}

/// The target of a footer's first link, the link itself where other attributes say what it does, or what stands there without a link.
fn in_footer(footer: &'static str) -> Option<&'static str> {
    let Some(start) = footer.find("<a ") else {
        let inner = footer.strip_prefix("<p>")?;
        return inner.split("</p>").next()?.split("<br>").next();
    };
    let link = footer.get(start..)?;
    let target = link.strip_prefix("<a href=\"")?;
    let (target, rest) = target.split_once('"')?;
    match rest.starts_with('>') {
        true => Some(target),
        false => link.get(..link.len() - rest.len() + rest.find('>')? + 1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::test_registry::captured;
    use serde_json::json;

    #[test]
    fn an_opt_out_is_shown_as_the_provider_writes_it() {
        for (id, written) in [
            ("mailchimp", Some("*|UNSUB|*")),
            ("sendgrid", Some("<%asm_group_unsubscribe_raw_url%>")),
            ("klaviyo", Some("{% unsubscribe 'Unsubscribe' %}")),
            ("campaignmonitor", Some("<unsubscribe>Unsubscribe</unsubscribe>")),
            ("ajo", Some(r##"<a href="#" data-nl-type="optOut" data-tracking-type="DIRECT_OPTOUT">"##)),
            ("emma", None),
        ] {
            assert_eq!(unsubscribe(providers::by_id(id).unwrap()), written, "{id}");
        }
    }

    #[test]
    fn every_provider_has_its_line_and_its_object() {
        let (_, text) = captured(|streams| run(ListFormat::Human, streams).unwrap());
        assert_eq!(text.lines().count(), providers::all().len() + 1);
        let (_, text) = captured(|streams| run(ListFormat::Json, streams).unwrap());
        let list: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(list["version"], 1);
        let mailchimp = list["providers"].as_array().unwrap().iter().find(|one| one["provider"] == "mailchimp");
        assert_eq!(
            mailchimp.unwrap(),
            &json!({
                "provider": "mailchimp", "name": "Mailchimp", "engine": false,
                "adds": ["unsubscribe", "address", "pixel", "headers"], "unsubscribe": "*|UNSUB|*",
            })
        );
    }
}
