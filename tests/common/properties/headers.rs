//! The header of a received copy is shown, alone and beside another.

use super::Choice;
use super::terminal::{nothing_raw, without_style};
use presend::config::Settings;
use presend::facts::Facts;
use presend::message::{Given, Message};
use presend::report::Options;
use presend::report::headers::{Sheet, write_human, write_json};
use presend::source::{Kind, Source};

/// Panics if it can't be read when it is shown. The second header begins behind the first empty line.
pub fn are_shown(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let (first, second) = halves(bytes);
    let sheets: Vec<Sheet> = [first, second].into_iter().flatten().map(sheet).collect();
    let width = choice.of(&[100, 40, 1000]);
    let plain = human(&sheets, Options { width, ..Options::default() });
    nothing_raw(&plain, "headers");
    assert_eq!(without_style(&human(&sheets, Options { width, color: true, ..Options::default() })), plain);
    let mut json = Vec::new();
    write_json(&sheets, &mut json).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(document["messages"].as_array().map(Vec::len), Some(sheets.len()));
    nothing_raw(&String::from_utf8(json).unwrap(), "JSON of headers");
}

fn halves(bytes: &[u8]) -> (Option<&[u8]>, Option<&[u8]>) {
    match bytes.windows(2).position(|window| window == b"\n\n") {
        Some(at) => (bytes.get(..at + 2), bytes.get(at + 2..)),
        None => (Some(bytes), None),
    }
}

fn sheet(bytes: &[u8]) -> Sheet {
    let source = Source::new("copy.eml", None, bytes.to_vec(), Some(Kind::Message));
    let message = Message::parse(&source, &Given::default());
    let settings = Settings::default();
    Sheet::of(&Facts::new(&message, &settings))
}

fn human(sheets: &[Sheet], options: Options) -> String {
    let mut out = Vec::new();
    write_human(sheets, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
