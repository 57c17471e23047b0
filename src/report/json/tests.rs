#![allow(clippy::unwrap_used)]

use super::SCHEMA;
use crate::diagnostic::{Applicability, Edit, FileEdit, Note, Standard, Suggestion};
use crate::report::samples::{at, diagnostic, label, run, whole_file};
use crate::report::{FileReport, Format, Options};
use crate::source::{FileSpan, ViewSpan};
use serde_json::{Value, json};

/// The document about these files; it is held against the schema.
#[track_caller]
fn document(verbose: bool, files: &[FileReport]) -> Value {
    let text = run(Format::Json, Options { verbose, ..Options::default() }, files);
    let document = serde_json::from_str(&text).unwrap();
    let faults: Vec<String> = faults(&document);
    assert!(faults.is_empty(), "{faults:#?} in {document:#}");
    document
}

fn faults(document: &Value) -> Vec<String> {
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path)).collect()
}

fn file(diagnostics: Vec<crate::diagnostic::Diagnostic>) -> FileReport {
    FileReport { name: "mail.eml".into(), diagnostics, ..FileReport::default() }
}

#[test]
fn the_schema_is_one_itself() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
}

#[test]
fn a_run_without_files() {
    let empty = json!({"version": 1, "diagnostics": [], "errors": [], "summary": {"files": 0, "deny": 0, "warn": 0}});
    assert_eq!(document(false, &[]), empty);
}

#[test]
fn a_whole_diagnostic() {
    let mut found = at(diagnostic("freemail-sender"), "catalogs.eml", "a\nFrom: é@outlook.com\n", 11..22, "free");
    found.labels.push(label("catalogs.eml", "a\nb", 2..3, ""));
    found.notes.push(Note { text: "why".into(), source: Some("who".into()) });
    found.help.push("do".to_owned());
    found.suggestions.push(Suggestion {
        message: "replace it".to_owned(),
        applicability: Applicability::MachineApplicable,
        edit: Edit { span: ViewSpan::new(9, 20), replacement: "ä".to_owned() },
        file_edit: Some(FileEdit { span: FileSpan::new(11, 22), replacement: b"\xe4".to_vec() }),
        file_at: None,
        diff: Vec::new(),
    });
    let mut found = document(false, &[file(vec![found])]);
    let label = json!({
        "file": "catalogs.eml",
        "file_span": {"byte_start": 11, "byte_end": 22, "start": {"line": 2, "column": 9, "utf16": 9}, "end": {"line": 2, "column": 20, "utf16": 20}},
        "view": {
            "name": "HTML body", "encoding": null, "charset": null,
            "byte_start": 11, "byte_end": 22, "start": {"line": 2, "column": 9, "utf16": 9}, "end": {"line": 2, "column": 20, "utf16": 20},
            "text": "outlook.com"
        },
        "label": "free"
    });
    assert_eq!(found["diagnostics"][0]["primary"], label);
    assert_eq!(found["diagnostics"][0]["labels"][0]["view"]["text"], "b");
    for seen in ["primary", "labels"] {
        found["diagnostics"][0].as_object_mut().unwrap().remove(seen);
    }
    assert_eq!(
        found["diagnostics"][0],
        json!({
            "lint": "freemail-sender", "topic": "topic", "level": "deny", "standards": ["microsoft"], "message": "the fault",
            "notes": [{"text": "why", "source": "who"}], "help": ["do"],
            "suggestions": [{
                "message": "replace it", "applicability": "machine-applicable",
                "view_edit": {"byte_start": 9, "byte_end": 20, "replacement": "ä"},
                "file_edit": {"byte_start": 11, "byte_end": 22, "replacement_base64": "5A=="}
            }]
        })
    );
    assert_eq!(found["summary"], json!({"files": 1, "deny": 1, "warn": 0}));
}

#[test]
fn without_a_place_or_on_the_whole_file() {
    let found = document(false, &[file(vec![diagnostic("nowhere"), whole_file(diagnostic("everywhere"), "a.eml")])]);
    assert_eq!(found["diagnostics"][0]["primary"], Value::Null);
    assert_eq!(
        found["diagnostics"][1]["primary"],
        json!({"file": "a.eml", "file_span": null, "view": null, "label": ""})
    );
}

#[test]
fn what_failed_is_listed_and_silences_only_when_asked_for() {
    let mut files = [file(Vec::new()), FileReport::unreadable("gone.eml".into(), "no such file")];
    files[0].panics.push(("some-lint", "overflow".to_owned()));
    files[0].silences.push(("other-lint", "a tag".to_owned()));
    files[0].remarks.push(crate::lint::Remark::new("purpose", "the purpose is unknown"));
    let quiet = document(false, &files);
    assert_eq!(
        quiet["errors"],
        json!([
            {"file": "mail.eml", "kind": "internal", "lint": "some-lint", "message": "overflow"},
            {"file": "gone.eml", "kind": "input", "lint": null, "message": "no such file"}
        ])
    );
    assert_eq!((quiet.get("silences"), quiet.get("remarks")), (None, None));
    let remarks = json!([{"file": "mail.eml", "about": "purpose", "text": "the purpose is unknown"}]);
    assert_eq!(document(true, &files)["remarks"], remarks);
    let silences = json!([{"file": "mail.eml", "lint": "other-lint", "why": "a tag"}]);
    assert_eq!(document(true, &files)["silences"], silences);
}

#[test]
fn hidden_characters_are_escaped_and_come_back() {
    let mut found = diagnostic("attack");
    found.message = "\x1b[2J \u{202e}\u{9b}\u{7f} \"é\" \u{e0041}".to_owned();
    let message = found.message.clone();
    let files = [file(vec![found])];
    let text = run(Format::Json, Options::default(), &files);
    assert!(text.contains(r#""message":"\u001b[2J \u202e\u009b\u007f \"é\" \udb40\udc41""#), "{text}");
    assert_eq!(document(false, &files)["diagnostics"][0]["message"], message);
}

#[test]
fn each_standard_is_in_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let names: Vec<&str> = Standard::ALL.iter().map(|standard| standard.name()).collect();
    assert_eq!(schema["$defs"]["diagnostic"]["properties"]["standards"]["items"]["enum"], json!(names));
}

#[test]
fn the_schema_is_strict() {
    let mut found = document(false, &[file(vec![diagnostic("nowhere")])]);
    found["diagnostics"][0]["rule"] = json!("x");
    found["summary"]["deny"] = json!(-1);
    assert_eq!(faults(&found).len(), 2);
}
