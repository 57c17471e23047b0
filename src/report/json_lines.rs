//! One JSON object a diagnostic and line, with rustc's field names, so that what reads rustc's JSON reads ours.
//!
//! `spans` are those of the file; `text` and `label` show what was decoded from there, as the report for people does.

use super::human::Human;
use super::json::bytes;
use super::{FileReport, InputError, Options, Report, Summary, word};
use crate::diagnostic::{Applicability, Diagnostic, ExcerptLine, FileEdit, Label, Note, Positions, Suggestion};
use crate::source::FileSpan;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The report of one JSON object a line. It has no closing line.
#[derive(Debug)]
pub struct JsonLines {
    options: Options,
}

impl JsonLines {
    /// A report that renders diagnostics as `options` say and takes explanations from their rules.
    pub fn new(options: Options) -> Self {
        Self { options: Options { color: false, links: None, ..options } }
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, file: &str) -> io::Result<Value> {
        let mut rendered = Vec::new();
        Human::new(self.options.clone()).diagnostic(&mut rendered, diagnostic, file)?;
        let mut spans: Vec<Value> = diagnostic.primary.iter().map(|label| span(label, true)).collect();
        if spans.is_empty() {
            spans.push(whole(file));
        }
        spans.extend(diagnostic.labels.iter().map(|label| span(label, false)));
        let explanation = self.options.rules.find(diagnostic.lint).map(|(_, rule)| rule.page);
        let notes = diagnostic.notes.iter().map(|note| child("note", &reason(note), Vec::new()));
        let help = diagnostic.help.iter().map(|help| child("help", help, Vec::new()));
        let suggestions = diagnostic.suggestions.iter().map(|suggestion| {
            let file = diagnostic.primary.as_ref().map_or(file, |label| &label.place.file);
            child("help", &suggestion.message, edit(suggestion, file).into_iter().collect())
        });
        Ok(json!({
            "$message_type": "diagnostic",
            "message": diagnostic.message,
            "code": {"code": diagnostic.lint, "explanation": explanation},
            "level": word(diagnostic.level),
            "spans": spans,
            "children": notes.chain(help).chain(suggestions).collect::<Vec<_>>(),
            "rendered": String::from_utf8_lossy(&rendered),
        }))
    }
}

impl Report for JsonLines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            line(out, &self.diagnostic(diagnostic, &file.name)?)?;
        }
        let unread = file.error.iter().map(|InputError { message }| message.clone());
        let panics =
            file.panics.iter().map(|(lint, said)| format!("internal error: the lint `{lint}` panicked: {said}"));
        for (message, rendered) in unread.chain(panics).zip(file.failures()) {
            line(out, &failure(&message, &rendered, &file.name))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}

fn line(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    out.write_all(&bytes(value)?)?;
    out.write_all(b"\n")
}

/// What could not be checked: an error without a code, as rustc's own.
fn failure(message: &str, rendered: &str, file: &str) -> Value {
    json!({
        "$message_type": "diagnostic", "message": message, "code": null, "level": "error",
        "spans": [whole(file)], "children": [], "rendered": format!("{rendered}\n"),
    })
}

fn child(level: &str, message: &str, spans: Vec<Value>) -> Value {
    json!({"message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null})
}

/// A reason and who gives it.
fn reason(note: &Note) -> String {
    match &note.source {
        Some(source) => format!("{} ({source})", note.text),
        None => note.text.clone(),
    }
}

fn span(label: &Label, is_primary: bool) -> Value {
    let Some(at) = label.place.span else { return Value::Object(with(whole(&label.place.file), is_primary, label)) };
    let shown = label.place.excerpt.iter().flat_map(|excerpt| &excerpt.lines);
    let mut span = with(place(&label.place.file, &at), is_primary, label);
    span.insert("text".to_owned(), shown.map(text).collect());
    Value::Object(span)
}

fn with(span: Value, is_primary: bool, label: &Label) -> serde_json::Map<String, Value> {
    let Value::Object(mut span) = span else { return serde_json::Map::new() };
    span.insert("is_primary".to_owned(), is_primary.into());
    span.insert("label".to_owned(), Some(label.text.as_str()).filter(|text| !text.is_empty()).into());
    span
}

/// The start of a file: rustc's readers want a span where a file is to be named.
fn whole(file: &str) -> Value {
    let start = crate::source::Position { line: 1, column: 1, utf16: 1, byte: 1 };
    place(file, &Positions { span: FileSpan::new(0, 0), start, end: start })
}

fn place(file: &str, at: &Positions<FileSpan>) -> Value {
    json!({
        "file_name": file, "byte_start": at.span.start, "byte_end": at.span.end,
        "line_start": at.start.line, "line_end": at.end.line,
        "column_start": at.start.column, "column_end": at.end.column,
        "is_primary": true, "text": [], "label": null, "suggested_replacement": null,
        "suggestion_applicability": null, "expansion": null,
    })
}

/// A line as it is shown; the highlight counts characters from 1.
fn text(line: &ExcerptLine) -> Value {
    let (start, end) = line.mark.unwrap_or((0, 0));
    let column = |at: usize| line.text.get(..at).map_or(1, |before| before.chars().count() + 1);
    json!({"text": line.text, "highlight_start": column(start), "highlight_end": column(end)})
}

/// The span of an edit; none where it can't be said as text of the file.
fn edit(suggestion: &Suggestion, file: &str) -> Option<Value> {
    let (FileEdit { replacement, .. }, at) = (suggestion.file_edit.as_ref()?, suggestion.file_at.as_ref()?);
    let mut span = place(file, at);
    span["suggested_replacement"] = std::str::from_utf8(replacement).ok()?.into();
    span["suggestion_applicability"] = applicability(suggestion.applicability).into();
    Some(span)
}

/// rustc's spelling.
fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
        Applicability::HasPlaceholders => "HasPlaceholders",
        Applicability::Unspecified => "Unspecified",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::report::Format;
    use crate::report::samples::{at, diagnostic, label, mended, run};

    fn lines(files: &[FileReport]) -> Vec<Value> {
        let text = run(Format::JsonLines, Options::default(), files);
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_diagnostic_in_rustc_s_words() {
        let text = "a\nFrom: é@outlook.com\n";
        let mut found = mended(at(diagnostic("freemail-sender"), "a.eml", text, 11..22, "free"), text, 11..22, "x.org");
        found.labels.push(label("a.eml", text, 0..1, ""));
        found.notes.push(Note { text: "why".into(), source: Some("who".into()) });
        found.help.push("do".to_owned());
        let all = lines(&[FileReport { name: "a.eml".into(), diagnostics: vec![found], ..FileReport::default() }]);
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!(one["code"], json!({"code": "freemail-sender", "explanation": null}));
        assert_eq!((&one["level"], &one["message"]), (&json!("error"), &json!("the fault")));
        assert_eq!(
            one["spans"][0],
            json!({
                "file_name": "a.eml", "byte_start": 11, "byte_end": 22, "line_start": 2, "line_end": 2,
                "column_start": 9, "column_end": 20, "is_primary": true, "label": "free", "expansion": null,
                "text": [{"text": "From: é@outlook.com", "highlight_start": 9, "highlight_end": 20}],
                "suggested_replacement": null, "suggestion_applicability": null,
            })
        );
        assert_eq!((&one["spans"][1]["is_primary"], &one["spans"][1]["label"]), (&json!(false), &Value::Null));
        let children = one["children"].as_array().unwrap();
        let said: Vec<_> = children.iter().map(|child| (&child["level"], &child["message"])).collect();
        assert_eq!(
            said,
            [
                (&json!("note"), &json!("why (who)")),
                (&json!("help"), &json!("do")),
                (&json!("help"), &json!("write it so")),
            ]
        );
        let edit = &children[2]["spans"][0];
        assert_eq!(
            (&edit["suggested_replacement"], &edit["suggestion_applicability"]),
            (&json!("x.org"), &json!("MachineApplicable"))
        );
        assert!(one["rendered"].as_str().unwrap().starts_with("error[freemail-sender]: the fault\n  --> a.eml:2:9\n"));
    }

    #[test]
    fn what_has_no_place_names_its_file() {
        let file = FileReport { name: "a.eml".into(), diagnostics: vec![diagnostic("one")], ..FileReport::default() };
        let all = lines(&[file, FileReport::unreadable("b.eml".into(), "no such file")]);
        assert_eq!(all[0]["spans"][0]["file_name"], "a.eml");
        assert_eq!((&all[1]["code"], &all[1]["message"]), (&Value::Null, &json!("no such file")));
        assert_eq!(all[1]["spans"][0]["file_name"], "b.eml");
        assert_eq!(all[1]["rendered"], "error: b.eml: no such file\n");
    }
}
