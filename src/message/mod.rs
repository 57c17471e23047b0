//! What a source is about, parsed: headers, parts, bodies. An HTML draft is a message with one body.

pub mod address;
mod budget;
pub(crate) mod charset;
mod content;
mod draft;
pub(crate) mod encoded_word;
pub(crate) mod from;
mod header;
pub mod html;
pub mod include;
pub mod list_header;
mod lower;
pub mod mailto;
mod medium;
pub(crate) mod multipart;
mod parse;
pub mod pieces;
#[cfg(test)]
mod roundtrip_tests;
mod shifts;
pub(crate) mod structure;
#[cfg(test)]
mod structure_tests;
pub mod tags;
pub mod trace;
pub(crate) mod transfer;
mod view;

pub use from::from_host;
pub use view::{TransferEncoding, View, ViewId};

use crate::config::limits::{Limits, Reached};
use crate::knowledge::providers::{Evidence, evidence_in_text};
use crate::source::{FileSpan, Kind, Source, ViewSpan};
use html::Document;
use medium::Medium;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Whether tags are still to be filled in, or the mail is as it will arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Tags are still to be filled in.
    Template,
    /// The mail is as it will arrive.
    Rendered,
}

/// What the caller says about a source that its bytes do not.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// `--from`, or `from` of `presend.toml`: the value of the From field of a draft that has none.
    pub from: Option<String>,
    /// `from` replaces the one that a draft has.
    pub from_wins: bool,
    /// `--subject`, likewise.
    pub subject: Option<String>,
    /// `subject` replaces the one that a draft has.
    pub subject_wins: bool,
    /// `--template`, `--rendered` or the configuration.
    pub stage: Option<Stage>,
    /// Whether it is a fragment, where the configuration says so.
    pub fragment: Option<bool>,
    /// The name of another source of the run that includes it.
    pub included_by: Option<Arc<str>>,
    /// Providers whose loose merge-tag syntaxes are to be recognised beside the ones that are always safe: ids of `knowledge::providers`.
    pub loose_tags: Vec<&'static str>,
    /// How much of it is read.
    pub limits: Limits,
    /// How many tags, comments and texts were read before it: those of what includes it.
    pub nodes: usize,
}

/// A parsed source.
#[derive(Debug)]
pub struct Message<'s> {
    /// What it was parsed from.
    pub source: &'s Source,
    /// Whether tags are still to be filled in.
    pub stage: Stage,
    /// Why it is taken so, for people.
    pub stage_because: Cow<'static, str>,
    /// Whether it is only a piece of a mail (a partial, a layout): lints about something missing are silent.
    pub fragment: bool,
    /// Why it is taken so, for people.
    pub fragment_because: Cow<'static, str>,
    /// The header fields in order, duplicates included. For a draft: what front matter, a leading comment or the caller gave.
    pub headers: Vec<Header>,
    /// End of the header block in the file (byte offset), where a missing field would be inserted; `None` for a draft without any.
    pub header_end: Option<usize>,
    /// All MIME parts, depth first; the first is the message itself. A draft has one.
    pub parts: Vec<Part>,
    /// The bodies that a reader sees, in order: `text/html` and `text/plain` parts that are not attachments (also those of the one message that an
    /// outermost message/rfc822 wrapper holds; a forwarded message attached to a campaign is an attachment, not a body).
    pub bodies: Vec<Body<'s>>,
    /// Every decoded text, by `ViewId`.
    views: Vec<View<'s>>,
    /// The file itself, where someone asked for it.
    raw: OnceLock<View<'s>>,
    /// Where the encoded body of each part lies.
    places: Vec<(Arc<Medium<'s>>, Range<usize>)>,
    /// Limits that were reached while reading: said by `format/analysis-limit`.
    pub reached: Vec<Reached>,
    /// How many tags, comments and texts its HTML has, together with what was read before it.
    pub nodes: usize,
    /// How merge tags are written in its fields and bodies, by what the caller gave.
    pub dialect: tags::Dialect,
}

/// One header field.
#[derive(Debug, Clone)]
pub struct Header {
    /// The name as written.
    pub name: String,
    /// The name's bytes in the file.
    pub name_span: FileSpan,
    /// The raw field body (all lines, without the final line end) in the file. Empty at the end of the headers for a field that the caller gave.
    pub raw_span: FileSpan,
    /// The decoded value (unfolded, encoded words decoded, blanks at both ends trimmed), with its map to the file.
    pub value: ViewId,
}

/// One MIME part.
#[derive(Debug)]
pub struct Part {
    /// The part that contains it; `None` for the message itself.
    pub parent: Option<usize>,
    /// Depth, 0 for the message itself.
    pub depth: usize,
    /// Media type in lower case, `text/html`; `text/plain` by default (RFC 2045 §5.2).
    pub content_type: String,
    /// The charset parameter as written.
    pub charset: Option<String>,
    /// The boundary parameter of a multipart.
    pub boundary: Option<String>,
    /// `attachment` or `inline`, in lower case.
    pub disposition: Option<String>,
    /// File name from Content-Disposition or Content-Type, decoded (RFC 2231, RFC 2047).
    pub file_name: Option<String>,
    /// Content-ID without its brackets.
    pub content_id: Option<String>,
    /// Content-Transfer-Encoding.
    pub encoding: TransferEncoding,
    /// The part's header fields.
    pub headers: Vec<Header>,
    /// The part's encoded body in the file (for a part inside an encoded message/rfc822: the encoded bytes that hold it).
    pub body_span: FileSpan,
    /// Size of the decoded body in bytes.
    pub decoded_len: usize,
}

/// A text that a reader sees.
#[derive(Debug)]
pub struct Body<'s> {
    /// Its part.
    pub part: usize,
    /// Its decoded text.
    pub view: ViewId,
    /// What it is.
    pub content: BodyContent,
    /// Merge tags in it, in order, none overlapping.
    pub tags: Vec<tags::Tag>,
    /// What its view says about the provider, once somebody has asked.
    evidence: OnceLock<Vec<Evidence>>,
    #[doc(hidden)]
    pub _source: std::marker::PhantomData<&'s ()>,
}

/// Plain text, or HTML with its tree.
#[derive(Debug)]
pub enum BodyContent {
    /// `text/plain`.
    Plain,
    /// `text/html`.
    Html(Box<Document>),
}

impl<'s> Message<'s> {
    /// Reads `source`. Never fails: what can't be read is left out and said in `reached`.
    pub fn parse(source: &'s Source, given: &Given) -> Self {
        parse::parse(source, given)
    }

    /// The content of a part with its transfer encoding undone.
    pub fn part_bytes(&self, part: usize) -> Cow<'_, [u8]> {
        // Bodies are in the order of the parts.
        let body = self.bodies.binary_search_by_key(&part, |body| body.part).ok();
        if let Some(bytes) = body.and_then(|body| self.view(self.bodies.get(body)?.view).decoded_bytes()) {
            return Cow::Borrowed(bytes);
        }
        match (self.parts.get(part), self.places.get(part)) {
            (Some(part), Some((medium, range))) => part.encoding.decode(&medium.bytes()[range.clone()]),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// What the text of a body says about the provider.
    pub fn evidence<'b>(&self, body: &'b Body<'_>) -> &'b [Evidence] {
        body.evidence.get_or_init(|| evidence_in_text(self.view(body.view).text()))
    }

    /// The view behind an id.
    pub fn view(&self, id: ViewId) -> &View<'s> {
        match self.views.get(id.index()) {
            Some(view) => view,
            None => self.raw.get_or_init(|| {
                let medium = Medium::file(&self.source.bytes);
                View::body("file", &medium, 0..self.source.bytes.len(), TransferEncoding::Identity, None, true)
            }),
        }
    }

    /// The bytes of the file at `span` as text to be edited; `None` where they are not UTF-8 from beginning to end.
    pub fn raw_spot(&self, span: FileSpan) -> Option<Spot> {
        let id = ViewId::new(self.views.len());
        let text = self.view(id).text();
        let is_file = text.as_bytes() == self.source.bytes.as_slice();
        (is_file && text.get(span.range()).is_some())
            .then(|| Spot { view: id, span: ViewSpan::new(span.start, span.end) })
    }

    /// The encoded body of a part, where it lies in the file as it is: not in a message that is encoded itself.
    pub fn raw_body(&self, part: usize) -> Option<&[u8]> {
        let (medium, range) = self.places.get(part)?;
        medium.is_file().then(|| &self.source.bytes[range.clone()])
    }

    /// The first header field called `name` (any case).
    pub fn header(&self, name: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// All header fields called `name` (any case).
    pub fn headers_named<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Header> {
        self.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name))
    }

    /// The decoded value of a header field.
    pub fn value(&self, header: &Header) -> &str {
        self.view(header.value).text()
    }

    /// The source is a raw message (not an HTML draft).
    pub fn is_mail(&self) -> bool {
        self.source.kind == Kind::Message
    }
}

/// A range of a view: what facts point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The view.
    pub view: ViewId,
    /// The range in its text.
    pub span: ViewSpan,
}
