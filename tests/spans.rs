//! Every place that is reported is right: decoding the bytes of the file gives the text that the label marks, in every
//! transfer encoding and charset.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{DIGITS, Options, lint_all};
use encoding_rs::Encoding;
use presend::diagnostic::{Diagnostic, Label, ViewPlace};
use proptest::prelude::*;
use proptest::sample::select;

/// Charsets with words in a language that they are for.
const CHARSETS: &[(&str, &str)] = &[
    ("utf-8", "Grüße 日本語 café 🎁 Ærø"),
    ("windows-1252", "Grüße “café” naïve Ærø €"),
    ("iso-8859-2", "żółty łóżko źródło"),
    ("windows-1250", "příšerně žluťoučký kůň"),
    ("windows-1251", "новая коллекция сумок"),
    ("koi8-r", "новая коллекция сумок"),
    ("iso-8859-7", "νέα συλλογή τσάντες"),
    ("windows-1254", "yeni çantalar ığdır şık"),
    ("windows-1255", "תיקים חדשים"),
    ("windows-1256", "حقائب جديدة"),
    ("shift_jis", "新しいバッグ ソ表 能"),
    ("euc-jp", "新しいバッグ"),
    ("iso-2022-jp", "新しいバッグ"),
    ("gb18030", "新款手袋 圣诞"),
    ("big5", "新款手袋 聖誕"),
    ("euc-kr", "새로운 가방"),
];

const TAG: &str = "*|FNAME|*";

/// How the bytes of a part are written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Transfer {
    EightBit,
    QuotedPrintable,
    Base64,
}

/// Where the fault is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Subject,
    From,
    DisplayName,
    HtmlAttribute,
    HtmlText,
    ImageWithWords,
    Text,
}

const FAULTS: [Fault; 7] = [
    Fault::Subject,
    Fault::From,
    Fault::DisplayName,
    Fault::HtmlAttribute,
    Fault::HtmlText,
    Fault::ImageWithWords,
    Fault::Text,
];

/// A campaign with one fault.
#[derive(Debug, Clone)]
struct Campaign {
    charset: &'static str,
    words: String,
    transfer: Transfer,
    /// Encoding of encoded words.
    base64_words: bool,
    /// Longest line of encoded bodies, in characters.
    width: usize,
    line_end: &'static str,
    fault: Fault,
}

fn campaigns() -> impl Strategy<Value = Campaign> {
    let words = select(CHARSETS).prop_flat_map(|(charset, words)| {
        let words: Vec<&str> = words.split(' ').chain(["bags", "a"]).collect();
        (Just(charset), prop::collection::vec(select(words), 1..12))
    });
    let transfer = select(&[Transfer::EightBit, Transfer::QuotedPrintable, Transfer::Base64]);
    (words, transfer, any::<bool>(), select(&[4usize, 20, 60, 76]), select(&["\n", "\r\n"]), select(&FAULTS)).prop_map(
        |((charset, words), transfer, base64_words, width, line_end, fault)| {
            let words = words.join(" ");
            Campaign { charset, words, transfer, base64_words, width, line_end, fault }
        },
    )
}

impl Campaign {
    fn bytes(&self) -> Vec<u8> {
        let words = &self.words;
        let with = |fault: Fault, text: &str| if self.fault == fault { text.to_owned() } else { String::new() };
        let subject = format!("{words} {} {words}", with(Fault::Subject, TAG));
        let name = format!("{words} {}", with(Fault::DisplayName, TAG));
        let host = if self.fault == Fault::From { "outlook.com" } else { "shop.example" };
        let text = format!("{words}\n{words} {} {words}\n", with(Fault::Text, TAG));
        let mut message = Vec::new();
        let mut line = |text: &str| {
            message.extend_from_slice(text.as_bytes());
            message.extend_from_slice(self.line_end.as_bytes());
        };
        line("Message-ID: <1@shop.example>");
        line(&format!("From: {} <news@{host}>", self.encoded_words(&name)));
        line(&format!("Subject: {}", self.encoded_words(&subject)));
        line("MIME-Version: 1.0");
        line("Content-Type: multipart/alternative; boundary=b");
        line("");
        for (kind, body) in [("plain", text), ("html", self.html())] {
            message.extend_from_slice(self.part(kind, &body).as_slice());
        }
        message.extend_from_slice(b"--b--");
        message
    }

    fn html(&self) -> String {
        let words = &self.words;
        if self.fault == Fault::ImageWithWords {
            return format!(
                "<p><img width=600 height=400\n alt=\"{}\" src=\"https://shop.example/a.png\"></p>\n",
                first_word(words)
            );
        }
        let with = |fault: Fault| if self.fault == fault { TAG } else { "" };
        let prose = format!("{words} und noch mehr von allem ").repeat(30);
        format!(
            "<p>{words} {}\n<a title=\"{words}\" href=\"https://shop.example/{}?{}\">{words}</a>\n{prose}\n",
            with(Fault::HtmlText),
            first_word(words),
            with(Fault::HtmlAttribute),
        )
    }

    fn part(&self, kind: &str, body: &str) -> Vec<u8> {
        let bytes = encode(self.charset, &body.replace('\n', self.line_end));
        let (name, body) = match self.transfer {
            Transfer::EightBit => ("8bit", bytes),
            Transfer::QuotedPrintable => ("quoted-printable", quoted_printable(&bytes, self.width, self.line_end)),
            Transfer::Base64 => ("base64", base64(&bytes, self.width, self.line_end)),
        };
        let head =
            format!("--b\nContent-Type: text/{kind}; charset={}\nContent-Transfer-Encoding: {name}\n\n", self.charset);
        [head.replace('\n', self.line_end).as_bytes(), &body, self.line_end.as_bytes()].concat()
    }

    /// Each word of the text an encoded word of its own, with its blank; folded now and then.
    fn encoded_words(&self, text: &str) -> String {
        let letter = if self.base64_words { 'B' } else { 'Q' };
        let words = text.split_inclusive(' ').map(|word| {
            let bytes = encode(self.charset, word);
            let code = match self.base64_words {
                true => base64(&bytes, usize::MAX, ""),
                false => bytes.iter().flat_map(|byte| format!("={byte:02X}").into_bytes()).collect(),
            };
            format!("=?{}?{letter}?{}?=", self.charset, String::from_utf8(code).unwrap())
        });
        words.collect::<Vec<_>>().join(&format!("{} ", self.line_end))
    }

    /// What the primary label of the fault's lint has to mark.
    fn expected(&self) -> (&'static str, String) {
        match self.fault {
            Fault::From => ("freemail-sender", "outlook.com".to_owned()),
            Fault::ImageWithWords => {
                ("image-only-body", self.html()[3..self.html().len() - 5].replace('\n', self.line_end))
            }
            _ => ("unresolved-merge-tag", TAG.to_owned()),
        }
    }

    /// Whether what `place` marks is `view.text`, decoded from the bytes of the file.
    fn verify(&self, label: &Label, file: &[u8]) -> Result<(), TestCaseError> {
        let (Some(view), Some(positions)) = (&label.place.view, label.place.span) else { return Ok(()) };
        let raw = &file[positions.span.range()];
        let in_header = view.name.starts_with("header ");
        let decoded = if in_header { self.word_bytes(raw, view) } else { self.body_bytes(raw) };
        let is_base64 =
            if in_header { raw_is_words(view) && self.base64_words } else { self.transfer == Transfer::Base64 };
        let exact = !is_base64 && self.charset != "iso-2022-jp";
        prop_assert!(
            holds(&decoded, self.charset, &view.text, exact),
            "{:?} is not {:?} ({:?})",
            raw.escape_ascii().to_string(),
            view.text,
            view.name
        );
        Ok(())
    }

    fn body_bytes(&self, raw: &[u8]) -> Vec<u8> {
        match self.transfer {
            Transfer::EightBit => raw.to_vec(),
            Transfer::QuotedPrintable => undo_quoted_printable(raw),
            Transfer::Base64 => undo_base64(raw),
        }
    }

    /// The bytes behind a piece of a header value that may begin and end inside of encoded words.
    fn word_bytes(&self, raw: &[u8], view: &ViewPlace) -> Vec<u8> {
        if !raw_is_words(view) || raw == view.text.as_bytes() {
            return raw.to_vec();
        }
        let letter = if self.base64_words { 'B' } else { 'Q' };
        let opening = format!("=?{}?{letter}?", self.charset);
        let undo = if self.base64_words { undo_base64 } else { undo_quoted_printable };
        let text = std::str::from_utf8(raw).unwrap();
        let mut bytes = Vec::new();
        for (nth, piece) in text.split(&opening).enumerate() {
            let (code, plain) = match piece.split_once("?=") {
                Some((code, plain)) => (code, plain),
                None if nth == 0 && text.contains(&opening) => ("", piece),
                None => (piece, ""),
            };
            bytes.extend(undo(code.as_bytes()));
            // blanks between two encoded words do not count
            bytes.extend(Some(plain).filter(|plain| !plain.trim().is_empty()).unwrap_or_default().bytes());
        }
        bytes
    }
}

fn raw_is_words(view: &ViewPlace) -> bool {
    view.encoding == Some("encoded-word")
}

fn first_word(words: &str) -> &str {
    words.split(' ').next().unwrap()
}

/// Whether `bytes` are `text`; or, if that is not to be had exactly, hold it with at most one unit more on each side.
fn holds(bytes: &[u8], charset: &str, text: &str, exact: bool) -> bool {
    let wanted = encode(charset, text);
    if exact {
        return bytes == wanted;
    }
    if charset == "iso-2022-jp" {
        // all that is between two shifts is one unit, and only with its shifts it can be read
        let (mut decoded, ..) = Encoding::for_label(charset.as_bytes()).unwrap().decode(bytes);
        if !decoded.contains(text) && bytes.len() > 2 {
            decoded = String::from_utf8_lossy(bytes).into_owned().into();
        }
        return decoded.contains(text);
    }
    let extra = bytes.len().checked_sub(wanted.len());
    extra.is_some_and(|extra| {
        extra <= 4 && (0..=extra).any(|at| at <= 2 && extra - at <= 2 && bytes[at..].starts_with(&wanted))
    })
}

fn encode(charset: &str, text: &str) -> Vec<u8> {
    let (bytes, _, lost) = Encoding::for_label(charset.as_bytes()).unwrap().encode(text);
    assert!(!lost, "{charset} can't write {text:?}");
    bytes.into_owned()
}

fn quoted_printable(bytes: &[u8], width: usize, line_end: &str) -> Vec<u8> {
    let (mut out, mut column) = (Vec::new(), 0);
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(line_end.as_bytes()) {
            out.extend_from_slice(line_end.as_bytes());
            (at, column) = (at + line_end.len(), 0);
            continue;
        }
        let byte = bytes[at];
        let next_ends = bytes[at + 1..].starts_with(line_end.as_bytes());
        let literal = byte.is_ascii_graphic() && byte != b'=' || byte == b' ' && !next_ends;
        let unit = if literal { vec![byte] } else { format!("={byte:02X}").into_bytes() };
        if column + unit.len() >= width {
            out.extend_from_slice(b"=");
            out.extend_from_slice(line_end.as_bytes());
            column = 0;
        }
        column += unit.len();
        out.extend_from_slice(&unit);
        at += 1;
    }
    out
}

fn base64(bytes: &[u8], width: usize, line_end: &str) -> Vec<u8> {
    let digits = common::base64(bytes).into_bytes();
    digits.chunks(width).collect::<Vec<_>>().join(line_end.as_bytes())
}

fn undo_quoted_printable(raw: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < raw.len() {
        let rest = &raw[at..];
        let code = rest.get(1..3).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        at += match (rest[0], code) {
            (b'=', Some(byte)) => {
                out.push(byte);
                3
            }
            (b'=', None) if rest.starts_with(b"=\r\n") => 3,
            (b'=', None) => 2,
            (byte, _) => {
                out.push(byte);
                1
            }
        };
    }
    out
}

fn undo_base64(raw: &[u8]) -> Vec<u8> {
    let digits: Vec<u32> =
        raw.iter().filter_map(|byte| DIGITS.iter().position(|digit| digit == byte)).map(|digit| digit as u32).collect();
    let group = |group: &[u32]| {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    };
    digits.chunks(4).flat_map(group).collect()
}

fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = &Label> {
    diagnostic.primary.iter().chain(&diagnostic.labels)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_reported_bytes_are_the_marked_text(campaign in campaigns()) {
        let file = campaign.bytes();
        let options = Options::parse("a.eml", "stage=rendered");
        let found = lint_all(&options, &file).diagnostics;
        for label in found.iter().flat_map(labels) {
            campaign.verify(label, &file)?;
        }
        let (lint, mark) = campaign.expected();
        let marked = found.iter().find(|diagnostic| diagnostic.lint == lint).and_then(|diagnostic| diagnostic.primary.as_ref());
        let text = marked.and_then(|label| label.place.view.as_ref()).map(|view| view.text.as_str());
        prop_assert_eq!(text, Some(mark.as_str()), "{}", String::from_utf8_lossy(&file));
    }
}

#[test]
fn the_helpers_undo_what_they_do() {
    let bytes: Vec<u8> = (0..=255).collect();
    for width in [4, 60, 76] {
        assert_eq!(undo_base64(&base64(&bytes, width, "\r\n")), bytes);
        assert_eq!(undo_quoted_printable(&quoted_printable(&bytes, width, "\r\n")), bytes);
    }
}
