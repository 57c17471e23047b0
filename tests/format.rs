//! How a message is written: what the lints of `format` report, and what they let pass.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, base64, lint_only, marks};
use presend::diagnostic::{Diagnostic, Level};

/// The header of a draft that nothing is wrong with.
const HEAD: &str = "From: Shop <news@shop.example>\nTo: reader@contoso.com\nSubject: Ten lamps\n";
/// What makes it a copy that came back.
const RECEIVED: &str = "Received: by mx.contoso.com; Mon, 30 Nov 2026 09:00:00 +0100\n";

fn found(lint: &str, options: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    lint_only(lint, &Options::parse("a.eml", options), bytes).diagnostics
}

/// What the primary labels mark, as bytes of the file.
fn marked(lint: &str, bytes: &[u8]) -> Vec<String> {
    let span = |diagnostic: &Diagnostic| diagnostic.primary.as_ref().unwrap().place.span.unwrap().span;
    let text = |diagnostic: &Diagnostic| bytes[span(diagnostic).range()].escape_ascii().to_string();
    found(lint, "", bytes).iter().map(text).collect()
}

/// Level and what is marked, of a draft with these lines in its header and this body.
fn draft(lint: &str, fields: &str, body: &str) -> Vec<(Level, String)> {
    let text = format!("{HEAD}{fields}\n{body}");
    let levels: Vec<_> = found(lint, "", text.as_bytes()).iter().map(|diagnostic| diagnostic.level).collect();
    levels.into_iter().zip(marks(lint, "a.eml", "", &text)).collect()
}

/// What `draft` gives for one diagnostic at deny level.
fn denied(mark: &str) -> Vec<(Level, String)> {
    vec![(Level::Deny, mark.to_owned())]
}

/// What `draft` gives for one diagnostic at warn level.
fn warned(mark: &str) -> Vec<(Level, String)> {
    vec![(Level::Warn, mark.to_owned())]
}

#[test]
fn copies_that_came_back_are_judged_only_as_raw() {
    let long = format!("<p>{}</p>\n", "x".repeat(1000));
    for (lint, message) in [
        ("bare-newline", format!("{RECEIVED}{HEAD}\r\n\r\nHello\r\n")),
        ("long-line", format!("{RECEIVED}{HEAD}\n{long}")),
        ("duplicate-header", format!("{RECEIVED}{HEAD}Subject: Lamps\n\nHello\n")),
        ("malformed-date", format!("{RECEIVED}{HEAD}Date: yesterday\n\nHello\n")),
        ("malformed-encoded-word", format!("{RECEIVED}{HEAD}Reply-To: =?utf-8?Q?Shop <a@shop.example>\n\nHello\n")),
        ("raw-8bit-header", format!("{RECEIVED}{HEAD}Reply-To: Café <a@shop.example>\n\nHello\n")),
        ("mislabelled-charset", format!("{RECEIVED}{HEAD}Content-Type: text/plain; charset=x-none\n\nCafé\n")),
        ("malformed-boundary", format!("{RECEIVED}{HEAD}Content-Type: multipart/mixed\n\nHello\n")),
        ("invalid-transfer-encoding", format!("{RECEIVED}{HEAD}Content-Transfer-Encoding: 9bit\n\nHello\n")),
        ("oversized-header", format!("{RECEIVED}{HEAD}{}\nHello\n", "X-A: b\n".repeat(5000))),
    ] {
        assert_eq!(found(lint, "", message.as_bytes()).len(), 0, "{lint}");
        assert_eq!(found(lint, "raw=true", message.as_bytes()).len(), 1, "{lint}");
        let sent = message.replace(RECEIVED, "");
        assert_eq!(found(lint, "", sent.as_bytes()).len(), 1, "{lint}: a draft");
    }
    let small = format!("{RECEIVED}{HEAD}\nHello\n");
    assert!(found("oversized-message", "max-message=50", small.as_bytes()).is_empty());
    assert_eq!(found("oversized-message", "max-message=50 raw=true", small.as_bytes()).len(), 1);
}

#[test]
fn any_field_of_a_receiver_makes_a_copy() {
    for field in
        ["Return-Path: <a@b.example>", "Delivered-To: a@b.example", "authentication-results: b.example; spf=pass"]
    {
        let message = format!("{field}\n{HEAD}Date: yesterday\n\nHello\n");
        assert!(marked("malformed-date", message.as_bytes()).is_empty(), "{field}");
    }
}

#[test]
fn a_page_is_no_message() {
    let page = "<meta charset=us-ascii>\r\n<p>Café\n\n".to_owned() + &"x".repeat(2000);
    for lint in ["bare-newline", "long-line", "mislabelled-charset", "invalid-transfer-encoding", "oversized-message"] {
        let options = Options::parse("a.html", "max-message=50");
        assert!(lint_only(lint, &options, page.as_bytes()).diagnostics.is_empty(), "{lint}");
    }
}

#[test]
fn line_ends_are_faults_only_when_they_differ() {
    let crlf = format!("{HEAD}\nHello\nyou\n").replace('\n', "\r\n");
    for (message, expected) in [
        (format!("{HEAD}\nHello\nyou\n"), None),
        (crlf.clone(), None),
        (crlf.replace("\r\n", "\r"), None),
        (crlf.replace("Hello\r", "Hello"), Some("\\n")),
        (crlf.replace("Hello\r\n", "Hello\r"), Some("\\r")),
        (crlf.replace("Hello\r", "Hello\r\r"), Some("\\r")),
        (format!("{HEAD}\nHello\r\nyou\n"), Some("\\r\\n")),
        (format!("{HEAD}\nHel\rlo\nyou\n"), Some("\\r")),
    ] {
        assert_eq!(marked("bare-newline", message.as_bytes()), Vec::from_iter(expected), "{message:?}");
    }
    let suggested = |message: &str| {
        found("bare-newline", "", message.as_bytes()).iter().map(|one| one.suggestions.len()).sum::<usize>()
    };
    assert_eq!(suggested(&crlf.replace("Hello\r", "Hello")), 1);
    let ends_the_header = crlf.replace("Subject", "\rSubject");
    assert_eq!(suggested(&ends_the_header), 0, "as CRLF it would be an empty line in the header");
    let binary = format!("{HEAD}Content-Transfer-Encoding: binary\n\n").replace('\n', "\r\n") + "\n\r\n\r";
    assert!(marked("bare-newline", binary.as_bytes()).is_empty(), "the bytes of a binary part are no lines");
}

#[test]
fn lines_may_have_998_bytes() {
    let line = |length: usize| "x".repeat(length);
    assert_eq!(draft("long-line", "", &line(998)), []);
    assert_eq!(draft("long-line", "", &format!("{}\r\nb", line(998))), []);
    assert_eq!(draft("long-line", "", &line(1000)), denied("xx"));
    assert_eq!(draft("long-line", &format!("X-A: {}\n", line(1000)), ""), denied("xxxxxxx"));
    assert_eq!(draft("long-line", "Content-Transfer-Encoding: binary\n", &line(1000)), []);
    let several = format!("{}\n{}\n", line(1000), line(2000));
    let said = &found("long-line", "", format!("{HEAD}\n{several}").as_bytes())[0];
    assert_eq!(said.message, "2 lines have more than 998 bytes; the longest has 2000");
}

#[test]
fn merge_tags_decide_how_long_a_line_will_be() {
    let tag = format!("{{{{ {} }}}}", "x".repeat(1000));
    assert_eq!(draft("long-line", "", &format!("<p>{tag}</p>")), []);
    let either = format!("{{% if a %}}{0}{{% else %}}{0}{{% endif %}}", "x".repeat(600));
    assert_eq!(draft("long-line", "", &either), []);
    assert_eq!(draft("long-line", "", &format!("{{{{ a }}}}{}", "x".repeat(1000))).len(), 1);
}

#[test]
fn fields_that_may_occur_once() {
    for (fields, mark) in [
        ("Subject: Lamps\n", Some("Subject: Lamps")),
        ("from: b@shop.example\n", Some("from: b@shop.example")),
        ("MIME-Version: 1.0\nMime-Version: 1.0\n", Some("Mime-Version: 1.0")),
        (
            "List-Unsubscribe: <https://a.example>\nList-Unsubscribe: <https://b.example>\n",
            Some("List-Unsubscribe: <https://b.example>"),
        ),
        ("X-Tag: a\nX-Tag: b\nComments: a\nComments: b\nKeywords: a\nKeywords: b\n", None),
        ("Resent-To: a@b.example\nResent-To: a@b.example\n", None),
    ] {
        let expected = mark.map(|mark| (Level::Deny, mark.to_owned()));
        assert_eq!(draft("duplicate-header", fields, ""), Vec::from_iter(expected), "{fields}");
    }
    let attached = "Content-Type: multipart/mixed; boundary=b\n";
    let body = "--b\nContent-Type: message/rfc822\n\nSubject: a\nSubject: b\n\nx\n--b--\n";
    assert_eq!(draft("duplicate-header", attached, body), [], "an attached message is not ours");
    let part = "--b\nContent-Type: text/plain\nContent-Type: text/html\n\nx\n--b--\n";
    assert_eq!(draft("duplicate-header", attached, part), denied("Content-Type: text/html"));
}

#[test]
fn only_an_exact_repetition_is_removed() {
    let suggestions =
        |field: &str| found("duplicate-header", "", format!("{HEAD}{field}\n\n").as_bytes())[0].suggestions.len();
    assert_eq!((suggestions("Subject: Ten lamps"), suggestions("Subject: Lamps")), (1, 0));
}

#[test]
fn dates() {
    let date = |value: &str| draft("malformed-date", &format!("Date: {value}\n"), "");
    for fine in [
        "Mon, 30 Nov 2026 09:00:00 +0100",
        "30 Nov 2026 09:00 -0000 (CET)",
        "{{ now }}",
        "Mon, {{ day }} 09:00:00 +0000",
    ] {
        assert_eq!(date(fine), [], "{fine}");
    }
    assert_eq!(draft("malformed-date", "", ""), [], "a draft may lack it");
    assert_eq!(date("2026-11-30T09:00:00Z"), denied("2026-11-30T09:00:00Z"));
    assert_eq!(date("Mo, 30 Nov 2026 09:00:00 +0100"), denied("Mo"));
    assert_eq!(date("Mon, 31 Nov 2026 09:00:00 +0100"), denied("31"));
    assert_eq!(date("Mon, 30 Nov 2026 09:00:00"), denied(""));
    assert_eq!(date("Mon, 30 Nov 2026 09:00:00 GMT"), warned("GMT"));
    assert_eq!(date("Tue, 30 Nov 2026 09:00:00 +0100"), warned("Tue"));
    assert_eq!(date("Mon, 30 Nov 26 09:00:00 +0100"), warned("26"));
}

#[test]
fn encoded_words() {
    let subject = |value: &str| {
        let text = HEAD.replace("Ten lamps", value) + "\n";
        let levels =
            found("malformed-encoded-word", "", text.as_bytes()).into_iter().map(|diagnostic| diagnostic.level);
        levels.zip(marked("malformed-encoded-word", text.as_bytes())).collect::<Vec<_>>()
    };
    for fine in [
        "=?utf-8?Q?Caf=C3=A9?=",
        "=?utf-8?B?Q2Fmw6k=?= =?iso-8859-1?Q?=E9?=",
        "=?utf-8?B?Q2Fmw6k?=",
        "What is =?x?= good for?",
        "=?utf-8?Q?{{name}} Caf=?=",
    ] {
        assert_eq!(subject(fine), [], "{fine}");
    }
    for (broken, mark) in [
        ("=?utf-8?Q?Caf=C3=A9", "=?utf-8?Q?Caf=C3=A9"),
        ("=?utf-8?Q?Caf=C3=A9 open?=", "=?utf-8?Q?Caf=C3=A9 open?="),
        ("=?utf-8?Q?Caf=E9?=", "=?utf-8?Q?Caf=E9?="),
        ("=?utf-8?Q?100=%?=", "=?utf-8?Q?100=%?="),
        ("=?no-such?Q?Caf=E9?=", "=?no-such?Q?Caf=E9?="),
        ("=?utf-8?H?Caf=E9?=", "=?utf-8?H?Caf=E9?="),
        ("=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=", "=?utf-8?Q?Caf=C3?="),
    ] {
        assert_eq!(subject(broken), denied(mark), "{broken}");
    }
    assert_eq!(subject("a=?utf-8?Q?b?="), warned("=?utf-8?Q?b?="));
    assert_eq!(subject(&format!("=?utf-8?Q?{}?=", "a".repeat(70))).len(), 1);
    let quoted = "From: \"=?utf-8?Q?Caf=C3=A9?=\" <a@shop.example>\nSubject: a\n\n";
    assert_eq!(marked("malformed-encoded-word", quoted.as_bytes()), ["=?utf-8?Q?Caf=C3=A9?="]);
}

#[test]
fn headers_are_ascii() {
    let mail = |field: &str| format!("To: reader@contoso.com\n{field}\n\nHello\n");
    for fine in ["Subject: plain", "Subject: =?utf-8?Q?Caf=C3=A9?=", "Subject: {{ \"é\" }} lamps"] {
        assert!(marked("raw-8bit-header", mail(fine).as_bytes()).is_empty(), "{fine}");
    }
    assert_eq!(marked("raw-8bit-header", mail("Subject: Un café à vous").as_bytes()), ["caf\\xc3\\xa9 \\xc3\\xa0"]);
    assert_eq!(marked("raw-8bit-header", b"Subject: caf\xe9\n\n"), ["caf\\xe9"]);
    let part = mail("Content-Disposition: attachment; filename=\"é.pdf\"");
    assert_eq!(marked("raw-8bit-header", part.as_bytes()), ["filename=\\\"\\xc3\\xa9.pdf\\\""]);
}

#[test]
fn words_beyond_ascii_are_encoded_where_that_is_sure() {
    let encoded = |field: &str| {
        let text = format!("{field}\nTo: a@b.example\n\nHello\n");
        let found = found("raw-8bit-header", "", text.as_bytes());
        let edit = found[0].suggestions.first()?.file_edit.as_ref()?;
        let mut bytes = text.clone().into_bytes();
        bytes.splice(edit.span.range(), edit.replacement.iter().copied());
        Some(String::from_utf8(bytes).unwrap().split("\nTo:").next().unwrap().to_owned())
    };
    for (field, expected) in [
        ("Subject: Un café à vous", Some("Subject: Un =?utf-8?Q?caf=C3=A9_=C3=A0?= vous")),
        ("Subject: 日本語", Some("Subject: =?utf-8?B?5pel5pys6Kqe?=")),
        ("From: \"Café, Paris\" <a@b.example>", Some("From: =?utf-8?Q?Caf=C3=A9=2C_Paris?= <a@b.example>")),
        ("From: Café <a@b.example>", Some("From: =?utf-8?Q?Caf=C3=A9?= <a@b.example>")),
        ("From: Café <a@café.example>", None),
        ("Subject: =?utf-8?Q?a?= café", None),
        ("Subject: {{ name }}, café", None),
        ("X-Note: café", None),
    ] {
        assert_eq!(encoded(field).as_deref(), expected, "{field}");
    }
}

#[test]
fn charsets() {
    let body = |fields: &str, body: &str| draft("mislabelled-charset", fields, body);
    let mime = |kind: &str| format!("MIME-Version: 1.0\nContent-Type: {kind}\n");
    for (kind, text) in [
        ("text/plain; charset=utf-8", "Café"),
        ("text/plain", "Cafe"),
        ("text/plain; charset=\"us-ascii\"", "Cafe"),
        ("text/plain; charset={{ charset }}", "Café"),
        ("application/pdf", "Café"),
    ] {
        assert_eq!(body(&mime(kind), text), [], "{kind}");
    }
    assert_eq!(body(&mime("text/plain; charset=us-ascii"), "Café"), denied("us-ascii"));
    assert_eq!(body(&mime("text/html; charset=iso-8859-1"), "Café, Grüße, Æther"), denied("iso-8859-1"));
    assert_eq!(body(&mime("text/plain; charset=utf8mb4"), "Café"), denied("utf8mb4"));
    assert_eq!(body(&mime("text/plain; charset=utf8mb4"), "Cafe"), warned("utf8mb4"));
    assert_eq!(body(&mime("text/plain"), "Café"), denied("é"));
    assert_eq!(body(&mime("text/html"), "<meta charset=utf-8>Café"), warned("é"));
    assert_eq!(body("", "Café"), warned("é"), "a draft without any field of MIME");
    assert_eq!(body("Date: Mon, 30 Nov 2026 09:00:00 +0100\n", "Café"), denied("é"));
}

#[test]
fn bytes_are_held_against_the_charset() {
    let mail = |charset: &str, body: &[u8]| {
        let mut mail = format!("{HEAD}MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n").into_bytes();
        mail.extend_from_slice(body);
        marked("mislabelled-charset", &mail).len()
    };
    assert_eq!(mail("iso-8859-1", b"\x93Gr\xfc\xdfe\x94"), 0, "everyone takes it for windows-1252");
    assert_eq!(mail("utf-8", b"Gr\xfc\xdfe"), 1);
    assert_eq!(mail("koi8-r", b"\xf0\xd2\xc9"), 0);
    assert_eq!(mail("shift_jis", b"\x93\xfa\x96{"), 0);
    assert_eq!(mail("shift_jis", b"\x93\xfa\xff"), 1);
    assert_eq!(mail("iso-2022-jp", b"\x1b$B%O%m\x1b(B"), 0);
    assert_eq!(mail("iso-2022-jp", "日本語".as_bytes()), 1);
}

#[test]
fn boundaries() {
    let multipart = |boundary: &str, body: &str| {
        draft("malformed-boundary", &format!("Content-Type: multipart/mixed; {boundary}\n"), body)
    };
    let whole = "--b\n\nHello\n--b--\n";
    for fine in ["boundary=b", "boundary=\"b\"; x=y", "charset=utf-8; Boundary = b"] {
        assert_eq!(multipart(fine, whole), [], "{fine}");
    }
    assert_eq!(multipart("boundary={{ boundary }}", "--{{ boundary }}\n\na"), []);
    assert_eq!(multipart("boundary*0=\"b\"", whole), []);
    assert_eq!(multipart("x=y", whole), denied("multipart/mixed; x=y"));
    assert_eq!(multipart("boundary=\"\"", whole), denied("multipart/mixed; boundary=\"\""));
    assert_eq!(multipart("boundary=c", "Hello"), denied("c"));
    assert_eq!(multipart("boundary=b", "--b\n\nHello\n"), denied(""));
    assert_eq!(multipart("boundary=b", "--b--\n"), denied("b"));
    assert_eq!(multipart("boundary==_b", "--=_b\n\nHello\n--=_b--\n"), warned("=_b"));
    let long = "b".repeat(71);
    assert_eq!(multipart(&format!("boundary={long}"), &format!("--{long}\n\nHello\n--{long}--\n")), denied(&long));
    let inner = |boundary: &str| {
        format!(
            "--b\nContent-Type: multipart/alternative; boundary={boundary}\n\n--{boundary}\n\na\n--{boundary}--\n--b--\n"
        )
    };
    assert_eq!(multipart("boundary=b", &inner("c")), []);
    assert_eq!(multipart("boundary=b", &inner("b1")), denied("b1"));
}

#[test]
fn transfer_encodings() {
    let part = |encoding: &str, body: &str| {
        let fields = format!("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n");
        draft("invalid-transfer-encoding", &fields, body)
    };
    for (encoding, body) in [
        ("7bit", "Cafe"),
        ("8BIT", "Café"),
        ("binary", "Café"),
        ("quoted-printable", "a=3Db=\nc=c3=A9 \n"),
        ("Quoted-Printable (x)", "a"),
        ("quoted-printable", "{{#if a=b}}x{{/if}}"),
        ("base64", "Q2Fm\nw6k=\n"),
        ("base64", "{{ body | base64 }}"),
        ("{{ encoding }}", "Café"),
        ("", "Cafe"),
    ] {
        assert_eq!(part(encoding, body), [], "{encoding}: {body}");
    }
    assert_eq!(part("7bit", "Café!"), denied("é"));
    assert_eq!(part("quoted-printable", "<a href=\"x\">"), denied("="));
    assert_eq!(part("quoted-printable", "Café"), denied("é"));
    assert_eq!(part("base64", "Q2Fmw6k=\n-- \nlist"), denied("--"));
    assert_eq!(part("base64", "Q2Fm-6k="), denied("-"));
    assert_eq!(part("base64", "Q2Fmw6k=Q2Fm"), denied("="));
    assert_eq!(part("base64", "Q2Fmw6k"), warned(""));
    assert_eq!(part("8-bit", "Café"), denied("8-bit"));
    assert_eq!(part("utf-8", "Café"), denied("utf-8"));
    assert_eq!(part("base64;", "Q2Fm"), warned("base64;"));
    let multipart = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n";
    assert_eq!(draft("invalid-transfer-encoding", multipart, "--b\n\na\n--b--\n"), denied("base64"));
}

#[test]
fn one_cause_is_told_once() {
    let fields = "MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n";
    assert_eq!(draft("mislabelled-charset", fields, "Café"), denied("us-ascii"));
    assert_eq!(draft("invalid-transfer-encoding", fields, "Café"), []);
}

#[test]
fn large_headers() {
    let header = |lines: usize| format!("X-Data: {}\n", "a".repeat(70)).repeat(lines);
    assert_eq!(draft("oversized-header", &header(400), ""), []);
    assert_eq!(draft("oversized-header", &header(500), "").len(), 1);
    assert_eq!(found("oversized-header", "", format!("{HEAD}{}\n", header(500)).as_bytes())[0].level, Level::Warn);
    assert_eq!(found("oversized-header", "", format!("{HEAD}{}\n", header(4000)).as_bytes())[0].level, Level::Deny);
}

#[test]
fn names_that_promise_something_else() {
    let mail = format!("Message-ID: <1@shop.example>\n{HEAD}\nHello\n");
    assert_eq!(marks("mistaken-kind", "a.html", "", &mail), ["Message-ID: <1@shop.example>"]);
    assert_eq!(marks("mistaken-kind", "a.eml", "", "\n<!doctype html>\n<p>Hello\n"), ["<!doctype html>"]);
    for (name, text) in [("a.eml", mail.as_str()), ("a.html", "<p>Hello"), ("a.eml", ""), ("a.txt", &mail)] {
        assert!(marks("mistaken-kind", name, "", text).is_empty(), "{name}");
    }
}

#[test]
fn limits_are_told_once_a_file() {
    let deep = "<div>".repeat(1200) + &format!("<p{}>", " a".repeat(600));
    let found = lint_only("analysis-limit", &Options::parse("a.html", ""), deep.as_bytes()).diagnostics;
    assert_eq!(found.len(), 1);
    let header = format!("{HEAD}X-Data: {}\n\nHello\n", "a".repeat(100_000));
    let found = lint_only("analysis-limit", &Options::parse("a.eml", ""), header.as_bytes()).diagnostics;
    assert_eq!(
        found[0].message,
        "not all of it was checked: more than 64 KiB in a header: its further fields were not read"
    );
    assert!(marks("analysis-limit", "a.html", "", "<p>Hello").is_empty());
}

/// A letter that became a star moves all that stands behind it: what comes out of it is no text, and lacks nothing.
#[test]
fn damaged_base64_is_one_fault() {
    let page = "<html lang=\"de\"><body><h1>Adventskerzen für alle</h1><p>Schöne Grüße aus München, die Kerzen für den Advent sind \
        gegossen.</p><p>Sie bekommen diese Mail, weil Sie sie bestellt haben. <a href=\"https://brand.com/abmelden?u=81\">Abmelden</a></p></body></html>";
    let whole = base64(page.as_bytes());
    let mail = |body: &str| {
        format!(
            "{HEAD}List-Unsubscribe: <https://brand.com/u/1>\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n"
        )
    };
    let found = |body: &str| {
        let lints =
            ["invalid-transfer-encoding", "mislabelled-charset", "missing-unsubscribe", "missing-recipient-notice"];
        lints
            .into_iter()
            .filter(|lint| !marks(lint, "mail.eml", "raw=true", &mail(body)).is_empty())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&whole), [""; 0]);
    let star = format!("{}*{}", &whole[..90], &whole[91..]);
    assert_eq!(found(&star), ["invalid-transfer-encoding"]);
    // four of them cost three bytes, and nothing is moved
    let stars = format!("{}****{}", &whole[..88], &whole[92..]);
    assert_eq!(found(&stars), ["invalid-transfer-encoding"]);
}
