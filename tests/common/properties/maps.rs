//! Decoding is undone: each character of a view leads to bytes of the file that hold it, and an edit of the view says in the
//! file what it should.

use super::Choice;
use presend::message::{Given, Message, View};
use presend::source::{FileSpan, Kind, Source, ViewSpan};

const ENCODINGS: &[&str] = &["8bit", "quoted-printable", "base64"];

/// Charsets of each build: of one byte, of several, with states, in UTF-16, one that is none, and none at all.
const CHARSETS: &[&str] = &[
    "utf-8",
    "windows-1252",
    "iso-8859-2",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "big5",
    "gbk",
    "gb18030",
    "iso-2022-jp",
    "utf-16le",
    "utf-16be",
    "utf-16",
    "utf-7",
    "ibm850",
    "us-ascii",
    "x-user-defined",
    "nonsense",
    "replacement",
];

/// A body in a transfer encoding and a charset.
pub fn body(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let (encoding, charset) = (choice.of(ENCODINGS), choice.of(CHARSETS));
    let head = format!(
        "From: a@brand.com\nSubject: b\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\
         Content-Transfer-Encoding: {encoding}\n\n"
    );
    let source = mail([head.as_bytes(), bytes].concat());
    let given = Given::default();
    let message = Message::parse(&source, &given);
    let Some(body) = message.bodies.first() else { return };
    let view = message.view(body.view);
    let whole = FileSpan::new(head.len(), source.bytes.len());
    let plain = encoding == "8bit" && charset == "utf-8" && std::str::from_utf8(bytes).is_ok();
    leads_to(view, whole, plain, &source);
    edits(view, usize::from(choice.byte()), &source, |after| {
        let message = Message::parse(after, &given);
        message.bodies.first().map(|body| read(message.view(body.view)))
    });
}

/// A field that may hold encoded words, on several lines.
pub fn header(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let name = choice.of(&["Subject", "From", "To", "List-Unsubscribe", "X-Any"]);
    let folded = folded(bytes);
    let end = choice.of(&["\n\nx", "\r\n\r\nx"]);
    let source = mail([name.as_bytes(), b": ", &folded, end.as_bytes()].concat());
    let given = Given::default();
    let message = Message::parse(&source, &given);
    let Some(field) = message.header(name) else { return };
    let view = message.view(field.value);
    leads_to(view, field.raw_span, false, &source);
    edits(view, usize::from(choice.byte()), &source, |after| {
        let message = Message::parse(after, &given);
        message.header(name).map(|field| read(message.view(field.value)))
    });
}

/// `bytes` as one field body: what would be another field, or the end of the header, is folded.
fn folded(bytes: &[u8]) -> Vec<u8> {
    let mut folded = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        if folded.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) && !matches!(byte, b' ' | b'\t' | b'\n') {
            folded.push(b' ');
        }
        folded.push(byte);
    }
    let kept = folded.trim_ascii_end().len();
    folded.truncate(kept);
    folded
}

fn mail(bytes: Vec<u8>) -> Source {
    Source::new("a.eml", None, bytes, Some(Kind::Message))
}

/// The characters of `view` lead, in order, to bytes inside `whole`; where nothing is encoded, to themselves.
fn leads_to(view: &View<'_>, whole: FileSpan, plain: bool, source: &Source) {
    let text = view.text();
    let mut last = FileSpan::at(whole.start);
    for (at, character) in text.char_indices() {
        let place = view.file_span(ViewSpan::new(at, at + character.len_utf8()));
        assert!(!place.is_empty() && whole.contains(place), "{character:?} at {at} leads to {place:?} in {whole:?}");
        assert!(place.start >= last.start && place.end >= last.end, "{place:?} comes before {last:?}");
        if plain {
            assert_eq!(&source.bytes[place.range()], character.to_string().as_bytes());
        }
        last = place;
    }
    let all = view.file_span(ViewSpan::new(0, text.len()));
    assert!(whole.contains(all) || text.is_empty(), "{all:?}");
}

/// The text of a view, and the charset that was undone.
type Read = (String, Option<&'static str>);

fn read(view: &View<'_>) -> Read {
    (view.text().to_owned(), view.charset())
}

/// What is written in the place of a range.
const REPLACEMENTS: &[&str] = &["", "x", "=", "ab cd", "é", "日本", "=?", "<a>"];

/// An edit that can be said makes the text that it should; `read` reads it again.
fn edits(view: &View<'_>, place: usize, source: &Source, read: impl Fn(&Source) -> Option<Read>) {
    let text = view.text();
    let boundary = |at: usize| text.floor_char_boundary(at % (text.len() + 1));
    let (a, b) = (boundary(place), boundary(place.wrapping_mul(7) + place / 16));
    let span = ViewSpan::new(a.min(b), a.max(b));
    let replacement = REPLACEMENTS[place % REPLACEMENTS.len()];
    if ends_inside_a_line_end(text, span) || changes_the_ends(text, span, replacement) {
        return;
    }
    let Some(edit) = view.lower(span, replacement) else { return };
    let whole = FileSpan::new(0, source.bytes.len());
    assert!(whole.contains(edit.span), "{edit:?}");
    let bytes = [&source.bytes[..edit.span.start], &edit.replacement, &source.bytes[edit.span.end..]].concat();
    let wanted = [&text[..span.start], replacement, &text[span.end..]].concat();
    let after = mail(bytes);
    let Some((told, charset)) = read(&after) else { panic!("nothing is left") };
    // where the label is wrong, all bytes together tell the charset: what mends a file reads it again
    let is_another = charset != view.charset() && told != wanted;
    let bytes = source.bytes.escape_ascii();
    assert!(
        told == wanted || is_another,
        "{span:?} became {replacement:?} by {edit:?}: {told:?}, not {wanted:?}: {bytes}"
    );
}

/// A CRLF is one line end: what takes half of it has no meaning.
fn ends_inside_a_line_end(text: &str, span: ViewSpan) -> bool {
    [span.start, span.end].into_iter().any(|at| text[..at].ends_with('\r'))
}

/// The value of a field begins and ends with what is no blank.
fn changes_the_ends(text: &str, span: ViewSpan, replacement: &str) -> bool {
    let wanted = [&text[..span.start], replacement, &text[span.end..]].concat();
    wanted.trim() != wanted || wanted.is_empty()
}
