//! A draft: an HTML file or a template. Its body is the file; From, Reply-To and Subject may stand in front matter or in a comment at its head.

use super::medium::Medium;
use super::structure::{FoundBody, Structure};
use super::view::View;
use super::{Given, Header, Part, TransferEncoding};
use crate::source::{FileSpan, ViewSpan};
use std::ops::Range;

/// Farthest that front matter, leading comments and a charset declaration are looked for, in bytes.
const HEAD: usize = 64 * 1024;

/// Reads a draft. The second result is its front matter, which no reader sees.
pub(crate) fn read<'s>(bytes: &'s [u8], given: &Given) -> (Structure<'s>, Option<ViewSpan>) {
    let medium = Medium::file(bytes);
    let label = declared_charset(bytes);
    let mut structure = Structure::empty(given.limits);
    let all = structure.readable(&medium, 0..bytes.len());
    let is_cut = all.len() < bytes.len();
    let mut file = View::body("file", &medium, all, TransferEncoding::Identity, label.as_deref(), true);
    if is_cut {
        file.cut_word();
    }
    let head = Head::read(file.text());
    let given = [("From", &given.from, given.from_wins), ("Subject", &given.subject, given.subject_wins)];
    let is_replaced = |name: &str| given.iter().any(|(given, value, wins)| *given == name && *wins && value.is_some());
    for found in head.fields.iter().filter(|found| !is_replaced(found.name)) {
        let place = |range: &Range<usize>| file.file_span(range.clone().into());
        let value = place(&found.value);
        let label = file.charset().or(label.as_deref());
        let name = format!("header {}", found.name);
        let view = View::body(&name, &medium, value.range(), TransferEncoding::Identity, label, true);
        let view = structure.add_view(view);
        let header = Header { name: found.name.to_owned(), name_span: place(&found.key), raw_span: value, value: view };
        structure.headers.push(header);
    }
    let front = head.front_matter.map(|front| (file.file_span(front.closing.into()).start, ViewSpan::from(front.all)));
    structure.header_end = front.map(|(closing, _)| closing);
    for (name, value, wins) in given {
        let is_there = || head.fields.iter().any(|found| found.name == name);
        if let Some(value) = value.as_ref().filter(|_| wins || !is_there()) {
            let place = FileSpan::at(structure.header_end.unwrap_or(0));
            let view = structure.add_view(View::given(&format!("header {name}"), value, place));
            structure.headers.push(Header { name: name.to_owned(), name_span: place, raw_span: place, value: view });
        }
    }
    let view = structure.add_view(file);
    structure.parts.push(the_part(bytes, label));
    structure.places.push((medium, 0..bytes.len()));
    structure.bodies.push(FoundBody { part: 0, view, html: true });
    (structure, front.map(|(_, all)| all))
}

fn the_part(bytes: &[u8], charset: Option<String>) -> Part {
    Part {
        parent: None,
        depth: 0,
        content_type: "text/html".to_owned(),
        charset,
        boundary: None,
        disposition: None,
        file_name: None,
        content_id: None,
        encoding: TransferEncoding::Identity,
        headers: Vec::new(),
        body_span: FileSpan::new(0, bytes.len()),
        decoded_len: bytes.len(),
    }
}

/// The charset of `<meta charset>` or `<meta http-equiv>` (WHATWG HTML §13.2.3.2), where the file is not UTF-8 anyway.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    head.split("<meta").skip(1).find_map(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        let value = tag.split_once("charset")?.1.trim_start().strip_prefix('=')?.trim_start();
        let label =
            value.trim_start_matches(['"', '\'']).split(|c: char| c.is_whitespace() || "\"';/>".contains(c)).next()?;
        Some(label.to_owned()).filter(|label| !label.is_empty())
    })
}

/// A field that stands in the head of a draft; ranges are in its text.
#[derive(Debug, PartialEq, Eq)]
struct FoundField {
    name: &'static str,
    key: Range<usize>,
    value: Range<usize>,
}

#[derive(Debug)]
struct FrontMatter {
    all: Range<usize>,
    /// The closing line.
    closing: Range<usize>,
}

/// What stands before the content.
#[derive(Debug, Default)]
struct Head {
    front_matter: Option<FrontMatter>,
    fields: Vec<FoundField>,
}

impl Head {
    fn read(text: &str) -> Self {
        let mut head = Self::default();
        let limit = text.floor_char_boundary(HEAD);
        let mut at = 0;
        if let Some((inner, separator, front)) = front_matter(&text[..limit]) {
            head.read_fields(text, inner, separator, true);
            at = front.all.end;
            head.front_matter = Some(front);
        }
        while let Some((inner, end)) = next_comment(&text[..limit], at) {
            head.read_fields(text, inner, ':', false);
            at = end;
        }
        head
    }

    fn read_fields(&mut self, text: &str, range: Range<usize>, separator: char, quoted: bool) {
        let mut start = range.start;
        for line in text[range].split_inclusive('\n') {
            if let Some(field) = field(text, start..start + line.len(), separator, quoted)
                && !self.fields.iter().any(|known| known.name == field.name)
            {
                self.fields.push(field);
            }
            start += line.len();
        }
    }
}

/// Front matter: its inside, the character between key and value, and where it is. YAML between `---`, TOML between `+++`.
fn front_matter(text: &str) -> Option<(Range<usize>, char, FrontMatter)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let separator = match first.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == first.trim_end() {
            let front = FrontMatter { all: 0..at + line.len(), closing: at..at + line.len() };
            return Some((first.len()..at, separator, front));
        }
        at += line.len();
    }
    None
}

/// Comments of HTML and of template languages.
const COMMENTS: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("{{!--", "--}}"),
    ("{{--", "--}}"),
    ("{{!", "}}"),
    ("{{/*", "*/}}"),
    ("{#", "#}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("<%#", "%>"),
    ("<%--", "--%>"),
    ("<#--", "-->"),
    ("@*", "*@"),
    ("#*", "*#"),
];

/// The next comment from `at`, if nothing but blanks, a doctype or an XML declaration stands before it: its inside and its end.
fn next_comment(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let mut at = at;
    loop {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if let Some(&(open, close)) = COMMENTS.iter().find(|(open, _)| rest.starts_with(open)) {
            let inner = at + open.len();
            let end = inner + text.get(inner..)?.find(close)?;
            return Some((inner..end, end + close.len()));
        }
        let is_declaration =
            rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype")) || rest.starts_with("<?xml");
        if !is_declaration {
            return None;
        }
        at += rest.find('>')? + 1;
    }
}

/// `Subject: …`, `From: …` or the like in a line of `text`.
fn field(text: &str, line: Range<usize>, separator: char, quoted: bool) -> Option<FoundField> {
    let content = &text[line.clone()];
    if quoted && content.starts_with([' ', '\t']) {
        return None;
    }
    let (key, value) = content.split_once(separator)?;
    let name = match key.trim().trim_matches(['"', '\'']).to_ascii_lowercase().as_str() {
        "subject" => "Subject",
        "from" => "From",
        "reply-to" | "reply_to" | "replyto" => "Reply-To",
        // where the sender's name is kept apart from the address
        "from-name" | "from_name" | "fromname" | "sender-name" | "sender_name" => "From-Name",
        _ => return None,
    };
    let key_start = line.start + key.len() - key.trim_start().len();
    let value_start = line.start + key.len() + separator.len_utf8() + value.len() - value.trim_start().len();
    let mut value = value.trim();
    let mut start = value_start;
    if quoted {
        (start, value) = unquoted(start, value)?;
    }
    let key = key_start..key_start + key.trim().len();
    (!value.is_empty()).then(|| FoundField { name, key, value: start..start + value.len() })
}

/// The inside of a quoted scalar, or a plain one without its comment; `None` for what goes on in other lines.
fn unquoted(start: usize, value: &str) -> Option<(usize, &str)> {
    match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let inner = &value[1..];
            let mut escaped = false;
            let end = inner.find(|c: char| {
                let ends = c == quote && !escaped;
                escaped = c == '\\' && quote == '"' && !escaped;
                ends
            })?;
            Some((start + 1, &inner[..end]))
        }
        '|' | '>' | '&' | '*' | '[' => None,
        _ => Some((start, value.split(" #").next().unwrap_or_default().trim_end())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<(String, String, String)> {
        let (structure, _) = read(text.as_bytes(), &Given::default());
        let field = |header: &Header| {
            let raw = text.get(header.raw_span.range()).unwrap_or_default();
            (header.name.clone(), structure.views[header.value.index()].text().to_owned(), raw.to_owned())
        };
        structure.headers.iter().map(field).collect()
    }

    fn field(name: &str, value: &str) -> (String, String, String) {
        (name.to_owned(), value.to_owned(), value.to_owned())
    }

    #[test]
    fn sender_and_subject_stand_at_the_head_of_a_draft() {
        for text in [
            "---\nsubject: Größe\nfrom: a@b.example # who\n---\n<p>",
            "---\r\nsubject: \"Größe\"\r\nfrom: 'a@b.example'\r\n---\r\n<p>",
            "+++\nsubject = \"Größe\"\nfrom = \"a@b.example\"\n+++\n<p>",
            "<!-- Subject: Größe -->\n<!-- From: a@b.example -->\n<p>",
            "<!doctype html>\n<!--\n  subject: Größe\n  FROM: a@b.example\n-->\n<p>",
            "{{!-- Subject: Größe --}}{{! From: a@b.example }}<p>",
            "{% comment %} Subject: Größe\nFrom: a@b.example {% endcomment %}<p>",
            "\u{feff}{# Subject: Größe #}<%# From: a@b.example %><p>",
        ] {
            assert_eq!(fields(text), [field("Subject", "Größe"), field("From", "a@b.example")], "{text}");
        }
    }

    #[test]
    fn where_replies_go_and_a_name_apart_are_read_too() {
        let text = "---\nfrom: a@b.example\nfrom_name: Brand\nreply_to: c@b.example\n---\n<p>";
        let expected = [field("From", "a@b.example"), field("From-Name", "Brand"), field("Reply-To", "c@b.example")];
        assert_eq!(fields(text), expected);
    }

    #[test]
    fn what_is_not_said_is_unknown() {
        for text in [
            "",
            "<p><!-- Subject: too late -->",
            "---\nsubject: >\n  folded\n---\n",
            "---\nsubject: never closed\n",
            "---\n",
        ] {
            assert_eq!(fields(text), [], "{text}");
        }
    }

    #[test]
    fn what_the_caller_gives_fills_the_gaps() {
        let given =
            Given { from: Some("x@y.example".to_owned()), subject: Some("Given".to_owned()), ..Given::default() };
        let (structure, front) = read(b"---\nsubject: Own\n---\n<p>", &given);
        let texts: Vec<_> =
            structure.headers.iter().map(|header| structure.views[header.value.index()].text()).collect();
        assert_eq!(texts, ["Own", "x@y.example"]);
        assert_eq!(front, Some(ViewSpan::new(0, 21)));
        assert_eq!(structure.headers[1].raw_span, FileSpan::at(17));
    }

    #[test]
    fn what_the_caller_insists_on_replaces_what_is_there() {
        let given =
            Given { from: Some("x@y.example".to_owned()), from_wins: true, subject_wins: true, ..Given::default() };
        let (structure, _) = read(b"---\nsubject: Own\nfrom: a@b.example\n---\n<p>", &given);
        let texts: Vec<_> =
            structure.headers.iter().map(|header| structure.views[header.value.index()].text()).collect();
        assert_eq!(texts, ["Own", "x@y.example"]);
    }

    #[test]
    fn a_draft_that_is_not_utf8_says_its_charset() {
        for (bytes, text, charset) in [
            (&b"<meta charset='koi8-r'>\xf0"[..], "<meta charset='koi8-r'>П", Some("KOI8-R")),
            (
                b"<META http-equiv=x content=\"text/html; charset=windows-1251\">\xcf",
                "<META http-equiv=x content=\"text/html; charset=windows-1251\">П",
                Some("windows-1251"),
            ),
            (b"<p>\xe9", "<p>é", Some("windows-1252")),
            (b"\xef\xbb\xbf<p>", "<p>", None),
            (b"\xff\xfe<\0p\0>\0", "<p>", Some("UTF-16LE")),
        ] {
            let (structure, _) = read(bytes, &Given::default());
            let view = &structure.views[0];
            assert_eq!((view.text(), view.charset()), (text, charset));
            assert_eq!(view.file_span(ViewSpan::at(text.len())).start, bytes.len());
        }
    }
}
