//! Text written in every charset and encoding is read back, every range of it leads to its bytes, and every edit says what it should.

use super::charset::Charset;
use super::structure::Structure;
use super::view::View;
use super::{TransferEncoding, transfer};
use crate::source::ViewSpan;
use proptest::prelude::*;

/// Charsets with letters that they can write.
const CHARSETS: &[(&str, &str)] = &[
    ("utf-8", "aé日本語😀<> =.\n"),
    ("utf-16le", "aé日本語😀<> =.\n"),
    ("utf-16be", "aé日本語😀<> =.\n"),
    ("windows-1250", "ačřžő<> =.\n"),
    ("windows-1251", "aПривет<> =.\n"),
    ("windows-1252", "aéß€<> =.\n"),
    ("iso-8859-1", "aéß<> =.\n"),
    ("iso-8859-2", "ačřžő<> =.\n"),
    ("iso-8859-15", "aéß€<> =.\n"),
    ("koi8-r", "aПривет<> =.\n"),
    ("shift_jis", "aハロー表ｱ<> =.\n"),
    ("gb18030", "a你好😀é<> =.\n"),
    ("gbk", "a你好世界<> =.\n"),
    ("big5", "a你好世界<> =.\n"),
    ("euc-jp", "aハロー日<> =.\n"),
    ("euc-kr", "a안녕하세요<> =.\n"),
    ("iso-2022-jp", "aハロー日<> =.\n"),
    ("ibm850", "aéß<> =.\n"),
];

/// How a body is written.
#[derive(Debug, Clone, Copy)]
enum Dress {
    EightBit,
    QuotedPrintable(usize),
    Base64(usize),
}

#[derive(Debug, Clone)]
struct Case {
    label: &'static str,
    text: String,
    dress: Dress,
    replacement: String,
    crlf: bool,
}

fn text_of(alphabet: &'static str, most: usize) -> impl Strategy<Value = String> {
    let letters: Vec<char> = alphabet.chars().collect();
    proptest::collection::vec(proptest::sample::select(letters), 0..most).prop_map(String::from_iter)
}

fn cases() -> impl Strategy<Value = Case> {
    let dress = prop_oneof![
        Just(Dress::EightBit),
        (4usize..77).prop_map(Dress::QuotedPrintable),
        (1usize..77).prop_map(Dress::Base64),
    ];
    (proptest::sample::select(CHARSETS), dress, any::<bool>()).prop_flat_map(|((label, alphabet), dress, crlf)| {
        (text_of(alphabet, 120), text_of(alphabet, 12)).prop_map(move |(text, replacement)| {
            let end = if crlf { "\r\n" } else { "\n" };
            let (text, replacement) = (text.replace('\n', end), replacement.replace('\n', end));
            Case { label, text, dress, replacement, crlf }
        })
    })
}

impl Case {
    fn charset(&self) -> Charset {
        Charset::labelled(self.label).unwrap_or(Charset::UTF_8)
    }

    fn line_end(&self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }

    fn message(&self) -> Vec<u8> {
        let bytes = self.charset().encode(&self.text).unwrap_or_default();
        let (name, body) = match self.dress {
            Dress::EightBit => ("8bit", bytes),
            Dress::QuotedPrintable(width) => ("quoted-printable", self.quoted_printable(&bytes, width)),
            Dress::Base64(width) => (
                "base64",
                transfer::to_base64(&bytes).chunks(width).collect::<Vec<_>>().join(self.line_end().as_bytes()),
            ),
        };
        let head = format!(
            "Content-Type: multipart/mixed; boundary=limit\n\n--limit\nContent-Type: text/plain; charset={}\nContent-Transfer-Encoding: {name}\n\n",
            self.label
        );
        let [head, tail] = [head.as_str(), "\n--limit--\n"].map(|text| text.replace('\n', self.line_end()));
        [head.as_bytes(), &body, tail.as_bytes()].concat()
    }

    fn quoted_printable(&self, bytes: &[u8], width: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut column = 0;
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            let end = self.line_end().as_bytes();
            if self.charset().holds_ascii() && rest.starts_with(end) {
                out.extend_from_slice(end);
                (column, rest) = (0, &rest[end.len()..]);
                continue;
            }
            let unit = if byte.is_ascii_alphanumeric() { vec![byte] } else { transfer::escape(byte).to_vec() };
            if column + unit.len() >= width {
                out.extend_from_slice(b"=");
                out.extend_from_slice(end);
                column = 0;
            }
            column += unit.len();
            out.extend(unit);
            rest = &rest[1..];
        }
        out
    }
}

fn body_of<'m>(structure: &'m Structure<'_>) -> &'m View<'m> {
    &structure.views[structure.bodies[0].view.index()]
}

/// A range of whole characters of `text`, line ends taken as one.
fn range_in(text: &str, a: usize, b: usize) -> ViewSpan {
    let [a, b] = [a, b].map(|at| {
        let at = text.floor_char_boundary(at % (text.len() + 1));
        if text[..at].ends_with('\r') { at - 1 } else { at }
    });
    ViewSpan::new(a.min(b), a.max(b))
}

fn decoded(dress: Dress, raw: &[u8]) -> Vec<u8> {
    match dress {
        Dress::EightBit => raw.to_vec(),
        Dress::QuotedPrintable(_) => TransferEncoding::QuotedPrintable.decode(raw).into_owned(),
        Dress::Base64(_) => TransferEncoding::Base64.decode(raw).into_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_text_is_read_back_and_each_range_leads_to_its_bytes(case in cases(), a: usize, b: usize) {
        let message = case.message();
        let structure = Structure::read(&message);
        let view = body_of(&structure);
        prop_assert_eq!(view.text(), &case.text);
        let span = range_in(&case.text, a, b);
        let raw = view.file_span(span);
        let bytes = decoded(case.dress, &message[raw.range()]);
        let wanted = case.charset().encode(&case.text[span.range()]).unwrap_or_default();
        if case.label == "iso-2022-jp" {
            // a unit is what stands between two escape sequences
            prop_assert!(case.charset().decode(&bytes).0.contains(&case.text[span.range()]));
        } else if let Dress::Base64(_) = case.dress {
            let at = memchr::memmem::find(&bytes, &wanted);
            prop_assert!(at.is_some() && bytes.len() <= wanted.len() + 4);
        } else {
            prop_assert_eq!(bytes, wanted);
        }
    }

    #[test]
    fn an_edit_changes_what_it_says_and_nothing_else(case in cases(), a: usize, b: usize) {
        let message = case.message();
        let structure = Structure::read(&message);
        let view = body_of(&structure);
        let span = range_in(&case.text, a, b);
        let wanted = [&case.text[..span.start], &case.replacement, &case.text[span.end..]].concat();
        let Some(edit) = view.lower(span, &case.replacement) else {
            prop_assert_eq!(case.label, "iso-2022-jp");
            return Ok(());
        };
        let edited = [&message[..edit.span.start], &edit.replacement, &message[edit.span.end..]].concat();
        let after = Structure::read(&edited);
        prop_assert_eq!(body_of(&after).text(), &wanted);
        let units = view.file_span(span);
        if let Dress::Base64(_) = case.dress {
            let behind_padding = units.is_empty() && units.start == structure.parts[1].body_span.end;
            prop_assert!(edit.span.start == units.start || behind_padding);
        } else {
            prop_assert_eq!(edit.span, units);
        }
        if !matches!(case.dress, Dress::EightBit) {
            let body = &edited[after.parts[1].body_span.range()];
            prop_assert!(body.split(|&byte| byte == b'\n').all(|line| line.trim_ascii_end().len() <= transfer::LINE));
        }
    }
}

const SUBJECT: &[&str] = &[
    "=?utf-8?Q?caf=C3=A9?=",
    "=?UTF-8?B?Y2Fmw6k=?=",
    "=?shift_jis?B?g26DjQ==?=",
    "=?iso-8859-1*fr?q?=E9t=E9_?=",
    "=?utf-8?Q?open",
    "?=",
    "=?x?y?z?=",
    "=?utf-8?Q?=C3?=",
    "=?utf-8?B?qQ==?=",
    "=?koi8-r?Q?=F0=D2?=",
    "plain",
    "Größe",
    " ",
    " ",
    "\r\n ",
    "\r\n\t",
    ",",
    "=?gb18030?B?xOO6ww==?=",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn each_character_of_a_subject_has_a_place(pieces in proptest::collection::vec(proptest::sample::select(SUBJECT), 0..9)) {
        let message = format!("Subject: {}\r\n\r\n", pieces.concat());
        let structure = Structure::read(message.as_bytes());
        let header = &structure.headers[0];
        let view = &structure.views[header.value.index()];
        let mut end = header.raw_span.start;
        for (at, character) in view.text().char_indices() {
            let place = view.file_span(ViewSpan::new(at, at + character.len_utf8()));
            prop_assert!(!place.is_empty() && header.raw_span.contains(place) && place.end >= end);
            // In bytes: where an encoded word's charset does not fit, one of two raw bytes is a character of its own.
            let raw = &message.as_bytes()[place.range()];
            if view.encoded_words().is_empty() {
                prop_assert_eq!(raw.to_vec(), character.to_string().into_bytes());
            }
            end = place.end;
        }
    }

    #[test]
    fn an_edit_of_a_subject_says_what_it_should(
        pieces in proptest::collection::vec(proptest::sample::select(SUBJECT), 1..9),
        replacement in "[a-cé ]{0,8}",
        a: usize,
        b: usize,
    ) {
        let message = format!("Subject: {}\r\nX: y\r\n\r\nbody", pieces.concat());
        let structure = Structure::read(message.as_bytes());
        let view = &structure.views[structure.headers[0].value.index()];
        let span = range_in(view.text(), a, b);
        if let Some(edit) = view.lower(span, &replacement) {
            prop_assert!(structure.headers[0].raw_span.contains(edit.span));
            let edited = [&message.as_bytes()[..edit.span.start], &edit.replacement, &message.as_bytes()[edit.span.end..]].concat();
            let after = Structure::read(&edited);
            let wanted = [&view.text()[..span.start], &replacement, &view.text()[span.end..]].concat();
            prop_assert_eq!(after.views[after.headers[0].value.index()].text(), wanted.trim());
            prop_assert_eq!(after.views[after.headers[1].value.index()].text(), "y");
        }
    }
}

#[test]
fn edits_of_headers_are_written_in_their_own_way() {
    for (subject, span, replacement, expected) in [
        ("Re: news", ViewSpan::new(0, 4), "", Some("news")),
        ("=?utf-8?Q?Re:_caf=C3=A9?= now", ViewSpan::new(0, 4), "", Some("=?utf-8?Q?caf=C3=A9?= now")),
        ("=?utf-8?B?Y2Fmw6k=?=", ViewSpan::new(0, 1), "K", Some("=?utf-8?B?S2Fmw6k=?=")),
        ("=?iso-8859-1?Q?=E9t=E9?=", ViewSpan::new(2, 3), "п", None),
        ("=?utf-8?Q?caf=C3=A9?= now", ViewSpan::new(6, 9), "later", Some("=?utf-8?Q?caf=C3=A9?= later")),
        ("Größe now", ViewSpan::new(8, 11), "jetzt ü", Some("Größe jetzt ü")),
        ("plain", ViewSpan::new(0, 5), "é", None),
    ] {
        let message = format!("Subject: {subject}\r\n\r\n");
        let structure = Structure::read(message.as_bytes());
        let edit = structure.views[structure.headers[0].value.index()].lower(span, replacement);
        let edited = edit.map(|edit| {
            [&message.as_bytes()[..edit.span.start], &edit.replacement, &message.as_bytes()[edit.span.end..]].concat()
        });
        assert_eq!(edited, expected.map(|expected| format!("Subject: {expected}\r\n\r\n").into_bytes()), "{subject}");
    }
}

#[test]
fn an_edit_of_base64_leaves_unread_what_padding_kept_from_being_read() {
    let head = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n";
    let message = format!("{head}aGVsbG8=\n____\nTo unsubscribe, write to us\n");
    let structure = Structure::read(message.as_bytes());
    let view = body_of(&structure);
    assert_eq!(view.text(), "hello");
    for (replacement, expected) in [("i", Some("hi")), ("ippo", Some("hippo")), ("ey", None), ("", Some("h"))] {
        let edit = view.lower(ViewSpan::new(1, 5), replacement);
        let edited = edit.map(|edit| {
            [&message.as_bytes()[..edit.span.start], &edit.replacement, &message.as_bytes()[edit.span.end..]].concat()
        });
        let read = edited.map(|edited| body_of(&Structure::read(&edited)).text().to_owned());
        assert_eq!(read.as_deref(), expected, "{replacement}");
    }
}

/// The edit that puts `new` before `place` of the body, and what the body says with it.
fn put_before(place: &str, new: &str, message: &str) -> (Vec<u8>, String) {
    let structure = Structure::read(message.as_bytes());
    let view = body_of(&structure);
    let at = view.text().find(place).expect("the place");
    let edit = view.lower(ViewSpan::new(at, at), new).expect("an edit");
    let (before, behind) = (&message.as_bytes()[..edit.span.start], &message.as_bytes()[edit.span.end..]);
    let edited = [before, &edit.replacement, behind].concat();
    let text = body_of(&Structure::read(&edited)).text().to_owned();
    (edit.replacement, text)
}

#[test]
fn lines_of_quoted_printable_in_a_charset_with_escape_sequences_can_be_edited() {
    let head = "Content-Type: text/html; charset=iso-2022-jp\nContent-Transfer-Encoding: quoted-printable\n\n";
    let message = format!("{head}<p>=1B$B$3$s=1B(B</p>\n<p>a</p>\n");
    let (_, text) = put_before("<p>a", "<hr>", &message);
    assert_eq!(text, "<p>こん</p>\n<hr><p>a</p>\n");
}

#[test]
fn a_new_line_in_quoted_printable_ends_as_those_of_the_file() {
    let head = "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n";
    let message = format!("{head}<p>a</p>=0D=0A</body>=\n=0D=0A\n");
    let (written, text) = put_before("</body>", "<hr>\n", &message);
    assert_eq!((&*written, &*text), (&b"<hr>\n"[..], "<p>a</p>\r\n<hr>\n</body>\r\n\n"));
}
