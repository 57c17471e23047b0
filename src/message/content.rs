//! The Content-* fields of a message or part (RFC 2045, RFC 2183, RFC 2231); their parameters are read by mail-parser.

use super::TransferEncoding;
use super::charset;
use super::header::{self, Field};
use super::transfer::without_comments;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

/// What the Content-* fields say; of duplicates the first counts.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// Media type in lower case; `None` if there is none or it is no media type.
    pub media_type: Option<String>,
    pub charset: Option<String>,
    pub boundary: Option<String>,
    pub disposition: Option<String>,
    pub file_name: Option<String>,
    pub id: Option<String>,
    pub encoding: Option<TransferEncoding>,
    /// The encoding is declared as `8bit` or `binary`.
    pub eight_bit: bool,
}

/// Longest field body whose parameters are read, in bytes: reading takes mail-parser the square of its length.
const LONGEST: usize = 4096;

/// Longest boundary (RFC 2046 §5.1.1 allows 70).
const LONGEST_BOUNDARY: usize = 250;

impl Content {
    /// Reads the fields of a header block in `bytes`.
    pub fn read(bytes: &[u8], fields: &[Field]) -> Self {
        let mut content = Self::default();
        let value = |name: &str| {
            let is_named = |field: &&Field| bytes[field.name.clone()].eq_ignore_ascii_case(name.as_bytes());
            fields.iter().find(is_named).map(|field| &bytes[field.body.clone()])
        };
        if let Some(raw) = value("Content-Type") {
            content.read_type(raw);
        }
        if let Some(disposition) = value("Content-Disposition").and_then(parameters) {
            content.file_name =
                disposition.attribute("filename").map(decoded).filter(|name| !name.is_empty()).or(content.file_name);
            content.disposition = Some(disposition.c_type.into_owned());
        }
        if let Some(raw) = value("Content-Transfer-Encoding") {
            let text = header::decode_value(raw).text;
            content.encoding = Some(TransferEncoding::named(&text));
            content.eight_bit =
                ["8bit", "binary"].iter().any(|word| without_comments(&text).trim().eq_ignore_ascii_case(word));
        }
        if let Some(raw) = value("Content-ID") {
            let id = header::decode_value(raw)
                .text
                .trim_matches(|c: char| c == '<' || c == '>' || c.is_whitespace())
                .to_owned();
            content.id = Some(id).filter(|id| !id.is_empty());
        }
        content
    }

    fn read_type(&mut self, raw: &[u8]) {
        let Some(parsed) = parameters(raw) else { return };
        self.media_type = parsed.subtype().map(|subtype| format!("{}/{}", parsed.ctype(), subtype.trim()));
        let attribute = |name: &str| parsed.attribute(name).map(str::trim).filter(|value| !value.is_empty());
        self.charset = attribute("charset").map(str::to_owned);
        self.boundary = attribute("boundary").filter(|value| value.len() <= LONGEST_BOUNDARY).map(str::to_owned);
        self.file_name = attribute("name").map(decoded);
    }
}

fn parameters(raw: &[u8]) -> Option<ContentType<'static>> {
    let raw = &raw[..raw.len().min(LONGEST)];
    let text = charset::decode(raw, None).text;
    // mail-parser gives a field only when its line ends
    let text = with_first_semicolon(&text) + "\n";
    match MessageStream::new(text.as_bytes()).parse_content_type().into_owned() {
        HeaderValue::ContentType(parsed) => Some(parsed),
        _ => None,
    }
}

/// `text/html charset=utf-8` with the semicolon that its sender forgot.
fn with_first_semicolon(text: &str) -> String {
    let text = text.trim();
    let head = text.split(';').next().unwrap_or_default();
    match head.split_once(char::is_whitespace) {
        Some((kind, rest)) if kind.contains('/') && rest.contains('=') => {
            format!("{kind}; {rest}{}", &text[head.len()..])
        }
        _ => text.to_owned(),
    }
}

fn decoded(parameter: &str) -> String {
    if parameter.contains("=?") { header::decode_value(parameter.as_bytes()).text } else { parameter.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Content {
        let block = header::read_block(text.as_bytes(), 0..text.len(), usize::MAX);
        Content::read(text.as_bytes(), &block.fields)
    }

    #[test]
    fn types_and_their_parameters() {
        for (field, media_type, charset) in [
            ("Content-Type: Text/HTML; charset=\"UTF-8\"", Some("text/html"), Some("UTF-8")),
            ("content-type: text/html;\r\n\tcharset=koi8-r", Some("text/html"), Some("koi8-r")),
            ("Content-Type: text/html charset=utf-8", Some("text/html"), Some("utf-8")),
            ("Content-Type: text/plain (plain); charset=us-ascii (x)", Some("text/plain"), Some("us-ascii")),
            ("Content-Type: text", None, None),
            ("Content-Type: ", None, None),
            ("X: y", None, None),
        ] {
            let content = read(field);
            assert_eq!((content.media_type.as_deref(), content.charset.as_deref()), (media_type, charset), "{field}");
        }
    }

    #[test]
    fn file_names_in_every_dress() {
        for (field, name) in [
            ("Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf"),
            ("Content-Disposition: attachment; filename*=utf-8''%C3%A9.pdf", "é.pdf"),
            ("Content-Disposition: attachment; filename*0=\"long\"; filename*1=\".pdf\"", "long.pdf"),
            ("Content-Disposition: attachment; filename=\"=?utf-8?Q?=C3=A9.pdf?=\"", "é.pdf"),
            ("Content-Type: application/pdf; name==?utf-8?B?w6kucGRm?=", "é.pdf"),
            ("Content-Disposition: attachment; filename=\"é.pdf\"", "é.pdf"),
        ] {
            assert_eq!(read(field).file_name.as_deref(), Some(name), "{field}");
        }
    }
}
