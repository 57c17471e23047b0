//! `presend.toml` from outside: its reference and schema, several senders, what wins, and entries that are of no use.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "common/tree.rs"]
mod tree;

use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;
use tree::tree;

/// Exit code, standard output and standard error of `presend ARGS` in `tree`.
fn run(tree: &TempDir, args: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let output = command.env_clear().current_dir(tree.path()).args(args.split_whitespace()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

fn schema() -> Value {
    serde_json::from_str(&run(&tree(&[]), "config --format json-schema").1).unwrap()
}

/// What is wrong with a configuration by the schema.
fn faults(schema: &Value, text: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(text).unwrap();
    let validator = jsonschema::draft7::new(schema).unwrap();
    validator.iter_errors(&serde_json::to_value(table).unwrap()).map(|error| error.to_string()).collect()
}

#[test]
fn the_reference_and_the_schema_are_those_of_the_program() {
    let root = env!("CARGO_MANIFEST_DIR");
    for (file, format) in [("docs/configuration.md", "markdown"), ("schemas/presend.schema.json", "json-schema")] {
        let command = format!("config --format {format}");
        let kept = fs::read_to_string(format!("{root}/{file}")).unwrap_or_default();
        let made = run(&tree(&[]), &command).1;
        assert!(kept == made, "{file} is stale; `cargo run -- {command} > {file}` brings it up to date");
    }
}

#[test]
fn every_example_is_read_and_validates() {
    let schema = schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let page = run(&tree(&[]), "config --format markdown").1;
    let mut count = 0;
    for example in [&readme, &page].into_iter().flat_map(|text| text.split("```toml\n").skip(1)) {
        let example = example.split("```").next().unwrap();
        assert_eq!(faults(&schema, example), Vec::<String>::new(), "{example}");
        let read = run(&tree(&[("presend.toml", example)]), "check --config presend.toml .");
        assert_eq!(read.0, Some(0), "{example}\n{}", read.2);
        count += 1;
    }
    assert!(count > 25, "only {count} examples");
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let schema = schema();
    for wrong in [
        "own-domain = ['brand.com']",
        "own-domains = 'brand.com'",
        "own-domains = ['https://brand.com/']",
        "purpose = 'bluk'",
        "provider = 'mailchip'",
        "privacy-url = 'brand.com'",
        "address = ''",
        "limits.image = '1 MegaByte'",
        "limits.subject = '3'",
        "limits.sorce = 1",
        "lints.rfc = 'error'",
        "lints.freemail-sender = { reason = 'x' }",
        "[sender]\nown-domains = []",
        "[sender.a]\nkind = 'html'",
        "[sender.a.limits]\nsource = 1",
        "[sender.a]\nsender = 'b'",
        "[[override]]\npurpose = 'bulk'",
        "[[allow]]\npath = 'a'\nlint = 'freemail-sender'",
        "[override]\npaths = []",
    ] {
        assert!(!faults(&schema, wrong).is_empty(), "{wrong}");
        let read = run(&tree(&[("presend.toml", wrong)]), "check --config presend.toml .");
        assert_eq!(read.0, Some(2), "{wrong}");
    }
}

/// A draft from `from` that links to its opt-out.
fn draft(from: &str) -> String {
    format!(
        "<!-- From: {from} -->\n<!-- Subject: Ten lamps for the winter -->\n<html><body><p>The lamps that you asked for are back \
         in the shop, come and see them while there are some.</p><a href=\"https://brand.com/u\">Unsubscribe</a></body></html>\n"
    )
}

/// Which of the lints that these tests are about a run reports, each once.
fn lints(out: &str) -> Vec<&str> {
    let names = out.lines().filter_map(|line| line.split_once('[')?.1.split_once("]:"));
    let names = names.map(|(name, _)| name);
    let mut names: Vec<_> = names.filter(|name| matches!(*name, "freemail-sender" | "unused-allow")).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn each_client_of_an_agency_has_its_own_knowledge() {
    let config = r#"
        [sender.brand]
        own-domains = ["brand.com"]
        [sender.club]
        paths = ["club/"]
        lints.freemail-sender = "allow"
    "#;
    let free = draft("Club <club@outlook.com>");
    let tree = tree(&[
        ("presend.toml", config),
        ("club/a.html", &free),
        ("other/b.html", &free),
        ("other/c.html", &draft("Brand <news@mail.brand.com>")),
    ]);
    let found = |args: &str| lints(&run(&tree, &format!("check --format short {args}")).1).join(" ");
    assert_eq!(found("club"), "");
    assert_eq!(found("other/b.html"), "freemail-sender");
    assert_eq!(found("other/b.html --sender club"), "");
    assert_eq!(found("club --sender brand"), "freemail-sender");

    let said = run(&tree, "check --verbose --width 200").1;
    for remark in [
        "note: club/a.html: the sender is `club`: its `paths` match\n",
        "note: other/b.html: no sender of the configuration is chosen: From is at `outlook.com`, an own domain of none of them\n",
        "note: other/c.html: the sender is `brand`: From is at `brand.com`, one of its own domains\n",
    ] {
        assert!(said.contains(remark), "{said}");
    }
}

#[test]
fn a_sender_that_nobody_knows_is_exit_code_2_with_the_nearest() {
    let tree = tree(&[("presend.toml", "[sender.brand]\n"), ("a.html", &draft("a@brand.com"))]);
    let (code, _, err) = run(&tree, "check --sender brnad");
    assert_eq!(code, Some(2));
    assert!(
        err.contains("error: no sender is called `brnad`\n--> presend.toml\n = help: did you mean `brand`?\n"),
        "{err}"
    );
}

#[test]
fn the_command_line_replaces_what_a_draft_says_and_the_configuration_fills_gaps() {
    let tree = tree(&[
        ("presend.toml", "from = 'Club <club@outlook.com>'\n"),
        ("own.html", &draft("Brand <news@brand.com>")),
        ("none.html", &draft("").replace("<!-- From:  -->", "")),
    ]);
    let found = |args: &str| lints(&run(&tree, &format!("check --format short {args}")).1).join(" ");
    assert_eq!(found("own.html"), "");
    assert_eq!(found("none.html"), "freemail-sender");
    assert_eq!(found("own.html --from club@outlook.com"), "freemail-sender");
    assert_eq!(found("none.html --from news@brand.com"), "");
}

#[test]
fn kind_stage_and_fragment_can_be_said_of_paths() {
    let config = r#"
        [[override]]
        paths = ["pieces/"]
        fragment = true
        [[override]]
        paths = ["sent/"]
        stage = "rendered"
        [[override]]
        paths = ["*.txt"]
        kind = "html"
    "#;
    let page = "<html><body><p>Hello {{ first_name }}</p></body></html>";
    let tree = tree(&[
        ("presend.toml", config),
        ("pieces/a.html", page),
        ("sent/a.html", page),
        ("whole.html", page),
        ("b.txt", "From: a@b.example\nTo: c@d.example\n\nHello"),
    ]);
    let said = run(&tree, "check --verbose --width 200 . b.txt").1;
    for remark in [
        "note: pieces/a.html: it is a fragment of a mail: the sender says so\n",
        "note: sent/a.html: it is rendered, as it will arrive: the sender says so\n",
        "note: whole.html: it is a whole mail: it has a document root\n",
        "note: b.txt: it is a template, whose merge tags are still to be filled in: a file of markup is one, unless `--rendered` says otherwise\n",
    ] {
        assert!(said.contains(remark), "{said}");
    }
}

#[test]
fn a_template_that_another_one_includes_is_a_fragment() {
    let tree = tree(&[
        ("main.html", "<html><body>{% include 'parts/top' %}<p>Hello</p></body></html>"),
        ("parts/top.html", "<html><body><h1>Sale</h1></body></html>"),
    ]);
    let said = run(&tree, "check --verbose --width 200").1;
    assert!(said.contains("note: parts/top.html: it is a fragment of a mail: `main.html` includes it\n"), "{said}");
    assert!(said.contains("note: main.html: it is a whole mail: it has a document root\n"), "{said}");
    let alone = run(&tree, "check --verbose --width 200 parts/top.html").1;
    assert!(alone.contains("it is a whole mail"), "{alone}");
}

#[test]
fn purpose_and_provider_are_told_with_their_evidence() {
    let mail = "From: Brand <news@brand.com>\nSubject: Ten lamps for the winter\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n\
                List-Unsubscribe: <https://brand.us1.list-manage.com/unsubscribe?u=1>\nX-MC-User: 1\n\nHello\n";
    let tree = tree(&[("a.eml", mail)]);
    let json: Value = serde_json::from_str(&run(&tree, "check --format json --verbose").1).unwrap();
    let text = |about: &str| {
        let remarks = json["remarks"].as_array().unwrap();
        let remark = remarks.iter().find(|remark| remark["about"] == about).unwrap();
        remark["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text("purpose"), "the purpose is `bulk`: it has a List-Unsubscribe field");
    assert!(text("provider").starts_with("the provider is Mailchimp: "), "{}", text("provider"));
    assert!(text("provider").contains("(strong)"), "{}", text("provider"));
    assert_eq!(text("stage"), "it is rendered, as it will arrive: it has a Date field");
    assert_eq!(text("fragment"), "it is a whole mail: it is a message");
    let plain: Value = serde_json::from_str(&run(&tree, "check --format json").1).unwrap();
    assert_eq!(plain.get("remarks"), None);
}

#[test]
fn what_no_linter_can_see_is_said_once_for_drafts_and_never_when_quiet() {
    let tree = tree(&[("a.html", &draft("a@brand.com")), ("b.html", &draft("b@brand.com"))]);
    let count = |args: &str| run(&tree, args).1.matches("what no linter can see from here").count();
    assert_eq!((count("check"), count("check --quiet"), count("check --rendered")), (1, 0, 0));
}

const ALLOW: &str = r#"
[[allow]]
path = "club.html"
lint = "freemail-sender"
reason = "the club writes from its mailbox"

[[allow]]
path = "*.html"
lint = "missing-subject"
reason = "it is set when it is sent"

[[allow]]
path = "gone.html"
lint = "freemail-sender"
reason = "it was so"
"#;

#[test]
fn an_allow_that_allowed_nothing_is_reported_in_the_configuration() {
    let tree = tree(&[("presend.toml", ALLOW), ("club.html", &draft("Club <club@outlook.com>"))]);
    let (code, out, _) = run(&tree, "check --format short");
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        "presend.toml:9:8: warning[unused-allow]: this `[[allow]]` of `missing-subject` allows nothing\n\
         presend.toml:13:8: warning[unused-allow]: this `[[allow]]` of `freemail-sender` allows nothing\n"
    );
    for (args, code) in [("-D unused-allow", 1), ("-D warnings", 1), ("-A unused-allow -D warnings", 0)] {
        assert_eq!(run(&tree, &format!("check {args}")).0, Some(code), "{args}");
    }
    let json: Value = serde_json::from_str(&run(&tree, "check --format json").1).unwrap();
    assert_eq!(json["diagnostics"][0]["primary"]["file"], "presend.toml");
    assert_eq!(json["summary"], serde_json::json!({"files": 1, "deny": 0, "warn": 2}));
    let human = run(&tree, "check --color never").1;
    assert!(human.contains("--> presend.toml:9:8\n"), "{human}");
}

#[test]
fn an_allow_is_left_alone_where_the_run_did_not_see_all() {
    let tree = tree(&[
        ("presend.toml", ALLOW),
        ("club.html", &draft("Club <club@outlook.com>")),
        ("sub/x.html", &draft("x@brand.com")),
    ]);
    for args in ["club.html", "sub", ". gone.eml"] {
        let out = run(&tree, &format!("check --format short {args}")).1;
        assert_eq!(lints(&out), Vec::<&str>::new(), "{args}: {out}");
    }
    // what a lint that is off would have said, nobody knows
    let out = run(&tree, "check --format short -A missing-subject").1;
    assert!(out.contains("presend.toml:13:8") && !out.contains("presend.toml:9:8"), "{out}");
}

#[test]
fn limits_and_the_postal_address_reach_their_lints() {
    let long = draft("a@brand.com").replace("Ten lamps for the winter", &"Ten lamps ".repeat(13));
    let page = draft("a@brand.com").replace("</body>", "<p>BRAND Ltd<br>1, High Street<br>London</p></body>");
    let tree = tree(&[("presend.toml", ""), ("long.html", &long), ("footer.html", &page)]);
    let finds = |lint: &str, file: &str, config: &str| {
        fs::write(tree.path().join("presend.toml"), config).unwrap();
        let args = format!("check --format short --purpose bulk -W {lint} {file}");
        run(&tree, &args).1.contains(&format!("[{lint}]"))
    };
    assert!(!finds("long-subject", "long.html", "limits.subject = 150"));
    assert!(finds("long-subject", "long.html", "limits.subject = 100"));
    assert!(!finds("missing-postal-address", "footer.html", "address = 'Brand Ltd, 1 High Street, London'"));
    assert!(finds("missing-postal-address", "long.html", "address = 'Brand Ltd, 1 High Street, London'"));
}
