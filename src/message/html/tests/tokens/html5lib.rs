//! The tokenizer tests of html5lib, read from the folder that `PRESEND_HTML5LIB_TESTS` names.
#![allow(clippy::print_stderr, reason = "a test that did not run must say so")]

use super::super::super::tokenizer::{Next, Raw};
use super::record::{Said, tokens};
use serde_json::Value;
use std::path::Path;

#[test]
fn tests_of_html5lib() {
    let Some(folder) = std::env::var_os("PRESEND_HTML5LIB_TESTS") else {
        eprintln!("NOT RUN: set PRESEND_HTML5LIB_TESTS to a checkout of html5lib-tests");
        return;
    };
    let mut files: Vec<_> =
        std::fs::read_dir(Path::new(&folder).join("tokenizer")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "test"));
    files.sort();
    let (mut passed, mut unreadable) = (0, 0);
    for file in files {
        let tests: Value = serde_json::from_str(&in_rust(&std::fs::read_to_string(&file).unwrap())).unwrap();
        // `xmlViolationTests` are about turning tokens into XML.
        for test in tests["tests"].as_array().into_iter().flatten() {
            match run(test) {
                Some(runs) => passed += runs,
                None => unreadable += 1,
            }
        }
    }
    assert!(passed > 6_000, "only {passed} tests in {}", folder.display());
    eprintln!(
        "{passed} tests of html5lib passed; {unreadable} not run, with lone surrogates, which no text in UTF-8 has"
    );
}

/// JSON may have lone surrogates, Rust's strings can't: they become a character that no test has.
fn in_rust(json: &str) -> String {
    let mut out = String::new();
    let mut rest = json;
    while let Some(at) = first_surrogate(rest) {
        let is_pair = first_surrogate(&rest[at + 6..]) == Some(0);
        let end = if is_pair { at + 12 } else { at + 6 };
        out.push_str(&rest[..at]);
        out.push_str(if is_pair { &rest[at..end] } else { LONE });
        rest = &rest[end..];
    }
    out + rest
}

fn first_surrogate(text: &str) -> Option<usize> {
    let is_escaped = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    text.match_indices("\\u").map(|(at, _)| at).filter(|at| !is_escaped(*at)).find(|at| {
        text.get(at + 2..at + 4).is_some_and(|hex| {
            let hex = hex.to_ascii_lowercase();
            hex.starts_with('d') && hex.as_bytes()[1] >= b'8'
        })
    })
}

const LONE: &str = "\u{f8ff}lone\u{f8ff}";

/// How many tests it was; `None` where the input can't be written in UTF-8.
fn run(test: &Value) -> Option<usize> {
    let doubled = test["doubleEscaped"] == true;
    let string = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        if doubled { unescaped(text) } else { text.to_owned() }
    };
    let input = string(&test["input"]);
    let expected: Vec<_> = test["output"].as_array().unwrap().iter().map(|token| shown(token, &string)).collect();
    if input.contains(LONE) || expected.iter().any(|token| token.contains(LONE)) {
        return None;
    }
    let data = [Value::from("Data state")];
    let states = test["initialStates"].as_array().map_or(&data[..], |states| states);
    for state in states {
        let state = state.as_str().unwrap();
        let element = test["lastStartTag"].as_str().unwrap_or("");
        let said = match state {
            "CDATA section state" => tokens(&format!("<![CDATA[{input}"), Next::Data, element, true),
            _ => tokens(&input, next(state), element, false),
        };
        let said: Vec<_> = said.iter().map(ours).collect();
        assert_eq!(said, expected, "{} in the {state}: {input:?}", test["description"]);
    }
    Some(states.len())
}

fn next(state: &str) -> Next {
    match state {
        "Data state" => Next::Data,
        "RCDATA state" => Next::Raw(Raw::Escapable),
        "RAWTEXT state" => Next::Raw(Raw::Text),
        "Script data state" => Next::Raw(Raw::Script),
        "PLAINTEXT state" => Next::Raw(Raw::Plain),
        _ => panic!("unknown state {state}"),
    }
}

/// `\uXXXX` decoded, where a test has escaped them twice.
fn unescaped(text: &str) -> String {
    serde_json::from_str(&format!("\"{}\"", in_rust(&text.replace('"', "\\\"").replace('\n', "\\n"))))
        .unwrap_or_else(|_| LONE.to_owned())
}

fn shown(token: &Value, string: &impl Fn(&Value) -> String) -> String {
    let text = |at: usize| if token[at].is_null() { None } else { Some(string(&token[at])) };
    match token[0].as_str().unwrap() {
        "StartTag" => {
            let mut attributes: Vec<_> = token[2]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (string(&Value::from(name.clone())), string(value)))
                .collect();
            attributes.sort();
            format!("<{} {attributes:?} {}>", string(&token[1]), token[3] == true)
        }
        "EndTag" => format!("</{}>", string(&token[1])),
        "Character" => format!("text {:?}", string(&token[1])),
        "Comment" => format!("comment {:?}", string(&token[1])),
        "DOCTYPE" => format!("doctype {:?} {:?} {:?} {}", text(1), text(2), text(3), token[4] == true),
        kind => panic!("unknown token {kind}"),
    }
}

fn ours(said: &Said) -> String {
    match said {
        Said::Start { name, attributes, closed, .. } => {
            let mut attributes = attributes.clone();
            attributes.sort();
            format!("<{name} {attributes:?} {closed}>")
        }
        Said::End { name, .. } => format!("</{name}>"),
        Said::Text(text) => format!("text {text:?}"),
        Said::Comment(text, _) => format!("comment {text:?}"),
        Said::Doctype(doctype, _) => {
            let text = |text: &Option<html5ever::tendril::StrTendril>| text.as_ref().map(|text| text.to_string());
            let (name, public, system) = (text(&doctype.name), text(&doctype.public_id), text(&doctype.system_id));
            format!("doctype {name:?} {public:?} {system:?} {}", !doctype.force_quirks)
        }
    }
}
