#![allow(clippy::unwrap_used)]

use super::*;
use crate::diagnostic::Level;
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Topic};

static PANICKING: Lint = Lint {
    name: "panicking",
    summary: "lint that breaks",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: "",
    check: |_, _| panic!("no such thing"),
};

static REPORTING: Lint = Lint {
    name: "reporting",
    summary: "lint that finds something everywhere",
    level: Level::Warn,
    standards: &[],
    since: "0.1.0",
    page: "",
    check: |facts: &Facts<'_>, findings: &mut Findings| {
        findings.report(facts.first_line(), "something is here");
    },
};

static TOPIC: Topic = Topic { name: "topic", about: crate::lint::About::Message, lints: &[&PANICKING, &REPORTING] };
static REGISTRY: Registry = Registry::new(&[&TOPIC]);

#[test]
fn a_lint_that_panics_is_told_once_and_the_others_go_on() {
    let (send, incoming) = unbounded();
    let (outgoing, said) = unbounded();
    let server = std::thread::spawn(|| run(&REGISTRY, Wire { incoming, outgoing }));
    let request = |id: i32, method: &str, params| {
        let message = Message::Request(Request { id: id.into(), method: method.to_owned(), params });
        send.send(Incoming::Message(message)).unwrap();
    };
    let tell = |method: &str, params| {
        let message = Message::Notification(Notification { method: method.to_owned(), params });
        send.send(Incoming::Message(message)).unwrap();
    };
    request(1, "initialize", json!({}));
    for name in ["a", "b"] {
        let document =
            json!({ "uri": format!("untitled:{name}.html"), "languageId": "html", "version": 1, "text": "<p>x" });
        tell("textDocument/didOpen", json!({ "textDocument": document }));
    }
    let (mut published, mut told) = (0, Vec::new());
    while published < 2 {
        let Ok(Message::Notification(one)) = said.recv_timeout(Duration::from_secs(60)).map(|message| match message {
            Message::Response(_) => Message::Notification(Notification::new(String::new(), Value::Null)),
            other => other,
        }) else {
            panic!("nothing more is said")
        };
        if one.method == "textDocument/publishDiagnostics" {
            assert_eq!(one.params["diagnostics"][0]["code"], "reporting");
            published += 1;
        } else if one.method == "window/showMessage" {
            told.push(one.params["message"].as_str().unwrap().to_owned());
        }
    }
    request(2, "shutdown", Value::Null);
    tell("exit", Value::Null);
    assert_eq!(server.join().unwrap(), Ended::AsAgreed);
    told.extend(said.iter().filter_map(|message| match message {
        Message::Notification(one) => Some(one.params["message"].as_str()?.to_owned()),
        _ => None,
    }));
    let [told] = &told[..] else { panic!("told once: {told:?}") };
    assert!(told.contains("the lint `panicking` panicked: no such thing"), "{told}");
}

#[test]
fn of_changes_that_come_together_only_the_last_state_is_linted() {
    let (send, incoming) = unbounded();
    let (outgoing, said) = unbounded();
    let send = |message| send.send(Incoming::Message(message)).unwrap();
    let tell = |method: &str, params| {
        send(Message::Notification(Notification { method: method.to_owned(), params }));
    };
    let request = |id: i32, method: &str| {
        send(Message::Request(Request { id: id.into(), method: method.to_owned(), params: json!({}) }));
    };
    request(1, "initialize");
    let uri = "untitled:a.html";
    let document = json!({ "uri": uri, "languageId": "html", "version": 1, "text": "<p>x" });
    tell("textDocument/didOpen", json!({ "textDocument": document }));
    for version in 2..=20 {
        let at = json!({ "line": 0, "character": 3 });
        let change = json!({ "range": { "start": at, "end": at }, "text": "y" });
        let document = json!({ "uri": uri, "version": version });
        tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }
    // all of it is there before the server begins
    let server = std::thread::spawn(|| run(&REGISTRY, Wire { incoming, outgoing }));
    let published = |message: Message| match message {
        Message::Notification(one) if one.method == "textDocument/publishDiagnostics" => one.params["version"].as_i64(),
        _ => None,
    };
    let patience = Duration::from_secs(60);
    let first = std::iter::from_fn(|| said.recv_timeout(patience).ok()).find_map(published);
    assert_eq!(first, Some(20));
    request(2, "shutdown");
    tell("exit", Value::Null);
    assert_eq!(server.join().unwrap(), Ended::AsAgreed);
    assert_eq!(said.iter().find_map(published), None);
}
