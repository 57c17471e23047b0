//! A campaign in any charset and encoding says after a fix what it said before, but for what was mended.

use super::{Trust, fix};
use crate::config::Settings;
use crate::config::levels::{Levels, Setting};
use crate::diagnostic::Level;
use crate::lint::{Linted, lint};
use crate::lints::REGISTRY;
use crate::message::charset::Charset;
use crate::message::{Given, Message, transfer};
use crate::source::{Source, ViewSpan};
use mail_parser::MessageParser;
use proptest::prelude::*;

const LINTS: [&str; 4] =
    ["malformed-one-click", "unquoted-display-name", "malformed-list-unsubscribe", "incomplete-unsubscribe-mailto"];

/// Charsets with words that they can write.
const CHARSETS: &[(&str, &[&str])] = &[
    ("utf-8", &["bags", "sacs à main", "鞄", "👜", "a=b", "\n", "<br>"]),
    ("iso-8859-1", &["bags", "Täschchen", "a=b", "\n", "<br>"]),
    ("windows-1252", &["bags", "„Täschchen“", "5 €", "\n", "<br>"]),
    ("koi8-r", &["bags", "сумки", "a=b", "\n", "<br>"]),
    ("shift_jis", &["bags", "ハンドバッグ", "表", "\n", "<br>"]),
    ("gb18030", &["bags", "手提包", "👜", "\n", "<br>"]),
    ("utf-16le", &["bags", "鞄", "a=b", "\n", "<br>"]),
];

#[derive(Debug, Clone, Copy)]
enum Dress {
    EightBit,
    QuotedPrintable(usize),
    Base64(usize),
}

#[derive(Debug, Clone)]
struct Case {
    label: &'static str,
    /// What stands before, between and after the links.
    prose: Vec<String>,
    subject: String,
    dress: Dress,
    crlf: bool,
}

fn prose(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(words), 0..20).prop_map(|words| words.join(" "))
}

fn cases() -> impl Strategy<Value = Case> {
    let dress = prop_oneof![
        Just(Dress::EightBit),
        (20usize..77).prop_map(Dress::QuotedPrintable),
        (1usize..19).prop_map(|groups| Dress::Base64(groups * 4)),
    ];
    (proptest::sample::select(CHARSETS), dress, any::<bool>()).prop_flat_map(|((label, words), dress, crlf)| {
        let subject = proptest::collection::vec("[A-Za-z]{1,8}", 2..9).prop_map(|words| words.join(" "));
        let prose = proptest::collection::vec(prose(words), 2..4);
        (prose, subject).prop_map(move |(prose, subject)| Case { label, prose, subject, dress, crlf })
    })
}

impl Case {
    fn end(&self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }

    /// The HTML, with the subject of the unsubscribe mails written so.
    fn html(&self, subject: &str) -> String {
        let link = format!("<a href=\"mailto:list@shoppershandbag.com?subject={subject}\">Unsubscribe</a>");
        format!("<html><body><p>{}</p></body></html>\n", self.prose.join(&link)).replace('\n', self.end())
    }

    fn bytes(&self, from: &str, list: &str, post: &str, subject: &str) -> Vec<u8> {
        let html = Charset::labelled(self.label).unwrap().encode(&self.html(subject)).unwrap();
        let (encoding, body) = match self.dress {
            Dress::EightBit => ("8bit", html),
            Dress::QuotedPrintable(width) => ("quoted-printable", self.quoted_printable(&html, width)),
            Dress::Base64(width) => {
                ("base64", transfer::to_base64(&html).chunks(width).collect::<Vec<_>>().join(self.end().as_bytes()))
            }
        };
        let head = format!(
            "From: {from} <marketing@shoppershandbag.com>\nSubject: =?utf-8?q?T=C3=A4schchen?=\nList-Unsubscribe: {list}\n\
             List-Unsubscribe-Post: {post}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=limit\n\n--limit\n\
             Content-Type: text/html; charset={}\nContent-Transfer-Encoding: {encoding}\n\n",
            self.label
        );
        let tail = "\n--limit\nContent-Type: text/csv; charset=latin1\n\n\u{e4};\t \n--limit--\n";
        let [head, tail] = [head.as_str(), tail].map(|text| text.replace('\n', self.end()));
        [head.as_bytes(), &body, &tail.chars().map(|letter| letter as u8).collect::<Vec<_>>()].concat()
    }

    fn quoted_printable(&self, bytes: &[u8], width: usize) -> Vec<u8> {
        let (mut out, mut column, mut at) = (Vec::new(), 0, 0);
        let end = self.end().as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if self.label != "utf-16le" && bytes[at..].starts_with(end) {
                out.extend_from_slice(end);
                (column, at) = (0, at + end.len());
                continue;
            }
            let unit = if byte.is_ascii_alphanumeric() { vec![byte] } else { transfer::escape(byte).to_vec() };
            if column + unit.len() >= width {
                out.extend([b"=", end].concat());
                column = 0;
            }
            column += unit.len();
            at += 1;
            out.extend(unit);
        }
        out
    }

    fn faulty(&self) -> Vec<u8> {
        self.bytes("Shoppers, Handbag", "https://shoppershandbag.com/u/7kq2", "One-Click", &self.subject)
    }

    fn mended(&self) -> Vec<u8> {
        let list = "<https://shoppershandbag.com/u/7kq2>";
        let subject = self.subject.replace(' ', "%20");
        self.bytes("\"Shoppers, Handbag\"", list, "List-Unsubscribe=One-Click", &subject)
    }
}

fn levels() -> Levels {
    let known = REGISTRY.known();
    let off = known.iter().filter(|lint| !LINTS.contains(&lint.name));
    let flags: Vec<_> = off.map(|lint| Setting::flag(Level::Allow, lint.name, &known).unwrap()).collect();
    let mut levels = Levels::new(&known);
    levels.command_line(&flags).unwrap();
    levels
}

fn linted(source: &Source) -> Linted {
    let linted = lint(source, &REGISTRY, &Settings::default(), &levels());
    assert!(linted.panics.is_empty(), "{:?}", linted.panics);
    linted
}

/// What another reader of mail makes of a message: its body and its attachment, and its head as it is.
fn read(bytes: &[u8]) -> (String, Vec<u8>, Vec<u8>) {
    let message = MessageParser::default().parse(bytes).unwrap();
    let head = bytes.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"--limit"));
    let attachment = message.attachments().next().unwrap().contents().to_vec();
    (
        message.html_bodies().next().unwrap().text_contents().unwrap().to_owned(),
        attachment,
        head.collect::<Vec<_>>().concat(),
    )
}

/// The lines that hold nothing of what is wrong.
fn sound_lines(source: &Source) -> Vec<&[u8]> {
    let line = |at: usize| source.bytes[..at].split(|byte| *byte == b'\n').count();
    let message = Message::parse(source, &Given::default());
    let body = message.view(message.bodies[0].view);
    let links = body.text().match_indices("mailto:").map(|(at, _)| {
        let end = body.text()[at..].find('"').unwrap() + at;
        let span = body.file_span(ViewSpan::new(at, end));
        line(span.start)..=line(span.end)
    });
    let links: Vec<_> = links.collect();
    let is_sound = |(at, line): &(usize, &[u8])| {
        !line.starts_with(b"From") && !line.starts_with(b"List") && !links.iter().any(|lines| lines.contains(&(at + 1)))
    };
    source.bytes.split(|byte| *byte == b'\n').enumerate().filter(is_sound).map(|(_, line)| line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn only_what_was_mended_changes(case in cases()) {
        let source = Source::new("a.eml", None, case.faulty(), None);
        let first = linted(&source);
        for lint in LINTS {
            prop_assert!(first.diagnostics.iter().any(|found| found.lint == lint), "{} says nothing", lint);
        }
        let fixed = fix(&source, &first, Trust::Sure, linted).unwrap().unwrap();
        prop_assert!(fixed.linted.diagnostics.is_empty(), "{:#?}", fixed.linted.diagnostics);
        prop_assert_eq!(read(&fixed.bytes), read(&case.mended()));
        let mut lines = fixed.bytes.split(|byte| *byte == b'\n');
        // in base64 what follows moves by a byte or two
        let sound = if matches!(case.dress, Dress::Base64(_)) { Vec::new() } else { sound_lines(&source) };
        for sound in sound {
            prop_assert!(lines.any(|line| line == sound), "{}", String::from_utf8_lossy(sound));
        }
        let longest = fixed.bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        prop_assert!(matches!(case.dress, Dress::EightBit) || longest <= Some(77));
    }
}
