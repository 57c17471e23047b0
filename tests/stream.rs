//! `presend stream` from outside: what goes in, what comes out, in which order, and in how much memory.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

const MAIL: &str = "From: Brand <someone@outlook.com>\nTo: a@example.org\nSubject: =?utf-8?q?Caf=C3=A9?=\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Buy now, only today</p>\n";
const PAGE: &str = "<p>Our news of the week";

fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.arg("stream").arg("--no-config").args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Feeds `input` and gives the exit code, the lines and standard error.
fn run(args: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut child = start(args);
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input));
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    })
}

fn answers(output: &str) -> Vec<Value> {
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn validate(answer: &Value) {
    // the references lead to the file beside it
    let text = include_str!("../schemas/stream.schema.json").replace("report.schema.json#", "#");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    let report: Value = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
    schema["$defs"] = report["$defs"].clone();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<_> = validator.iter_errors(answer).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{answer}: {}", faults.join("\n"));
}

#[test]
fn an_answer_is_the_report_that_check_gives_on_the_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("news.eml"), MAIL).unwrap();
    let checked = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "--no-config", "--format", "json", "--verbose", "-D", "body", "news.eml"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let mut wanted: Value = serde_json::from_slice(&checked.stdout).unwrap();
    wanted["id"] = json!(7);
    wanted["record"] = json!(1);
    assert!(wanted["diagnostics"].as_array().unwrap().len() > 2, "{wanted}");

    let record = json!({"id": 7, "name": "news.eml", "campaign": MAIL}).to_string();
    let (code, out, err) = run(&["--verbose", "-D", "body"], record.as_bytes());
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert_eq!(answers(&out), [wanted]);
    validate(&answers(&out)[0]);
}

#[test]
fn a_bad_record_is_one_line_and_the_others_go_on() {
    let mut input = Vec::new();
    for line in [
        &br#"{"id": "good", "campaign": "<p>Our news</p>"}"#[..],
        b"not JSON",
        b"",
        b"{\"id\": \"latin\", \"campaign\": \"caf\xe9\"}",
        br#"{"id": "none"}"#,
        br#"{"campaign": "x", "id": "twice", "id": "thrice"}"#,
        br#"{"id": "long", "campaign": "LONG"}"#,
        br#"{"id": "surrogate", "campaign": "\ud800"}"#,
        br#"{"id": "last", "name": "a.eml", "campaign_base64": "RnJvbTogYUBiLmMKCng="}"#,
    ] {
        let long = "x".repeat(70_000);
        let line = String::from_utf8(line.to_vec()).map(|line| line.replace("LONG", &long).into_bytes());
        input.extend(line.unwrap_or_else(|error| error.into_bytes()));
        input.push(b'\n');
    }
    let (code, out, err) = run(&["--max-size", "1 KiB", "--exit-zero"], &input);
    let answers = answers(&out);
    answers.iter().for_each(validate);
    let said: Vec<_> = answers.iter().map(|answer| (&answer["id"], answer["errors"][0]["message"].as_str())).collect();
    assert_eq!(
        said,
        [
            (&json!("good"), None),
            (&json!(null), Some("this is no record: expected ident (byte 2)")),
            (&json!(null), Some("the record is empty")),
            (&json!("latin"), Some("this is no record: invalid unicode code point (byte 33)")),
            (&json!("none"), Some("`campaign` is missing, and so is `campaign_base64`")),
            (&json!("twice"), Some("`id` is given twice")),
            (&json!("long"), Some("the line is longer than 68608 bytes")),
            (&json!("surrogate"), Some("this is no record: unexpected end of hex escape (byte 40)")),
            (&json!("last"), None),
        ]
    );
    let records: Vec<_> = answers.iter().map(|answer| answer["record"].as_u64().unwrap()).collect();
    assert_eq!(records, (1..=9).collect::<Vec<_>>());
    assert_eq!((code, err.trim_end()), (Some(2), "error: 7 records could not be checked; their lines say why"));
}

#[test]
fn length_prefixed_campaigns_are_bytes_and_never_out_of_step() {
    let mut input = Vec::new();
    let mut block = |bytes: &[u8]| {
        input.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
        input.extend(bytes);
    };
    let latin = [MAIL.replace("utf-8", "iso-8859-1").as_bytes(), b"caf\xe9\n"].concat();
    block(br#"{"id": 1, "name": "a.eml"}"#);
    block(&latin);
    block(b"{broken");
    block(PAGE.as_bytes());
    block(br#"{"id": 2}"#);
    block(&[b'x'; 3000]);
    block(br#"{"id": 3, "campaign": "x"}"#);
    block(b"");
    block(br#"{"id": 4, "kind": "html"}"#);
    block(PAGE.as_bytes());
    input.extend(b"\0\0\0\x09{\"id");
    let (code, out, _) = run(&["--input", "length-prefixed", "--max-size", "2 KiB"], &input);
    let answers = answers(&out);
    answers.iter().for_each(validate);
    let said: Vec<_> = answers.iter().map(|answer| (&answer["id"], answer["errors"][0]["message"].as_str())).collect();
    assert_eq!(
        said,
        [
            (&json!(1), None),
            (&json!(null), Some("this is no record: key must be a string (byte 2)")),
            (&json!(2), Some("the campaign is over the limit of 2048 bytes; `--max-size` raises it")),
            (&json!(3), Some("unknown key `campaign` (keys: `id`, `name`, `kind`)")),
            (&json!(4), None),
            (&json!(null), Some("standard input ends in the middle of the record")),
        ]
    );
    assert_eq!(code, Some(2));
}

#[test]
fn the_order_and_every_byte_are_the_same_with_any_number_of_threads() {
    let mut input = String::new();
    for index in 0..60 {
        let campaign = match index % 3 {
            0 => MAIL.to_owned(),
            1 => PAGE.repeat(index * 4),
            _ => String::new(),
        };
        input.push_str(&json!({"id": index, "campaign": campaign}).to_string());
        input.push_str(if index % 7 == 0 { "}\n" } else { "\n" });
    }
    let one = run(&["--threads", "1"], input.as_bytes());
    assert_eq!(one.1.lines().count(), 60);
    assert_eq!(run(&["--threads", "4"], input.as_bytes()), one);
}

#[test]
fn whoever_waits_for_an_answer_before_the_next_record_gets_it() {
    let mut child = start(&[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for index in 0..5 {
        writeln!(stdin, "{}", json!({"id": index, "campaign": PAGE})).unwrap();
        let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], json!(index));
    }
    drop(stdin);
    assert!(lines.next().is_none());
    child.wait().unwrap();
}

#[test]
fn closed_output_ends_it_quietly() {
    let mut child = start(&["--cap-lints", "warn"]);
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let record = format!("{}\n", json!({"id": "a", "campaign": PAGE}));
    // it stays open: nothing but the closed output can end it
    for _ in 0..10 {
        if stdin.write_all(record.as_bytes()).is_err() {
            break;
        }
    }
    let status = child.wait().unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((status.code(), err.as_str()), (Some(0), ""));
}

/// The most memory that the process has held, in KiB.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_records() {
    let mut child = start(&["--threads", "2"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut peaks = Vec::new();
    for (records, filler) in [(1000, 3000), (19_000, 3000)] {
        std::thread::scope(|scope| {
            let stdin = &mut stdin;
            scope.spawn(move || {
                for index in 0..records {
                    // one in a hundred is a campaign, the others are refused: it is the stream that is measured
                    let key = if index % 100 == 0 { "campaign" } else { "campain" };
                    writeln!(stdin, "{}", json!({"id": index, key: "<p>word ".repeat(filler / 8)})).unwrap();
                }
            });
            for index in 0..records {
                let line = lines.next().unwrap().unwrap();
                assert!(line.starts_with(&format!("{{\"version\":1,\"id\":{index},")), "{line}");
            }
        });
        peaks.push(peak(&child));
    }
    drop(stdin);
    child.wait().unwrap();
    assert!(peaks[1] < peaks[0] + 10 * 1024 && peaks[1] < 100 * 1024, "{peaks:?} KiB");
}

fn check_in(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.args(["check", "--no-config", "--format", "json", "--max-size", "4 KiB"]).args(args).current_dir(folder);
    let output = command.output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_places_of_a_mailbox_are_those_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let separator = "From someone@outlook.com Sat Nov 21 22:34:32 2026\n";
    let quoted = MAIL.replace("<p>", ">From here on\n<p>");
    let large = format!("{MAIL}{}\n", "x".repeat(5000));
    let mailbox = [MAIL, &large, &quoted].map(|mail| format!("{separator}{mail}\n")).concat();
    std::fs::write(folder.path().join("box.mbox"), &mailbox).unwrap();
    let (code, report) = check_in(folder.path(), &["-D", "microsoft"]);
    assert_eq!((code, &report["summary"]["files"]), (Some(2), &json!(2)));
    assert!(report["errors"][0]["message"].as_str().unwrap().starts_with("message 2: it is over the limit of 4 KiB"));

    let of_sender = |found: &&Value| found["lint"] == "freemail-sender";
    let found: Vec<&Value> = report["diagnostics"].as_array().unwrap().iter().filter(of_sender).collect();
    let starts: Vec<_> = mailbox.match_indices("outlook.com>").map(|(at, _)| at).collect();
    assert_eq!((found.len(), starts.len()), (2, 3));
    for (found, start) in found.iter().zip([starts[0], starts[2]]) {
        let place = &found["primary"];
        assert_eq!((&place["file"], &place["file_span"]["byte_start"]), (&json!("box.mbox"), &json!(start)));
        assert_eq!(place["file_span"]["start"]["line"], json!(mailbox[..start].lines().count()));
    }

    let before = std::fs::read(folder.path().join("box.mbox")).unwrap();
    check_in(folder.path(), &["--fix", "--unsafe-fixes", "--force"]);
    assert_eq!(std::fs::read(folder.path().join("box.mbox")).unwrap(), before);
}

#[test]
fn a_maildir_is_checked_message_by_message() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("cur/1.M1.host:2,S", MAIL), ("new/1795327173.M2P7.vm", MAIL), ("tmp/3.M3.host", MAIL)] {
        let path = folder.path().join("box").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let (_, report) = check_in(folder.path(), &[]);
    assert_eq!(report["summary"]["files"], json!(2));
    let file = &report["diagnostics"][0]["primary"]["file"];
    assert_eq!(file, "box/cur/1.M1.host:2,S");
    // a host's name is no extension
    assert!(!report.to_string().contains("mistaken-kind"), "{report}");
}
