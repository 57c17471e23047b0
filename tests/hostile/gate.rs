//! The gate stays up: one bad file among hundreds is one diagnostic, or one error, and a small stack is enough.

use super::tree::tree;
use presend::config::Settings;
use presend::config::levels::Levels;
use presend::lint::lint;
use presend::lints::REGISTRY;
use presend::source::Source;
use std::fs;
use std::process::Command;

const FINE: &str = "Message-ID: <1@shop.example>\nFrom: Shop <news@shop.example>\nSubject: re: hello\n\nHello\n";

/// Runs `check` over 300 mails, of which those in `bad` are others: the exit code, the files that are told of in order, and the errors.
fn run(bad: &[(usize, &[u8])]) -> (Option<i32>, Vec<String>, String) {
    let folder = tree(&[("x/.keep", "")]);
    for nth in 0..300 {
        let content = bad.iter().find(|(at, _)| *at == nth).map_or(FINE.as_bytes(), |(_, content)| *content);
        fs::write(folder.path().join(format!("{nth:03}.eml")), content).unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", ".", "--no-config", "--format", "json", "--max-size", "100KiB", "--threads", "3"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let places = report["diagnostics"].as_array().unwrap().iter();
    let mut files: Vec<String> = places.map(|one| one["primary"]["file"].as_str().unwrap().to_owned()).collect();
    files.dedup();
    (run.status.code(), files, String::from_utf8_lossy(&run.stderr).into_owned())
}

#[test]
fn one_bad_file_among_hundreds_leaves_the_others_as_they_are() {
    let (code, all, err) = run(&[]);
    assert_eq!((all.len(), err.as_str()), (300, ""));
    assert!(all.is_sorted());
    let deep = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(900);
    let rubbish: Vec<u8> = (0..90_000_u32).map(|nth| (nth.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let (hostile, told, err) = run(&[(7, deep.as_bytes()), (150, &rubbish), (299, &[0; 5_000])]);
    assert_eq!((hostile, err.as_str()), (code.max(Some(1)), ""));
    assert!(told.is_sorted());
    let (left, others): (Vec<_>, Vec<_>) =
        all.iter().partition(|file| ["007.eml", "150.eml", "299.eml"].contains(&file.as_str()));
    assert_eq!((left.len(), others.len()), (3, 297));
    assert!(others.iter().all(|file| told.contains(file)));
}

#[test]
fn one_file_that_can_t_be_read_among_hundreds_is_one_error() {
    let large = vec![b'a'; 200_000];
    let (code, told, err) = run(&[(42, &large)]);
    assert_eq!((code, told.len(), told.contains(&"042.eml".to_owned())), (Some(2), 299, false));
    assert_eq!((err.lines().count(), err.starts_with("error: 042.eml: it is over the limit")), (1, true), "{err}");
}

/// Nothing calls itself as deep as a source is nested: a sixteenth of the stack that threads get is enough, without optimisation.
#[test]
fn deep_sources_need_no_deep_stack() {
    let deep = |open: &str, times: usize| open.repeat(times);
    let mail = |fields: &str, body: String| format!("From: a@b.example\n{fields}\n{body}");
    let sources = [
        ("a.html", deep("<div>", 20_000)),
        ("a.html", deep("<svg><g>", 20_000)),
        ("a.html", format!("<style>{}", deep("@media x{", 20_000))),
        ("a.html", format!("<style>{}", deep("a:not(", 20_000))),
        ("a.html", format!("<p style=\"{}", deep("a:(", 20_000))),
        ("a.hbs", deep("{{#if a}}", 20_000)),
        ("a.hbs", deep("{{(", 20_000)),
        ("a.mjml", format!("<mjml>{}", deep("<mj-section><mj-column>", 10_000))),
        ("a.eml", mail("Content-Type: message/rfc822\n", deep("Content-Type: message/rfc822\n\n", 5_000))),
        ("a.eml", mail(&format!("To: {}\n", deep("(", 60_000)), String::new())),
        ("a.eml", mail(&format!("To: {}\n", deep("a:", 30_000)), String::new())),
        ("a.eml", mail(&format!("Subject: {}\n", deep("=?utf-8?Q?", 6_000)), String::new())),
        ("a.eml", mail(&format!("List-Unsubscribe: {}\n", deep("<(", 1_000)), String::new())),
        ("a.eml", mail(&format!("Received: {}\n", deep("(", 60_000)), String::new())),
    ];
    let linting = move || {
        for (name, text) in sources {
            let source = Source::new(name, None, text.into_bytes(), None);
            let linted = lint(&source, &REGISTRY, &Settings::default(), &Levels::new(&REGISTRY.known()));
            assert!(linted.panics.is_empty(), "{name}: {:?}", linted.panics);
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(linting).unwrap().join().unwrap();
}
