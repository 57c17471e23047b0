//! "Allow here": the comment that allows a lint, in the language of the file and in front of the element that it is for.

use super::insight::{Found, Seen};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Kind;
use std::ops::Range;

/// What the sender has to fill in.
pub(super) const REASON: &str = "REASON";

/// Lints that no comment is for: those about comments, and those about the program.
const UNALLOWABLE: &[&str] = &["suppression"];

/// A comment to put in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Before this byte of the buffer.
    pub at: usize,
    /// What is put in.
    pub text: String,
    /// It is for the whole file.
    pub whole_file: bool,
}

/// Whether a diagnostic can be allowed at all.
pub(super) fn can_be_allowed(diagnostic: &Diagnostic) -> bool {
    diagnostic.level < Level::Forbid && !UNALLOWABLE.contains(&diagnostic.topic)
}

/// The comment that allows what was found in the draft called `name`, whose text is `text`; `None` in a mail, where comments are sent to readers.
pub(super) fn comment(found: &Found, seen: &Seen, name: &str, text: &str) -> Option<Comment> {
    if seen.kind? == Kind::Message {
        return None;
    }
    let lint = found.diagnostic.lint;
    let (open, close) = delimiters(name);
    let element = element(&found.diagnostic, &seen.elements);
    let whole_file = element.is_none();
    let at = element.or(seen.elements.first()).map_or(text.len(), |element| element.start);
    let keyword = if whole_file { "presend-allow-file" } else { "presend-allow" };
    let comment = format!("{open}{keyword} {lint}: {REASON}{close}");
    // on a line of its own where the element begins one, set in as far
    let line = text.get(..at)?.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = text.get(line..at).filter(|before| before.chars().all(|c| matches!(c, ' ' | '\t')));
    let text = match indent {
        Some(indent) => format!("{comment}{}{indent}", line_end(text)),
        None => comment,
    };
    Some(Comment { at, text, whole_file })
}

/// The innermost element that holds what is marked, where something is.
fn element<'e>(diagnostic: &Diagnostic, elements: &'e [Range<usize>]) -> Option<&'e Range<usize>> {
    let place = &diagnostic.primary.as_ref()?.place;
    let in_header = place.view.as_ref().is_some_and(|view| view.name.starts_with("header "));
    let marked = place.span?.span.range();
    if in_header || marked.is_empty() {
        return None;
    }
    let before = elements.partition_point(|element| element.start <= marked.start);
    elements[..before].iter().rev().find(|element| marked.start < element.end)
}

/// A comment of the language that a file's name promises, one that is not mailed where there is such a thing.
fn delimiters(name: &str) -> (&'static str, &'static str) {
    let name = name.to_ascii_lowercase();
    if name.ends_with(".blade.php") {
        return ("{{-- ", " --}}");
    }
    match name.rsplit('.').next().unwrap_or_default() {
        "hbs" | "handlebars" => ("{{!-- ", " --}}"),
        "mustache" => ("{{! ", " }}"),
        "liquid" => ("{% comment %}", "{% endcomment %}"),
        "jinja" | "jinja2" | "j2" | "njk" | "twig" => ("{# ", " #}"),
        "erb" | "ejs" => ("<%# ", " %>"),
        "cshtml" => ("@* ", " *@"),
        _ => ("<!-- ", " -->"),
    }
}

fn line_end(text: &str) -> &'static str {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// An entry of `presend.toml` for the file at `path`, relative to its folder, behind what the file holds already.
pub(super) fn entry(lint: &str, path: &str, config: &str) -> String {
    let gap = match config {
        "" => "",
        config if config.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    // a path may look like a pattern, and one without a slash would be that of any folder
    let anchor = if path.contains('/') { "" } else { "/" };
    let escaped: String =
        path.chars().flat_map(|c| "\\*?[]{}!#".contains(c).then_some('\\').into_iter().chain([c])).collect();
    let quoted = toml::Value::String(format!("{anchor}{escaped}")).to_string();
    format!("{gap}[[allow]]\npath = {quoted}\nlint = \"{lint}\"\nreason = \"{REASON}\"\n")
}
