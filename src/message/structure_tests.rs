//! Messages of every shape, and what is found in them.

use super::structure::Structure;
use super::{TransferEncoding, View};
use crate::source::ViewSpan;
use mail_parser::MessageParser;
use proptest::prelude::*;

fn lines(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// `depth type` of each part.
fn outline(message: &str) -> Vec<String> {
    let structure = Structure::read(message.as_bytes());
    structure.parts.iter().map(|part| format!("{} {}", part.depth, part.content_type)).collect()
}

/// Name and text of each body.
fn bodies(message: &[u8]) -> Vec<(String, String)> {
    let structure = Structure::read(message);
    let view = |index: usize| &structure.views[index];
    structure
        .bodies
        .iter()
        .map(|body| view(body.view.index()))
        .map(|view| (view.name().to_string(), view.text().to_owned()))
        .collect()
}

fn texts(message: &str) -> Vec<String> {
    bodies(message.as_bytes()).into_iter().map(|(_, text)| text).collect()
}

const ALTERNATIVE: &str = "Subject: x
Content-Type: multipart/mixed; boundary=out

preamble
--out
Content-Type: multipart/alternative; boundary=in

--in

plain
--in
Content-Type: text/html

<p>html
--in--
--out
Content-Type: image/png; name=a.png
Content-Transfer-Encoding: base64

iVBORw==
--out--
";

#[test]
fn parts_stand_depth_first_with_their_places() {
    let message = lines(ALTERNATIVE);
    assert_eq!(
        outline(&message),
        ["0 multipart/mixed", "1 multipart/alternative", "2 text/plain", "2 text/html", "1 image/png"]
    );
    let mut structure = Structure::read(message.as_bytes());
    structure.measure();
    let part = |index: usize| &structure.parts[index];
    assert_eq!(&message[part(2).body_span.range()], "plain");
    assert_eq!(&message[part(3).body_span.range()], "<p>html");
    assert_eq!((part(4).decoded_len, part(4).parent, part(4).file_name.as_deref()), (4, Some(0), Some("a.png")));
    assert_eq!(
        &message[..structure.header_end.unwrap_or(0)],
        lines("Subject: x\nContent-Type: multipart/mixed; boundary=out\n")
    );
}

#[test]
fn bodies_are_what_a_reader_sees() {
    let message = |fields: &str, body: &str| {
        format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n{fields}\n\n{body}\n--b--\n")
    };
    for (fields, body, expected) in [
        ("Content-Type: text/plain", "footer", &["first", "footer"][..]),
        ("Content-Type: application/xhtml+xml", "<p/>", &["first", "<p/>"]),
        ("Content-Type: text/x-amp-html", "<p>", &["first"]),
        ("Content-Type: text/html; name=page.html", "<p>", &["first"]),
        ("Content-Type: text/html\nContent-Disposition: inline; filename=page.html", "<p>", &["first", "<p>"]),
        ("Content-Type: text/html\nContent-Disposition: attachment", "<p>", &["first"]),
        ("Content-Type: message/rfc822", "Subject: y\n\nforwarded", &["first"]),
    ] {
        assert_eq!(texts(&message(fields, body)), expected, "{fields}");
    }
}

#[test]
fn a_wrapper_around_one_message_is_opened() {
    let inner = "From: a@b.example\nSubject: y\n\ninner";
    let encoded = TransferEncoding::Base64.decode(b"RnJvbTogYUBiLmV4YW1wbGUKU3ViamVjdDogeQoKaW5uZXI=").into_owned();
    assert_eq!(encoded, inner.as_bytes());
    for message in [
        format!("Content-Type: message/rfc822\n\n{inner}"),
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYUBiLmV4YW1w\nbGUKU3ViamVjdDogeQoKaW5uZXI=\n".to_owned(),
    ] {
        let structure = Structure::read(message.as_bytes());
        assert_eq!(texts(&message), ["inner"]);
        assert_eq!(structure.headers.len(), 2);
        let view = &structure.views[structure.bodies[0].view.index()];
        let span = view.file_span(ViewSpan::new(0, 5));
        assert!(span.end <= message.len() && span.start > message.find("\n\n").unwrap_or(0));
    }
}

#[test]
fn broken_messages_are_read_as_far_as_they_go() {
    for (message, expected) in [
        ("", &[""][..]),
        ("\n\n", &["\n"]),
        ("no header", &["no header"]),
        ("Subject: only a header", &[""]),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\ncut", &["cut"]),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n<p>no empty line\n--b--",
            &["<p>no empty line"],
        ),
        ("Content-Type: multipart/mixed; boundary=wrong\n\n--b\nContent-Type: text/html\n\n<p>\n--b--", &["<p>"]),
        ("Content-Type: multipart/mixed\n\n--b\nContent-Type: text/html\n\n<p>\n--b--", &["<p>"]),
        ("Content-Type: multipart/mixed; boundary=b\n\nno parts", &["no parts"]),
        ("From a@b Mon Jan 1\nSubject: mbox\n\nbody", &["body"]),
        ("\u{feff}Subject: bom\n\nbody", &["body"]),
        ("\r\nSubject: blank line first\r\n\r\nbody", &["body"]),
        ("Subject: cr\r\rbody\rline", &["body\rline"]),
        ("Content-Transfer-Encoding: quoted-printable\n\na==b=", &["a==b"]),
        ("Content-Transfer-Encoding: base64;\n\nYWI", &["ab"]),
        (
            "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\na\n--o\n\nb\n--o--",
            &["a", "b"],
        ),
    ] {
        assert_eq!(texts(message), expected, "{message:?}");
    }
}

#[test]
fn header_fields_keep_order_duplicates_and_place() {
    let message = lines("Received: 1\nSUBJECT: a\n b\nReceived: 2\n\nx");
    let structure = Structure::read(message.as_bytes());
    let header = |index: usize| {
        let header = &structure.headers[index];
        let value = structure.views[header.value.index()].text();
        (header.name.as_str(), value, &message[header.name_span.range()], &message[header.raw_span.range()])
    };
    assert_eq!(header(0), ("Received", "1", "Received", " 1"));
    assert_eq!(header(1), ("SUBJECT", "a b", "SUBJECT", " a\r\n b"));
    assert_eq!(header(2), ("Received", "2", "Received", " 2"));
}

#[test]
fn an_empty_value_has_a_place() {
    let message = "Subject: \nX: y\n\n";
    let structure = Structure::read(message.as_bytes());
    let view = &structure.views[structure.headers[0].value.index()];
    assert_eq!((view.text(), view.file_span(ViewSpan::at(0)).start), ("", 9));
}

#[test]
fn what_is_beyond_measure_is_left_out_and_said() {
    let deep: String = (0..2000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    let rfc822 = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let wide = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(20_000));
    let long = format!("Subject: {}\n\nx", "=?aa?q?x ".repeat(40_000));
    let many = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        format!("--b\n{}\n", "A:\n".repeat(9_000)).repeat(4)
    );
    for message in [deep, rfc822, wide, long, many] {
        let structure = Structure::read(message.as_bytes());
        assert!(!structure.reached().is_empty(), "{:?}…", &message[..30]);
    }
}

#[test]
fn structure_is_mail_parsers_where_the_message_is_well_formed() {
    let message = lines(ALTERNATIVE);
    let structure = Structure::read(message.as_bytes());
    let theirs = MessageParser::default().parse(message.as_bytes()).map(|parsed| {
        let part = |part: &mail_parser::MessagePart<'_>| (part.offset_body as usize, part.offset_end as usize);
        parsed.parts.iter().filter(|part| !part.is_multipart()).map(part).collect::<Vec<_>>()
    });
    let leaf = |part: &&super::Part| !part.content_type.starts_with("multipart/");
    let ours: Vec<_> =
        structure.parts.iter().filter(leaf).map(|part| (part.body_span.start, part.body_span.end)).collect();
    assert_eq!(theirs, Some(ours));
}

/// Reads and asks every view for places and edits.
fn exercise(bytes: &[u8]) {
    let mut structure = Structure::read(bytes);
    structure.measure();
    for view in &structure.views {
        let text = view.text();
        for (start, end) in [(0, 0), (0, text.len()), (text.len() / 2, text.len() / 2), (1, 3)] {
            let span = ViewSpan::new(start.min(end), end);
            assert!(view.file_span(span).end <= bytes.len());
            if let Some(edit) = view.lower(span, "new é") {
                assert!(edit.span.end <= bytes.len());
            }
        }
    }
    let draft = super::draft::read(bytes, &super::Given::default()).0;
    draft.views.iter().for_each(|view: &View<'_>| assert!(view.file_span(ViewSpan::at(0)).end <= bytes.len()));
}

const SOUP: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "--b",
    "--b--",
    "--c",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=\"c\"",
    "text/html; charset=",
    "utf-16",
    "iso-2022-jp",
    "shift_jis",
    "utf-7",
    "message/rfc822",
    "Content-Transfer-Encoding: ",
    "base64",
    "quoted-printable",
    "Subject: ",
    "=?utf-8?Q?",
    "=?iso-2022-jp?B?GyRC",
    "?=",
    "=",
    "==",
    "=\n",
    "\u{1b}$B",
    "+AGE",
    "From ",
    " ",
    "\t",
    ":",
    "é",
    "---\n",
    "subject: ",
    "<!--",
    "-->",
    "YWJj",
    "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_panics_on_soup(pieces in proptest::collection::vec(proptest::sample::select(SOUP), 0..40)) {
        exercise(pieces.concat().as_bytes());
    }

    #[test]
    fn nothing_panics_on_rubbish(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        exercise(&bytes);
    }
}
