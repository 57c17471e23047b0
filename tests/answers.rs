//! What mail servers answer, from outside: replies explained, and the pages of advice.
#![allow(clippy::unwrap_used)]

use presend::answers::advice::PAGES;
use snapbox::{assert_data_eq, str};
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
