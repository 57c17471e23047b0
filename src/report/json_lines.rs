//! One JSON object a diagnostic and line, with rustc's field names, so that what reads rustc's JSON reads ours.
//!
//! `spans` are those of the file; `text` and `label` show what was decoded from there, as the report for people does.

use super::human::Human;
use super::json::bytes;
use super::{FileReport, InputError, Options, Report, Summary, word};
use crate::diagnostic::{self as model, Applicability, ExcerptLine, FileEdit, Label, Note, Positions, Suggestion};
use crate::source::{FileSpan, Position};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::io::{self, Write};

/// The report of one JSON object a line. It has no closing line.
#[derive(Debug)]
pub struct JsonLines {
    options: Options,
    human: Human,
    /// The pages of the lints that have said something, as JSON: a page is long, and a lint speaks often.
    pages: HashMap<&'static str, Option<Box<RawValue>>>,
}

/// A diagnostic in rustc's words, or one that a line of it leads to.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "$message_type")]
    message_type: &'static str,
    message: &'a str,
    code: Option<Code<'a>>,
    level: &'static str,
    spans: Vec<Span<'a>>,
    children: Vec<Child<'a>>,
    rendered: &'a str,
}

#[derive(Serialize)]
struct Code<'a> {
    code: &'a str,
    explanation: Option<&'a RawValue>,
}

/// A reason, or a way out.
#[derive(Serialize)]
struct Child<'a> {
    message: &'a str,
    code: Option<Code<'a>>,
    level: &'static str,
    spans: Vec<Span<'a>>,
    children: [(); 0],
    rendered: Option<&'a str>,
}

#[derive(Serialize)]
struct Span<'a> {
    file_name: &'a str,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    text: Vec<Text<'a>>,
    label: Option<&'a str>,
    suggested_replacement: Option<&'a str>,
    suggestion_applicability: Option<&'static str>,
    expansion: Option<()>,
}

/// A line as it is shown; the highlight counts characters from 1.
#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
    highlight_start: usize,
    highlight_end: usize,
}

impl JsonLines {
    /// A report that renders diagnostics as `options` say and takes explanations from their rules.
    pub fn new(options: Options) -> Self {
        let options = Options { color: false, links: None, ..options };
        Self { human: Human::new(options.clone()), options, pages: HashMap::new() }
    }

    fn diagnostic(&mut self, out: &mut dyn Write, diagnostic: &model::Diagnostic, file: &str) -> io::Result<()> {
        self.know_page(diagnostic.lint)?;
        self.human.diagnostic_alone(diagnostic, file)?;
        let mut spans: Vec<Span<'_>> = diagnostic.primary.iter().map(|label| Span::of_label(label, true)).collect();
        if spans.is_empty() {
            spans.push(Span::whole(file));
        }
        spans.extend(diagnostic.labels.iter().map(|label| Span::of_label(label, false)));
        let reasons: Vec<_> = diagnostic.notes.iter().map(reason).collect();
        let notes = reasons.iter().map(|reason| Child::new("note", reason, None));
        let help = diagnostic.help.iter().map(|help| Child::new("help", help, None));
        let suggestions = diagnostic.suggestions.iter().map(|suggestion| {
            let file = diagnostic.primary.as_ref().map_or(file, |label| &label.place.file);
            Child::new("help", &suggestion.message, Span::of_edit(suggestion, file))
        });
        line(
            out,
            &Line {
                message_type: "diagnostic",
                message: &diagnostic.message,
                code: Some(Code { code: diagnostic.lint, explanation: self.page(diagnostic.lint) }),
                level: word(diagnostic.level),
                spans,
                children: notes.chain(help).chain(suggestions).collect(),
                rendered: self.human.drawn(),
            },
        )
    }

    /// The page of a lint, once it is known.
    fn page(&self, lint: &str) -> Option<&RawValue> {
        self.pages.get(lint)?.as_deref()
    }

    fn know_page(&mut self, lint: &'static str) -> io::Result<()> {
        if self.pages.contains_key(lint) {
            return Ok(());
        }
        let page = self.options.rules.find(lint).map(|(_, rule)| {
            let json = String::from_utf8(bytes(&rule.page)?).map_err(io::Error::other)?;
            RawValue::from_string(json).map_err(io::Error::from)
        });
        self.pages.insert(lint, page.transpose()?);
        Ok(())
    }
}

impl Report for JsonLines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            self.diagnostic(out, diagnostic, &file.name)?;
        }
        let unread = file.error.iter().map(|InputError { message }| message.clone());
        let panics =
            file.panics.iter().map(|(lint, said)| format!("internal error: the lint `{lint}` panicked: {said}"));
        for (message, rendered) in unread.chain(panics).zip(file.failures()) {
            failure(out, &message, &rendered, &file.name)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}

fn line(out: &mut dyn Write, value: &Line<'_>) -> io::Result<()> {
    out.write_all(&bytes(value)?)?;
    out.write_all(b"\n")
}

/// What could not be checked: an error without a code, as rustc's own.
fn failure(out: &mut dyn Write, message: &str, rendered: &str, file: &str) -> io::Result<()> {
    line(
        out,
        &Line {
            message_type: "diagnostic",
            message,
            code: None,
            level: "error",
            spans: vec![Span::whole(file)],
            children: Vec::new(),
            rendered: &format!("{rendered}\n"),
        },
    )
}

/// A reason and who gives it.
fn reason(note: &Note) -> String {
    match &note.source {
        Some(source) => format!("{} ({source})", note.text),
        None => note.text.clone(),
    }
}

impl<'a> Child<'a> {
    fn new(level: &'static str, message: &'a str, span: Option<Span<'a>>) -> Self {
        Self { message, code: None, level, spans: span.into_iter().collect(), children: [], rendered: None }
    }
}

impl<'a> Span<'a> {
    fn of_label(label: &'a Label, is_primary: bool) -> Self {
        let span = match label.place.span {
            None => Self::whole(&label.place.file),
            Some(at) => {
                let shown = label.place.excerpt.iter().flat_map(|excerpt| &excerpt.lines);
                Self { text: shown.map(Text::of).collect(), ..Self::at(&label.place.file, &at) }
            }
        };
        Self { is_primary, label: Some(label.text.as_str()).filter(|text| !text.is_empty()), ..span }
    }

    /// The start of a file: rustc's readers want a span where a file is to be named.
    fn whole(file: &'a str) -> Self {
        let start = Position { line: 1, column: 1, utf16: 1, byte: 1 };
        Self::at(file, &Positions { span: FileSpan::new(0, 0), start, end: start })
    }

    fn at(file: &'a str, at: &Positions<FileSpan>) -> Self {
        Self {
            file_name: file,
            byte_start: at.span.start,
            byte_end: at.span.end,
            line_start: at.start.line,
            line_end: at.end.line,
            column_start: at.start.column,
            column_end: at.end.column,
            is_primary: true,
            text: Vec::new(),
            label: None,
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }

    /// The span of an edit; none where it can't be said as text of the file.
    fn of_edit(suggestion: &'a Suggestion, file: &'a str) -> Option<Self> {
        let (FileEdit { replacement, .. }, at) = (suggestion.file_edit.as_ref()?, suggestion.file_at.as_ref()?);
        Some(Self {
            suggested_replacement: Some(std::str::from_utf8(replacement).ok()?),
            suggestion_applicability: Some(applicability(suggestion.applicability)),
            ..Self::at(file, at)
        })
    }
}

impl<'a> Text<'a> {
    fn of(line: &'a ExcerptLine) -> Self {
        let (start, end) = line.mark.unwrap_or((0, 0));
        let column = |at: usize| line.text.get(..at).map_or(1, |before| before.chars().count() + 1);
        Self { text: &line.text, highlight_start: column(start), highlight_end: column(end) }
    }
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
    use serde_json::{Value, json};

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
