//! `presend lsp` as an editor sees it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;
#[path = "common/editor.rs"]
mod editor;
#[path = "common/tree.rs"]
mod tree;

use common::pages::{sample, sections};
use editor::{Editor, applied, capabilities, offset, uri};
use presend::lints::REGISTRY;
use presend::report::visible::visible;
use presend::source::Kind;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const MAIL: &str = "From: Brand <news@brand.com>\r\nSubject: Autumn 🎁 {{first_name}}\r\nTo: a@b.com\r\n\r\nOur bags: https://brand.com/bags\r\nUnsubscribe: https://brand.com/u/7\r\n";
const FAULTY: &str = "From: Shoppers, Handbag <marketing@shoppershandbag.com>\r\nSubject: Autumn\r\nList-Unsubscribe: <https://shoppershandbag.com/u/7kq2>\r\nList-Unsubscribe-Post: One-Click\r\n\r\nOur new bags: https://shoppershandbag.com/autumn\r\n";
const PAGE: &str = "<!doctype html>\n<html>\n<head>\n<title>Größe</title>\n</head>\n<body>\n  <p>Hello {{first_name}}</p>\n  <p><a href=\"https://click.example.com/track?url=https%3A%2F%2Fbrand.com%2Fbags\">bags</a></p>\n  <p><input type=\"checkbox\" checked> yes, send me news</p>\n  <p><a href=\"{{unsubscribe_url}}\">Unsubscribe</a></p>\n</body>\n</html>\n";

fn start(tree: &TempDir) -> Editor {
    Editor::start(tree.path(), capabilities("utf-16"), json!({}))
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap_or_default()).collect()
}

fn whole() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99999, "character": 0 } })
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().contains(title));
    found.unwrap_or_else(|| panic!("no `{title}` in {actions:#?}"))
}

#[test]
fn the_position_encoding_is_the_client_s_first_that_is_known() {
    let tree = tree::tree(&[]);
    for (offered, negotiated, character) in [
        (json!(["utf-8"]), "utf-8", 21),
        (json!(["utf-16", "utf-8"]), "utf-16", 19),
        (json!(["x", "utf-32"]), "utf-32", 18),
        (Value::Null, "utf-16", 19),
    ] {
        let mut editor = Editor::start(tree.path(), json!({ "general": { "positionEncodings": offered } }), json!({}));
        assert_eq!(editor.hello["capabilities"]["positionEncoding"], negotiated);
        let uri = uri(tree.path(), "a.eml");
        let found = editor.opened(&uri, &MAIL.replace("\r\nTo:", "\r\nMessage-ID: <1@brand.com>\r\nTo:"));
        let tag = found.iter().find(|one| one["code"] == "unresolved-merge-tag").expect("a tag in a rendered mail");
        assert_eq!(tag["range"]["start"], json!({ "line": 1, "character": character }), "{negotiated}");
    }
}

#[test]
fn diagnostics_come_follow_changes_and_go() {
    let tree = tree::samples();
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "mails/catalogs.eml");
    let text = fs::read_to_string(tree.path().join("mails/catalogs.eml")).unwrap();
    let found = editor.opened(&uri, &text);
    assert_eq!(
        codes(&found),
        ["freemail-sender", "unresolved-merge-tag", "split-subscription-links", "undisclosed-tracking"]
    );
    let first = &found[0];
    assert_eq!((&first["severity"], &first["source"]), (&json!(1), &json!("presend")));
    let page = first["codeDescription"]["href"].as_str().unwrap();
    assert!(page.starts_with("https://docs.rs/") && page.ends_with("/sender/freemail_sender.md"), "{page}");
    assert_eq!(first["data"]["fingerprint"].as_str().unwrap().len(), 32);
    let message = first["message"].as_str().unwrap();
    assert!(
        message.contains("\nhere: not a domain of the sender's own\nnote: ") && message.contains("\nhelp: send from")
    );
    assert_eq!(found[2]["severity"], 2);
    let related = found[2]["relatedInformation"].as_array().unwrap();
    assert!(related.len() == 2 && related.iter().all(|one| one["location"]["uri"] == uri.as_str()), "{related:?}");

    // typed one after the other: only the last state is told
    let range = &first["range"];
    for (version, host) in [(2, "gmail.com"), (3, "shoppershandbag.com")] {
        let end = json!({ "line": range["start"]["line"], "character": range["start"]["character"].as_u64().unwrap() + if version == 2 { 11 } else { 9 } });
        editor.change(&uri, version, json!([{ "range": { "start": range["start"], "end": end }, "text": host }]));
    }
    let said = editor.wait(|message| message["params"]["version"] == 3);
    assert!(!codes(said["params"]["diagnostics"].as_array().unwrap()).contains(&"freemail-sender"));

    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert!(editor.diagnostics(&uri).is_empty());
}

#[test]
fn buffers_go_by_name_then_by_language() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    for (name, language, is_checked) in [
        ("untitled:Untitled-1", "html", true),
        ("untitled:Untitled-2", "mail", true),
        ("untitled:Untitled-3", "plaintext", false),
        (&uri(tree.path(), "notes.md"), "markdown", false),
        (&uri(tree.path(), "a.html"), "whatever", true),
    ] {
        let text = if language == "mail" { MAIL.replace("news@brand.com", "brand@gmail.com") } else { PAGE.to_owned() };
        editor.open(name, language, &text);
        if is_checked {
            assert!(!editor.diagnostics(name).is_empty(), "{name}");
        } else {
            assert_eq!(editor.hover(name, 6, 12), "", "{name}");
            assert!(editor.actions(name, &whole(), None).is_empty(), "{name}");
        }
    }
}

#[test]
fn what_a_search_passes_over_is_passed_over_here() {
    let tree = tree::tree(&[
        ("presend.toml", "exclude = [\"archive/\"]\n"),
        (".gitignore", "build/\n"),
        ("build/a.html", PAGE),
    ]);
    let mut editor = start(&tree);
    for (name, is_checked) in
        [("archive/a.html", false), ("build/a.html", false), (".hidden.html", false), ("a.html", true)]
    {
        let uri = uri(tree.path(), name);
        editor.open(&uri, "html", PAGE);
        assert_eq!(!editor.diagnostics(&uri).is_empty(), is_checked, "{name}");
    }
    let excluded = uri(tree.path(), "archive/a.html");
    assert_eq!(editor.hover(&excluded, 6, 12), "");
    assert!(editor.actions(&excluded, &whole(), None).is_empty());
    // broken, it goes on as it was
    fs::write(tree.path().join("presend.toml"), "exclude = 1\n").unwrap();
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(tree.path(), "presend.toml"), "type": 2 }] }),
    );
    assert!(editor.actions(&excluded, &whole(), None).is_empty());
    fs::write(tree.path().join("presend.toml"), "").unwrap();
    editor.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(tree.path(), "presend.toml"), "type": 2 }] }),
    );
    assert!(!editor.actions(&excluded, &whole(), None).is_empty());
}

#[test]
fn a_hover_tells_what_is_known() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "a.html");
    let found = editor.opened(&uri, PAGE);
    let tag = editor.hover(&uri, 9, 16);
    assert!(
        tag.contains("merge tag ` {{unsubscribe_url}} `") && tag.contains("it stands for the way to unsubscribe"),
        "{tag}"
    );
    assert!(tag.contains("it is taken for the way to unsubscribe"), "the link, too: {tag}");
    let link = editor.hover(&uri, 7, 25);
    assert!(
        link.contains("link to ` example.com `") && link.contains("it leads on to ` https://brand.com/bags `"),
        "{link}"
    );
    let checked = found.iter().find(|one| one["code"] == "preselected-consent").expect("a checked box");
    let start = &checked["range"]["start"];
    let [line, character] = ["line", "character"].map(|key| usize::try_from(start[key].as_u64().unwrap()).unwrap());
    assert!(editor.hover(&uri, line, character).contains("# preselected-consent\n"));
    assert_eq!(editor.hover(&uri, 0, 3), "");
    assert_eq!(editor.hover(&uri, 5000, 3), "");

    let evil = self::uri(tree.path(), "evil.html");
    editor.opened(&evil, "<p>{{ `x` ](javascript:1) <img src=x> }}</p>");
    let shown = editor.hover(&evil, 0, 6);
    assert!(shown.starts_with("merge tag `` {{ `x` ](javascript:1) <img src=x> }} ``"), "{shown}");
}

#[test]
fn a_quick_fix_mends_and_so_does_fix_all() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "a.eml");
    let found = editor.opened(&uri, FAULTY);
    let post = found.iter().find(|one| one["code"] == "malformed-one-click").expect("a wrong field");
    let actions = editor.actions(&uri, &post["range"], None);
    let fix = actions.iter().find(|action| action["isPreferred"] == true).expect("a sure fix");
    assert_eq!((&fix["kind"], &fix["diagnostics"][0]["code"]), (&json!("quickfix"), &post["code"]));
    let mended = applied(FAULTY, &fix["edit"], &uri);
    assert!(mended.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{mended}");
    let command = &titled(&actions, "fix all")["command"];
    assert_eq!((&command["command"], &command["arguments"]), (&json!("presend.fixAll"), &json!([uri])));

    let all = editor.actions(&uri, &whole(), Some("source.fixAll"));
    let [all] = &all[..] else { panic!("one action: {all:#?}") };
    let version = &all["edit"]["documentChanges"][0]["textDocument"]["version"];
    assert_eq!((&all["kind"], version), (&json!("source.fixAll.presend"), &json!(1)));
    let id = editor.request("workspace/executeCommand", json!({ "command": "presend.fixAll", "arguments": [uri] }));
    let edit = editor.heard("workspace/applyEdit");
    assert_eq!(applied(FAULTY, &edit["edit"], &uri), applied(FAULTY, &all["edit"], &uri));
    assert!(editor.response(id)["error"].is_null());
    assert!(editor.actions(&uri, &whole(), Some("refactor")).is_empty());
}

#[test]
fn a_sealed_mail_is_left_alone() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "a.eml");
    let sealed = format!(
        "DKIM-Signature: v=1; d=brand.com\r\nList-Unsubscribe: <https://brand.com/u>\r\nList-Unsubscribe-Post: One-Click\r\n{MAIL}"
    );
    let found = editor.opened(&uri, &sealed);
    assert!(found.iter().any(|one| !one["data"]["suggestions"].as_array().unwrap().is_empty()), "{found:#?}");
    assert!(editor.actions(&uri, &whole(), None).iter().all(|action| action["edit"].is_null()));
    assert!(editor.actions(&uri, &whole(), Some("source.fixAll.presend")).is_empty());
    editor.ask("workspace/executeCommand", json!({ "command": "presend.fixAll", "arguments": [uri] }));
    let said = editor.heard("window/showMessage");
    assert!(said["message"].as_str().unwrap().contains("it carries `DKIM-Signature`"), "{said}");
}

#[test]
fn allowing_speaks_the_language_of_the_file() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    let page = PAGE.replace("{{first_name}}", "you").replace("{{unsubscribe_url}}", "https://brand.com/u");
    for (name, comment) in [
        ("a.html", "  <!-- presend-allow preselected-consent: REASON -->\n  <p>"),
        ("a.hbs", "  {{!-- presend-allow preselected-consent: REASON --}}\n  <p>"),
        ("a.mustache", "{{! presend-allow preselected-consent: REASON }}"),
        ("a.liquid", "{% comment %}presend-allow preselected-consent: REASON{% endcomment %}"),
        ("a.html.j2", "{# presend-allow preselected-consent: REASON #}"),
        ("a.html.erb", "<%# presend-allow preselected-consent: REASON %>"),
        ("a.blade.php", "{{-- presend-allow preselected-consent: REASON --}}"),
        ("a.cshtml", "@* presend-allow preselected-consent: REASON *@"),
    ] {
        let uri = uri(tree.path(), name);
        let found = editor.opened(&uri, &page);
        let checked = found.iter().find(|one| one["code"] == "preselected-consent").expect(name);
        let actions = editor.actions(&uri, &checked["range"], None);
        let allowed = applied(&page, &titled(&actions, "allow `preselected-consent` here")["edit"], &uri);
        let plain = comment.trim_start().trim_end_matches("\n  <p>");
        assert!(allowed.contains(plain), "{name}: {allowed}");
        editor.change(&uri, 2, json!([{ "text": allowed }]));
        assert!(!codes(&editor.diagnostics(&uri)).contains(&"preselected-consent"), "{name}: {allowed}");
    }
}

#[test]
fn where_there_is_no_configuration_one_is_made() {
    let tree = tree::tree(&[("mails/a.eml", "")]);
    let operations =
        json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } } });
    let mut editor = Editor::start(tree.path(), operations, json!({}));
    let uri = uri(tree.path(), "mails/a.eml");
    editor.opened(&uri, &MAIL.replace("news@brand.com", "brand@gmail.com"));
    let actions = editor.actions(&uri, &whole(), None);
    let edit = &titled(&actions, "allow `freemail-sender` for this file in presend.toml")["edit"];
    let config = self::uri(tree.path(), "presend.toml");
    assert_eq!(
        (&edit["documentChanges"][0]["kind"], &edit["documentChanges"][0]["uri"]),
        (&json!("create"), &json!(config))
    );
    let text = applied("", edit, &config).replace("REASON", "a club");
    fs::write(tree.path().join("presend.toml"), &text).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": config, "type": 1 }] }));
    assert!(!codes(&editor.diagnostics(&uri)).contains(&"freemail-sender"), "{text}");
}

#[test]
fn a_mail_is_allowed_in_its_configuration() {
    let tree = tree::tree(&[("presend.toml", "purpose = \"bulk\"\n"), ("mails/a [1].eml", "")]);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "mails/a [1].eml");
    let mail = MAIL.replace("news@brand.com", "brand@gmail.com");
    let found = editor.opened(&uri, &mail);
    let freemail = found.iter().find(|one| one["code"] == "freemail-sender").unwrap();
    let actions = editor.actions(&uri, &freemail["range"], None);
    let config = self::uri(tree.path(), "presend.toml");
    let edit = &titled(&actions, "in presend.toml")["edit"];
    let text = applied("purpose = \"bulk\"\n", edit, &config).replace("REASON", "a club");
    fs::write(tree.path().join("presend.toml"), &text).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": config, "type": 2 }] }));
    assert!(!codes(&editor.diagnostics(&uri)).contains(&"freemail-sender"), "{text}");
}

#[test]
fn an_explanation_is_shown_where_the_client_can() {
    let tree = tree::tree(&[]);
    let params = json!({ "command": "presend.explain", "arguments": ["freemail-sender"] });
    let mut editor = start(&tree);
    let answer = editor.ask("workspace/executeCommand", params.clone())["result"].clone();
    assert!(answer["markdown"].as_str().unwrap().starts_with("# freemail-sender"));
    let shown = editor.heard("window/showDocument");
    assert_eq!((&shown["uri"], &shown["external"]), (&answer["url"], &json!(true)));
    let mut plain = Editor::start(tree.path(), json!({}), json!({}));
    plain.ask("workspace/executeCommand", params);
    let said = plain.heard("window/showMessage");
    assert!(said["message"].as_str().unwrap().contains("freemail-sender: ") && said["type"] == 3, "{said}");
}

#[test]
fn a_configuration_is_read_again_and_a_broken_one_is_told_once() {
    let tree = tree::tree(&[("presend.toml", "[lints]\nfreemail-sender = \"allow\"\n")]);
    let mut editor = start(&tree);
    let (mail, config) = (uri(tree.path(), "a.eml"), uri(tree.path(), "presend.toml"));
    let text = MAIL.replace("news@brand.com", "brand@gmail.com");
    assert!(!codes(&editor.opened(&mail, &text)).contains(&"freemail-sender"));

    // nobody tells: it is seen before the next linting
    fs::write(tree.path().join("presend.toml"), "[lints]\nfreemail-sender = \"warn\"\n# more\n").unwrap();
    editor.change(&mail, 2, json!([{ "text": text }]));
    let found = editor.diagnostics(&mail);
    let one = found.iter().find(|one| one["code"] == "freemail-sender").unwrap();
    assert_eq!(one["severity"], 2);

    fs::write(tree.path().join("presend.toml"), "\"ö\" = 1\n[lints]\nfreemail-sendr = \"warn\"\n").unwrap();
    let changed = json!({ "changes": [{ "uri": config, "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    let wrong = editor.diagnostics(&config);
    assert_eq!(wrong.len(), 2, "{wrong:#?}");
    assert_eq!(wrong[1]["range"]["start"], json!({ "line": 2, "character": 0 }));
    assert!(wrong[1]["message"].as_str().unwrap().contains("did you mean `freemail-sender`?"), "{wrong:#?}");
    assert!(editor.heard("window/showMessage")["message"].as_str().unwrap().contains("what it said before goes on"));
    assert!(codes(&editor.diagnostics(&mail)).contains(&"freemail-sender"), "the last good one goes on");

    fs::write(tree.path().join("presend.toml"), "").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert!(editor.diagnostics(&config).is_empty());
    let found = editor.diagnostics(&mail);
    assert_eq!(found.iter().find(|one| one["code"] == "freemail-sender").unwrap()["severity"], 1);
    let told = editor.ask("shutdown", Value::Null);
    assert!(told["error"].is_null());
}

#[test]
fn settings_come_with_the_start_or_later() {
    let tree = tree::samples();
    let text = fs::read_to_string(tree.path().join("mails/catalogs.eml")).unwrap();
    let mail = uri(tree.path(), "mails/catalogs.eml");
    let check = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.env_clear().current_dir(tree.path()).arg("check").args(args).output().unwrap()
    };
    check(&["mails", "--write-baseline", "known.json"]);
    fs::write(tree.path().join("other.toml"), "[lints]\nsender = \"allow\"\n").unwrap();
    let options = [
        (json!({ "enable": false }), &[][..]),
        (json!({ "baseline": "known.json" }), &[]),
        (
            json!({ "levels": { "freemail-sender": "warn", "pedantic": "allow", "microsoft": "allow", "rfc": "allow", "links": "allow", "tracking": "allow", "template": "allow" } }),
            &["freemail-sender"],
        ),
        (
            json!({ "presend": { "config": "other.toml", "levels": { "links": "allow", "tracking": "allow" } } }),
            &["unresolved-merge-tag"],
        ),
    ];
    for (options, wanted) in options {
        let mut editor = Editor::start(tree.path(), capabilities("utf-16"), options.clone());
        assert_eq!(codes(&editor.opened(&mail, &text)), wanted, "{options}");
        editor.tell("workspace/didChangeConfiguration", json!({ "settings": {} }));
        assert_eq!(editor.diagnostics(&mail).len(), 4, "{options}");
        editor.tell("workspace/didChangeConfiguration", json!({ "settings": options }));
        assert_eq!(codes(&editor.diagnostics(&mail)), wanted, "{options}");
    }
    let mut asked = capabilities("utf-16");
    asked["workspace"]["configuration"] = json!(true);
    asked["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut editor =
        Editor::start(tree.path(), asked, json!({ "baseline": "gone.json", "levels": { "no-such": "warn" } }));
    let told = [editor.heard("window/showMessage"), editor.heard("window/showMessage")];
    let told = told.map(|one| one["message"].as_str().unwrap().to_owned());
    assert!(told[0].contains("unknown lint `no-such`") && told[1].contains("can't read the baseline"), "{told:?}");
    let request = editor.wait(|message| message["method"] == "workspace/configuration");
    let registered = editor.heard("client/registerCapability");
    let watchers = registered["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap();
    assert_eq!(watchers[0]["globPattern"], "**/presend.toml");
    assert!(watchers[1]["globPattern"].as_str().unwrap().ends_with("/gone.json"));
    editor.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": [{ "baseline": "known.json" }] }));
    let found = editor.opened(&mail, &text);
    assert!(found.is_empty(), "{:?}", codes(&found));
}

#[test]
fn what_is_wrong_is_refused_and_the_server_lives() {
    let tree = tree::tree(&[("presend.toml", "[limits]\nsource = \"1 MiB\"\n")]);
    let mut editor = Editor::spawn();
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    drop(editor);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "a.html");
    for (method, params, code) in [
        ("textDocument/completion", json!({}), -32601),
        ("textDocument/hover", json!({}), -32602),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": 1 }, "position": { "line": 0, "character": 0 } }),
            -32602,
        ),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": uri }, "position": { "line": -1, "character": 0 } }),
            -32602,
        ),
        ("textDocument/codeAction", json!([1]), -32602),
        ("textDocument/codeAction", json!({ "textDocument": { "uri": uri } }), -32602),
        ("workspace/executeCommand", json!({ "command": "rm" }), -32602),
        ("workspace/executeCommand", json!({ "command": "presend.explain", "arguments": ["no-such"] }), -32602),
        ("workspace/executeCommand", json!({ "command": "presend.fixAll", "arguments": ["file:///no"] }), -32602),
        ("initialize", json!({}), -32600),
    ] {
        assert_eq!(editor.ask(method, params.clone())["error"]["code"], code, "{method} {params}");
    }
    editor.raw(b"Content-Length: 2\r\n\r\n{]");
    assert!(editor.heard("window/logMessage")["message"].as_str().unwrap().contains("passed over"));
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave"] {
        editor.tell(method, json!({ "textDocument": 1 }));
        assert!(editor.heard("window/showMessage")["message"].as_str().unwrap().contains(method));
    }
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": 1 }));
    editor.tell("$/cancelRequest", json!({}));
    editor.tell("$/whatever", json!(null));
    editor.change(&uri, 2, json!([{ "text": "not open" }]));

    editor.opened(&uri, PAGE);
    let far =
        json!({ "start": { "line": 4_000_000_000u32, "character": 7 }, "end": { "line": 5, "character": 99999 } });
    editor.change(&uri, 2, json!([{ "range": far, "text": "<p>end" }]));
    editor.diagnostics(&uri);
    assert!(editor.hover(&uri, 3, 0).is_empty());

    let large = "<p>ö</p>\n".repeat(200_000);
    editor.change(&uri, 3, json!([{ "text": large }]));
    let said = editor.diagnostics(&uri);
    assert!(said[0]["message"].as_str().unwrap().contains("it is over the limit of 1 MiB"), "{said:?}");
    editor.change(&uri, 4, json!([{ "text": PAGE }]));
    assert!(!codes(&editor.diagnostics(&uri)).contains(&""));
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let tree = tree::tree(&[]);
    let mut editor = start(&tree);
    let uri = uri(tree.path(), "a.html");
    editor.open(&uri, "", &PAGE.repeat(400));
    let position = json!({ "line": 7, "character": 25 });
    let id = editor.request("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": position }));
    editor.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(editor.response(id)["error"]["code"], -32800);
    assert!(editor.hover(&uri, 7, 25).contains("example.com"), "the next one is answered");
}

#[test]
fn it_ends_as_the_protocol_says() {
    let tree = tree::tree(&[]);
    let mut agreed = start(&tree);
    agreed.ask("shutdown", Value::Null);
    assert_eq!(agreed.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
    agreed.tell("exit", Value::Null);
    assert_eq!(agreed.code(), Some(0));
    let mut abrupt = start(&tree);
    abrupt.tell("exit", Value::Null);
    assert_eq!(abrupt.code(), Some(1));
    let mut vanished = start(&tree);
    vanished.open(&uri(tree.path(), "a.html"), "", &PAGE.repeat(400));
    vanished.vanish();
    assert_eq!(vanished.code(), Some(1));
    let mut early = Editor::spawn();
    early.vanish();
    assert_eq!(early.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn it_ends_when_the_editor_s_process_is_gone() {
    let mut other = Command::new("true").spawn().unwrap();
    let id = other.id();
    other.wait().unwrap();
    let mut editor = Editor::spawn();
    editor.ask("initialize", json!({ "processId": id, "capabilities": {} }));
    assert_eq!(editor.code(), Some(1));
}

/// A campaign: its path in the project, its text, and the lint whose example it is.
struct Campaign {
    path: String,
    text: String,
    example_of: Option<&'static str>,
}

/// The fixtures that are UTF-8, and the examples of all pages.
fn campaigns() -> Vec<Campaign> {
    let mut campaigns = Vec::new();
    // zones, logs and lists are no campaigns: the server says nothing about them
    let is_campaign = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ["eml", "html", "mjml"].iter().any(|one| ending == *one))
    };
    for folder in fs::read_dir("fixtures").unwrap().map(|entry| entry.unwrap().path()) {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(is_campaign) {
            let path = path.to_str().unwrap().to_owned();
            // bounces and logs are no campaigns
            if Kind::promised(&path).is_none() {
                continue;
            }
            if let Ok(text) = fs::read_to_string(&path) {
                campaigns.push(Campaign { path, text, example_of: None });
            }
        }
    }
    // what is found in DNS is shown in no editor
    for (_, lint) in REGISTRY.lints().filter(|(topic, _)| *topic != "domain") {
        for (nth, (heading, section)) in sections(lint.page).into_iter().enumerate() {
            if !matches!(heading, "Example" | "Use instead") || !section.contains("```") {
                continue;
            }
            let sample = sample(lint.name, &section);
            let name = Path::new(&sample.options.name).file_name().unwrap().to_str().unwrap();
            if let Ok(text) = String::from_utf8(sample.bytes) {
                let example_of = (heading == "Example").then_some(lint.name);
                campaigns.push(Campaign { path: format!("pages/{}/{nth}/{name}", lint.name), text, example_of });
            }
        }
    }
    campaigns.retain(|one| !one.path.ends_with(".zone"));
    assert!(campaigns.len() > 100, "{}", campaigns.len());
    campaigns
}

/// A project with the campaigns in it.
fn project(campaigns: &[Campaign]) -> TempDir {
    tree::tree(&campaigns.iter().map(|one| (one.path.as_str(), one.text.as_str())).collect::<Vec<_>>())
}

fn check(tree: &TempDir, args: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).arg("check").args(args).output().unwrap().stdout
}

/// A position of the JSON report as the protocol counts it: `key` is the column.
fn position(at: &Value, key: &str) -> Value {
    json!({ "line": at["line"].as_u64().unwrap() - 1, "character": at[key].as_u64().unwrap() - 1 })
}

/// What is said of one place: the lint, its level, the message, where it is, and where else to look.
fn by_json(found: &Value, key: &str) -> Value {
    let range = |label: &Value| {
        let zero = json!({ "line": 1, key: 1 });
        let ends = ["start", "end"].map(|end| label["file_span"].get(end).cloned().unwrap_or(zero.clone()));
        ends.map(|end| position(&end, key))
    };
    let severity = if found["level"] == "warn" { 2 } else { 1 };
    let labels: Vec<_> = found["labels"].as_array().unwrap().iter().map(range).collect();
    json!([found["lint"], severity, visible(found["message"].as_str().unwrap()), range(&found["primary"]), labels])
}

fn by_editor(found: &Value) -> Value {
    let range = |range: &Value| [range["start"].clone(), range["end"].clone()];
    let related = found["relatedInformation"].as_array().cloned().unwrap_or_default();
    let labels: Vec<_> = related.iter().map(|one| range(&one["location"]["range"])).collect();
    let message = found["message"].as_str().unwrap().lines().next();
    json!([found["code"], found["severity"], message, range(&found["range"]), labels])
}

#[test]
fn command_line_and_editor_say_the_same_at_the_same_places() {
    let all = campaigns();
    let tree = project(&all);
    let report: Value = serde_json::from_slice(&check(&tree, &[".", "--format", "json"])).unwrap();
    let said = report["diagnostics"].as_array().unwrap();
    assert!(said.len() > 100, "{}", said.len());
    for (encoding, key) in [("utf-16", "utf16"), ("utf-32", "column")] {
        let mut editor = Editor::start(tree.path(), capabilities(encoding), json!({}));
        let chosen: Vec<_> =
            all.iter().filter(|one| encoding == "utf-16" || !one.text.is_ascii() || one.example_of.is_none()).collect();
        assert!(chosen.len() > 5);
        chosen.iter().for_each(|one| editor.open(&uri(tree.path(), &one.path), "", &one.text));
        for Campaign { path, text, .. } in chosen {
            let wanted: Vec<_> = said.iter().filter(|found| found["primary"]["file"] == path.as_str()).collect();
            let found = editor.diagnostics(&uri(tree.path(), path));
            let by_json: Vec<_> = wanted.iter().map(|one| by_json(one, key)).collect();
            assert_eq!(found.iter().map(by_editor).collect::<Vec<_>>(), by_json, "{path}");
            for (found, wanted) in found.iter().zip(wanted).filter(|_| encoding == "utf-16") {
                let bytes = ["start", "end"].map(|end| offset(text, &found["range"][end]) as u64);
                let span = &wanted["primary"]["file_span"];
                let span = ["byte_start", "byte_end"].map(|end| span[end].as_u64().unwrap_or(0));
                assert_eq!(bytes, span, "{path}: {found}");
            }
        }
    }
}

#[test]
fn fix_all_does_what_fix_does() {
    let all = campaigns();
    let (tree, fixed) = (project(&all), project(&all));
    check(&fixed, &[".", "--fix"]);
    let mut editor = start(&tree);
    let mut changed = 0;
    for Campaign { path, text, .. } in &all {
        let uri = uri(tree.path(), path);
        editor.open(&uri, "", text);
        let actions = editor.actions(&uri, &whole(), Some("source.fixAll.presend"));
        let mended = actions.first().map_or_else(|| text.clone(), |action| applied(text, &action["edit"], &uri));
        assert_eq!(mended, fs::read_to_string(fixed.path().join(path)).unwrap(), "{path}");
        changed += usize::from(mended != *text);
    }
    assert!(changed > 5, "{changed}");
}

#[test]
fn what_is_allowed_here_is_said_no_more() {
    let all = campaigns();
    let tree = project(&all);
    let mut editor = start(&tree);
    let mut tried = 0;
    for Campaign { path, text, example_of } in all.iter().filter(|one| !one.path.ends_with(".eml")) {
        let uri = uri(tree.path(), path);
        let found = editor.opened(&uri, text);
        let Some(one) = found.iter().find(|one| example_of.is_some_and(|lint| one["code"] == lint)) else { continue };
        let actions = editor.actions(&uri, &one["range"], None);
        let wanted = format!("allow `{}`", example_of.unwrap());
        let Some(allow) = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(&wanted)) else {
            // those about comments, and a mail under the name of a page, which has no configuration
            let excepted = ["unused-allow", "unknown-lint", "mistaken-kind"];
            assert!(excepted.iter().any(|lint| path.contains(lint)), "{path}: {actions:#?}");
            continue;
        };
        let allowed = applied(text, &allow["edit"], &uri);
        let left = editor.opened(&uri, &allowed);
        let still = |lint: &str| codes(&left).contains(&lint);
        assert!(!still(example_of.unwrap()) && !still("unused-allow"), "{path}: {left:#?}\n{allowed}");
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}
