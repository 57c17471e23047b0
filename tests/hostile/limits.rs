//! Limits that were reached: told with their names, and no reason to call something missing that was only not read.

use super::common::pages::{Sample, sample, sections};
use super::common::{Options, lint_all, lint_only, names};
use super::tree::tree;
use presend::config::limits::Limit;
use presend::lint::About;
use presend::lints::REGISTRY;

const LIMITS: [Limit; 14] = [
    Limit::Text,
    Limit::Header,
    Limit::Fields,
    Limit::Parts,
    Limit::PartDepth,
    Limit::Bodies,
    Limit::Nodes,
    Limit::Depth,
    Limit::Attributes,
    Limit::Conditionals,
    Limit::MergeTags,
    Limit::Links,
    Limit::Includes,
    Limit::Diagnostics,
];

/// What the page of each lint on messages says to use instead, and its example.
fn samples() -> impl Iterator<Item = (&'static str, Sample, Sample)> {
    REGISTRY.lints_about(About::Message).map(|(_, lint)| {
        let sections = sections(lint.page);
        (lint.name, sample(lint.name, &sections[3].1), sample(lint.name, &sections[2].1))
    })
}

fn with(sample: &Sample, limit: Limit, value: u64) -> Options {
    let mut options = sample.options.clone();
    options.settings.limits = options.settings.limits.with(limit, value);
    options
}

/// Values from 1 to more than any sample has of it.
fn values(limit: Limit, sample: &Sample) -> impl Iterator<Item = u64> {
    let most = if limit.is_size() { sample.bytes.len() as u64 } else { 40 };
    std::iter::successors(Some(1), |value| Some(value * 5 + 2)).take_while(move |value| *value < most)
}

#[test]
fn what_is_fine_is_fine_where_not_all_of_it_is_read() {
    let mut faults = Vec::new();
    for (lint, fine, _) in samples().filter(|(lint, ..)| *lint != "analysis-limit") {
        for limit in LIMITS {
            for value in values(limit, &fine) {
                let found = lint_only(lint, &with(&fine, limit, value), &fine.bytes).diagnostics;
                if let Some(found) = found.first() {
                    faults.push(format!("{lint}, `{}` = {value}: {}", limit.key(), found.message));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn lower_limits_bring_nothing_but_that_they_were_reached() {
    let mut faults = Vec::new();
    for (at, (lint, _, example)) in samples().enumerate() {
        let all = names(&lint_all(&example.options, &example.bytes).diagnostics);
        for (nth, limit) in LIMITS.into_iter().enumerate().filter(|(nth, _)| (at + nth) % 4 == 0) {
            for value in values(limit, &example).skip(nth % 2).step_by(2) {
                let found = names(&lint_all(&with(&example, limit, value), &example.bytes).diagnostics);
                let new = found.iter().filter(|name| !all.contains(name) && **name != "analysis-limit");
                faults.extend(new.map(|new| format!("page of {lint}, `{}` = {value}: {new}", limit.key())));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_limit_that_was_reached_is_told_with_its_key_and_what_was_not_read() {
    let mail = |fields: &str, body: &str| {
        format!("Message-ID: <1@shop.example>\nFrom: Shop <news@shop.example>\nSubject: Ten lamps\n{fields}\n{body}")
    };
    let html = |body: &str| mail("Content-Type: text/html\n", body);
    let parts = mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n\na\n--b\n\nb\n--b--\n");
    for (limit, text, said) in [
        (Limit::Text, html("<p>Hello</p>\n<p>Hello again"), "more than 1 B of bodies: what follows was not read"),
        (Limit::Parts, parts.clone(), "more than 1 parts: the others were not read"),
        (Limit::Bodies, parts, "more than 1 parts shown as text: the others were not read"),
        (Limit::Nodes, html("<p>a<p>b"), "more than 1 tags, comments and texts: what follows was not read"),
        (Limit::Attributes, html("<p a b>"), "more than 1 attributes in a tag: the others were left out"),
        (Limit::MergeTags, html("{{a}} {{b}}"), "more than 1 merge tags: what follows was not read"),
        (Limit::Links, html("<a href=/a>a</a><a href=/b>b</a>"), "more than 1 links: the others were not looked at"),
        (Limit::Fields, html("a"), "more than 1 header fields: the others were not read"),
        (
            Limit::Conditionals,
            html("<!--[if mso]>a<![endif]--><!--[if mso]>b<![endif]-->"),
            "more than 1 conditional comments: the inside of the others was not read",
        ),
        (
            Limit::Diagnostics,
            html("<!-- presend-allow nought: a --><!-- presend-allow nothing: b -->"),
            "more than 1 diagnostics of one lint: the others are not told",
        ),
    ] {
        let mut options = Options::parse("a.eml", "");
        options.settings.limits = options.settings.limits.with(limit, 1);
        let found = lint_all(&options, text.as_bytes()).diagnostics;
        let [first, rest @ ..] = &found[..] else { panic!("{said}: nothing") };
        assert_eq!(first.message, format!("not all of it was checked: {said}"), "{:?}", names(rest));
        let help = format!("`{}` under `[limits]` in `presend.toml` raises it", limit.key());
        assert!(first.help.contains(&help), "{:?}", first.help);
    }
}

#[test]
fn rules_of_style_sheets_that_were_not_tried_are_told_and_make_nothing_unknown() {
    let page = |elements: usize| {
        let rules: String = (0..1_500).map(|nth| format!("p{{color:#{nth:06x}}}")).collect();
        let texts = "<p>Ten lamps and bags for you".repeat(elements);
        format!("<!DOCTYPE html><title>Lamps</title><style>{rules}</style>{texts}")
    };
    let untold =
        |elements: usize| names(&lint_all(&Options::parse("a.html", ""), page(elements).as_bytes()).diagnostics);
    let mut told = lint_all(&Options::parse("a.html", ""), page(1_400).as_bytes()).diagnostics;
    let first = told.remove(0);
    let said = "not all of it was checked: more than 2,000,000 trials of style rules: the others were not applied";
    assert_eq!((first.lint, first.message.as_str()), ("analysis-limit", said));
    assert!(untold(10).contains(&"missing-unsubscribe"));
    assert_eq!(names(&told), untold(10));
}

#[test]
fn a_baseline_knows_more_of_one_lint_than_a_report_tells() {
    let page = |comments: std::ops::Range<usize>| -> String {
        comments.map(|nth| format!("<!-- presend-allow nought-{nth}: seen -->\n")).collect()
    };
    let tree = tree(&[("a.html", &page(0..1_500))]);
    let check = |args: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_presend"));
        command.current_dir(tree.path()).args(["check", "a.html", "--no-config", "-D", "unknown-lint"]);
        let ran = command.args(["--format", "json"]).args(args.split_whitespace()).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
        let told = report["diagnostics"].as_array().unwrap().iter().filter(|told| told["lint"] == "unknown-lint");
        (ran.status.code(), told.count())
    };
    assert_eq!(check(""), (Some(1), 1_000));
    assert_eq!(check("--write-baseline known").0, Some(1));
    assert_eq!(check("--baseline known"), (Some(0), 0));
    std::fs::write(tree.path().join("a.html"), page(100..1_500)).unwrap();
    assert_eq!(check("--baseline known"), (Some(0), 0), "those behind the first thousand are known, too");
    std::fs::write(tree.path().join("a.html"), page(0..1_501)).unwrap();
    assert_eq!(check("--baseline known"), (Some(1), 1), "and hide nothing that is new");
}

/// What stands behind a limit is not looked at for faults, but tells who sends it.
#[test]
fn the_provider_is_known_by_what_stands_behind_the_limit() {
    let mail = |tag: &str| {
        let page = format!("{}<p>text <a href=\"{tag}\">unsubscribe</a></p>", "<p>{{a}}</p>".repeat(30));
        let mut options = Options::parse("campaign.html", "");
        options.settings.remarks = true;
        options.settings.limits = options.settings.limits.with(Limit::MergeTags, 5);
        let remarks = lint_all(&options, page.as_bytes()).remarks;
        remarks.into_iter().find(|remark| remark.about == "provider").map(|remark| remark.text).unwrap_or_default()
    };
    assert!(mail("*|UNSUB|*").contains("Mailchimp"), "{}", mail("*|UNSUB|*"));
    assert!(!mail("https://brand.com/u").contains("Mailchimp"));
}
