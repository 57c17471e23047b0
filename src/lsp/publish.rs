//! Diagnostics as an editor shows them.

use super::client::Client;
use super::insight::{self, Found, Insight};
use super::text::Text;
use super::uri;
use crate::config::error::{ConfigError, ConfigErrors};
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::report::visible::visible;
use crate::report::{PAGES, page};
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
};
use serde_json::json;
use std::fmt::Write as _;

/// What diagnostics say of where they come from.
pub(super) const SOURCE: &str = "presend";

/// Lints that report something that can be left out.
const UNNECESSARY: &[&str] = &["unused-allow"];

/// The diagnostics of the buffer at `address`.
pub(super) fn diagnostics(
    insight: &Insight,
    address: &str,
    text: &Text,
    client: &Client,
) -> Vec<lsp_types::Diagnostic> {
    insight.found.iter().map(|found| diagnostic(found, address, text, client)).collect()
}

fn diagnostic(found: &Found, address: &str, text: &Text, client: &Client) -> lsp_types::Diagnostic {
    let Found { diagnostic, range, .. } = found;
    let related: Vec<_> = if client.related { related(diagnostic, address, text, client) } else { Vec::new() };
    let unnecessary = client.tags && UNNECESSARY.contains(&diagnostic.lint);
    lsp_types::Diagnostic {
        range: *range,
        severity: Some(severity(diagnostic.level)),
        code: Some(NumberOrString::String(diagnostic.lint.to_owned())),
        code_description: address_of_page(diagnostic).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message(diagnostic, client.related),
        related_information: (!related.is_empty()).then_some(related),
        tags: unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(data(found, text, client)),
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    if level >= Level::Deny { DiagnosticSeverity::ERROR } else { DiagnosticSeverity::WARNING }
}

fn address_of_page(diagnostic: &Diagnostic) -> Option<lsp_types::Uri> {
    uri::typed(&page(PAGES, diagnostic.topic, diagnostic.lint))
}

/// The message, and below it what the mark says, the other places where the client does not show them itself, notes and help. Editors show a message as
/// plain text, whole in a hover and its first line beside the code.
fn message(diagnostic: &Diagnostic, shows_related: bool) -> String {
    let mut message = visible(&diagnostic.message).into_owned();
    let mut line = |start: &str, text: &str, end: &str| {
        let _ = write!(message, "\n{start}{}{end}", visible(text));
    };
    if let Some(label) = diagnostic.primary.as_ref().filter(|label| !label.text.is_empty()) {
        line("here: ", &label.text, "");
    }
    for label in diagnostic.labels.iter().filter(|label| !shows_related && !label.text.is_empty()) {
        match label.place.span {
            Some(at) => line(&format!("line {}: ", at.start.line), &label.text, ""),
            None => line("", &label.text, ""),
        }
    }
    for note in &diagnostic.notes {
        let source = note.source.as_ref().map(|source| format!(" ({})", visible(source)));
        line("note: ", &note.text, &source.unwrap_or_default());
    }
    diagnostic.help.iter().for_each(|help| line("help: ", help, ""));
    message
}

fn related(diagnostic: &Diagnostic, address: &str, text: &Text, client: &Client) -> Vec<DiagnosticRelatedInformation> {
    let Some(address) = uri::typed(address) else { return Vec::new() };
    let file = diagnostic.primary.as_ref().map(|label| &label.place.file);
    let here = |label: &&Label| file.is_none_or(|file| *file == label.place.file);
    let related = |label: &Label| DiagnosticRelatedInformation {
        location: Location { uri: address.clone(), range: insight::range(label, text, client.encoding) },
        message: visible(&label.text).into_owned(),
    };
    diagnostic.labels.iter().filter(here).map(related).collect()
}

/// For whoever works with diagnostics: who it is, and what would mend it.
fn data(found: &Found, text: &Text, client: &Client) -> serde_json::Value {
    let suggestion = |suggestion: &crate::diagnostic::Suggestion| {
        let edit = suggestion.file_edit.as_ref()?;
        Some(json!({
            "message": visible(&suggestion.message),
            "applicability": suggestion.applicability.name(),
            "range": text.range(edit.span.range(), client.encoding),
            "newText": std::str::from_utf8(&edit.replacement).ok()?,
        }))
    };
    let suggestions: Vec<_> = found.diagnostic.suggestions.iter().filter_map(suggestion).collect();
    json!({ "fingerprint": found.fingerprint, "suggestions": suggestions })
}

/// What is wrong with a configuration whose text is `text`.
pub(super) fn configuration(errors: &ConfigErrors, text: &Text, client: &Client) -> Vec<lsp_types::Diagnostic> {
    let one = |error: &ConfigError| {
        let notes = error.notes.iter().map(|note| format!("\nnote: {}", visible(note)));
        let help = error.help.iter().map(|help| format!("\nhelp: {}", visible(help)));
        let more: String = notes.chain(help).collect();
        lsp_types::Diagnostic {
            range: error.place.as_ref().map(|at| text.range(at.span.clone(), client.encoding)).unwrap_or_default(),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: format!("{}{more}", visible(&error.message)),
            ..lsp_types::Diagnostic::default()
        }
    };
    errors.0.iter().map(one).collect()
}

/// Why a buffer is not checked, at its beginning.
pub(super) fn unchecked(why: &str) -> Vec<lsp_types::Diagnostic> {
    vec![lsp_types::Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: visible(why).into_owned(),
        ..lsp_types::Diagnostic::default()
    }]
}
