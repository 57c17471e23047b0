//! What mail servers answer, from outside: replies explained, pages of advice, bounces read, lists cleaned and checked.
#![allow(clippy::unwrap_used)]

use presend::answers::advice::PAGES;
use snapbox::{assert_data_eq, str};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit code, standard output, standard error.
fn presend(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_presend")).env_clear().args(args).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

#[test]
fn a_reply_is_explained_by_its_code() {
    let (code, out, err) = presend(&["explain", "5.7.513"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_data_eq!(
        out,
        str![[r#"
refused-by-recipient: the recipient's organisation has the sending IP address on its own block list
(AS16012607)
  code        5.7.513
  fault       the recipient's organisation
  do          talk to the recipient's administrator: only that organisation can change it
  address     keep it: the address is not to blame
  message     it is lost for this recipient: do not send it again
  source      Microsoft, Email non-delivery reports in Exchange Online,
              https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online

"#]]
    );
}

#[test]
fn where_only_the_text_can_tell_it_does() {
    let (_, several, _) = presend(&["explain", "5.4.1"]);
    assert!(
        several.contains("5.4.1 has 2 meanings") && several.contains("if it says  `relay access denied`"),
        "{several}"
    );
    let (_, one, _) = presend(&["explain", "550 5.4.1 [a@example.com]: Recipient address rejected: Access denied"]);
    assert!(one.contains("no-such-address: ") && one.contains("remove it, and never mail it again"), "{one}");
    assert_eq!(one, presend(&["explain", "550", "5.4.1", "Recipient", "address", "rejected:", "Access", "denied"]).1);
}

#[test]
fn as_json_a_reply_has_all_its_fields() {
    let (code, out, _) = presend(&[
        "explain",
        "--format",
        "json",
        "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)",
    ]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    assert_eq!(
        (&told["version"], &told["permanence"], &told["code"]),
        (&1.into(), &"temporary".into(), &"4.7.500".into())
    );
    let meaning = &told["meanings"][0];
    assert_eq!((&meaning["cause"], &meaning["fault"]), (&"throttled".into(), &"sender-rate".into()));
    assert_eq!((&meaning["suppress"], &meaning["advice"][0]["name"]), (&"no".into(), &"retry-slower".into()));
    assert!(meaning["sources"][0].as_str().unwrap().contains("Postmastery"));
}

#[test]
fn what_a_reply_holds_never_steers_the_terminal() {
    let (_, out, err) = presend(&["explain", "599 \u{1b}[31m\u{202e} x"]);
    assert!(!(out + &err).contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_page_of_advice_is_printed_and_a_slip_is_helped() {
    let (code, out, _) = presend(&["explain", "Warming_Up"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("warming-up: sending from IP addresses that are new\n\nWhat it is about\n"), "{out}");
    let (code, _, err) = presend(&["explain", "warmingup"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        err,
        str![[r#"
error: nothing is called `warmingup`
  = help: did you mean `warming-up`?
  = help: `presend explain --list` lists all that can be explained


"#]]
    );
}

#[test]
fn the_list_has_lints_pages_and_replies() {
    let (code, out, _) = presend(&["explain", "--list"]);
    assert_eq!(code, Some(0));
    for name in ["unsubscribe/missing-unsubscribe ", "\nwarming-up ", "\n5.7.606-649 "] {
        assert!(out.contains(name), "{name}");
    }
}

#[test]
fn every_page_of_advice_has_its_headings_its_steps_and_its_sources() {
    for page in PAGES {
        let headings: Vec<&str> = page.text.lines().filter(|line| line.starts_with('#')).collect();
        let first = format!("# {}: {}", page.name, page.summary());
        assert_eq!(headings, [first.as_str(), "## What it is about", "## What to do", "## Sources"]);
        let after =
            |heading: &str| page.text.split_once(heading).map(|(_, text)| text.split("\n## ").next().unwrap()).unwrap();
        assert!(
            after("## What to do\n").matches("\n1. ").count() == 1 && after("## What to do\n").contains("\n3. "),
            "{}",
            page.name
        );
        let sources = after("## Sources\n");
        assert!(sources.contains("\n- Microsoft, ") || sources.contains("\n- Postmastery, "), "{}", page.name);
    }
    let files = std::fs::read_dir("lints/advice").unwrap().count();
    assert_eq!(files, PAGES.len(), "a page that is not in the list of pages");
}

/// The JSON document of `presend bounces` over these files of `fixtures/bounces`, and the exit code.
fn bounces(files: &[&str], more: &[&str]) -> (Option<i32>, serde_json::Value) {
    let files: Vec<String> = files.iter().map(|file| format!("fixtures/bounces/{file}")).collect();
    let mut args = vec!["bounces", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    args.extend(more);
    let (code, out, _) = presend(&args);
    (code, serde_json::from_str(&out).unwrap())
}

/// `address cause suppress destination` of each bounce.
fn short(document: &serde_json::Value) -> Vec<String> {
    let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or("-").to_owned();
    let rows = document["bounces"].as_array().unwrap().iter();
    rows.map(|row| ["address", "cause", "suppress", "destination"].map(|name| text(row, name)).join(" ")).collect()
}

#[test]
fn every_kind_of_bounce_is_read_and_judged() {
    let files = [
        "microsoft365.eml",
        "html-only.eml",
        "mailbox.mbox",
        "postfix.log",
        "exim.log",
        "powermta.csv",
        "complaint.eml",
    ];
    let (code, document) = bounces(&files, &[]);
    assert_eq!(code, Some(1));
    assert_eq!(
        short(&document),
        [
            "ann@fabrikam.com no-such-address yes Microsoft 365",
            "ben@tailspintoys.com internal-only yes tailspintoys.com",
            "cleo@wingtiptoys.com blocked-ip no wingtiptoys.com",
            "dan@northwindtraders.com full-mailbox after-repeats northwindtraders.com",
            "fay@fabrikam.com no-such-address yes Microsoft 365 EUR05",
            "gus@contoso.com throttled no Microsoft 365 NAM03",
            "hal@wingtiptoys.com - no wingtiptoys.com",
            "fay@fabrikam.com no-such-address yes Microsoft 365 EUR05",
            "ida@woodgrovebank.com no-such-address yes woodgrovebank.com",
            "jan@woodgrovebank.com greylisted no woodgrovebank.com",
            "kim@adventure-works.com no-such-address yes Gmail",
            "lea@adventure-works.com - no Gmail",
            "eve@mailprovider.net complaint yes mailprovider.net",
        ]
    );
    let causes: Vec<_> =
        document["causes"].as_array().unwrap().iter().map(|cause| cause["cause"].as_str().unwrap()).collect();
    assert_eq!(
        causes,
        ["blocked-ip", "complaint", "throttled", "no-such-address", "internal-only", "full-mailbox", "greylisted"]
    );
    assert_eq!(document["suppressions"].as_array().unwrap().len(), 6);
    assert_eq!(document["retried"], serde_json::json!([{ "address": "fay@fabrikam.com", "failures": 2 }]));
    assert_eq!(document["summary"]["unreadable"], 0);
}

#[test]
fn what_can_t_be_read_is_told_and_counted() {
    let (code, document) = bounces(&["no-recipient.eml", "complaint.eml"], &["no/such/file", "fixtures/lists"]);
    assert_eq!((code, &document["summary"]["unreadable"]), (Some(2), &3.into()));
    assert_eq!(document["unreadable"][0]["reason"], "it reports a failure, but names no recipient");
    let (code, _, err) = presend(&["bounces", "fixtures/bounces/no-recipient.eml", "no/such/file"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        err,
        "error: fixtures/bounces/no-recipient.eml: it reports a failure, but names no recipient\n\
         error: no/such/file: it can't be read: no such file or directory\n"
    );
}

#[test]
fn all_formats_have_a_row_for_each_bounce() {
    let (_, csv, _) = presend(&["bounces", "fixtures/bounces/mailbox.mbox", "--format", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 3);
    assert!(
        rows[1].starts_with(
            "\"fixtures/bounces/mailbox.mbox, message 1\",cleo@wingtiptoys.com,failed,blocked-ip,5.7.606,permanent,no,"
        ),
        "{csv}"
    );
    let (_, lines, _) = presend(&["bounces", "fixtures/bounces/mailbox.mbox", "--format", "json-lines"]);
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (lines.len(), &lines[1]["cause"], &lines[2]["summary"]["failed"]),
        (3, &"full-mailbox".into(), &2.into())
    );
}

#[test]
fn a_list_is_cleaned_byte_for_byte_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let path = |name: &str| at(name).to_str().unwrap().to_owned();
    let list = "\u{feff}\"Name\";E-Mail;x\r\n\"A \"\"A\"\"; A\";ANN@fabrikam.com;1\r\n\"two\nlines\"; kept@brand.com ;2\r\nEve;\"eve@mailprovider.net\";3\r\n;;\r\nlast;last@brand.com;4";
    fs::write(at("list.csv"), list).unwrap();
    let (list, clean, gone) = (path("list.csv"), path("clean.csv"), path("gone.csv"));
    let bounces = ["bounces", "fixtures/bounces/microsoft365.eml", "fixtures/bounces/complaint.eml"];
    let wanted = ["--list", &list, "--clean", &clean, "--suppress", &gone];
    let (code, out, err) = presend(&[&bounces[..], &wanted[..]].concat());
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.contains("2 of 5 rows left out (1 complaint, 1 no-such-address)"), "{out}");
    let kept = "\u{feff}\"Name\";E-Mail;x\r\n\"two\nlines\"; kept@brand.com ;2\r\n;;\r\nlast;last@brand.com;4";
    assert_eq!(fs::read_to_string(at("clean.csv")).unwrap(), kept);
    assert_data_eq!(
        fs::read_to_string(at("gone.csv")).unwrap(),
        str![[r#"
address,reason,code,when,file
ann@fabrikam.com,no-such-address,5.1.10,2026-11-20T09:12:43Z,fixtures/bounces/microsoft365.eml
eve@mailprovider.net,complaint,,2026-11-20T10:00:00Z,fixtures/bounces/complaint.eml

"#]]
    );
    let before = fs::read(at("list.csv")).unwrap();
    for wanted in [["--list", &list, "--clean", &clean], ["--list", &list, "--clean", &list]] {
        let (code, _, err) = presend(&[&bounces[..], &wanted[..]].concat());
        assert_eq!(code, Some(2));
        assert!(err.contains("is there already") || err.contains("names the list itself"), "{err}");
    }
    assert_eq!(
        (fs::read(at("list.csv")).unwrap(), fs::read_to_string(at("clean.csv")).unwrap().as_str()),
        (before, kept)
    );
    let new = path("new.csv");
    let (code, _, err) = presend(&[&bounces[..], &["--list", &list, "--clean", &new, "--column", "mial"]].concat());
    assert_eq!(code, Some(2));
    assert!(err.contains("no column is called `mial`; there are: Name, E-Mail, x"), "{err}");
    assert!(!Path::new(&new).exists());
}

#[test]
fn a_list_with_an_open_quote_is_refused_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list.csv"), format!("email\na@brand.com\n\"{}", "x\n".repeat(1 << 20))).unwrap();
    let (list, clean) = (folder.path().join("list.csv"), folder.path().join("clean.csv"));
    let (list, clean) = (list.to_str().unwrap(), clean.to_str().unwrap());
    let (code, _, err) = presend(&["bounces", "fixtures/bounces/complaint.eml", "--list", list, "--clean", clean]);
    assert_eq!(code, Some(2));
    assert!(err.contains("the record that begins in line 3 does not end"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_short_list_with_an_open_quote_hides_no_row_either() {
    let folder = tempfile::tempdir().unwrap();
    let (list, clean) = (folder.path().join("list.csv"), folder.path().join("clean.csv"));
    fs::write(&list, "email\n\"a@brand.com\nb@brand.com\nc@brand.com\n").unwrap();
    let (list, clean) = (list.to_str().unwrap(), clean.to_str().unwrap());
    let (code, _, err) = presend(&["bounces", "fixtures/bounces/complaint.eml", "--list", list, "--clean", clean]);
    assert_eq!(code, Some(2));
    assert!(err.contains("the record that begins in line 2 does not end"), "{err}");
}

#[test]
fn a_list_is_checked_in_the_formats_of_campaigns() {
    let (code, out, err) = presend(&["list", "fixtures/lists/recipients.csv", "--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let schema = serde_json::from_str(&fs::read_to_string("schemas/report.schema.json").unwrap()).unwrap();
    let faults: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(document["summary"]["deny"], 2);
    for format in ["sarif", "github", "gitlab", "junit", "rdjson", "json-lines", "human"] {
        let (code, out, _) = presend(&["list", "fixtures/lists/recipients.csv", "--format", format]);
        assert_eq!(code, Some(1), "{format}");
        assert!(out.contains("mistyped-domain"), "{format}: {out}");
    }
    let (code, out, err) =
        presend(&["list", "fixtures/lists/recipients.csv", "--most", "1", "--exit-zero", "--format", "short"]);
    assert_eq!((code, out.lines().count()), (Some(0), 1));
    assert!(err.contains("5 more faults"), "{err}");
    assert_eq!(presend(&["list", "no/such.csv"]).0, Some(2));
}
