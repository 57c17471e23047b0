//! SARIF 2.1.0 (OASIS), for GitHub code scanning and other collectors.
//!
//! Results are written as they come, one a line; only what failed is kept for the end.

use super::json::{bytes, shape::base64};
use super::rules::Rule;
use super::{FileReport, Options, Report, Summary, is_error};
use crate::diagnostic::{Diagnostic, FileEdit, Label, Level, Positions, Suggestion};
use crate::gate::{Fingerprint, Identities};
use crate::source::FileSpan;
use serde_json::{Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The SARIF report.
#[derive(Debug)]
pub struct Sarif {
    options: Options,
    identities: Identities,
    begun: bool,
    found: bool,
    failures: Vec<Value>,
}

impl Sarif {
    /// A report that describes the rules of `options`.
    pub fn new(options: Options) -> Self {
        Self { options, identities: Identities::default(), begun: false, found: false, failures: Vec::new() }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let rules: Vec<Value> = self.options.rules.all().iter().map(|rule| self.rule(rule)).collect();
        let driver = json!({
            "name": "presend",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": "https://docs.rs/presend",
            "rules": rules,
        });
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\n\"tool\":{{\"driver\":")?;
        out.write_all(&bytes(&driver)?)?;
        out.write_all(b"},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[")
    }

    fn rule(&self, rule: &Rule) -> Value {
        let standards = rule.standards.iter().map(|standard| standard.name());
        json!({
            "id": rule.name,
            "shortDescription": {"text": rule.summary},
            "helpUri": self.options.rules.url(rule.topic, rule.name),
            "help": {"text": rule.page, "markdown": rule.page},
            "defaultConfiguration": {"enabled": rule.level > Level::Allow, "level": level(rule.level)},
            "properties": {"tags": std::iter::once(rule.topic).chain(standards).collect::<Vec<_>>()},
        })
    }

    fn result(&mut self, diagnostic: &Diagnostic, file: &str) -> Value {
        let fingerprint = Fingerprint::of(diagnostic, file, &self.options.repository);
        let identity = self.identities.next(fingerprint);
        let location = diagnostic.primary.as_ref().map_or_else(|| self.whole(file), |label| self.location(label));
        let related = diagnostic.labels.iter().zip(1..).map(|(label, id): (_, usize)| {
            let mut location = self.location(label);
            location["id"] = id.into();
            location
        });
        let fixes = diagnostic.suggestions.iter().filter_map(|suggestion| {
            let file = diagnostic.primary.as_ref().map_or(file, |label| &label.place.file);
            self.fix(suggestion, file)
        });
        let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
        let mut result = json!({
            "ruleId": diagnostic.lint,
            "level": level(diagnostic.level),
            "message": {"text": std::iter::once(diagnostic.message.clone()).chain(help).collect::<String>()},
            "locations": [location],
            // GitHub knows the first by name, and would make its own of the source lines
            "partialFingerprints": {"primaryLocationLineHash": identity, "presend/v1": identity},
            "relatedLocations": related.collect::<Vec<_>>(),
            "fixes": fixes.collect::<Vec<_>>(),
        });
        if let Some((index, _)) = self.options.rules.find(diagnostic.lint) {
            result["ruleIndex"] = index.into();
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut location = self.whole(&label.place.file);
        if let Some(at) = &label.place.span {
            location["physicalLocation"]["region"] = region(at);
        }
        if !label.text.is_empty() {
            location["message"] = json!({"text": label.text});
        }
        location
    }

    fn whole(&self, file: &str) -> Value {
        json!({"physicalLocation": {"artifactLocation": self.artifact(file)}})
    }

    fn artifact(&self, file: &str) -> Value {
        let path = self.options.repository.path(file);
        match path.starts_with('/') {
            true => json!({"uri": format!("file://{}", encoded(&path))}),
            false => json!({"uri": encoded(&path), "uriBaseId": "%SRCROOT%"}),
        }
    }

    /// A fix that can be taken as it is; none for one with words to fill in.
    fn fix(&self, suggestion: &Suggestion, file: &str) -> Option<Value> {
        let FileEdit { replacement, .. } = suggestion.file_edit.as_ref()?;
        let at = suggestion.file_at.as_ref().filter(|_| suggestion.applicability.is_complete())?;
        let inserted = match std::str::from_utf8(replacement) {
            Ok(text) => json!({"text": text}),
            Err(_) => json!({"binary": base64(replacement)}),
        };
        Some(json!({
            "description": {"text": suggestion.message},
            "artifactChanges": [{
                "artifactLocation": self.artifact(file),
                "replacements": [{"deletedRegion": region(at), "insertedContent": inserted}],
            }],
        }))
    }

    fn fail(&mut self, file: &FileReport) {
        let location = self.whole(&file.name);
        if let Some(error) = &file.error {
            self.failures.push(json!({
                "level": "error", "message": {"text": error.message}, "locations": [location],
            }));
        }
        for (lint, said) in &file.panics {
            self.failures.push(json!({
                "level": "error", "message": {"text": format!("the lint `{lint}` panicked: {said}")},
                "locations": [location], "associatedRule": {"id": lint},
            }));
        }
    }
}

impl Report for Sarif {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        self.begin(out)?;
        for diagnostic in &file.diagnostics {
            let comma = if std::mem::replace(&mut self.found, true) { "," } else { "" };
            writeln!(out, "{comma}")?;
            out.write_all(&bytes(&self.result(diagnostic, &file.name))?)?;
        }
        self.fail(file);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        self.begin(out)?;
        let invocation = json!([{
            "executionSuccessful": self.failures.is_empty(),
            "toolExecutionNotifications": self.failures,
        }]);
        out.write_all(b"],\n\"invocations\":")?;
        out.write_all(&bytes(&invocation)?)?;
        out.write_all(b"}]}\n")
    }
}

fn level(level: Level) -> &'static str {
    if is_error(level) { "error" } else { "warning" }
}

/// The bytes of a file, with the lines and columns that they are on.
fn region(at: &Positions<FileSpan>) -> Value {
    json!({
        "startLine": at.start.line, "startColumn": at.start.column,
        "endLine": at.end.line, "endColumn": at.end.column,
        "byteOffset": at.span.start, "byteLength": at.span.end - at.span.start,
    })
}

/// The path of a URI (RFC 3986 §3.3).
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
