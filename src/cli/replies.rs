//! A reply explained: what happened, whose fault it is, what to do, whether to mail the address again, and who says so.

use super::args::ListFormat;
use super::table;
use crate::answers::{Permanence, Reply, Verdict, classify, meanings_of};
use crate::knowledge::replies::{self, Meaning, Suppress};
use crate::knowledge::table::Text;
use crate::report::Options;
use crate::report::visible::visible;
use serde::Serialize;
use std::io::{self, Write};

/// The JSON document.
#[derive(Serialize)]
struct Document<'r> {
    /// Of this form; a change that breaks readers raises it.
    version: u32,
    reply: &'r str,
    code: String,
    permanence: &'static str,
    /// Several where the text would decide and there is only a code.
    meanings: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    codes: Option<String>,
    cause: &'static str,
    says: &'static str,
    fault: &'static str,
    advice: Vec<Named>,
    suppress: &'static str,
    submission: bool,
    note: Option<&'static str>,
    sources: &'static [Text],
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
    words: &'static str,
}

/// Whether `text` is a reply: it has a code, or several words of which some are those of replies. A single word is a name.
pub fn is_reply(text: &str) -> bool {
    let verdict = classify(&Reply { text, ..Reply::default() });
    let has_words = || text.trim().contains(char::is_whitespace) && verdict.meaning.is_some();
    verdict.basic.is_some() || verdict.enhanced.is_some() || has_words()
}

/// Explains a reply.
///
/// # Errors
/// `out` can't be written.
pub fn explain(text: &str, format: ListFormat, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    // whoever asks here mostly has a reply of Microsoft's
    let verdict = classify(&Reply { text, host: Some("mail.protection.outlook.com"), ..Reply::default() });
    let mut meanings = meanings_of(text);
    if meanings.is_empty() {
        meanings.extend(verdict.meaning);
    }
    if format == ListFormat::Json {
        let document = Document {
            version: 1,
            reply: text,
            code: verdict.code(),
            permanence: verdict.permanence.name(),
            meanings: meanings.into_iter().map(|meaning| told(meaning, verdict.permanence)).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        return writeln!(out);
    }
    if let [_, _, ..] = meanings[..] {
        writeln!(out, "{} has {} meanings; the text of the reply decides\n", visible(text), meanings.len())?;
    }
    let several = meanings.len() > 1;
    for (at, meaning) in meanings.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_meaning(meaning, &verdict, several, options, out)?;
    }
    if meanings.is_empty() {
        unknown(&verdict, options, out)?;
    }
    Ok(())
}

fn told(meaning: &'static Meaning, permanence: Permanence) -> Told {
    Told {
        codes: meaning.codes.map(|codes| codes.to_string()),
        cause: meaning.cause.name.as_str(),
        says: meaning.says.as_str(),
        fault: meaning.fault.name.as_str(),
        advice: meaning
            .advice
            .iter()
            .map(|word| Named { name: word.name.as_str(), words: word.words.as_str() })
            .collect(),
        suppress: suppress(meaning, permanence).name(),
        submission: meaning.submission,
        note: Some(meaning.note.as_str()).filter(|note| !note.is_empty()),
        sources: meaning.sources.as_slice(),
    }
}

/// A passing trouble never costs an address.
fn suppress(meaning: &Meaning, permanence: Permanence) -> Suppress {
    match permanence {
        Permanence::Temporary => meaning.suppress.min(Suppress::Repeated),
        _ => meaning.suppress,
    }
}

fn write_meaning(
    meaning: &Meaning,
    verdict: &Verdict,
    several: bool,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |name: &str, text: &str| options.entry(name, text, &mut *out);
    line("", &format!("{}: {}", meaning.cause.name, meaning.says))?;
    if several && !meaning.texts.is_empty() {
        let texts: Vec<_> = meaning.texts.iter().map(|text| format!("`{text}`")).collect();
        line("if it says", &texts.join(" or "))?;
    } else if let Some(codes) = meaning.codes {
        line("code", &codes.to_string())?;
    }
    line("fault", meaning.fault.words.as_str())?;
    for (at, advice) in meaning.advice.iter().enumerate() {
        line(if at == 0 { "do" } else { "then" }, advice.words.as_str())?;
    }
    line("address", address(suppress(meaning, verdict.permanence)))?;
    line("message", message(verdict.permanence))?;
    if meaning.submission {
        line("note", "only who sends through a Microsoft 365 account of their own gets this reply")?;
    }
    if !meaning.note.is_empty() {
        line("note", meaning.note.as_str())?;
    }
    for source in meaning.sources {
        line("source", source)?;
    }
    Ok(())
}

/// A code that nothing is known of.
fn unknown(verdict: &Verdict, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |name: &str, text: &str| options.entry(name, text, &mut *out);
    line("", "unknown: nothing is known of this reply but its class")?;
    line("code", &verdict.code())?;
    line("do", "read the text of the reply; it says more than its code")?;
    line("address", address(verdict.suppress))?;
    line("message", message(verdict.permanence))?;
    line("source", "RFC 3463 §2, RFC 5321 §4.2.1")
}

/// Whether to mail an address again, in words.
pub fn address(suppress: Suppress) -> &'static str {
    match suppress {
        Suppress::No => "keep it: the address is not to blame",
        Suppress::Repeated => "keep it for now, remove it if it fails again and again",
        Suppress::Now => "remove it, and never mail it again",
    }
}

fn message(permanence: Permanence) -> &'static str {
    match permanence {
        Permanence::Temporary => "it may be tried again; mail servers do so by themselves",
        Permanence::Permanent => "it is lost for this recipient: do not send it again",
        Permanence::Unknown => "the reply does not say whether it may be tried again",
    }
}

/// Lists Microsoft's replies that are known.
///
/// # Errors
/// `out` can't be written.
pub fn list(out: &mut dyn Write) -> io::Result<()> {
    let head = ["reply", "cause", "address", "what happened"].map(str::to_owned);
    let row = |meaning: &Meaning| {
        let code = meaning.codes.map_or_else(|| "(by its text)".to_owned(), |codes| codes.to_string());
        let suppress = match meaning.suppress {
            Suppress::No => "keep",
            Suppress::Repeated => "watch",
            Suppress::Now => "remove",
        };
        [code, meaning.cause.name.to_string(), suppress.to_owned(), meaning.says.to_string()]
    };
    let microsoft = replies::all().iter().filter(|meaning| meaning.microsoft);
    table::write(std::iter::once(head).chain(microsoft.map(row)).collect(), out)
}
