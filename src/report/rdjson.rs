//! Reviewdog's diagnostic format (rdjson), with suggestions. Its columns count the bytes of UTF-8, from 1.

use super::json::bytes;
use super::{FileReport, Options, Report, Summary, is_error};
use crate::diagnostic::{Diagnostic, Label, Positions, Suggestion};
use crate::source::FileSpan;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The rdjson report. It is written as files come, one diagnostic a line.
#[derive(Debug)]
pub struct Rdjson {
    options: Options,
    begun: bool,
    found: bool,
}

impl Rdjson {
    /// A report whose paths are relative to the repository of `options`.
    pub fn new(options: Options) -> Self {
        Self { options, begun: false, found: false }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        out.write_all(br#"{"source":{"name":"presend","url":"https://docs.rs/presend"},"diagnostics":["#)
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, file: &str) -> Value {
        let location = match &diagnostic.primary {
            Some(label) => self.location(label),
            None => json!({"path": self.options.repository.path(file)}),
        };
        let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
        let related =
            diagnostic.labels.iter().map(|label| json!({"message": label.text, "location": self.location(label)}));
        json!({
            "message": std::iter::once(diagnostic.message.clone()).chain(help).collect::<String>(),
            "location": location,
            "severity": if is_error(diagnostic.level) { "ERROR" } else { "WARNING" },
            "code": {"value": diagnostic.lint, "url": self.options.rules.url_of(diagnostic)},
            "suggestions": diagnostic.suggestions.iter().filter_map(suggestion).collect::<Vec<_>>(),
            "related_locations": related.collect::<Vec<_>>(),
        })
    }

    fn location(&self, label: &Label) -> Value {
        let mut location = json!({"path": self.options.repository.path(&label.place.file)});
        if let Some(at) = &label.place.span {
            location["range"] = range(at);
        }
        location
    }

    fn write(&mut self, out: &mut dyn Write, diagnostic: &Value) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.found, true) { b",\n" } else { b"\n" })?;
        out.write_all(&bytes(diagnostic)?)
    }
}

impl Report for Rdjson {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        self.begin(out)?;
        for diagnostic in &file.diagnostics {
            let diagnostic = self.diagnostic(diagnostic, &file.name);
            self.write(out, &diagnostic)?;
        }
        for failure in file.failures() {
            let location = json!({"path": self.options.repository.path(&file.name)});
            self.write(out, &json!({"message": failure, "location": location, "severity": "ERROR"}))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(b"]}\n")
    }
}

/// A suggestion that can be taken as it is, and said as text.
fn suggestion(suggestion: &Suggestion) -> Option<Value> {
    let at = suggestion.file_at.as_ref().filter(|_| suggestion.applicability.is_complete())?;
    let text = std::str::from_utf8(&suggestion.file_edit.as_ref()?.replacement).ok()?;
    Some(json!({"range": range(at), "text": text}))
}

fn range(at: &Positions<FileSpan>) -> Value {
    json!({
        "start": {"line": at.start.line, "column": at.start.byte},
        "end": {"line": at.end.line, "column": at.end.byte},
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::report::Format;
    use crate::report::samples::{at, diagnostic, mended, run};

    fn result(files: &[FileReport]) -> Value {
        serde_json::from_str(&run(Format::Rdjson, Options::default(), files)).unwrap()
    }

    #[test]
    fn columns_count_bytes_and_suggestions_come_along() {
        let text = "a\n\u{e9}\u{e9} b\n";
        let found = mended(at(diagnostic("one"), "a.eml", text, 7..8, ""), text, 7..8, "x");
        let mut unsure = found.clone();
        unsure.suggestions[0].applicability = Applicability::HasPlaceholders;
        let file = FileReport { name: "a.eml".into(), diagnostics: vec![found, unsure], ..FileReport::default() };
        let result = result(&[file]);
        let one = &result["diagnostics"][0];
        let range = json!({"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 7}});
        assert_eq!(one["location"], json!({"path": "a.eml", "range": range}));
        assert_eq!(one["suggestions"], json!([{"range": range, "text": "x"}]));
        assert_eq!((&one["severity"], &one["code"]["value"]), (&json!("ERROR"), &json!("one")));
        assert_eq!(result["diagnostics"][1]["suggestions"], json!([]));
    }

    #[test]
    fn what_failed_is_an_error_and_nothing_is_an_empty_list() {
        let failed = result(&[FileReport::unreadable("a.eml".into(), "gone")]);
        assert_eq!(
            failed["diagnostics"],
            json!([{"message": "error: a.eml: gone", "location": {"path": "a.eml"}, "severity": "ERROR"}])
        );
        assert_eq!(result(&[])["diagnostics"], json!([]));
    }
}
