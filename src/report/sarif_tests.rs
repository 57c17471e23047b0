#![allow(clippy::unwrap_used)]

use super::*;
use crate::diagnostic::Applicability;
use crate::report::samples::{at, diagnostic, label, mended, run, whole_file};
use crate::report::{Format, Rules};

/// What we write of SARIF, said strictly in our own words: nothing that is not in it may appear.
const STRICT: &str = include_str!("sarif.schema.json");

fn log(files: &[FileReport]) -> Value {
    let rules = Rules::new(&crate::lints::REGISTRY, "https://example.com/lints/").into();
    let text = run(Format::Sarif, Options { rules, ..Options::default() }, files);
    let log = serde_json::from_str(&text).unwrap();
    let schema = serde_json::from_str(STRICT).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<_> = validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    log
}

fn file(diagnostics: Vec<Diagnostic>) -> FileReport {
    FileReport { name: "a b/é.eml".into(), diagnostics, ..FileReport::default() }
}

#[test]
fn a_run_without_files_still_describes_its_rules() {
    let log = log(&[]);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), crate::lints::REGISTRY.lints().count());
    let rule = rules.iter().find(|rule| rule["id"] == "freemail-sender").unwrap();
    assert_eq!(rule["helpUri"], "https://example.com/lints/sender/freemail_sender.md");
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Why"));
    assert_eq!(rule["defaultConfiguration"], json!({"enabled": true, "level": "error"}));
    assert_eq!(rule["properties"]["tags"][0], "sender");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn a_result_has_its_place_and_its_rule() {
    let text = "a\nFrom: é@outlook.com\n";
    let mut found = at(diagnostic("freemail-sender"), "a b/é.eml", text, 11..22, "free");
    found.labels.push(label("a b/é.eml", text, 0..1, "here, too"));
    found.help.push("use your own".to_owned());
    let log = log(&[file(vec![found])]);
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!(result["message"]["text"], "the fault\nhelp: use your own");
    let artifact = json!({"uri": "a%20b/%C3%A9.eml", "uriBaseId": "%SRCROOT%"});
    let region =
        json!({"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 20, "byteOffset": 11, "byteLength": 11});
    assert_eq!(
        result["locations"],
        json!([{"physicalLocation": {"artifactLocation": artifact, "region": region}, "message": {"text": "free"}}])
    );
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "here, too");
}

#[test]
fn the_same_twice_has_two_fingerprints() {
    let log = log(&[file(vec![diagnostic("one"), diagnostic("one")])]);
    let of =
        |at: usize| log["runs"][0]["results"][at]["partialFingerprints"]["presend/v1"].as_str().unwrap().to_owned();
    assert_ne!(of(0), of(1));
    assert_eq!(of(0).trim_end_matches(":1"), of(1).trim_end_matches(":2"));
}

#[test]
fn fixes_are_text_or_bytes_and_never_have_words_to_fill_in() {
    let text = "a b";
    let found = |edit: &dyn Fn(&mut Suggestion)| {
        let mut found = mended(at(diagnostic("one"), "a.eml", text, 0..1, ""), text, 0..1, "x");
        found.suggestions.iter_mut().for_each(edit);
        found
    };
    let log = log(&[file(vec![
        found(&|_| ()),
        found(&|fix| fix.file_edit.as_mut().unwrap().replacement = vec![0xE9]),
        found(&|fix| fix.applicability = Applicability::HasPlaceholders),
    ])]);
    let fixes: Vec<_> = (0..3).map(|at| log["runs"][0]["results"][at]["fixes"].clone()).collect();
    let inserted = |fixes: &Value| fixes[0]["artifactChanges"][0]["replacements"][0]["insertedContent"].clone();
    assert_eq!((inserted(&fixes[0]), inserted(&fixes[1])), (json!({"text": "x"}), json!({"binary": "6Q=="})));
    assert_eq!(fixes[2], json!([]));
}

#[test]
fn what_failed_is_a_notification() {
    let mut broken = file(vec![whole_file(diagnostic("one"), "/elsewhere/a.eml")]);
    broken.panics.push(("some-lint", "overflow".to_owned()));
    let log = log(&[broken, FileReport::unreadable("gone.eml".into(), "no such file")]);
    let run = &log["runs"][0];
    assert_eq!(
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"],
        json!({"uri": "file:///elsewhere/a.eml"})
    );
    let said = &run["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(
        (&said[0]["associatedRule"]["id"], &said[1]["message"]["text"]),
        (&json!("some-lint"), &json!("no such file"))
    );
}
